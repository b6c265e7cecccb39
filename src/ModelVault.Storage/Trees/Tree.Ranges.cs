using System.Buffers;

namespace ModelVault.Storage;

/// <content>How many rows lie between two keys: exactly, or at a glance.</content>
public partial class Tree
{
    /// <summary>Counts the rows whose keys are not below <paramref name="from"/> and below <paramref name="to"/>. It looks at the pages of the range, not at its rows.</summary>
    /// <param name="from">The first key to count; empty: from the first row on.</param>
    /// <param name="to">The first key behind them; empty: to the last row.</param>
    /// <exception cref="VaultCorruptionException">A page on the way is damaged.</exception>
    public long CountRange(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        BeginOperation();
        if (Record.Root.IsNone || IsEmptyRange(from, to)) return 0;
        return from.IsEmpty && to.IsEmpty ? Count : CountBelow(Record.Root, Record.Level, from, from.IsEmpty, to, to.IsEmpty);
    }

    /// <summary>
    /// Estimates how many rows a range has by descending to both of its ends: exact where they lie in one leaf, else as if the pages
    /// between them held as much as those at the ends. Takes as long as two look-ups, however long the range is.
    /// </summary>
    /// <inheritdoc cref="CountRange"/>
    public long EstimateRange(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        BeginOperation();
        if (Record.Root.IsNone || IsEmptyRange(from, to)) return 0;
        if (from.IsEmpty && to.IsEmpty) return Count;
        using var scope = ReadScope.Enter();
        var (reference, level) = (Record.Root, (int)Record.Level);
        while (true)
        {
            var page = level == 0 ? LoadRows(reference) : Load(reference, level);
            if (level == 0)
            {
                var row = StartOf(page, from);
                return EndOf(page, row, to) - row;
            }

            var (first, last) = ChildrenOf(page, from, to);
            if (first == last)
            {
                reference = NodePage.Child(page, first);
                level--;
                continue;
            }

            var (start, end) = (NodePage.Child(page, first), NodePage.Child(page, last));
            return Math.Clamp((long)EstimateBetween(start, end, level - 1, last - first - 1, from, to), 1, Count);
        }
    }

    private static bool IsEmptyRange(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to) => !to.IsEmpty && from.SequenceCompareTo(to) >= 0;

    private static int StartOf(byte[] leaf, ReadOnlySpan<byte> from) => from.IsEmpty ? 0 : NodePage.Search(leaf, from, out _);

    private static int EndOf(byte[] leaf, int start, ReadOnlySpan<byte> to) => to.IsEmpty ? NodePage.Count(leaf) : NodePage.SearchFrom(leaf, start, to);

    private static (int First, int Last) ChildrenOf(byte[] page, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        var first = from.IsEmpty ? 0 : NodePage.SearchChild(page, from);
        if (to.IsEmpty) return (first, NodePage.Count(page) - 1);
        // Most ranges are short.
        var isShort = first + 1 == NodePage.Count(page) || NodePage.CompareToKey(page, first + 1, to) > 0;
        return (first, isShort ? first : NodePage.SearchChild(page, to));
    }

    // The rows below two pages of a level and those between them, of which there are 'between'.
    private double EstimateBetween(PageReference start, PageReference end, int level, double between, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        var (startPage, endPage) = (Load(start, level), Load(end, level));
        // The last page of a level may have few entries; the fuller one is like the others.
        var entries = Math.Max(NodePage.Count(startPage), NodePage.Count(endPage));
        if (level == 0) return NodePage.Count(startPage) - StartOf(startPage, from) + (between * entries) + EndOf(endPage, 0, to);
        var first = from.IsEmpty ? 0 : NodePage.SearchChild(startPage, from);
        var last = to.IsEmpty ? NodePage.Count(endPage) - 1 : NodePage.SearchChild(endPage, to);
        var children = NodePage.Count(startPage) - first - 1 + (between * entries) + last;
        return EstimateBetween(NodePage.Child(startPage, first), NodePage.Child(endPage, last), level - 1, children, from, to);
    }

    private long CountBelow(PageReference reference, int level, ReadOnlySpan<byte> from, bool isOpenBelow, ReadOnlySpan<byte> to, bool isOpenAbove)
    {
        var parent = ArrayPool<byte>.Shared.Rent(FileLayout.PageSize);
        try
        {
            if (!TrySplit(ref reference, ref level, isOpenBelow ? [] : from, isOpenAbove ? [] : to, parent, out var first, out var last)) return last - first;
            // Only the leaves at both ends may hold rows outside of the range.
            if (level == 1 && last - first > 1)
            {
                return CountBelow(NodePage.Child(parent, first), 0, from, isOpenBelow, [], true)
                    + CountLeaves(parent, first + 1, last)
                    + CountBelow(NodePage.Child(parent, last), 0, [], true, to, isOpenAbove);
            }

            long count = 0;
            for (var child = first; child <= last; child++)
                count += CountBelow(NodePage.Child(parent, child), level - 1, from, isOpenBelow || child > first, to, isOpenAbove || child < last);
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(parent);
        }
    }

    // Descends as long as the whole range lies below one child. True: it does not, and the page where it parts is copied; false: it
    // lies in one leaf, from the first row to before the last.
    private bool TrySplit(ref PageReference reference, ref int level, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, byte[] parent, out int first, out int last)
    {
        using var scope = ReadScope.Enter();
        while (true)
        {
            var page = Load(reference, level);
            if (level == 0)
            {
                first = StartOf(page, from);
                last = EndOf(page, first, to);
                return false;
            }

            (first, last) = ChildrenOf(page, from, to);
            if (first != last)
            {
                page.AsSpan(0, FileLayout.PageSize).CopyTo(parent);
                return true;
            }

            reference = NodePage.Child(page, first);
            level--;
        }
    }

    // Read as a scan reads them: a count over a large range drives nothing out of the cache.
    private long CountLeaves(byte[] parent, int from, int to)
    {
        using LeafReader reader = new(this);
        byte[]? buffer = null;
        try
        {
            long count = 0;
            for (var child = from; child < to; child++)
            {
                using var scope = ReadScope.Enter();
                count += NodePage.Count(reader.Fetch(parent, child, forward: true, ref buffer));
            }

            return count;
        }
        finally
        {
            if (buffer is not null) ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
