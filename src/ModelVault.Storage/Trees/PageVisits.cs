namespace ModelVault.Storage;

/// <summary>Notes which pages are read through observed trees, for whoever watches at the time. For one thread.</summary>
public sealed class PageVisits
{
    /// <summary>Sets that get the number of each page that is read from now on.</summary>
    public IList<ISet<long>> Watchers { get; } = [];

    internal void Add(long page)
    {
        foreach (var watcher in Watchers) watcher.Add(page);
    }
}
