namespace ModelVault.Storage.Tests.Schedules;

/// <summary>The states that a schedule's commits make, by their numbers, and which of them have to be seen.</summary>
internal sealed class ScheduledStates
{
    private readonly SortedDictionary<long, int[]> _states = [];
    private int _lastVersion = 1;

    public ScheduledStates(long commitId)
    {
        var rows = new int[ScheduledRows.Count];
        Array.Fill(rows, 1);
        _states.Add(commitId, rows);
        Acknowledged = Durable = commitId;
    }

    /// <summary>The newest commit that has returned.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>The newest commit that a power failure cannot take.</summary>
    public long Durable { get; private set; }

    /// <summary>A number that no row has had.</summary>
    public int NextVersion() => ++_lastVersion;

    /// <summary>The state that a transaction begins from, or has so far; a copy.</summary>
    public int[] Begin(WriteTransaction transaction) =>
        (int[])(_states.GetValueOrDefault(transaction.Pages.CommitId) is { } sofar && transaction.ChangeCount > 0 ? sofar : Of(transaction.Origin.Id)).Clone();

    /// <summary>The state that a transaction will leave, if it is committed.</summary>
    public void Attempt(WriteTransaction transaction, int[] state) => _states[transaction.Pages.CommitId] = state;

    public void Acknowledge(long commitId, bool isDurable)
    {
        Acknowledged = Math.Max(Acknowledged, commitId);
        if (isDurable) MadeDurable(commitId);
    }

    public void MadeDurable(long commitId) => Durable = Math.Max(Durable, commitId);

    public int[] Of(long commitId) => _states.TryGetValue(commitId, out var state) ? state : throw new InvalidDataException($"Commit {commitId} is seen and was never made.");

    public IEnumerable<int[]> Since(long commitId) => _states.Where(state => state.Key >= commitId).Select(static state => state.Value);

    /// <summary>Throws unless a snapshot held what its commit left.</summary>
    public void Check((long CommitId, int[] Found) seen)
    {
        if (!Of(seen.CommitId).AsSpan().SequenceEqual(seen.Found)) throw new InvalidDataException($"Commit {seen.CommitId} is not as it was made.");
    }
}
