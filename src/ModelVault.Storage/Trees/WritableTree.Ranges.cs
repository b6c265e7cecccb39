using System.Buffers;

namespace ModelVault.Storage;

/// <content>Removing all rows between two keys.</content>
public sealed partial class WritableTree
{
    // What is removed of a subtree. An end that is open lies outside the subtree.
    private readonly ref struct KeyRange(ReadOnlySpan<byte> from, bool isOpenBelow, ReadOnlySpan<byte> to, bool isOpenAbove)
    {
        private readonly ReadOnlySpan<byte> _from = from;
        private readonly ReadOnlySpan<byte> _to = to;

        public bool IsAll => isOpenBelow && isOpenAbove;

        public KeyRange OpenBelow => new([], true, _to, isOpenAbove);

        public KeyRange OpenAbove => new(_from, isOpenBelow, [], true);

        public (int First, int End) RowsOf(byte[] leaf) =>
            (isOpenBelow ? 0 : NodePage.Search(leaf, _from, out _), isOpenAbove ? NodePage.Count(leaf) : NodePage.Search(leaf, _to, out _));

        public (int First, int Last) ChildrenOf(byte[] page) =>
            (isOpenBelow ? 0 : NodePage.SearchChild(page, _from), isOpenAbove ? NodePage.Count(page) - 1 : NodePage.SearchChild(page, _to));
    }

    /// <summary>
    /// Removes the rows whose keys are not below <paramref name="from"/> and below <paramref name="to"/>. Pages that lie wholly
    /// between are freed without their rows being touched.
    /// </summary>
    /// <param name="from">The first key to remove; empty: from the first row on.</param>
    /// <param name="to">The first key to keep behind them; empty: to the last row.</param>
    /// <returns>How many rows were removed.</returns>
    public long DeleteRange(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        BeginOperation();
        if (!HasRows(from, to)) return 0;
        BeginChange();
        long removed = 0;
        var root = Trim(Record.Root, Record.Level, new KeyRange(from, from.IsEmpty, to, to.IsEmpty), ref removed);
        Record = Record with { Root = root, Level = root.IsNone ? (byte)0 : Record.Level };
        Uncount(removed);
        RefillWayTo(from);
        if (!to.IsEmpty) RefillWayTo(to);
        EndChange();
        return removed;
    }

    private bool HasRows(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        using var cursor = OpenCursor();
        return cursor.Seek(from) && (to.IsEmpty || cursor.Key.SequenceCompareTo(to) < 0);
    }

    // Removes the rows of a range from a subtree; returns the page it begins with then, or none when no row is left. The path has
    // copies, because between the first and the last page there may be more than memory has room for inside one scope.
    private PageReference Trim(PageReference reference, int level, KeyRange range, ref long removed)
    {
        if (range.IsAll)
        {
            removed += TreeRemoval.FreeSubtree(this, _pages, reference, level);
            return default;
        }

        var page = ArrayPool<byte>.Shared.Rent(FileLayout.PageSize);
        CopyPage(reference, level, page);
        _path.Set(level, page, 0);
        var trimmed = level == 0 ? TrimLeaf(reference, page, range, ref removed) : TrimInner(reference, page, level, range, ref removed);
        ArrayPool<byte>.Shared.Return(page);
        return trimmed;
    }

    private PageReference TrimLeaf(PageReference reference, byte[] leaf, KeyRange range, ref long removed)
    {
        var (first, end) = range.RowsOf(leaf);
        if (first >= end) return reference;
        removed += end - first;
        TreeRemoval.FreeOverflow(_pages, leaf, first, end);
        if (end - first == NodePage.Count(leaf))
        {
            _pages.Free(leaf);
            return default;
        }

        leaf = EditTrimmed(reference, 0);
        NodeEdit.RemoveRange(leaf, first, end);
        return NodePage.Reference(leaf);
    }

    private PageReference TrimInner(PageReference reference, byte[] page, int level, KeyRange range, ref long removed)
    {
        var (first, last) = range.ChildrenOf(page);
        PageReference oldFirst = NodePage.Child(page, first), oldLast = NodePage.Child(page, last);
        _path.Move(level, first);
        var newFirst = Trim(oldFirst, level - 1, first == last ? range : range.OpenAbove, ref removed);
        var newLast = newFirst;
        if (first < last)
        {
            for (var i = first + 1; i < last; i++) removed += TreeRemoval.FreeSubtree(this, _pages, NodePage.Child(page, i), level - 1);
            _path.Move(level, last);
            newLast = Trim(oldLast, level - 1, range.OpenBelow, ref removed);
        }

        if (newFirst == oldFirst && newLast == oldLast && last - first < 2) return reference;
        var (from, to) = (newFirst.IsNone ? first : first + 1, newLast.IsNone ? last + 1 : last);
        if (from == 0 && to == NodePage.Count(page))
        {
            _pages.Free(page);
            return default;
        }

        page = EditTrimmed(reference, level);
        if (!newFirst.IsNone) NodePage.SetChild(page, first, newFirst);
        if (!newLast.IsNone) NodePage.SetChild(page, last, newLast);
        if (from < to) NodeEdit.RemoveRange(page, from, to);
        return NodePage.Reference(page);
    }

    private byte[] EditTrimmed(PageReference reference, int level)
    {
        using var scope = ReadScope.Enter();
        var page = Load(reference, level);
        if (!_pages.Owns(page)) CheckBounds(page, level, level < Record.Level ? _path.Index(level + 1) : 0);
        return _pages.Edit(page);
    }

    // Puts right what a removal has left too empty on the way to a key: from the top, so that every page finds its neighbours.
    private void RefillWayTo(ReadOnlySpan<byte> key)
    {
        for (int level = Record.Level; level >= 0 && !Record.Root.IsNone; level--)
        {
            using var scope = ReadScope.Enter();
            CollapseRoot();
            FindForEdit(key);
            if (level >= Record.Level || NodePage.UsedBytes(_path.Page(level)) >= HalfEmpty) continue;
            MakePathEditable();
            Refill(level);
        }
    }
}
