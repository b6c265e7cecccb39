using System.Globalization;

namespace ModelVault.Storage.Tests.Failures;

/// <summary>The process in which calls of the operating system fail: each in turn, while a vault is opened, written, read and closed.</summary>
internal static class NativeFaultRun
{
    private const int Commits = 6;

    private static readonly List<List<(byte[] Key, byte[] Value)>> AllRows = [.. Enumerable.Range(0, Commits + 1).Select(static commit => MakeRows(commit).ToList())];
    private static readonly List<VaultModel> States = [.. Enumerable.Range(0, Commits + 1).Select(MakeState)];

    public static int Run(string directory)
    {
        NativeFaults.Clear();
        var before = Path.Combine(directory, "before");
        using (var engine = StorageEngine.Open(before)) Commit(engine, 0);
        NativeFaults.Clear();
        Use(Copy(before, directory));
        var counts = Enum.GetValues<NativeCall>().ToDictionary(static call => call, NativeFaults.Count);

        foreach (var (call, count) in counts)
        {
            Assert.True(count > 0, $"no {call}");
            // Reads are many and much alike.
            var step = call == NativeCall.Read ? (int)Math.Ceiling(5 / TestScale.Factor) : 1;
            foreach (var fault in Faults(call))
            {
                var (refused, goneOn) = (0, 0);
                for (var first = 1; first <= count; first += step)
                {
                    foreach (var persistent in new[] { false, true })
                    {
                        // What is interrupted for ever never ends, and is no failure of the disk.
                        if (persistent && fault == NativeFault.Interrupted) continue;
                        var path = Copy(before, directory);
                        var (acknowledged, error) = Use(path, () => NativeFaults.Inject(call, fault, first, persistent ? long.MaxValue / 2 : 1));
                        Judge(call, fault, path, error);
                        Verify(path, acknowledged, $"{call} {first} {fault}{(persistent ? " from there on" : "")}");
                        if (error is null) goneOn++;
                        else refused++;
                    }
                }

                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{call} {fault}: {refused} refused, {goneOn} gone on"));
            }
        }

        return 0;
    }

    private static NativeFault[] Faults(NativeCall call) => call switch
    {
        NativeCall.Read or NativeCall.Write => [NativeFault.InputOutputError, NativeFault.Interrupted, NativeFault.Short, NativeFault.Nothing],
        // Once the system has said that it lacks the call, it is not made again.
        NativeCall.StartFlush => [NativeFault.InputOutputError, NativeFault.Interrupted, NativeFault.Missing],
        _ => [NativeFault.InputOutputError, NativeFault.Interrupted],
    };

    // Opens, commits, reads and closes; how many commits were acknowledged, and the first error.
    private static (int Acknowledged, Exception? Error) Use(string path, Action? inject = null)
    {
        var acknowledged = 0;
        Exception? first = null;
        inject?.Invoke();
        StorageEngine? engine = null;
        Attempt(() => engine = StorageEngine.Open(path, new StorageOptions { CacheSize = StorageOptions.MinCacheSize }));
        if (engine is null) return (0, first);
        using (engine)
        {
            for (var commit = 1; commit <= Commits && first is null; commit++)
            {
                Attempt(() =>
                {
                    Commit(engine, commit);
                    acknowledged = commit;
                });
                Attempt(() => engine.Read(snapshot => State(acknowledged).Difference(snapshot)));
            }

            if (first is null) return (acknowledged, null);
            // The writer may be refused; a reader is not, once the disk reads again.
            NativeFaults.Clear();
            var problem = engine.Read(State(acknowledged).Difference);
            Assert.True(problem is null, $"after {first.Message}: {problem}");
            return (acknowledged, first);
        }

        void Attempt(Action action)
        {
            try
            {
                action();
            }
            catch (Exception error)
            {
                first ??= error;
            }
        }
    }

    private static void Judge(NativeCall call, NativeFault fault, string path, Exception? error)
    {
        if (fault is NativeFault.Short or NativeFault.Interrupted or NativeFault.Missing)
        {
            Assert.True(error is null, $"{call} {fault}: {error}");
            return;
        }

        // One that fails on closing is not seen.
        if (error is null) return;
        if (call == NativeCall.Read && fault == NativeFault.Nothing && error is VaultCorruptionException damaged) Assert.Equal(path, damaged.File);
        else Assert.IsAssignableFrom<IOException>(error);
        string[] parts = (call, fault) switch
        {
            (NativeCall.Read, NativeFault.Nothing) => ["cut short"],
            (NativeCall.Read, _) => ["reading", "bytes at offset", "Input/output error"],
            (NativeCall.Write, NativeFault.Nothing) => ["took none of", "at offset"],
            (NativeCall.Write, _) => ["writing", "bytes at offset", "Input/output error (errno 5)"],
            (NativeCall.StartFlush, _) => ["beginning to flush", "Input/output error (errno 5)"],
            (NativeCall.SetLength, _) => ["setting the length of", "bytes", "Input/output error"],
            _ => ["flushing", "Input/output error (errno 5)"],
        };
        foreach (var part in parts.Append(path)) Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    // What was acknowledged is there, or that and the commit whose outcome was left open; and the vault can be written.
    private static void Verify(string path, int acknowledged, string where)
    {
        NativeFaults.Clear();
        using (var engine = StorageEngine.Open(path))
        {
            var problem = engine.Read(State(acknowledged).Difference);
            if (problem is not null && acknowledged < Commits) problem = engine.Read(State(acknowledged + 1).Difference);
            Assert.True(problem is null, $"{where}: {problem} after {acknowledged} commits");
            Assert.Null(engine.Read(SpaceAudit.Run));
            engine.Commit(static transaction => transaction.GetOrCreateTree("later").Put([1], [1]));
        }

        File.Delete(path);
    }

    private static string Copy(string from, string directory)
    {
        var path = Path.Combine(directory, "a.modelvault");
        File.Copy(from, path, overwrite: true);
        return path;
    }

    private static void Commit(StorageEngine engine, int number) => engine.Commit(transaction =>
    {
        foreach (var (key, value) in Rows(number)) transaction.GetOrCreateTree("t").Put(key, value);
    });

    private static List<(byte[] Key, byte[] Value)> Rows(int commit) => AllRows[commit];

    private static VaultModel State(int commits) => States[commits];

    private static VaultModel MakeState(int commits)
    {
        var model = new VaultModel();
        for (var commit = 0; commit <= commits; commit++)
        {
            foreach (var (key, value) in Rows(commit)) model["t"].Rows[key] = value;
        }

        return model;
    }

    // Commits of one flush and one write, of a value that is written in pieces, of two flushes and a longer file.
    private static IEnumerable<(byte[] Key, byte[] Value)> MakeRows(int commit)
    {
        var length = commit switch { 2 => 40_000, 4 => 3_400_000, _ => 100 };
        for (var row = 0; row < (commit == 0 ? 300 : 3); row++) yield return (Bytes.Key((commit * 1000) + row), Bytes.Random(row == 0 ? length : 500, (commit * 100) + row));
    }
}
