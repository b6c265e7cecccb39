namespace ModelVault.Storage;

/// <summary>
/// Walks the rows of a tree in key order, both ways. Over a snapshot's tree, moving allocates nothing. Over a tree of a write
/// transaction the cursor stays correct when the tree changes: it goes on from the key it last stood on. Used by one thread
/// at a time.
/// </summary>
public sealed class TreeCursor : IDisposable
{
    private readonly Tree _tree;
    private readonly TreePath _path = new();
    private readonly bool _remembersKey;
    private byte[] _key = [];
    private int _keyLength = -1; // -1: the key of the current row is not in _key
    private int _levels;
    private long _version;
    private bool _disposed;

    internal TreeCursor(Tree tree)
    {
        _tree = tree;
        _remembersKey = tree.IsWritable;
    }

    /// <summary>Whether the cursor stands on a row.</summary>
    public bool IsValid { get; private set; }

    /// <summary>The current row's key. Valid until the cursor moves.</summary>
    /// <exception cref="InvalidOperationException">The cursor stands on no row.</exception>
    public ReadOnlySpan<byte> Key
    {
        get
        {
            ThrowIfNotValid();
            if (_keyLength >= 0) return _key.AsSpan(0, _keyLength);
            var leaf = _path.Page(0);
            if (NodePage.PrefixLength(leaf) == 0) return NodePage.Suffix(leaf, _path.Index(0));
            RememberKey();
            return _key.AsSpan(0, _keyLength);
        }
    }

    /// <summary>The current row's value. Valid until the cursor moves or, in a write transaction, something is modified.</summary>
    /// <exception cref="InvalidOperationException">The cursor stands on no row, or the row was deleted meanwhile.</exception>
    public ReadOnlySpan<byte> Value
    {
        get
        {
            ThrowIfNotValid();
            if (HasChanged && !SeekRemembered())
            {
                IsValid = true;
                throw new InvalidOperationException("The row that the cursor stands on was deleted; move the cursor.");
            }

            return _tree.ReadValue(_path.Page(0), _path.Index(0));
        }
    }

    private bool HasChanged => _remembersKey && _version != _tree.Version;

    /// <summary>Goes to the first row; false when there is none.</summary>
    public bool SeekFirst()
    {
        Start();
        return !_tree.Record.Root.IsNone && Descend(_tree.Record.Root, _levels, last: false);
    }

    /// <summary>Goes to the last row; false when there is none.</summary>
    public bool SeekLast()
    {
        Start();
        return !_tree.Record.Root.IsNone && Descend(_tree.Record.Root, _levels, last: true);
    }

    /// <summary>Goes to the first row whose key is not below this one; false when there is none.</summary>
    public bool Seek(ReadOnlySpan<byte> key)
    {
        Start();
        if (_tree.Record.Root.IsNone) return false;
        var index = DescendTo(key);
        return index < NodePage.Count(_path.Page(0)) ? Arrive(index) : NextLeaf();
    }

    /// <summary>Goes to the last row whose key is below this one; false when there is none.</summary>
    public bool SeekBefore(ReadOnlySpan<byte> key)
    {
        Start();
        if (_tree.Record.Root.IsNone) return false;
        var index = DescendTo(key);
        return index > 0 ? Arrive(index - 1) : PreviousLeaf();
    }

    /// <summary>Goes to the next row; false when the cursor stood on the last one or on none.</summary>
    public bool MoveNext()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _tree.ThrowIfUnusable();
        if (!IsValid) return false;
        if (HasChanged && !SeekRemembered()) return IsValid;
        var index = _path.Index(0) + 1;
        return index < NodePage.Count(_path.Page(0)) ? Arrive(index) : NextLeaf();
    }

    /// <summary>Goes to the row before; false when the cursor stood on the first one or on none.</summary>
    public bool MovePrevious()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _tree.ThrowIfUnusable();
        if (!IsValid) return false;
        if (HasChanged) return SeekBefore(_key.AsSpan(0, _keyLength).ToArray());
        var index = _path.Index(0) - 1;
        return index >= 0 ? Arrive(index) : PreviousLeaf();
    }

    /// <summary>Ends the use of the cursor.</summary>
    public void Dispose()
    {
        _disposed = true;
        IsValid = false;
    }

    private void Start()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _tree.ThrowIfUnusable();
        IsValid = false;
        _levels = _tree.Record.Level;
        _version = _tree.Version;
    }

    // Back to the row that was current before the tree changed: true when it is still there, else on the first one behind it.
    private bool SeekRemembered()
    {
        var key = _key.AsSpan(0, _keyLength).ToArray();
        return Seek(key) && Key.SequenceEqual(key);
    }

    private int DescendTo(ReadOnlySpan<byte> key)
    {
        var page = _tree.Load(_tree.Record.Root, _levels);
        for (var level = _levels; level > 0; level--)
        {
            var child = NodePage.SearchChild(page, key);
            _path.Set(level, page, child);
            page = _tree.Load(NodePage.Child(page, child), level - 1);
        }

        _path.Set(0, page, 0);
        return NodePage.Search(page, key, out _);
    }

    private bool Descend(PageReference reference, int level, bool last)
    {
        for (; ; level--)
        {
            var page = _tree.Load(reference, level);
            var index = last ? NodePage.Count(page) - 1 : 0;
            _path.Set(level, page, index);
            if (level == 0) return Arrive(index);
            reference = NodePage.Child(page, index);
        }
    }

    private bool NextLeaf()
    {
        IsValid = false;
        for (var level = 1; level <= _levels; level++)
        {
            var index = _path.Index(level) + 1;
            if (index == NodePage.Count(_path.Page(level))) continue;
            _path.Move(level, index);
            var before = _path.Page(0);
            return Descend(NodePage.Child(_path.Page(level), index), level - 1, last: false)
                && CheckOrder(before, NodePage.Count(before) - 1, _path.Page(0), 0);
        }

        return false;
    }

    private bool PreviousLeaf()
    {
        IsValid = false;
        for (var level = 1; level <= _levels; level++)
        {
            var index = _path.Index(level) - 1;
            if (index < 0) continue;
            _path.Move(level, index);
            var after = _path.Page(0);
            return Descend(NodePage.Child(_path.Page(level), index), level - 1, last: true)
                && CheckOrder(_path.Page(0), NodePage.Count(_path.Page(0)) - 1, after, 0);
        }

        return false;
    }

    // The leaves of a damaged tree may be out of order, or the same one again and again; keys that ascend without end cannot be.
    private bool CheckOrder(byte[] left, int last, byte[] right, int first)
    {
        if (NodePage.CompareKeys(left, last, right, first) < 0) return true;
        IsValid = false;
        throw PageValidation.Damaged(NodePage.PageNumber(_path.Page(0)), "its keys do not ascend from those of the leaf before");
    }

    private bool Arrive(int index)
    {
        _path.Move(0, index);
        IsValid = true;
        _keyLength = -1;
        // The pages of a write transaction change in place, so the key must be kept before they do.
        if (_remembersKey) RememberKey();
        return true;
    }

    private void RememberKey()
    {
        var leaf = _path.Page(0);
        var length = NodePage.PrefixLength(leaf) + NodePage.Suffix(leaf, _path.Index(0)).Length;
        if (_key.Length < length) _key = new byte[Math.Max(length, 64)];
        _keyLength = NodePage.CopyKey(leaf, _path.Index(0), _key);
    }

    private void ThrowIfNotValid()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!IsValid) throw new InvalidOperationException("The cursor stands on no row.");
    }
}
