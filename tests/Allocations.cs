namespace ModelVault;

/// <summary>What code allocates on the thread it runs on.</summary>
internal static class Allocations
{
    /// <summary>
    /// The bytes one run allocates: the least of some runs. Code that is not compiled for good yet boxes what it need not later, and a
    /// collection that another thread causes ends this thread's buffer, whose rest then counts as allocated.
    /// </summary>
    public static long Of(Action work, long enough = 0)
    {
        long least = long.MaxValue;
        for (int run = 0; run < 60 && least > enough; run++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            // Compiling for good is done in the background, and begins when no new code has run for a while.
            if (run % 10 == 9) Thread.Sleep(30);
        }

        return least;
    }
}
