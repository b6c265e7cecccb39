namespace ModelVault.Storage;

/// <summary>A run of pages that a commit freed, and the commit that wrote them.</summary>
internal readonly record struct FreedRun(Extent Run, long Birth);

/// <summary>
/// Pages that are free in the newest commit and may not be written yet. The interval rule: pages born in commit b and freed by
/// commit f are needed by a snapshot s with b ≤ s &lt; f. The fallback rule: they are needed until a commit is durable whose slot
/// says that f was, because until then a crash may fall back to the commit before f, or recovery look at their checksums.
/// </summary>
internal sealed class PendingFrees
{
    private readonly List<(long FreedBy, List<FreedRun> Runs)> _recent = [];
    private readonly Dictionary<long, List<(long FreedBy, FreedRun Freed)>> _pinned = [];

    /// <summary>How many pages wait.</summary>
    public long PageCount { get; private set; }

    public void Add(long freedBy, List<FreedRun> runs)
    {
        if (runs.Count == 0) return;
        _recent.Add((freedBy, runs));
        foreach (var freed in runs) PageCount += freed.Run.Length;
    }

    /// <summary>Hands the pages that nothing needs any more to <paramref name="release"/>.</summary>
    /// <param name="settled">Nothing that this commit or an earlier one freed is needed after a crash.</param>
    /// <param name="live">The snapshots in use, ascending.</param>
    /// <param name="dead">Snapshots that were in use and no longer are.</param>
    /// <param name="release">Called with each run that may be written again.</param>
    public void Settle(long settled, List<long> live, List<long> dead, Action<Extent> release)
    {
        foreach (var snapshot in dead)
        {
            if (!_pinned.Remove(snapshot, out var waiting)) continue;
            foreach (var (freedBy, freed) in waiting) ReleaseOrPin(freedBy, freed, live, release);
        }

        var count = 0;
        while (count < _recent.Count && _recent[count].FreedBy <= settled) count++;
        for (var i = 0; i < count; i++)
        {
            foreach (var freed in _recent[i].Runs) ReleaseOrPin(_recent[i].FreedBy, freed, live, release);
        }

        _recent.RemoveRange(0, count);
    }

    private void ReleaseOrPin(long freedBy, FreedRun freed, List<long> live, Action<Extent> release)
    {
        var at = live.BinarySearch(freedBy);
        var newestBefore = (at < 0 ? ~at : at) - 1;
        if (newestBefore < 0 || live[newestBefore] < freed.Birth)
        {
            PageCount -= freed.Run.Length;
            release(freed.Run);
            return;
        }

        if (!_pinned.TryGetValue(live[newestBefore], out var waiting)) _pinned.Add(live[newestBefore], waiting = []);
        waiting.Add((freedBy, freed));
    }
}
