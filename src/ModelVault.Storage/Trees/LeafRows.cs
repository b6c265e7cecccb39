namespace ModelVault.Storage;

/// <summary>
/// The rows of a leaf, or of two neighbours, and perhaps one more, seen as one ascending sequence that is dealt out anew to
/// pages: a split, a shift and a merge are this. The pages read from must not be those written to.
/// </summary>
internal readonly ref struct LeafRows
{
    private readonly byte[] _left;
    private readonly byte[] _right;
    private readonly int _leftCount;
    private readonly int _new = -1;
    private readonly ReadOnlySpan<byte> _key;
    private readonly ReadOnlySpan<byte> _stored;
    private readonly bool _isOverflow;
    private readonly int _prefixHad;

    /// <summary>The rows of two neighbours.</summary>
    public LeafRows(byte[] left, byte[] right)
    {
        _left = left;
        _right = right;
        _leftCount = NodePage.Count(left);
        Count = _leftCount + (left == right ? 0 : NodePage.Count(right));
        _prefixHad = Math.Max(NodePage.PrefixLength(left), NodePage.PrefixLength(right));
    }

    /// <summary>The rows of two neighbours, or of one page given twice, and a new row that is to have this number among them.</summary>
    public LeafRows(byte[] left, byte[] right, int index, ReadOnlySpan<byte> key, ReadOnlySpan<byte> stored, bool isOverflow)
        : this(left, right)
    {
        Count++;
        _new = index;
        _key = key;
        _stored = stored;
        _isOverflow = isOverflow;
    }

    public int Count { get; }

    /// <summary>The bytes that rows [from, to) take as one page.</summary>
    public int SizeOf(int from, int to)
    {
        var prefix = PrefixOf(from, to);
        var size = NodePage.HeaderSize + prefix;
        for (var i = from; i < to; i++) size += SizeOf(i) - prefix;
        return size;
    }

    /// <summary>
    /// How many rows go left so that the two pages' sizes differ least; −1 when no division fits. A full page and one more row
    /// can always be divided: a key without the page's prefix lies outside the others, and fits alone.
    /// </summary>
    public int Middle()
    {
        var shared = SharedBytes(0, Count - 1);
        var total = 0;
        for (var i = 0; i < Count; i++) total += SizeOf(i) - shared;
        int sum = 0, middle = 1;
        for (var i = 0; i < Count; i++)
        {
            var size = SizeOf(i) - shared;
            middle = (2 * (sum + size)) - total <= total - (2 * sum) ? i + 1 : i;
            sum += size;
            if (2 * sum >= total) break;
        }

        middle = Math.Clamp(middle, 1, Count - 1);
        for (var distance = 0; distance < Count; distance++)
        {
            if (CanDivide(middle - distance)) return middle - distance;
            if (CanDivide(middle + distance)) return middle + distance;
        }

        return -1;
    }

    /// <summary>The shortest bytes that part the rows before this one from the rest. Returns their length.</summary>
    public int Separate(int at, Span<byte> separator)
    {
        var (page, index) = Find(at);
        if (page is null) _key.CopyTo(separator);
        else NodePage.CopyKey(page, index, separator);
        return SharedBytes(at - 1, at) + 1;
    }

    /// <summary>Makes rows [from, to) the content of a page.</summary>
    public void Write(int from, int to, byte[] page)
    {
        Span<byte> key = stackalloc byte[Tree.MaxKeyLength];
        var (first, at) = Find(from);
        if (first is null) _key.CopyTo(key);
        else NodePage.CopyKey(first, at, key);
        NodePage.Reset(page, key[..PrefixOf(from, to)]);
        while (from < to)
        {
            var (source, index) = Find(from);
            if (source is null)
            {
                NodeEdit.AppendRow(page, _key[NodePage.PrefixLength(page)..], _stored, _isOverflow);
                from++;
                continue;
            }

            var length = NodePage.Count(source) - index;
            if (from < _new) length = Math.Min(length, _new - from);
            length = Math.Min(length, to - from);
            NodeEdit.AppendRange(source, index, index + length, page);
            from += length;
        }
    }

    private bool CanDivide(int middle) =>
        middle >= 1 && middle < Count && SizeOf(0, middle) <= FileLayout.PageSize && SizeOf(middle, Count) <= FileLayout.PageSize;

    private int PrefixOf(int from, int to) => to - from < 2 ? 0 : NodeEdit.WorthHaving(SharedBytes(from, to - 1), _prefixHad);

    // Slot, lengths, whole key and value.
    private int SizeOf(int row)
    {
        var (page, index) = Find(row);
        return page is null
            ? NodePage.SlotSize + NodePage.LeafRecordHeader + _key.Length + _stored.Length
            : NodePage.EntrySize(page, index) + NodePage.PrefixLength(page);
    }

    // Where a row is; no page: it is the new one.
    private (byte[]? Page, int Index) Find(int row)
    {
        if (_new >= 0 && row >= _new)
        {
            if (row == _new) return (null, 0);
            row--;
        }

        return row < _leftCount ? (_left, row) : (_right, row - _leftCount);
    }

    private int SharedBytes(int row, int other)
    {
        if (row == other) return SizeOfKey(row);
        Key(row, out var prefix, out var suffix);
        Key(other, out var otherPrefix, out var otherSuffix);
        return prefix.Length >= otherPrefix.Length
            ? SharedBytes(prefix, suffix, otherPrefix, otherSuffix)
            : SharedBytes(otherPrefix, otherSuffix, prefix, suffix);
    }

    private int SizeOfKey(int row)
    {
        Key(row, out var prefix, out var suffix);
        return prefix.Length + suffix.Length;
    }

    private void Key(int row, out ReadOnlySpan<byte> prefix, out ReadOnlySpan<byte> suffix)
    {
        var (page, index) = Find(row);
        prefix = page is null ? [] : NodePage.Prefix(page);
        suffix = page is null ? _key : NodePage.Suffix(page, index);
    }

    // Of two keys in two parts each, where the first one's first part is not the shorter one.
    private static int SharedBytes(ReadOnlySpan<byte> prefixA, ReadOnlySpan<byte> suffixA, ReadOnlySpan<byte> prefixB, ReadOnlySpan<byte> suffixB)
    {
        var shared = prefixA.CommonPrefixLength(prefixB);
        if (shared < prefixB.Length) return shared;
        var middle = prefixA[shared..];
        var more = middle.CommonPrefixLength(suffixB);
        return shared + more + (more < middle.Length ? 0 : suffixA.CommonPrefixLength(suffixB[more..]));
    }
}
