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
    /// Estimates how many rows a range has, by descending to both of its ends: exact where they lie in one leaf, else as if all
    /// pages of a level held equally many. Takes as long as two look-ups, however long the range is.
    /// </summary>
    /// <inheritdoc cref="CountRange"/>
    public long EstimateRange(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        BeginOperation();
        if (Record.Root.IsNone || IsEmptyRange(from, to)) return 0;
        if (from.IsEmpty && to.IsEmpty) return Count;
        using var scope = ReadScope.Enter();
        var (reference, level) = (Record.Root, (int)Record.Level);
        // The share of all rows that lies below the page.
        var share = 1.0;
        while (true)
        {
            var page = Load(reference, level);
            if (level == 0) return EndOf(page, to) - StartOf(page, from);
            var (first, last) = ChildrenOf(page, from, to);
            if (first != last) return Math.Clamp((long)Math.Round(Count * share * EstimateBetween(page, level, first, last, from, to)), 1, Count);
            share /= NodePage.Count(page);
            reference = NodePage.Child(page, first);
            level--;
        }
    }

    private static bool IsEmptyRange(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to) => !to.IsEmpty && from.SequenceCompareTo(to) >= 0;

    private static int StartOf(byte[] leaf, ReadOnlySpan<byte> from) => from.IsEmpty ? 0 : NodePage.Search(leaf, from, out _);

    private static int EndOf(byte[] leaf, ReadOnlySpan<byte> to) => to.IsEmpty ? NodePage.Count(leaf) : NodePage.Search(leaf, to, out _);

    private static (int First, int Last) ChildrenOf(byte[] page, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to) =>
        (from.IsEmpty ? 0 : NodePage.SearchChild(page, from), to.IsEmpty ? NodePage.Count(page) - 1 : NodePage.SearchChild(page, to));

    // The share of a page's rows between two keys in different children of it.
    private double EstimateBetween(byte[] page, int level, int first, int last, ReadOnlySpan<byte> from, ReadOnlySpan<byte> to)
    {
        var count = NodePage.Count(page);
        var start = from.IsEmpty ? 0 : ShareBefore(NodePage.Child(page, first), level - 1, from);
        var end = to.IsEmpty ? 1 : ShareBefore(NodePage.Child(page, last), level - 1, to);
        return (last - first - start + end) / count;
    }

    // The share of the rows below a page that stand before a key.
    private double ShareBefore(PageReference reference, int level, ReadOnlySpan<byte> key)
    {
        var (share, before) = (1.0, 0.0);
        while (true)
        {
            var page = Load(reference, level);
            var count = Math.Max(1, NodePage.Count(page));
            if (level == 0) return before + (share * NodePage.Search(page, key, out _) / count);
            var child = NodePage.SearchChild(page, key);
            share /= count;
            before += share * child;
            reference = NodePage.Child(page, child);
            level--;
        }
    }

    private long CountBelow(PageReference reference, int level, ReadOnlySpan<byte> from, bool isOpenBelow, ReadOnlySpan<byte> to, bool isOpenAbove)
    {
        var page = ArrayPool<byte>.Shared.Rent(FileLayout.PageSize);
        try
        {
            CopyPage(reference, level, page);
            if (level == 0) return (isOpenAbove ? NodePage.Count(page) : EndOf(page, to)) - (isOpenBelow ? 0 : StartOf(page, from));
            var (first, last) = ChildrenOf(page, isOpenBelow ? [] : from, isOpenAbove ? [] : to);
            // Only the leaves at both ends may hold rows outside of the range.
            if (level == 1 && last - first > 1)
            {
                return CountBelow(NodePage.Child(page, first), 0, from, isOpenBelow, [], true)
                    + CountLeaves(page, first + 1, last)
                    + CountBelow(NodePage.Child(page, last), 0, [], true, to, isOpenAbove);
            }

            long count = 0;
            for (var child = first; child <= last; child++)
                count += CountBelow(NodePage.Child(page, child), level - 1, from, isOpenBelow || child > first, to, isOpenAbove || child < last);
            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(page);
        }
    }

    // Read as a cursor reads them: a count over a large range drives nothing out of the cache.
    private long CountLeaves(byte[] parent, int from, int to)
    {
        using LeafReader reader = new(this);
        var leaf = ArrayPool<byte>.Shared.Rent(FileLayout.PageSize);
        try
        {
            long count = 0;
            for (var child = from; child < to; child++)
            {
                using var scope = ReadScope.Enter();
                reader.Read(parent, child, forward: true, leaf);
                count += NodePage.Count(leaf);
            }

            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(leaf);
        }
    }
}
