using System.Buffers;
using System.Numerics;

namespace ModelVault.Storage;

/// <summary>
/// Goes over the rows of a range where they stand: a <see cref="TreeCursor"/> copies each leaf that it comes to, a scan shows its
/// rows in place, to a visitor that takes as many as it wants before it pauses. It holds no page in memory between two calls,
/// so it may be kept across waits, used by one thread at a time. Over a tree of a write transaction it goes on from the row that
/// it last showed, whatever was changed meanwhile. Allocates nothing per row.
/// </summary>
public sealed class TreeScan(Tree tree) : IDisposable
{
    /// <summary>How many rows a <see cref="Selector"/> is asked for at once, at most.</summary>
    public const int MaxGroup = 8;

    // How many rows before a row is shown its record is fetched.
    private const int Ahead = 8;

    private LeafReader? _reader; // where more than one leaf is gone over
    private Step[] _steps = []; // level 1, the one above the leaf, is the first
    private ReadOnlyMemory<byte> _from;
    private ReadOnlyMemory<byte> _to;
    private byte[] _key = []; // of the row last shown, or at the edge of the leaf last left
    private int _keyLength;
    private byte[]? _buffer; // the leaf, where it is not in the page cache
    private bool _isInBuffer;
    private PageReference _leaf;
    private State _state = State.Done;
    private bool _backward;
    private bool _isLastLeaf;
    private int _levels;
    private int _index;
    private int _stop;
    private long _version;

    private enum State
    {
        Outside,
        Inside,
        Done,
    }

    /// <summary>Which rows are shown; null for all. May be set at any time, and then counts for rows that it is not asked for yet.</summary>
    public IValueSelector? Selector { get; set; }

    /// <summary>Sets the range to go over: keys not below <paramref name="from"/> and below <paramref name="to"/>, where an empty one is no limit.</summary>
    /// <param name="from">The first key.</param>
    /// <param name="to">The first key behind the range.</param>
    /// <param name="backward">Whether to go from its end to its beginning.</param>
    /// <remarks>The keys must stay as they are while the range is gone over.</remarks>
    public void Start(ReadOnlyMemory<byte> from, ReadOnlyMemory<byte> to, bool backward)
    {
        _from = from;
        _to = to;
        _backward = backward;
        _state = State.Outside;
        _reader?.Restart();
    }

    /// <summary>Shows the next rows.</summary>
    /// <param name="visitor">Looks at them.</param>
    /// <returns>Whether the visitor paused; false when the range has no more rows.</returns>
    /// <exception cref="VaultCorruptionException">A page on the way is damaged.</exception>
    public bool Continue<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, IRowVisitor, allows ref struct
    {
        tree.BeginOperation();
        while (_state != State.Done)
        {
            using var scope = ReadScope.Enter();
            if (Arrive() is not { } leaf) break;
            if (Selector is { } selector ? ShowSelected(leaf, selector, ref visitor) : Show(leaf, ref visitor)) return true;
            Leave(leaf);
        }

        _state = State.Done;
        return false;
    }

    /// <summary>Ends the use of the scan.</summary>
    public void Dispose()
    {
        _state = State.Done;
        _reader?.Dispose();
        if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }

    // True: paused.
    private bool Show<TVisitor>(byte[] leaf, ref TVisitor visitor)
        where TVisitor : struct, IRowVisitor, allows ref struct
    {
        var step = _backward ? -1 : 1;
        for (var index = _index; index != _stop; index += step)
        {
            NodePage.Foresee(leaf, index + (step * Ahead));
            if (visitor.Visit(new TreeRow(tree, leaf, index))) continue;
            _index = index + step;
            if (tree.IsWritable) Remember(leaf, index);
            return true;
        }

        return false;
    }

    // The same with the rows that are selected. Where the visitor pauses, the rest of the group is looked at again later.
    private bool ShowSelected<TVisitor>(byte[] leaf, IValueSelector selector, ref TVisitor visitor)
        where TVisitor : struct, IRowVisitor, allows ref struct
    {
        var step = _backward ? -1 : 1;
        var bytes = leaf.AsSpan(0, FileLayout.PageSize);
        Span<ValuePlace> values = stackalloc ValuePlace[MaxGroup];
        while (_index != _stop)
        {
            var count = 0;
            for (var index = _index; index != _stop && count < MaxGroup; index += step)
            {
                NodePage.Foresee(leaf, index + (step * Ahead));
                values[count] = NodePage.PlaceInLeafRecord(leaf, NodePage.RecordOffset(leaf, index), out var isOverflow);
                if (isOverflow) break;
                count++;
            }

            var selected = count > 0 ? selector.Select(bytes, values[..count]) : SelectOne(tree.ReadValue(leaf, _index), selector);
            for (; selected != 0; selected &= selected - 1)
            {
                var index = _index + (step * BitOperations.TrailingZeroCount(selected));
                if (visitor.Visit(new TreeRow(tree, leaf, index))) continue;
                _index = index + step;
                if (tree.IsWritable) Remember(leaf, index);
                return true;
            }

            _index += step * Math.Max(1, count);
        }

        return false;
    }

    // A value that is not in the leaf is looked at by itself.
    private static uint SelectOne(ReadOnlySpan<byte> value, IValueSelector selector) => selector.Select(value, [new ValuePlace(0, value.Length)]);

    // The leaf to go on with; null when there is none.
    private byte[]? Arrive()
    {
        if (_state == State.Outside || _version != tree.Version) return Enter();
        if (_index == _stop && _isLastLeaf) return null;
        return _isInBuffer ? _buffer : tree.LoadRows(_leaf);
    }

    // Goes to where the range begins or, when the tree was changed meanwhile, behind the row that was shown last.
    private byte[]? Enter()
    {
        if (tree.Record.Root.IsNone) return null;
        var isResumed = _state == State.Inside;
        _version = tree.Version;
        _levels = tree.Record.Level;
        if (_steps.Length < _levels) _steps = new Step[_levels];
        _state = State.Inside;
        _isInBuffer = false;
        var limit = isResumed ? _key.AsSpan(0, _keyLength) : (_backward ? _to : _from).Span;
        var leaf = Descend(limit);
        var found = false;
        var index = limit.IsEmpty ? (_backward ? NodePage.Count(leaf) : 0) : NodePage.Search(leaf, limit, out found);
        Enter(leaf, _backward ? index - 1 : found && isResumed ? index + 1 : index);
        return leaf;
    }

    private byte[] Descend(ReadOnlySpan<byte> key)
    {
        var reference = tree.Record.Root;
        for (var level = _levels; level > 0; level--)
        {
            var page = tree.Load(reference, level);
            var child = !key.IsEmpty ? NodePage.SearchChild(page, key) : _backward ? NodePage.Count(page) - 1 : 0;
            _steps[level - 1] = new Step(reference, child);
            reference = NodePage.Child(page, child);
        }

        _leaf = reference;
        return tree.LoadRows(reference);
    }

    // From an index on, to where the range or the leaf ends.
    private void Enter(byte[] leaf, int index)
    {
        var count = NodePage.Count(leaf);
        _index = index;
        _stop = _backward ? -1 : count;
        if (_backward && _from.Length > 0) _stop = NodePage.Search(leaf, _from.Span, out _) - 1;
        if (!_backward && _to.Length > 0) _stop = NodePage.SearchFrom(leaf, index, _to.Span);
        _isLastLeaf = _backward ? _stop >= 0 : _stop < count;

        // The range may be empty, or begin in the gap between two leaves.
        if (_backward ? _index < _stop : _index > _stop) _index = _stop;
    }

    // On to the neighbouring leaf, or to the end.
    private void Leave(byte[] leaf)
    {
        _index = _stop;
        if (_isLastLeaf || !Turn(leaf)) _state = State.Done;
    }

    private bool Turn(byte[] leaf)
    {
        var count = NodePage.Count(leaf);
        if (count > 0) Remember(leaf, _backward ? 0 : count - 1);
        for (var level = 1; level <= _levels; level++)
        {
            ref var step = ref _steps[level - 1];
            var page = tree.Load(step.Page, level);
            var index = step.Index + (_backward ? -1 : 1);
            if (index < 0 || index >= NodePage.Count(page)) continue;
            step = step with { Index = index };
            for (; level > 1; level--)
            {
                var child = NodePage.Child(page, index);
                page = tree.Load(child, level - 1);
                index = _backward ? NodePage.Count(page) - 1 : 0;
                _steps[level - 2] = new Step(child, index);
            }

            _leaf = NodePage.Child(page, index);
            var next = (_reader ??= new LeafReader(tree)).Fetch(page, index, !_backward, ref _buffer);
            _isInBuffer = next == _buffer;
            var neighbour = index + (_backward ? -1 : 1);
            if (neighbour >= 0 && neighbour < NodePage.Count(page)) tree.ForeseeScan(NodePage.Child(page, neighbour));
            CheckOrder(next, hasBefore: count > 0);
            Enter(next, _backward ? NodePage.Count(next) - 1 : 0);
            return true;
        }

        return false;
    }

    private void Remember(byte[] leaf, int index)
    {
        var length = NodePage.PrefixLength(leaf) + NodePage.Suffix(leaf, index).Length;
        if (_key.Length < length) _key = new byte[Math.Max(length, 64)];
        _keyLength = NodePage.CopyKey(leaf, index, _key);
    }

    // The leaves of a damaged tree may be out of order, or the same one again and again; keys that ascend without end cannot be.
    private void CheckOrder(byte[] leaf, bool hasBefore)
    {
        var count = NodePage.Count(leaf);
        if (!hasBefore || count == 0) return;
        var order = NodePage.CompareToKey(leaf, _backward ? count - 1 : 0, _key.AsSpan(0, _keyLength));
        if (_backward ? order >= 0 : order <= 0) throw tree.Pager.Damaged(NodePage.PageNumber(leaf), "its keys do not ascend from those of the leaf before");
    }

    private readonly record struct Step(PageReference Page, int Index);
}
