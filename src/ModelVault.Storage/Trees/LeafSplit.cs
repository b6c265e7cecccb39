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
        left.AsSpan(0, FileLayout.PageSize).CopyTo(scratch);
        var rows = new LeafRows(scratch, index, key, stored, isOverflow);
        var last = rows.Count - 1;
        var outside = !key.StartsWith(NodePage.Prefix(left));
        var leftCount = index == last && (outside || edge == SplitEdge.Last) ? last
            : index == 0 && (outside || edge == SplitEdge.First) ? 1
            : rows.Middle();
        if (leftCount < 0) throw new InvalidOperationException("A full leaf cannot be split.");
        var length = rows.Separate(leftCount, separator);
        if (index < last || leftCount < last) rows.Write(0, leftCount, left);
        rows.Write(leftCount, rows.Count, right);
        return length;
    }
}
