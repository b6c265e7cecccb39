namespace ModelVault.Storage.Tests.Processes;

/// <summary>Commits while the operating system's fsync fails, and says on the standard output what came of it.</summary>
internal static class FailingFlushRun
{
    /// <param name="path">The vault.</param>
    /// <param name="trigger">A file: while it exists, fsync fails.</param>
    public static int Run(string path, string trigger)
    {
        using (var engine = StorageEngine.Open(path))
        {
            engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [1]));
            File.WriteAllBytes(trigger, []);
            var transaction = engine.BeginWrite(Bytes.Timeout);
            transaction.GetOrCreateTree("t").Put([1], [2]);
            Say("commit", () => transaction.Commit());
            Say("next", () => engine.BeginWrite(Bytes.Timeout));
            Console.WriteLine($"poisoned: {engine.Statistics.IsWriterPoisoned}");
            Console.WriteLine($"reads: {engine.Get("t", [1])![0]}");
            Say("dotnet", () => FlushThroughDotnet(path + ".other"));
        }

        Say("open", () => StorageEngine.Open(path).Dispose());
        File.Delete(trigger);
        using var reopened = StorageEngine.Open(path);
        Console.WriteLine($"reopened: {reopened.Get("t", [1])![0]}");
        Say("commit after reopening", () => reopened.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [3])));
        return 0;
    }

    private static void FlushThroughDotnet(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite);
        RandomAccess.Write(file, new byte[10], 0);
        RandomAccess.FlushToDisk(file);
    }

    private static void Say(string what, Action action)
    {
        try
        {
            action();
            Console.WriteLine($"{what}: success");
        }
        catch (Exception error)
        {
            Console.WriteLine($"{what}: {error.GetType().Name}: {error.InnerException?.Message ?? error.Message}");
        }
    }
}
