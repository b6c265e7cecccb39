namespace ModelVault.Storage;

/// <summary>Divides a full inner page and its new entry between two pages. One split serves hundreds of leaf splits, so it may allocate.</summary>
internal static class InnerSplit
{
    private readonly record struct Entry(byte[] Key, PageReference Child);

    /// <summary>Splits; returns the separator between the halves, which goes into the page above.</summary>
    public static byte[] Split(byte[] left, byte[] right, int index, ReadOnlySpan<byte> key, PageReference child, bool isAppend)
    {
        var entries = Read(left);
        entries.Insert(index, new Entry(key.ToArray(), child));
        var middle = isAppend ? entries.Count - 1 : MiddleOf(entries);
        Fill(left, entries, 0, middle);
        Fill(right, entries, middle, entries.Count);
        return entries[middle].Key;
    }

    private static List<Entry> Read(byte[] page)
    {
        var entries = new List<Entry>(NodePage.Count(page) + 1);
        Span<byte> key = stackalloc byte[Tree.MaxKeyLength];
        for (var i = 0; i < NodePage.Count(page); i++)
        {
            var length = i == 0 ? 0 : NodePage.CopyKey(page, i, key);
            entries.Add(new Entry(key[..length].ToArray(), NodePage.Child(page, i)));
        }

        return entries;
    }

    // The split nearest to the middle entry with which both halves fit. A key without the page's prefix makes the half that
    // takes it longer, but the half that holds it alone always fits.
    private static int MiddleOf(List<Entry> entries)
    {
        var centre = entries.Count / 2;
        for (var distance = 0; distance < entries.Count; distance++)
        {
            if (Fits(entries, centre - distance)) return centre - distance;
            if (Fits(entries, centre + distance)) return centre + distance;
        }

        throw new InvalidOperationException("A full inner page cannot be split.");
    }

    private static bool Fits(List<Entry> entries, int middle) =>
        middle >= 1 && middle < entries.Count
        && SizeOf(entries, 0, middle) <= FileLayout.PageSize && SizeOf(entries, middle, entries.Count) <= FileLayout.PageSize;

    private static int SizeOf(List<Entry> entries, int from, int to)
    {
        var prefix = PrefixOf(entries, from, to);
        var size = NodePage.HeaderSize + prefix;
        for (var i = from; i < to; i++)
            size += NodePage.SlotSize + NodePage.InnerRecordHeader + (i == from ? 0 : entries[i].Key.Length - prefix);
        return size;
    }

    private static int PrefixOf(List<Entry> entries, int from, int to) =>
        to - from < 3 ? 0 : entries[from + 1].Key.AsSpan().CommonPrefixLength(entries[to - 1].Key);

    private static void Fill(byte[] page, List<Entry> entries, int from, int to)
    {
        var prefix = PrefixOf(entries, from, to);
        NodePage.Reset(page, prefix == 0 ? [] : entries[from + 1].Key.AsSpan(0, prefix));
        for (var i = from; i < to; i++)
            NodeEdit.AppendChildAt(page, i - from, i == from ? [] : entries[i].Key.AsSpan(prefix), entries[i].Child);
    }
}
