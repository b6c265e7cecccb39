namespace ModelVault.Storage;

/// <summary>
/// Pages and values of the running transaction that were written to their places ahead of the commit, to make room in memory.
/// Nothing leads to them before the commit's slot does, so that they need no flush of their own; if the transaction is rolled
/// back they are bytes in free space. They are never read through the page cache: a later transaction's page may have the same
/// number and commit.
/// </summary>
internal sealed class SpilledPages(Pager pager, PageAllocator space, CommitWriter writer)
{
    private readonly HashSet<long> _nodes = [];
    private readonly HashSet<long> _values = [];

    /// <summary>Whether anything has been written ahead: the commit must then flush before it writes its slot.</summary>
    public bool Any { get; private set; }

    public bool Contains(long number) => _nodes.Contains(number);

    /// <summary>Writes pages of the transaction; when this throws, they are still to be kept.</summary>
    public void Write(List<long> numbers, TransactionPages pages)
    {
        numbers.Sort();
        Any = true;
        writer.WriteAhead(numbers, [], pages, space.PageCount);
        foreach (var number in numbers) _nodes.Add(number);
    }

    /// <summary>Writes values of the transaction, by the numbers of their first pages.</summary>
    public void WriteValues(List<long> starts, TransactionPages pages)
    {
        Any = true;
        writer.WriteAhead([], starts, pages, space.PageCount);
        foreach (var start in starts) _values.Add(start);
    }

    /// <summary>Reads a page back, which is then no longer spilled.</summary>
    public byte[] TakeBack(PageReference reference, int level)
    {
        var page = pager.ReadPrivately(reference, level);
        _nodes.Remove(reference.Page);
        return page;
    }

    /// <summary>Forgets a page; false when it is none of these.</summary>
    public bool Forget(long number) => _nodes.Remove(number);

    /// <summary>Forgets a value; false when it is none of these.</summary>
    public bool ForgetValue(long start) => _values.Remove(start);

    /// <summary>Takes back that a page was forgotten.</summary>
    public void Remember(long number) => _nodes.Add(number);

    /// <summary>Takes back that a value was forgotten.</summary>
    public void RememberValue(long start) => _values.Add(start);
}
