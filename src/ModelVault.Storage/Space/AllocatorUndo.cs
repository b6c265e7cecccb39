namespace ModelVault.Storage;

/// <summary>What the allocator was like at a savepoint.</summary>
internal readonly record struct AllocatorMark(
    long PageCount, Extent Run, ExtentMark Allocated, int FreedCount, long FreedPages, ExtentMark Held, int TakenCount);

/// <summary>What the allocator remembers for savepoints, beside the lists that it keeps for the transaction anyway.</summary>
internal sealed class AllocatorUndo
{
    private readonly List<long> _taken = [];

    /// <summary>Whether there is a savepoint.</summary>
    public bool IsActive { get; set; }

    /// <summary>Pages that the transaction gave back since, which are not handed out again while a savepoint may need them.</summary>
    public ExtentList Held { get; } = new();

    /// <summary>How many pages were handed out again that had been given back before.</summary>
    public int TakenCount => _taken.Count;

    /// <summary>A page that had been given back was handed out again.</summary>
    public void Taken(long page)
    {
        if (IsActive) _taken.Add(page);
    }

    /// <summary>The pages handed out again since, which are given back.</summary>
    public List<long> TakeBack(int count)
    {
        var pages = _taken[count..];
        _taken.RemoveRange(count, _taken.Count - count);
        return pages;
    }

    public void Clear()
    {
        IsActive = false;
        Held.Clear();
        _taken.Clear();
    }
}
