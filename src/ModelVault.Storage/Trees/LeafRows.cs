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
    private readonly int _total; // bytes of all rows with slots and whole keys
    private readonly int _boundary; // a row near which the middle may be
    private readonly int _beforeBoundary;

    /// <summary>The rows of two neighbours.</summary>
    public LeafRows(byte[] left, byte[] right)
    {
        _left = left;
        _right = right;
        _leftCount = _boundary = NodePage.Count(left);
        _beforeBoundary = BytesOf(left);
        _total = _beforeBoundary + BytesOf(right);
        Count = _leftCount + NodePage.Count(right);
        _prefixHad = Math.Max(NodePage.PrefixLength(left), NodePage.PrefixLength(right));
    }

    /// <summary>The rows of two neighbours, and a new row that is to have this number among them.</summary>
    public LeafRows(byte[] left, byte[] right, int index, ReadOnlySpan<byte> key, ReadOnlySpan<byte> stored, bool isOverflow)
        : this(left, right)
    {
        _new = index;
        _key = key;
        _stored = stored;
        _isOverflow = isOverflow;
        Count++;
        _total += SizeOf(index);
        if (index > _leftCount) return;
        _boundary++;
        _beforeBoundary += SizeOf(index);
    }

    /// <summary>The rows of one page, and a new row that is to have this number among them.</summary>
    public LeafRows(byte[] page, int index, ReadOnlySpan<byte> key, ReadOnlySpan<byte> stored, bool isOverflow)
    {
        _left = _right = page;
        _leftCount = NodePage.Count(page);
        _new = index;
        _key = key;
        _stored = stored;
        _isOverflow = isOverflow;
        Count = _leftCount + 1;
        _total = BytesOf(page) + SizeOf(index);
        _boundary = 1;
        _beforeBoundary = SizeOf(0);
        _prefixHad = NodePage.PrefixLength(page);
    }

    public int Count { get; }

    /// <summary>The bytes that all rows take as one page.</summary>
    public int Size => PageSize(0, Count, _total);

    /// <summary>
    /// How many rows go left so that the two pages' sizes differ least; −1 when no division fits. A full page and one more row
    /// can always be divided: a key without the page's prefix lies outside the others, and fits alone.
    /// </summary>
    public int Middle()
    {
        var shared = SharedBytes(0, Count - 1);
        var middle = _boundary;
        var before = _beforeBoundary;
        int Twice(int bytes, int rows) => 2 * (bytes - (rows * shared));
        var total = _total - (Count * shared);
        // A row goes over when that brings the halves nearer to each other.
        for (; middle < Count - 1 && Twice(before, middle) + SizeOf(middle) - shared < total; middle++) before += SizeOf(middle);
        for (; middle > 1 && Twice(before, middle) - SizeOf(middle - 1) + shared > total; middle--) before -= SizeOf(middle - 1);
        if (CanDivide(middle, before)) return middle;
        var (lower, beforeLower, upper, beforeUpper) = (middle, before, middle, before);
        while (lower > 1 || upper < Count - 1)
        {
            if (lower > 1)
            {
                beforeLower -= SizeOf(--lower);
                if (CanDivide(lower, beforeLower)) return lower;
            }

            if (upper < Count - 1)
            {
                beforeUpper += SizeOf(upper++);
                if (CanDivide(upper, beforeUpper)) return upper;
            }
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

    /// <summary>Makes the rows before this one the content of one page, the rest that of another.</summary>
    public void Divide(int middle, byte[] left, byte[] right)
    {
        Write(0, middle, left);
        Write(middle, Count, right);
    }

    private bool CanDivide(int middle, int before) =>
        PageSize(0, middle, before) <= FileLayout.PageSize && PageSize(middle, Count, _total - before) <= FileLayout.PageSize;

    // The bytes that rows [from, to) take as one page, when without it, and with whole keys, they take so many.
    private int PageSize(int from, int to, int bytes)
    {
        var prefix = PrefixOf(from, to);
        return NodePage.HeaderSize + prefix + bytes - ((to - from) * prefix);
    }

    private static int BytesOf(byte[] page)
    {
        var prefix = NodePage.PrefixLength(page);
        return NodePage.UsedBytes(page) - NodePage.HeaderSize - prefix + (NodePage.Count(page) * prefix);
    }

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
