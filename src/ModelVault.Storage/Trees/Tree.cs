namespace ModelVault.Storage;

/// <summary>
/// A named tree: ordered keys, each with a value, both any bytes. Keys order as unsigned bytes. A tree of a
/// <see cref="Snapshot"/> never changes and may be read by any number of threads at once, until the snapshot is released.
/// </summary>
public class Tree
{
    /// <summary>The longest key, in bytes.</summary>
    public const int MaxKeyLength = FileLayout.PageSize / 5;

    /// <summary>The longest value, in bytes: the longest array of .NET, a little under 2 GiB.</summary>
    public const int MaxValueLength = 0x7FFFFFC7;

    /// <summary>Longer values stand in pages of their own.</summary>
    internal const int MaxInlineValueLength = FileLayout.PageSize / 4;

    private readonly Pager _pager;
    private readonly TransactionPages? _own;

    internal Tree(string name, Pager pager, TransactionPages? own, TreeRecord record)
    {
        Name = name;
        _pager = pager;
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
    public virtual ulong ContentId => Record.Root.Value;

    /// <summary>Where the tree begins.</summary>
    internal TreeRecord Record { get; private protected set; }

    /// <summary>Grows with each change to the tree while a transaction writes it.</summary>
    internal long Version { get; private protected set; }

    /// <summary>Whether the tree can change under a cursor.</summary>
    internal bool IsWritable => _own is not null;

    /// <summary>Finds the value of a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">
    /// The value. From a snapshot's tree it stays valid for ever; from a write transaction's, until its next modification.
    /// Values of more than a quarter page come as an array of their own, others without any allocation.
    /// </param>
    /// <returns>False when the key is not there.</returns>
    /// <exception cref="VaultCorruptionException">A page on the way is damaged.</exception>
    public bool TryGet(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        ThrowIfUnusable();
        value = default;
        if (Record.Root.IsNone) return false;
        var page = FindLeaf(key);
        var index = NodePage.Search(page, key, out var found);
        if (!found) return false;
        value = ReadValue(page, index);
        return true;
    }

    /// <summary>Whether a key is there.</summary>
    public bool Contains(ReadOnlySpan<byte> key)
    {
        ThrowIfUnusable();
        if (Record.Root.IsNone) return false;
        NodePage.Search(FindLeaf(key), key, out var found);
        return found;
    }

    /// <summary>A cursor over the rows, which stands on none of them until it is told where to go.</summary>
    public TreeCursor OpenCursor()
    {
        ThrowIfUnusable();
        return new TreeCursor(this);
    }

    /// <summary>A leaf entry's value, fetched from where it is.</summary>
    internal ReadOnlySpan<byte> ReadValue(byte[] leaf, int index)
    {
        var stored = NodePage.StoredValue(leaf, index, out var isOverflow);
        return isOverflow ? ReadOverflow(OverflowValue.Read(stored)) : stored;
    }

    internal byte[] Load(PageReference reference, int level) =>
        _own is null ? _pager.Load(reference, level) : _own.Load(reference, level);

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

    private ReadOnlySpan<byte> ReadOverflow(OverflowValue value) => _own is null ? _pager.ReadOverflow(value) : _own.LoadOverflow(value);
}
