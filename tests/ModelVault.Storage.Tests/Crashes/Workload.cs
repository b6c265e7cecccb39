using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Crashes;

/// <summary>A script of commits on one tree, and what the tree holds after each: state 0 is before the first.</summary>
internal sealed class Workload
{
    private readonly List<Action<WritableTree>> _commits = [];
    private readonly List<Oracle> _states = [new()];

    public Workload(string name, int cost = 1) => (Name, Cost) = (name, cost);

    public string Name { get; }

    /// <summary>How much dearer its images are than a small workload's: it is tried at so many fewer calls.</summary>
    public int Cost { get; }

    public IReadOnlyList<Oracle> States => _states;

    public override string ToString() => Name;

    /// <summary>Adds a commit of operations: a null value deletes the key.</summary>
    public Workload Commit(params (byte[] Key, byte[]? Value)[] operations)
    {
        var state = _states[^1].Clone();
        foreach (var (key, value) in operations)
        {
            if (value is null) state.Rows.Remove(key);
            else state.Rows[key] = value;
        }

        _states.Add(state);
        _commits.Add(tree =>
        {
            foreach (var (key, value) in operations)
            {
                if (value is null) tree.Delete(key);
                else tree.Put(key, value);
            }
        });
        return this;
    }

    /// <summary>Opens, commits all, closes; returns how many commits were acknowledged before an error.</summary>
    public (int Acknowledged, bool Attempted, Exception? Error) Run(SimulatedBlockStorage storage, int reopenAfter = -1)
    {
        var (acknowledged, attempted) = (0, false);
        StorageEngine? engine = null;
        try
        {
            engine = StorageEngine.Open(storage);
            for (var i = 0; i < _commits.Count; i++)
            {
                if (i == reopenAfter)
                {
                    engine.Dispose();
                    engine = StorageEngine.Open(storage);
                }

                using var transaction = engine.BeginWrite(Bytes.Timeout);
                _commits[i](transaction.GetOrCreateTree("rows"));
                attempted = true;
                transaction.Commit();
                attempted = false;
                acknowledged++;
            }

            return (acknowledged, false, null);
        }
        catch (Exception error)
        {
            return (acknowledged, attempted, error);
        }
        finally
        {
            engine?.Dispose();
        }
    }

    /// <summary>The state a storage is in: its number, or -1 with what is wrong.</summary>
    public (int State, string? Problem) StateOf(IBlockStorage storage, bool thenWrite)
    {
        using var engine = StorageEngine.Open(storage);
        var (state, problem) = engine.Read(snapshot => (Match(snapshot), SpaceAudit.Run(snapshot)));
        if (problem is not null || state < 0) return (-1, problem ?? "no state of the script");
        if (!thenWrite) return (state, null);
        // What was recovered must also carry on.
        var expected = _states[state].Clone();
        for (var i = 0; i < 3; i++)
        {
            var (key, value) = (Bytes.Text($"after{i}"), Bytes.Random(500, i));
            engine.Commit(transaction => transaction.GetOrCreateTree("rows").Put(key, value));
            expected.Rows[key] = value;
        }

        problem = engine.Read(snapshot => SpaceAudit.Run(snapshot) ?? (snapshot.TryGetTree("rows", out var tree) ? expected.Difference(tree) : "no tree"));
        return problem is null ? (state, null) : (-1, "after recovery: " + problem);
    }

    private int Match(Snapshot snapshot)
    {
        snapshot.TryGetTree("rows", out var tree);
        for (var i = _states.Count - 1; i >= 0; i--)
        {
            if (_states[i].Difference(tree) is null) return i;
        }

        return -1;
    }

    /// <summary>Workloads that between them take every path of the commit.</summary>
    public static IEnumerable<Workload> All()
    {
        yield return SmallCommits();
        yield return ManyCommits();
        yield return Overflow();
        yield return BigCommit();
        yield return Scattered();
    }

    private static Workload SmallCommits() => new Workload("small commits")
        .Commit((Bytes.Key(1), Bytes.Random(20, 1)))
        .Commit((Bytes.Key(2), Bytes.Random(20, 2)), (Bytes.Key(3), Bytes.Random(2000, 3)))
        .Commit((Bytes.Key(1), null))
        .Commit((Bytes.Key(2), Bytes.Random(100, 4)))
        .Commit((Bytes.Key(2), null), (Bytes.Key(3), null));

    // Past the ring's end, so that slots are overwritten.
    private static Workload ManyCommits()
    {
        var workload = new Workload("more commits than slots");
        for (var i = 0; i < 36; i++) workload.Commit((Bytes.Key(i % 7), Bytes.Random(60, i)), (Bytes.Key((i + 3) % 7), null));
        return workload;
    }

    private static Workload Overflow() => new Workload("overflow values")
        .Commit((Bytes.Key(1), Bytes.Random(20_000, 1)))
        .Commit((Bytes.Key(2), Bytes.Random(9_000, 2)), (Bytes.Key(1), Bytes.Random(30_000, 3)))
        .Commit((Bytes.Key(1), null))
        .Commit((Bytes.Key(3), Bytes.Random(8_192, 4)))
        .Commit((Bytes.Key(2), Bytes.Random(5, 5)), (Bytes.Key(3), null));

    // More pages than a manifest lists: two flushes.
    private static Workload BigCommit() => new Workload("a commit of two flushes", cost: 4)
        .Commit((Bytes.Key(0), Bytes.Random(10, 0)))
        .Commit([.. Enumerable.Range(0, 1650).Select(i => (Bytes.Key(i), (byte[]?)Bytes.Random(2000, i)))])
        .Commit([.. Enumerable.Range(0, 1650).Where(i => i % 3 != 0).Select(i => (Bytes.Key(i), (byte[]?)null))])
        .Commit((Bytes.Key(5000), Bytes.Random(10, 1)))
        .Commit((Bytes.Key(5001), Bytes.Random(10, 2)));

    // Frees in so many pieces that the space map has to be written.
    private static Workload Scattered()
    {
        var workload = new Workload("commits that write the space map", cost: 2)
            .Commit([.. Enumerable.Range(0, 1200).Select(i => (Bytes.Key(i), (byte[]?)Bytes.Random(1500, i)))]);
        for (var round = 0; round < 4; round++)
        {
            var seed = round;
            workload.Commit([.. Enumerable.Range(0, 150).Select(i => (Bytes.Key((i * 8) + seed), (byte[]?)Bytes.Random(1400, (seed * 10_000) + i)))]);
        }

        return workload;
    }
}
