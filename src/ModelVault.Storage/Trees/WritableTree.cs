namespace ModelVault.Storage;

/// <summary>A tree of a write transaction. Used by one thread at a time, like the transaction it belongs to.</summary>
public sealed class WritableTree : Tree
{
    private readonly WriteTransaction _transaction;
    private readonly TransactionPages _pages;
    private readonly TreePath _path = new();
    private bool _isDropped;

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
        NodeEdit.Remove(_path.Page(0), _path.Index(0));
        if (NodePage.Count(_path.Page(0)) == 0) RemoveEmptyPage(0);
        Record = Record with { Count = Record.Count - 1 };
        if (Record.Root.IsNone != (Record.Count == 0)) throw new VaultCorruptionException($"Tree '{Name}' has another number of rows than its record says.");
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

    internal void Rename(string name) => Name = name;

    /// <summary>The tree is no more: what would be written to it could never be found, nor freed.</summary>
    internal void MarkDropped() => _isDropped = true;

    /// <inheritdoc/>
    internal override void ThrowIfUnusable()
    {
        _transaction.ThrowIfUnusable();
        if (_isDropped) throw new VaultTransactionException($"Tree '{Name}' has been dropped in this transaction.");
    }

    private void CheckArguments(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        BeginOperation();
        if (key.Length > MaxKeyLength)
            throw new ArgumentException($"The key is {key.Length} bytes long; tree '{Name}' takes keys of up to {MaxKeyLength} bytes.", nameof(key));
        if (value.Length > MaxValueLength)
            throw new ArgumentException($"The value is {value.Length} bytes long; values may have up to {MaxValueLength} bytes.", nameof(value));
    }

    private void BeginChange() => _transaction.BeginChange();

    private void EndChange() => Version = _transaction.EndChange();

    // Leaves the path at the key's leaf and place. Changes nothing, so that a modification that has nothing to do frees no page.
    private bool FindForEdit(ReadOnlySpan<byte> key)
    {
        if (Record.Root.IsNone) return false;
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
        if (value.Length > MaxInlineValueLength) InsertOverflow(key, value);
        else InsertStored(key, value, isOverflow: false);
        Record = Record with { Count = Record.Count + 1 };
        EndChange();
    }

    private void Replace(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        BeginChange();
        MakePathEditable();
        FreeOverflowOfEntry();
        if (value.Length > MaxInlineValueLength || !NodeEdit.TryReplaceInPlace(_path.Page(0), _path.Index(0), value, isOverflow: false))
        {
            NodeEdit.Remove(_path.Page(0), _path.Index(0));
            if (value.Length > MaxInlineValueLength) InsertOverflow(key, value);
            else InsertStored(key, value, isOverflow: false);
        }

        EndChange();
    }

    private void InsertOverflow(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        Span<byte> stored = stackalloc byte[OverflowValue.Size];
        _pages.StoreOverflow(value).Write(stored);
        Record = Record with { HasOverflow = true };
        InsertStored(key, stored, isOverflow: true);
    }

    private void InsertStored(ReadOnlySpan<byte> key, ReadOnlySpan<byte> stored, bool isOverflow)
    {
        var leaf = _path.Page(0);
        if (NodeEdit.TryInsert(leaf, _path.Index(0), key, stored, isOverflow, _pages.Scratch)) return;
        var right = _pages.Create(0, Record.Id);
        Span<byte> separator = stackalloc byte[MaxKeyLength];
        var edge = IsAtLastEdge() ? SplitEdge.Last : IsAtFirstEdge() ? SplitEdge.First : SplitEdge.None;
        var length = LeafSplit.Split(leaf, right, _path.Index(0), key, stored, isOverflow, edge, _pages.Scratch, separator);
        InsertChild(1, separator[..length], right);
    }

    private bool IsAtLastEdge()
    {
        for (var level = Record.Level; level > 0; level--)
        {
            if (_path.Index(level) != NodePage.Count(_path.Page(level)) - 1) return false;
        }

        return _path.Index(0) == NodePage.Count(_path.Page(0));
    }

    private bool IsAtFirstEdge()
    {
        for (var level = 0; level <= Record.Level; level++)
        {
            if (_path.Index(level) != 0) return false;
        }

        return true;
    }

    // Puts the right half of a split page into the page above, which may split in turn.
    private void InsertChild(int level, ReadOnlySpan<byte> separator, byte[] child)
    {
        if (level > Record.Level)
        {
            GrowRoot(separator, child);
            return;
        }

        var parent = _path.Page(level);
        var index = _path.Index(level) + 1;
        if (NodeEdit.TryInsertChild(parent, index, separator, NodePage.Reference(child), _pages.Scratch)) return;
        var right = _pages.Create(level, Record.Id);
        var raised = InnerSplit.Split(parent, right, index, separator, NodePage.Reference(child), index == NodePage.Count(parent) && IsLastFrom(level + 1));
        InsertChild(level + 1, raised, right);
    }

    private bool IsLastFrom(int level)
    {
        for (; level <= Record.Level; level++)
        {
            if (_path.Index(level) != NodePage.Count(_path.Page(level)) - 1) return false;
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
        if (Record.Level == TreeRecord.MaxLevel) throw PageValidation.Damaged(Record.Root.Page, "its tree is deeper than any tree can be");
        var root = _pages.Create(Record.Level + 1, Record.Id);
        NodeEdit.AppendChildAt(root, 0, [], Record.Root);
        NodeEdit.AppendChildAt(root, 1, separator, NodePage.Reference(right));
        Record = Record with { Root = NodePage.Reference(root), Level = (byte)(Record.Level + 1) };
    }

    // Copy on write, from the root down; a page of this transaction has only such pages above it.
    private void MakePathEditable()
    {
        if (_pages.Owns(_path.Page(0))) return;
        for (var level = (int)Record.Level; level >= 0; level--)
        {
            if (_pages.Owns(_path.Page(level))) continue;
            CheckBounds(level);
            var copy = _pages.CopyForEdit(_path.Page(level));
            _path.Replace(level, copy);
            if (level == Record.Level) Record = Record with { Root = NodePage.Reference(copy) };
            else NodePage.SetChild(_path.Page(level + 1), _path.Index(level + 1), NodePage.Reference(copy));
        }
    }

    // A page's keys lie between the separators above it. Pages are checked one by one when they are read; this is checked
    // before one is changed, because splits rely on it.
    private void CheckBounds(int level)
    {
        var page = _path.Page(level);
        int first = level == 0 ? 0 : 1, last = NodePage.Count(page) - 1;
        if (first > last) return;
        int lower = level + 1, upper = level + 1;
        while (lower <= Record.Level && _path.Index(lower) == 0) lower++;
        while (upper <= Record.Level && _path.Index(upper) == NodePage.Count(_path.Page(upper)) - 1) upper++;
        if ((lower <= Record.Level && NodePage.CompareKeys(page, first, _path.Page(lower), _path.Index(lower)) < 0)
            || (upper <= Record.Level && NodePage.CompareKeys(page, last, _path.Page(upper), _path.Index(upper) + 1) >= 0))
            throw PageValidation.Damaged(NodePage.PageNumber(page), "its keys lie outside the range that the page above gives it");
    }

    private void FreeOverflowOfEntry()
    {
        var stored = NodePage.StoredValue(_path.Page(0), _path.Index(0), out var isOverflow);
        if (isOverflow) _pages.FreeOverflow(OverflowValue.Read(stored));
    }

    private void RemoveEmptyPage(int level)
    {
        _pages.Free(_path.Page(level));
        if (level == Record.Level)
        {
            Record = Record with { Root = default, Level = 0 };
            return;
        }

        var parent = _path.Page(level + 1);
        NodeEdit.Remove(parent, _path.Index(level + 1));
        if (NodePage.Count(parent) == 0) RemoveEmptyPage(level + 1);
        else CollapseRoot();
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
