using System.Buffers;

namespace ModelVault.Storage;

/// <summary>
/// Walks the rows of a tree in key order, both ways. The cursor keeps a copy of the leaf it is in: it holds no page in memory,
/// needs no <see cref="ReadScope"/>, and may be kept across waits and carried from thread to thread, though used by one at a
/// time. Moving allocates nothing. Over a tree of a write transaction the cursor stays correct when the tree changes: it goes
/// on from the key it last stood on.
/// </summary>
public sealed class TreeCursor : IDisposable
{
    private readonly Tree _tree;
    private readonly LeafReader _reader;
    private readonly byte[] _leaf = ArrayPool<byte>.Shared.Rent(FileLayout.PageSize);
    private Step[] _steps = []; // level 1, the one above the leaf, is the first
    private byte[] _key = [];
    private int _keyLength = -1; // -1: the key of the current row is not in _key
    private int _index;
    private int _levels;
    private long _version;
    private bool _disposed;

    internal TreeCursor(Tree tree)
    {
        _tree = tree;
        _reader = new LeafReader(tree);
    }

    /// <summary>Whether the cursor stands on a row.</summary>
    public bool IsValid { get; private set; }

    /// <summary>The current row's key. Valid until the cursor moves or is disposed or, in a write transaction, its tree is modified.</summary>
    /// <exception cref="InvalidOperationException">The cursor stands on no row.</exception>
    public ReadOnlySpan<byte> Key
    {
        get
        {
            ThrowIfNotValid();
            if (_keyLength < 0 && NodePage.PrefixLength(_leaf) == 0) return NodePage.Suffix(_leaf, _index);
            RememberKey();
            return _key.AsSpan(0, _keyLength);
        }
    }

    /// <summary>The current row's value. Valid until the cursor moves or is disposed or, in a write transaction, its tree is modified.</summary>
    /// <exception cref="InvalidOperationException">The cursor stands on no row, or the row was deleted meanwhile.</exception>
    public ReadOnlySpan<byte> Value
    {
        get
        {
            ThrowIfNotValid();
            if (HasChanged) SeekRow();
            return _tree.ReadValue(_leaf, _index);
        }
    }

    private bool HasChanged => _version != _tree.Version;

    /// <summary>Goes to the first row; false when there is none.</summary>
    public bool SeekFirst()
    {
        Start();
        return !_tree.Record.Root.IsNone && Descend(_tree.Record.Root, _levels, last: false) && Arrive(0);
    }

    /// <summary>Goes to the last row; false when there is none.</summary>
    public bool SeekLast()
    {
        Start();
        return !_tree.Record.Root.IsNone && Descend(_tree.Record.Root, _levels, last: true) && Arrive(NodePage.Count(_leaf) - 1);
    }

    /// <summary>Goes to the first row whose key is not below this one; false when there is none.</summary>
    public bool Seek(ReadOnlySpan<byte> key)
    {
        Start();
        if (_tree.Record.Root.IsNone) return false;
        _index = DescendTo(key);
        return _index < NodePage.Count(_leaf) ? Arrive(_index) : NextLeaf();
    }

    /// <summary>Goes to the last row whose key is below this one; false when there is none.</summary>
    public bool SeekBefore(ReadOnlySpan<byte> key)
    {
        Start();
        if (_tree.Record.Root.IsNone) return false;
        _index = DescendTo(key);
        return _index > 0 ? Arrive(_index - 1) : PreviousLeaf();
    }

    /// <summary>Goes to the next row; false when the cursor stood on the last one or on none.</summary>
    public bool MoveNext()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _tree.BeginOperation();
        if (!IsValid) return false;
        if (HasChanged && !SeekRemembered()) return IsValid;
        return _index + 1 < NodePage.Count(_leaf) ? Arrive(_index + 1) : NextLeaf();
    }

    /// <summary>Goes to the row before; false when the cursor stood on the first one or on none.</summary>
    public bool MovePrevious()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _tree.BeginOperation();
        if (!IsValid) return false;
        if (HasChanged) return SeekBefore(Key.ToArray());
        return _index > 0 ? Arrive(_index - 1) : PreviousLeaf();
    }

    /// <summary>Ends the use of the cursor, and of the spans it returned.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        IsValid = false;
        ArrayPool<byte>.Shared.Return(_leaf);
        _reader.Dispose();
    }

    private void Start()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _tree.BeginOperation();
        IsValid = false;
        _levels = _tree.Record.Level;
        if (_steps.Length < _levels) _steps = new Step[_levels];
        _version = _tree.Version;
        _reader.Restart();
    }

    // Back to the row that was current before the tree changed: true when it is still there, else on the first one behind it.
    private bool SeekRemembered()
    {
        var key = Key.ToArray();
        return Seek(key) && Key.SequenceEqual(key);
    }

    // Back to the row that was current, or to where it was: moving goes on from there.
    private void SeekRow()
    {
        var key = Key.ToArray();
        var version = _version;
        if (Seek(key) && Key.SequenceEqual(key)) return;
        (_key, _keyLength, _version, IsValid) = (key, key.Length, version, true);
        throw new InvalidOperationException("The row that the cursor stands on was deleted; move the cursor.");
    }

    private int DescendTo(ReadOnlySpan<byte> key)
    {
        using var scope = ReadScope.Enter();
        var reference = _tree.Record.Root;
        for (var level = _levels; level > 0; level--)
        {
            var page = _tree.Load(reference, level);
            var child = NodePage.SearchChild(page, key);
            _steps[level - 1] = new Step(reference, child);
            reference = NodePage.Child(page, child);
        }

        Keep(_tree.Load(reference, 0));
        return NodePage.Search(_leaf, key, out _);
    }

    // To the first or last leaf below a page.
    private bool Descend(PageReference reference, int level, bool last)
    {
        using var scope = ReadScope.Enter();
        for (; level > 0; level--)
        {
            var page = _tree.Load(reference, level);
            var index = last ? NodePage.Count(page) - 1 : 0;
            _steps[level - 1] = new Step(reference, index);
            reference = NodePage.Child(page, index);
        }

        Keep(_tree.Load(reference, 0));
        return true;
    }

    private bool NextLeaf()
    {
        var hasRows = StartLeaving(NodePage.Count(_leaf) - 1);
        if (!Turn(forward: true)) return false;
        return Arrive(CheckOrder(0, hasRows, ascends: true));
    }

    private bool PreviousLeaf()
    {
        var hasRows = StartLeaving(0);
        if (!Turn(forward: false)) return false;
        return Arrive(CheckOrder(NodePage.Count(_leaf) - 1, hasRows, ascends: false));
    }

    // Keeps the key at the leaf's edge, which the next leaf's keys are held against.
    private bool StartLeaving(int edge)
    {
        IsValid = false;
        _keyLength = -1;
        _index = edge;
        if (NodePage.Count(_leaf) == 0) return false;
        RememberKey();
        return true;
    }

    // Moves to the neighbouring leaf; false when there is none.
    private bool Turn(bool forward)
    {
        using var scope = ReadScope.Enter();
        for (var level = 1; level <= _levels; level++)
        {
            ref var step = ref _steps[level - 1];
            var page = _tree.Load(step.Page, level);
            var index = step.Index + (forward ? 1 : -1);
            if (index < 0 || index >= NodePage.Count(page)) continue;
            step = step with { Index = index };
            for (; level > 1; level--)
            {
                var child = NodePage.Child(page, index);
                page = _tree.Load(child, level - 1);
                index = forward ? 0 : NodePage.Count(page) - 1;
                _steps[level - 2] = new Step(child, index);
            }

            _reader.Read(page, index, forward, _leaf);
            return true;
        }

        return false;
    }

    private void Keep(byte[] leaf) => leaf.AsSpan(0, FileLayout.PageSize).CopyTo(_leaf);

    // The leaves of a damaged tree may be out of order, or the same one again and again; keys that ascend without end cannot be.
    private int CheckOrder(int index, bool hasBefore, bool ascends)
    {
        var order = hasBefore ? NodePage.CompareToKey(_leaf, index, _key.AsSpan(0, _keyLength)) : 0;
        if (!hasBefore || (ascends ? order > 0 : order < 0)) return index;
        throw _tree.Pager.Damaged(NodePage.PageNumber(_leaf), "its keys do not ascend from those of the leaf before");
    }

    private bool Arrive(int index)
    {
        _index = index;
        IsValid = true;
        _keyLength = -1;
        return true;
    }

    private void RememberKey()
    {
        if (_keyLength >= 0) return;
        var length = NodePage.PrefixLength(_leaf) + NodePage.Suffix(_leaf, _index).Length;
        if (_key.Length < length) _key = new byte[Math.Max(length, 64)];
        _keyLength = NodePage.CopyKey(_leaf, _index, _key);
    }

    private void ThrowIfNotValid()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!IsValid) throw new InvalidOperationException("The cursor stands on no row: it was not moved to one, or the move found none and said so by returning false.");
    }

    private readonly record struct Step(PageReference Page, int Index);
}
