using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Crashes;

/// <summary>A script of transactions, and what the vault holds after each commit: state 0 is before the first.</summary>
internal sealed class Workload(string name, StorageOptions? options = null)
{
    private const string Rows = "rows";

    private readonly List<WorkloadStep> _steps = [];
    private readonly List<VaultModel> _states = [new()];
    private readonly Dictionary<DurabilityPlan, (int Calls, int Flushes)> _sizes = [];

    public string Name => name;

    public IReadOnlyList<VaultModel> States => _states;

    /// <summary>Whether its commits have hundreds of pages.</summary>
    public bool IsBig { get; init; }

    public override string ToString() => Name;

    /// <summary>Adds a commit to the tree "rows": a null value deletes the key.</summary>
    public Workload Commit(params (byte[] Key, byte[]? Value)[] operations) => Commit(
        transaction =>
        {
            var tree = transaction.GetOrCreateTree(Rows);
            foreach (var (key, value) in operations)
            {
                if (value is null) tree.Delete(key);
                else tree.Put(key, value);
            }
        },
        model =>
        {
            foreach (var (key, value) in operations)
            {
                if (value is null) model[Rows].Rows.Remove(key);
                else model[Rows].Rows[key] = value;
            }
        });

    /// <summary>Adds a commit, and what it does to the model.</summary>
    public Workload Commit(Action<WriteTransaction> change, Action<VaultModel> model)
    {
        var state = _states[^1].Clone();
        _ = state[Rows];
        model(state);
        _states.Add(state);
        _steps.Add(new WorkloadStep(
            transaction =>
            {
                transaction.GetOrCreateTree(Rows);
                change(transaction);
            },
            true));
        return this;
    }

    /// <summary>Adds a transaction that is rolled back.</summary>
    public Workload RollBack(Action<WriteTransaction> change)
    {
        _steps.Add(new WorkloadStep(change, false));
        return this;
    }

    /// <summary>How many calls and flushes it takes when nothing goes wrong.</summary>
    public (int Calls, int Flushes) Size => SizeUnder(DurabilityPlan.Full);

    /// <summary>How many calls and flushes it takes under a plan when nothing goes wrong.</summary>
    public (int Calls, int Flushes) SizeUnder(DurabilityPlan plan)
    {
        lock (_sizes)
        {
            if (_sizes.TryGetValue(plan, out var known)) return known;
            var storage = new SimulatedBlockStorage(Empty);
            Assert.Null(Run(storage, plan).Error);
            return _sizes[plan] = ((int)storage.OperationCount, (int)storage.FlushCount);
        }
    }

    /// <summary>An empty vault.</summary>
    public static DiskImage Empty { get; } = MakeEmpty();

    /// <summary>Opens, runs all steps, closing and opening in the middle, and closes.</summary>
    /// <returns>How many commits were acknowledged before an error, how many of them as durable, and whether one more was attempted.</returns>
    public Outcome Run(SimulatedBlockStorage storage, DurabilityPlan? plan = null) => new WorkloadRun(storage, plan ?? DurabilityPlan.Full, options).Run(_steps);

    /// <summary>The same, taking each step that found the disk full once more.</summary>
    public Outcome RunPersistently(SimulatedBlockStorage storage) => new WorkloadRun(storage, DurabilityPlan.Full, options) { TriesAgain = true }.Run(_steps);

    /// <summary>Opens a storage; what is wrong with it, or null when it holds one of the states asked for and every page is accounted for.</summary>
    /// <param name="storage">The storage; it is closed in order afterwards.</param>
    /// <param name="states">The states that it may hold, the likeliest first.</param>
    /// <param name="thenWrite">Whether to commit some more, and to check again.</param>
    public string? Check(IBlockStorage storage, IEnumerable<int> states, bool thenWrite)
    {
        using var engine = StorageEngine.Open(storage);
        var (state, problem) = engine.Read(snapshot => (Match(snapshot, states), SpaceAudit.Run(snapshot)));
        if (problem is not null) return problem;
        if (state < 0) return engine.Read(snapshot => $"state {Match(snapshot, Enumerable.Range(0, _states.Count))}");
        if (!thenWrite) return null;
        // What was recovered must also carry on.
        var expected = _states[state].Clone();
        for (var i = 0; i < 3; i++)
        {
            var (key, value) = (Bytes.Text($"after{i}"), Bytes.Random(500, i));
            engine.Commit(transaction => transaction.GetOrCreateTree(Rows).Put(key, value));
            expected[Rows].Rows[key] = value;
        }

        problem = engine.Read(snapshot => SpaceAudit.Run(snapshot) ?? expected.Difference(snapshot));
        return problem is null ? null : $"state {state}, after recovery: {problem}";
    }

    private int Match(Snapshot snapshot, IEnumerable<int> states)
    {
        foreach (var state in states)
        {
            if (state < _states.Count && _states[state].Difference(snapshot) is null) return state;
        }

        return -1;
    }

    private static DiskImage MakeEmpty()
    {
        var storage = new SimulatedBlockStorage();
        StorageEngine.Open(storage).Dispose();
        return storage.Snapshot();
    }
}
