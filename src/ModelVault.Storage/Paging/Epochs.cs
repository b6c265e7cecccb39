namespace ModelVault.Storage;

/// <summary>
/// Tells when nobody can see any more what was unlinked: time is cut into epochs, every thread says in which one it entered
/// its scope, and what was unlinked in an epoch is free once all scopes of that epoch and of earlier ones have ended.
/// </summary>
internal static class Epochs
{
    private static readonly Lock s_gate = new();
    private static readonly List<(EpochSlot Slot, Thread Thread, ISchedule? Schedule)> s_readers = [];
    private static long s_current = 1;

    /// <summary>The running epoch.</summary>
    public static long Current => Volatile.Read(ref s_current);

    /// <summary>Threads that are known: those that have ever been in a scope and were alive at the last look.</summary>
    public static int KnownThreads
    {
        get
        {
            lock (s_gate) return s_readers.Count;
        }
    }

    public static void Register(EpochSlot slot, Thread thread)
    {
        lock (s_gate) s_readers.Add((slot, thread, Interleaving.Schedule));
        // Threads may come and go without anything ever being recycled.
        ForgetDeadThreads();
    }

    /// <summary>
    /// Ends the running epoch and returns it. Whoever enters from now on sees what the caller unlinked before: hence the
    /// epoch belongs to what was unlinked, and it must be ended after.
    /// </summary>
    public static long Advance() => Interlocked.Increment(ref s_current) - 1;

    /// <summary>What was unlinked in an epoch before the returned one is free.</summary>
    public static long OldestActive()
    {
        // What is unlinked while this looks round is not its business.
        var current = Current;
        Interleaving.Point();
        // From here on every thread's entry is visible, or that thread will see what was unlinked.
        Interlocked.MemoryBarrierProcessWide();
        var oldest = OldestEntry();
        // A dead thread's scope ends with it. It is looked for only where something waits for a scope.
        if (oldest < current && ForgetDeadThreads()) oldest = OldestEntry();
        return Math.Min(oldest, current);
    }

    private static long OldestEntry()
    {
        var oldest = long.MaxValue;
        // Threads under a schedule know only of each other, so that nothing else changes their course; all others are under none.
        var schedule = Interleaving.Schedule;
        lock (s_gate)
        {
            foreach (var (slot, _, itsSchedule) in s_readers)
            {
                var epoch = slot.Epoch;
                if (epoch != 0 && epoch < oldest && itsSchedule == schedule) oldest = epoch;
            }
        }

        return oldest;
    }

    private static bool ForgetDeadThreads()
    {
        List<EpochSlot>? dead = null;
        lock (s_gate)
        {
            for (var i = s_readers.Count - 1; i >= 0; i--)
            {
                if (s_readers[i].Thread.IsAlive) continue;
                (dead ??= []).Add(s_readers[i].Slot);
                s_readers.RemoveAt(i);
            }
        }

        if (dead is null) return false;
        foreach (var slot in dead) slot.ReturnBorrowed();
        return true;
    }
}
