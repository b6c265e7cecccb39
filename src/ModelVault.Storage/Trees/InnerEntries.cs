namespace ModelVault.Storage;

/// <summary>
/// The entries of inner pages as one ascending list that is dealt out anew to pages: a split, a shift and a merge are this.
/// One of them serves hundreds of those of leaves, so it may allocate.
/// </summary>
internal sealed class InnerEntries
{
    private readonly record struct Entry(byte[] Key, PageReference Child);

    private readonly List<Entry> _entries = [];

    /// <summary>The entries of one page.</summary>
    public InnerEntries(byte[] page) => Append(page, []);

    /// <summary>The entries of two neighbours, and what separates them in the page above.</summary>
    public InnerEntries(byte[] left, ReadOnlySpan<byte> separator, byte[] right)
    {
        Append(left, []);
        Append(right, separator);
    }

    public int Count => _entries.Count;

    public void Insert(int index, ReadOnlySpan<byte> key, PageReference child) => _entries.Insert(index, new Entry(key.ToArray(), child));

    /// <summary>What separates the entries before this one from the rest, in the page above.</summary>
    public ReadOnlySpan<byte> Separator(int index) => _entries[index].Key;

    /// <summary>
    /// The division nearest to the middle entry with which both halves fit; −1 when none does. A full page and one more entry can
    /// always be divided: a key without the page's prefix makes the half that takes it longer, but the half that holds it alone fits.
    /// </summary>
    public int Middle()
    {
        var centre = Count / 2;
        for (var distance = 0; distance < Count; distance++)
        {
            if (CanDivide(centre - distance)) return centre - distance;
            if (CanDivide(centre + distance)) return centre + distance;
        }

        return -1;
    }

    /// <summary>The bytes that entries [from, to) take as one page.</summary>
    public int SizeOf(int from, int to)
    {
        var prefix = PrefixOf(from, to);
        var size = NodePage.HeaderSize + prefix;
        for (var i = from; i < to; i++)
            size += NodePage.SlotSize + NodePage.InnerRecordHeader + (i == from ? 0 : _entries[i].Key.Length - prefix);
        return size;
    }

    /// <summary>Makes entries [from, to) the content of a page.</summary>
    public void Write(int from, int to, byte[] page)
    {
        var prefix = PrefixOf(from, to);
        NodePage.Reset(page, prefix == 0 ? [] : _entries[from + 1].Key.AsSpan(0, prefix));
        for (var i = from; i < to; i++)
            NodeEdit.AppendChildAt(page, i - from, i == from ? [] : _entries[i].Key.AsSpan(prefix), _entries[i].Child);
    }

    private void Append(byte[] page, ReadOnlySpan<byte> firstKey)
    {
        Span<byte> key = stackalloc byte[Tree.MaxKeyLength];
        _entries.Add(new Entry(firstKey.ToArray(), NodePage.Child(page, 0)));
        for (var i = 1; i < NodePage.Count(page); i++)
            _entries.Add(new Entry(key[..NodePage.CopyKey(page, i, key)].ToArray(), NodePage.Child(page, i)));
    }

    private bool CanDivide(int middle) =>
        middle >= 1 && middle < Count && SizeOf(0, middle) <= FileLayout.PageSize && SizeOf(middle, Count) <= FileLayout.PageSize;

    private int PrefixOf(int from, int to) =>
        to - from < 3 ? 0 : _entries[from + 1].Key.AsSpan().CommonPrefixLength(_entries[to - 1].Key);
}
