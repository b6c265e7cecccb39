namespace ModelVault.Storage;

/// <summary>A tree of a write transaction. Used by one thread at a time, like the transaction it belongs to.</summary>
public sealed partial class WritableTree : Tree
{
    private readonly WriteTransaction _transaction;
    private readonly TransactionPages _pages;
    private readonly TreePath _path = new();
    private long _versionAtEnd = -1; // the version in which the path leads to the last leaf,
    private int _departuresAtEnd; // as long as no more pages leave memory

    internal WritableTree(string name, WriteTransaction transaction, Pager pager, TransactionPages pages, TreeRecord record)
        : base(name, pager, pages, record)
    {
        _transaction = transaction;
        _pages = pages;
        Committed = record;
    }

    /// <inheritdoc/>
    public override ulong ContentId => Version == 0 ? base.ContentId : (1UL << 63) | (ulong)Version;

    /// <summary>What the catalog says of the tree.</summary>
    internal TreeRecord Committed { get; set; }

    /// <summary>Adds a row.</summary>
    /// <returns>False, and nothing is changed, when the key is there already.</returns>
    /// <exception cref="ArgumentException">The key is longer than <see cref="Tree.MaxKeyLength"/> or the value than <see cref="Tree.MaxValueLength"/>.</exception>
    public bool Insert(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        CheckArguments(key, value);
        using var scope = ReadScope.Enter();
        if (FindForEdit(key)) return false;
        Add(key, value);
        return true;
    }

    /// <summary>Adds a row, or replaces the value of the row that is there.</summary>
    /// <returns>True when it replaced one.</returns>
    /// <exception cref="ArgumentException">The key is longer than <see cref="Tree.MaxKeyLength"/> or the value than <see cref="Tree.MaxValueLength"/>.</exception>
    public bool Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        CheckArguments(key, value);
        using var scope = ReadScope.Enter();
        if (!FindForEdit(key))
        {
            Add(key, value);
            return false;
        }

        Replace(key, value);
        return true;
    }

    /// <summary>Removes a row.</summary>
    /// <returns>False when the key is not there.</returns>
    public bool Delete(ReadOnlySpan<byte> key)
    {
        BeginOperation();
        using var scope = ReadScope.Enter();
        if (!FindForEdit(key)) return false;
        BeginChange();
        MakePathEditable();
        FreeOverflowOfEntry();
        var freed = NodePage.EntrySize(_path.Page(0), _path.Index(0));
        NodeEdit.Remove(_path.Page(0), _path.Index(0));
        if (NodePage.Count(_path.Page(0)) == 0) RemoveEmptyPage(0);
        else RefillLeaf(freed);
        Uncount(1);
        EndChange();
        return true;
    }

    /// <summary>Removes all rows and frees their pages.</summary>
    public void Clear()
    {
        BeginOperation();
        if (Record.Root.IsNone) return;
        BeginChange();
        TreeRemoval.FreeAll(this, _pages);
        Record = new TreeRecord(Record.Id, 0, false, default, 0);
        EndChange();
    }

    /// <summary>
    /// Begins to fill the tree, which must be empty, from rows in ascending order: the fastest way, and the one that makes the
    /// fewest pages. Until <see cref="TreeBuilder.Finish"/> the transaction can be used for nothing else but being rolled back.
    /// </summary>
    /// <exception cref="InvalidOperationException">The tree has rows.</exception>
    public TreeBuilder Build()
    {
        BeginOperation();
        if (!Record.Root.IsNone) throw new InvalidOperationException($"Tree '{Name}' has rows; only an empty tree can be built.");
        BeginChange();
        return new TreeBuilder(this, _transaction, _pages);
    }

    /// <summary>The tree is what a builder has made of it.</summary>
    internal void Complete(TreeRecord record)
    {
        Record = record;
        EndChange();
    }

    /// <summary>Whether the tree is no more: what would be written to it could never be found, nor freed.</summary>
    internal bool IsGone { get; set; }

    /// <summary>The savepoint after which the record was last kept; 0 for none.</summary>
    internal int SavedAt { get; set; }

    internal void Rename(string name) => Name = name;

    /// <summary>Goes back to an earlier record, whose pages are as they were then.</summary>
    internal void PutBack(TreeRecord record, long version)
    {
        Record = record;
        Version = version;
    }

    /// <inheritdoc/>
    internal override void ThrowIfUnusable()
    {
        _transaction.ThrowIfUnusable();
        if (IsGone) throw new VaultTransactionException($"Tree '{Name}' is no longer there: it was dropped in this transaction, or the savepoint before its creation was gone back to.");
    }

    private void CheckArguments(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        BeginOperation();
        CheckLengths(key, value);
    }

    internal void CheckLengths(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (key.Length > MaxKeyLength)
            throw new ArgumentException($"The key is {key.Length} bytes long; tree '{Name}' takes keys of up to {MaxKeyLength} bytes. Nothing was changed; use a shorter key.", nameof(key));
        if (value.Length > MaxValueLength)
            throw new ArgumentException($"The value is {value.Length} bytes long; values of tree '{Name}' may have up to {MaxValueLength} bytes. Nothing was changed; divide it among several rows.", nameof(value));
    }

    private void BeginChange()
    {
        _versionAtEnd = -1;
        _transaction.BeginChange(this);
    }

    private void EndChange() => Version = _transaction.EndChange();

    // Leaves the path at the key's leaf and place. Changes nothing, so that a modification that has nothing to do frees no page.
    private bool FindForEdit(ReadOnlySpan<byte> key)
    {
        if (Record.Root.IsNone) return false;
        if (_versionAtEnd == Version && _departuresAtEnd == _pages.Departures && NodePage.IsAboveAll(_path.Page(0), key))
        {
            // Rows that come in ascending order: the path is there already.
            _path.Move(0, NodePage.Count(_path.Page(0)));
            return false;
        }

        _versionAtEnd = -1;
        var level = (int)Record.Level;
        var page = Load(Record.Root, level);
        for (; level > 0; level--)
        {
            var child = NodePage.SearchChild(page, key);
            _path.Set(level, page, child);
            page = Load(NodePage.Child(page, child), level - 1);
        }

        var index = NodePage.Search(page, key, out var found);
        _path.Set(0, page, index);
        return found;
    }

    private void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        BeginChange();
        if (Record.Root.IsNone) PlantRoot();
        else MakePathEditable();
        var staysAtEnd = value.Length > MaxInlineValueLength ? InsertOverflow(key, value) : InsertStored(key, value, isOverflow: false);
        staysAtEnd = staysAtEnd && IsLastFrom(1);
        Record = Record with { Count = Record.Count + 1 };
        EndChange();
        if (!staysAtEnd) return;
        (_versionAtEnd, _departuresAtEnd) = (Version, _pages.Departures);
    }

    private void Replace(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        BeginChange();
        MakePathEditable();
        FreeOverflowOfEntry();
        var size = NodePage.EntrySize(_path.Page(0), _path.Index(0));
        if (value.Length > MaxInlineValueLength || !NodeEdit.TryReplaceInPlace(_path.Page(0), _path.Index(0), value, isOverflow: false))
        {
            NodeEdit.Remove(_path.Page(0), _path.Index(0));
            if (value.Length > MaxInlineValueLength) InsertOverflow(key, value);
            else InsertStored(key, value, isOverflow: false);
        }
        else
        {
            RefillLeaf(size - NodePage.EntrySize(_path.Page(0), _path.Index(0)));
        }

        EndChange();
    }

    private bool InsertOverflow(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Span<byte> stored = stackalloc byte[OverflowValue.Size];
        _pages.StoreOverflow(value).Write(stored);
        Record = Record with { HasOverflow = true };
        return InsertStored(key, stored, isOverflow: true);
    }

    // True when the path still leads to the row, which it does not when others had to move.
    private bool InsertStored(ReadOnlySpan<byte> key, ReadOnlySpan<byte> stored, bool isOverflow)
    {
        var leaf = _path.Page(0);
        if (NodeEdit.TryInsert(leaf, _path.Index(0), key, stored, isOverflow, _pages.Scratch)) return true;
        var edge = IsAtLastEdge() ? SplitEdge.Last : IsAtFirstEdge() ? SplitEdge.First : SplitEdge.None;
        if (edge == SplitEdge.None && TryShift(key, stored, isOverflow)) return false;
        var right = _pages.Create(0, Record.Id);
        Span<byte> separator = stackalloc byte[MaxKeyLength];
        var length = LeafSplit.Split(leaf, right, _path.Index(0), key, stored, isOverflow, edge, _pages.Scratch, separator);
        InsertChild(1, separator[..length], right);
        return false;
    }

    private bool IsAtLastEdge() => _path.Index(0) == NodePage.Count(_path.Page(0)) && IsLastFrom(1);

    private bool IsAtFirstEdge() => _path.Index(0) == 0 && IsFirstFrom(1);

    // Puts the right half of a split page into the page above, which may split in turn.
    private void InsertChild(int level, ReadOnlySpan<byte> separator, byte[] child)
    {
        if (level > Record.Level)
        {
            GrowRoot(separator, child);
            return;
        }

        var parent = _path.Edit(level, _pages);
        var index = _path.Index(level) + 1;
        if (NodeEdit.TryInsertChild(parent, index, separator, NodePage.Reference(child), _pages.Scratch)) return;
        var right = _pages.Create(level, Record.Id);
        var entries = new InnerEntries(parent);
        entries.Insert(index, separator, NodePage.Reference(child));
        // Ordered filling leaves one page full.
        var middle = index == entries.Count - 1 && IsLastFrom(level + 1) ? index
            : index == 1 && IsFirstFrom(level + 1) ? 1
            : entries.Middle();
        if (middle < 0) throw new InvalidOperationException("A full inner page cannot be split.");
        entries.Write(0, middle, parent);
        entries.Write(middle, entries.Count, right);
        InsertChild(level + 1, entries.Separator(middle), right);
    }

    private bool IsLastFrom(int level)
    {
        for (; level <= Record.Level; level++)
        {
            if (_path.Index(level) != NodePage.Count(_path.Page(level)) - 1) return false;
        }

        return true;
    }

    private bool IsFirstFrom(int level)
    {
        for (; level <= Record.Level; level++)
        {
            if (_path.Index(level) != 0) return false;
        }

        return true;
    }

    private void PlantRoot()
    {
        var root = _pages.Create(0, Record.Id);
        Record = Record with { Root = NodePage.Reference(root), Level = 0 };
        _path.Set(0, root, 0);
    }

    private void GrowRoot(ReadOnlySpan<byte> separator, byte[] right)
    {
        if (Record.Level == TreeRecord.MaxLevel) throw Pager.Damaged(Record.Root.Page, "its tree is deeper than any tree can be");
        var root = _pages.Create(Record.Level + 1, Record.Id);
        NodeEdit.AppendChildAt(root, 0, [], Record.Root);
        NodeEdit.AppendChildAt(root, 1, separator, NodePage.Reference(right));
        Record = Record with { Root = NodePage.Reference(root), Level = (byte)(Record.Level + 1) };
    }

    // Copy on write, from the root down; a page of this transaction has only such pages above it.
    private void MakePathEditable()
    {
        if (_pages.Owns(_path.Page(0)))
        {
            _path.Edit(0, _pages);
            return;
        }

        for (var level = (int)Record.Level; level >= 0; level--)
        {
            var isOwn = _pages.Owns(_path.Page(level));
            if (!isOwn) CheckBounds(_path.Page(level), level, level < Record.Level ? _path.Index(level + 1) : 0);
            var page = _path.Edit(level, _pages);
            if (isOwn) continue;
            if (level == Record.Level) Record = Record with { Root = NodePage.Reference(page) };
            else NodePage.SetChild(_path.Page(level + 1), _path.Index(level + 1), NodePage.Reference(page));
        }
    }

    // A page's keys lie between the separators above it. Pages are checked one by one when they are read; this is checked
    // before one is changed, because splits and merges rely on it. 'at' is the page's number in the path's page above.
    private void CheckBounds(byte[] page, int level, int at)
    {
        int first = level == 0 ? 0 : 1, last = NodePage.Count(page) - 1;
        if (first > last) return;
        int lower = level + 1, upper = level + 1, lowerAt = at, upperAt = at;
        while (lower <= Record.Level && lowerAt == 0) lowerAt = ++lower <= Record.Level ? _path.Index(lower) : 0;
        while (upper <= Record.Level && upperAt == NodePage.Count(_path.Page(upper)) - 1) upperAt = ++upper <= Record.Level ? _path.Index(upper) : 0;
        if ((lower <= Record.Level && NodePage.CompareKeys(page, first, _path.Page(lower), lowerAt) < 0)
            || (upper <= Record.Level && NodePage.CompareKeys(page, last, _path.Page(upper), upperAt + 1) >= 0))
            throw Pager.Damaged(NodePage.PageNumber(page), "its keys lie outside the range that the page above gives it");
    }

    private void Uncount(long rows)
    {
        Record = Record with { Count = Record.Count - rows };
        if (Record.Count < 0 || Record.Root.IsNone != (Record.Count == 0))
            throw new VaultCorruptionException($"Tree '{Name}' has another number of rows than its record says. Read what it holds into another vault, or restore this one from a backup.");
    }

    private void FreeOverflowOfEntry() => TreeRemoval.FreeOverflow(_pages, _path.Page(0), _path.Index(0), _path.Index(0) + 1);

    private void RemoveEmptyPage(int level)
    {
        _pages.Free(_path.Page(level));
        if (level == Record.Level)
        {
            Record = Record with { Root = default, Level = 0 };
            return;
        }

        var parent = _path.Edit(level + 1, _pages);
        NodeEdit.Remove(parent, _path.Index(level + 1));
        if (NodePage.Count(parent) == 0) RemoveEmptyPage(level + 1);
        else Refill(level + 1);
    }

    // A root with one child is no root: the child takes its place.
    private void CollapseRoot()
    {
        while (Record.Level > 0)
        {
            var root = Load(Record.Root, Record.Level);
            if (NodePage.Count(root) > 1) return;
            Record = Record with { Root = NodePage.Child(root, 0), Level = (byte)(Record.Level - 1) };
            _pages.Free(root);
        }
    }
}
