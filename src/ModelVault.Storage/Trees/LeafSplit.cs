namespace ModelVault.Storage;

/// <summary>Whether a full page is the first or last of its level and its new entry lies outside all others: ordered filling.</summary>
internal enum SplitEdge
{
    None,
    First,
    Last,
}

/// <summary>Divides a full leaf and its new row between two pages.</summary>
internal static class LeafSplit
{
    /// <summary>
    /// Splits so that both halves have about the same bytes; ordered filling and keys outside the page's prefix leave the old
    /// page as it is (it has taken on its prefix when it got full) and put the new row into a page of its own.
    /// </summary>
    /// <returns>The length of the separator: the shortest bytes that part the left rows from the right ones.</returns>
    public static int Split(
        byte[] left, byte[] right, int index, ReadOnlySpan<byte> key, ReadOnlySpan<byte> stored, bool isOverflow,
        SplitEdge edge, byte[] scratch, Span<byte> separator)
    {
        var count = NodePage.Count(left);
        var outside = !key.StartsWith(NodePage.Prefix(left));
        var leftCount = index == count && (outside || edge == SplitEdge.Last) ? count
            : index == 0 && (outside || edge == SplitEdge.First) ? 1
            : MiddleOf(left, index, NodePage.SlotSize + NodePage.LeafRecordHeader + key.Length - NodePage.PrefixLength(left) + stored.Length);
        // Of count + 1 rows, of which the new one is number 'index', the left page gets leftCount.
        var goesLeft = index < leftCount;
        var kept = goesLeft ? leftCount - 1 : leftCount;
        var length = Separate(left, kept, goesLeft && index == kept, !goesLeft && index == kept, key, separator);

        left.CopyTo(scratch, 0);
        CopyHalf(scratch, kept, count, right, !goesLeft, key);
        if (kept < count || goesLeft) CopyHalf(scratch, 0, kept, left, goesLeft, key);
        // 'right' was the scratch's last reader; the rows are in place, so it may serve as scratch again.
        var fits = goesLeft
            ? NodeEdit.TryInsert(left, index, key, stored, isOverflow, scratch)
            : NodeEdit.TryInsert(right, index - kept, key, stored, isOverflow, scratch);
        return fits ? length : throw new InvalidOperationException("A split leaf has no room for its new row.");
    }

    private static void CopyHalf(byte[] source, int from, int to, byte[] destination, bool takesKey, ReadOnlySpan<byte> key)
    {
        if (from == to)
        {
            NodePage.Reset(destination, []);
            return;
        }

        var prefix = NodeEdit.CommonPrefix(source, from, to);
        if (takesKey) prefix = Math.Min(prefix, NodeEdit.SharedWith(source, from, key));
        NodeEdit.CopyRange(source, from, to, destination, NodeEdit.WorthHaving(prefix, NodePage.PrefixLength(source)));
    }

    // How many of the rows, the new one among them, go left so that the halves' sizes differ least.
    private static int MiddleOf(byte[] page, int index, int newSize)
    {
        var count = NodePage.Count(page);
        var total = newSize;
        for (var i = 0; i < count; i++) total += NodePage.EntrySize(page, i);
        var sum = 0;
        for (var i = 0; i <= count; i++)
        {
            var size = i == index ? newSize : NodePage.EntrySize(page, i < index ? i : i - 1);
            if (2 * (sum + size) >= total) return Math.Clamp((2 * (sum + size)) - total <= total - (2 * sum) ? i + 1 : i, 1, count);
            sum += size;
        }

        return count;
    }

    // The last key on the left and the first on the right are entries of the page or the new key.
    private static int Separate(byte[] page, int kept, bool newIsLastLeft, bool newIsFirstRight, ReadOnlySpan<byte> key, Span<byte> separator)
    {
        Span<byte> last = stackalloc byte[Tree.MaxKeyLength];
        var lastLength = newIsLastLeft ? key.Length : NodePage.CopyKey(page, kept - 1, last);
        if (newIsLastLeft) key.CopyTo(last);
        var firstLength = newIsFirstRight ? key.Length : NodePage.CopyKey(page, kept, separator);
        if (newIsFirstRight) key.CopyTo(separator);
        return last[..lastLength].CommonPrefixLength(separator[..firstLength]) + 1;
    }
}
