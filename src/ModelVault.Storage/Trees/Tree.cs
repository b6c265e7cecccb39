namespace ModelVault.Storage;

/// <summary>
/// A named tree: ordered keys, each with a value, both any bytes. Keys order as unsigned bytes. A tree of a
/// <see cref="Snapshot"/> never changes and may be read by any number of threads at once, until the snapshot is released.
/// </summary>
public partial class Tree
{
    /// <summary>The longest key, in bytes.</summary>
    public const int MaxKeyLength = FileLayout.PageSize / 5;

    /// <summary>The longest value, in bytes: the longest array of .NET, a little under 2 GiB.</summary>
    public const int MaxValueLength = 0x7FFFFFC7;

    /// <summary>Longer values stand in pages of their own.</summary>
    internal const int MaxInlineValueLength = FileLayout.PageSize / 4;

    private readonly TransactionPages? _own;
    private PageVisits? _visits;

    internal Tree(string name, Pager pager, TransactionPages? own, TreeRecord record)
    {
        Name = name;
        Pager = pager;
        _own = own;
        Record = record;
    }

    /// <summary>The name under which the vault knows the tree.</summary>
    public string Name { get; private protected set; }

    /// <summary>How many keys there are; known without looking.</summary>
    public long Count => Record.Count;

    /// <summary>
    /// Stands for the content: two trees of one name with the same number hold the same rows. It changes with every
    /// modification; that it differs does not prove that the rows do.
    /// </summary>
    public virtual ulong ContentId => (Record.Root.Value ^ Pager.Salt) & ~(1UL << 63);

    /// <summary>Where the tree begins.</summary>
    internal TreeRecord Record { get; private protected set; }

    /// <summary>Grows with each change to the tree while a transaction writes it.</summary>
    internal long Version { get; private protected set; }

    /// <summary>Where committed pages come from.</summary>
    internal Pager Pager { get; }

    /// <summary>Whether the tree can change under a cursor.</summary>
    internal bool IsWritable => _own is not null;

    /// <summary>Finds the value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">
    /// The value. It stays valid until the calling thread's <see cref="ReadScope"/> ends; from a write transaction's tree, only
    /// until the next modification or the transaction's end. Values of more than a quarter page come as an array of their own, others without any allocation.
    /// </param>
    /// <returns>False when the key is not there.</returns>
    /// <exception cref="InvalidOperationException">The calling thread is in no <see cref="ReadScope"/>.</exception>
    /// <exception cref="VaultCorruptionException">A page on the way is damaged.</exception>
    public bool TryGet(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        ReadScope.Demand();
        BeginOperation();
        value = default;
        if (Record.Root.IsNone) return false;
        var leaf = FindLeaf(key);
        var record = FindRecord(leaf, key);
        if (record < 0) return false;
        value = ReadRecord(leaf, record);
        return true;
    }

    /// <summary>A copy of a key's value; null when the key is not there. Needs no scope.</summary>
    /// <exception cref="VaultCorruptionException">A page on the way is damaged.</exception>
    public byte[]? Get(ReadOnlySpan<byte> key)
    {
        using var scope = ReadScope.Enter();
        return TryGet(key, out var value) ? value.ToArray() : null;
    }

    /// <summary>Whether a key is there. Needs no scope.</summary>
    public bool Contains(ReadOnlySpan<byte> key)
    {
        BeginOperation();
        if (Record.Root.IsNone) return false;
        using var scope = ReadScope.Enter();
        return FindRecord(FindLeaf(key), key) >= 0;
    }

    /// <summary>A cursor over the rows, which stands on none of them until it is told where to go.</summary>
    public TreeCursor OpenCursor()
    {
        ThrowIfUnusable();
        return new TreeCursor(this);
    }

    /// <summary>The tree as it is now, whose pages are noted when they are read. To be read by one thread, before the tree changes.</summary>
    public Tree Observed(PageVisits visits) => new(Name, Pager, _own, Record) { _visits = visits };

    /// <summary>A leaf entry's value, fetched from where it is.</summary>
    internal ReadOnlySpan<byte> ReadValue(byte[] leaf, int index)
    {
        var stored = NodePage.StoredValue(leaf, index, out var isOverflow);
        return ReadStored(stored, isOverflow);
    }

    /// <summary>A page of the tree; valid until the caller's scope ends.</summary>
    internal byte[] Load(PageReference reference, int level)
    {
        Visit(reference);
        return _own is null ? Pager.Load(reference, level) : _own.Load(reference, level);
    }

    /// <summary>The same for a leaf that will be gone over from some key on.</summary>
    internal byte[] LoadRows(PageReference reference)
    {
        Visit(reference);
        return _own is null ? Pager.LoadRows(reference) : _own.Load(reference, 0);
    }

    /// <summary>Notes a page that is read, where somebody wants to know.</summary>
    internal void Visit(PageReference reference) => _visits?.Add(reference.Page);

    /// <summary>Announces that a page will be loaded soon: what of it is in memory is on its way to the processor.</summary>
    internal void Foresee(PageReference reference, int level)
    {
        if (_own is null) Pager.Foresee(reference, level);
    }

    /// <summary>The same for a leaf that will be gone over from one of its ends.</summary>
    internal void ForeseeScan(PageReference reference)
    {
        if (_own is null) Pager.ForeseeScan(reference);
    }

    /// <summary>Where the record of a key in a leaf probably is, told without looking at a record; -1 where nothing can be told.</summary>
    internal int GuessRecord(byte[] leaf, ReadOnlySpan<byte> key) => _own is null ? LeafFingerprints.Guess(leaf, key) : -1;

    /// <summary>The value of a leaf's record, fetched from where it is.</summary>
    internal ReadOnlySpan<byte> ReadRecord(byte[] leaf, int record) => ReadStored(NodePage.ValueOfLeafRecord(leaf, record, out var isOverflow), isOverflow);

    /// <summary>The value of a leaf's record; also as the array of its own that one in overflow pages comes in.</summary>
    internal ReadOnlySpan<byte> ReadRecord(byte[] leaf, int record, out byte[]? overflow)
    {
        var stored = NodePage.ValueOfLeafRecord(leaf, record, out var isOverflow);
        overflow = isOverflow ? ReadOverflow(OverflowValue.Read(stored)).ToArray() : null;
        return overflow ?? stored;
    }

    /// <summary>Copies a page of the tree, for who keeps it for longer than a scope should last.</summary>
    internal void CopyPage(PageReference reference, int level, byte[] destination)
    {
        using var scope = ReadScope.Enter();
        Load(reference, level).AsSpan(0, FileLayout.PageSize).CopyTo(destination);
    }

    /// <summary>Whether a page is a committed one, which is read from storage when it is not in memory.</summary>
    internal bool IsCommitted(PageReference reference) => _own is null || !reference.IsGenerationOf(_own.CommitId);

    /// <summary>To be called at the beginning of each operation, before a page is looked at.</summary>
    internal void BeginOperation()
    {
        ThrowIfUnusable();
        _own?.Relieve();
    }

    /// <summary>Throws when the tree's transaction can no longer be used.</summary>
    internal virtual void ThrowIfUnusable()
    {
    }

    private byte[] FindLeaf(ReadOnlySpan<byte> key)
    {
        var level = (int)Record.Level;
        var page = Load(Record.Root, level);
        while (level > 0) page = Load(NodePage.Child(page, NodePage.SearchChild(page, key)), --level);
        return page;
    }

    // The leaves of a transaction change, so they have no fingerprints.
    internal int FindRecord(byte[] leaf, ReadOnlySpan<byte> key)
    {
        if (_own is null) return LeafFingerprints.FindRecord(leaf, key);
        var index = NodePage.Search(leaf, key, out var found);
        return found ? NodePage.RecordOffset(leaf, index) : -1;
    }

    private ReadOnlySpan<byte> ReadStored(ReadOnlySpan<byte> stored, bool isOverflow) => isOverflow ? ReadOverflow(OverflowValue.Read(stored)) : stored;

    private ReadOnlySpan<byte> ReadOverflow(OverflowValue value) => _own is null ? Pager.ReadOverflow(value) : _own.LoadOverflow(value);
}
