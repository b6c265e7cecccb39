using System.Buffers.Binary;
using System.Diagnostics;

namespace ModelVault.Storage;

/// <summary>Changes inside one page. A page is edited only while it belongs to the running transaction.</summary>
internal static class NodeEdit
{
    // Looking at a page's prefix is a cache miss in every search. Less than this is not worth it: the heads in the slots, of four
    // bytes, still tell the keys apart, and the room it would save is a few bytes in a hundred.
    private const int ShortestPrefix = 3;

    /// <summary>Puts a row into a leaf; false, and nothing changed, when it does not fit.</summary>
    public static bool TryInsert(byte[] page, int index, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool isOverflow, byte[] scratch)
    {
        if (!TryMakeRoom(page, key, NodePage.LeafRecordHeader + value.Length, spare: 0, scratch)) return false;
        InsertRow(page, index, key[NodePage.PrefixLength(page)..], value, isOverflow);
        return true;
    }

    /// <summary>Puts a row behind all others of a leaf that had at least so many bytes to spare; false, and nothing changed, when there is not the room.</summary>
    public static bool TryAppend(byte[] page, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool isOverflow, int spare, byte[] scratch)
    {
        if (!TryMakeRoom(page, key, NodePage.LeafRecordHeader + value.Length, spare, scratch)) return false;
        AppendRow(page, key[NodePage.PrefixLength(page)..], value, isOverflow);
        return true;
    }

    /// <summary>The same with an entry of an inner page.</summary>
    public static bool TryAppendChild(byte[] page, ReadOnlySpan<byte> separator, PageReference child, int spare, byte[] scratch)
    {
        if (!TryMakeRoom(page, separator, NodePage.InnerRecordHeader, spare, scratch)) return false;
        AppendChildAt(page, NodePage.Count(page), separator[NodePage.PrefixLength(page)..], child);
        return true;
    }

    /// <summary>Puts a row behind all others of a leaf that is known to have room for it.</summary>
    public static void AppendRow(byte[] page, ReadOnlySpan<byte> suffix, ReadOnlySpan<byte> value, bool isOverflow) =>
        InsertRow(page, NodePage.Count(page), suffix, value, isOverflow);

    /// <summary>Puts an entry into an inner page; false, and nothing changed, when it does not fit.</summary>
    public static bool TryInsertChild(byte[] page, int index, ReadOnlySpan<byte> separator, PageReference child, byte[] scratch)
    {
        Debug.Assert(index > 0, "Entry 0 comes with the page.");
        if (!TryMakeRoom(page, separator, NodePage.InnerRecordHeader, spare: 0, scratch)) return false;
        AppendChildAt(page, index, separator[NodePage.PrefixLength(page)..], child);
        return true;
    }

    /// <summary>Puts an entry into an inner page that is known to have room for it.</summary>
    public static void AppendChildAt(byte[] page, int index, ReadOnlySpan<byte> suffix, PageReference child)
    {
        var record = OpenSlot(page, index, suffix, NodePage.InnerRecordHeader + suffix.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(record + 2), child.Value);
        suffix.CopyTo(page.AsSpan(record + NodePage.InnerRecordHeader));
    }

    /// <summary>Gives a child of an inner page, not its first one, another separator; false, and nothing changed, when it does not fit.</summary>
    public static bool TryReplaceSeparator(byte[] page, int index, ReadOnlySpan<byte> separator, byte[] scratch)
    {
        Span<byte> old = stackalloc byte[Tree.MaxKeyLength];
        old = old[..NodePage.CopyKey(page, index, old)];
        var child = NodePage.Child(page, index);
        Remove(page, index);
        if (TryInsertChild(page, index, separator, child, scratch)) return true;
        if (!TryInsertChild(page, index, old, child, scratch)) throw new InvalidOperationException("A separator does not fit where it was.");
        return false;
    }

    /// <summary>Replaces a value by one that is not longer.</summary>
    public static bool TryReplaceInPlace(byte[] page, int index, ReadOnlySpan<byte> value, bool isOverflow)
    {
        var record = NodePage.RecordOffset(page, index);
        var old = NodePage.StoredValue(page, index, out _).Length;
        if (value.Length > old) return false;
        NodePage.SetU16(page, record + 2, value.Length | (isOverflow ? NodePage.OverflowFlag : 0));
        value.CopyTo(page.AsSpan(record + NodePage.LeafRecordHeader + NodePage.U16(page, record)));
        NodePage.AddGarbage(page, old - value.Length);
        return true;
    }

    /// <summary>Takes an entry out of a page.</summary>
    public static void Remove(byte[] page, int index) => RemoveRange(page, index, index + 1);

    /// <summary>Takes the entries [from, to) out of a page.</summary>
    public static void RemoveRange(byte[] page, int from, int to)
    {
        var count = NodePage.Count(page);
        if (to - from == count)
        {
            NodePage.Reset(page, []);
            return;
        }

        if (NodePage.Level(page) > 0 && from == 0)
        {
            // Entry 0 has no key: the child behind the removed ones moves into it, and its entry goes.
            NodePage.SetChild(page, 0, NodePage.Child(page, to));
            from = 1;
            to++;
        }

        var garbage = 0;
        for (var i = from; i < to; i++) garbage += NodePage.RecordSize(page, NodePage.RecordOffset(page, i));
        NodePage.AddGarbage(page, garbage);
        var slot = NodePage.HeaderSize + (NodePage.SlotSize * from);
        var tail = NodePage.HeaderSize + (NodePage.SlotSize * to);
        page.AsSpan(tail, NodePage.SlotSize * (count - to)).CopyTo(page.AsSpan(slot));
        NodePage.SetCount(page, count - (to - from));
    }

    /// <summary>Fills a page, whose header stands, with the entries [from, to) of another under a new common prefix.</summary>
    public static void CopyRange(byte[] source, int from, int to, byte[] destination, int prefixLength)
    {
        var isLeaf = NodePage.Level(source) == 0;
        var oldPrefix = NodePage.Prefix(source);
        Span<byte> prefix = stackalloc byte[prefixLength];
        CopyKeyStart(source, isLeaf ? from : Math.Min(from + 1, to - 1), prefix);
        NodePage.Reset(destination, prefix);
        AppendRange(source, from, to, destination);
    }

    /// <summary>Puts the entries [from, to) of a page behind those of another, whose prefix they share and which has room for them.</summary>
    public static void AppendRange(byte[] source, int from, int to, byte[] destination) =>
        InsertRange(source, from, to, destination, NodePage.Count(destination));

    /// <summary>The same in front of one of its entries, or behind the last.</summary>
    public static void InsertRange(byte[] source, int from, int to, byte[] destination, int at)
    {
        var isLeaf = NodePage.Level(source) == 0;
        var oldPrefix = NodePage.Prefix(source);
        var prefixLength = NodePage.PrefixLength(destination);
        var header = NodePage.RecordHeader(source);
        var heap = NodePage.HeapStart(destination);
        var count = NodePage.Count(destination);
        var slot = NodePage.HeaderSize + (NodePage.SlotSize * at);
        destination.AsSpan(slot, NodePage.SlotSize * (count - at)).CopyTo(destination.AsSpan(slot + (NodePage.SlotSize * (to - from))));
        count += to - from;
        for (var i = from; i < to; i++)
        {
            var record = NodePage.RecordOffset(source, i);
            if (isLeaf && oldPrefix.Length == prefixLength)
            {
                var size = NodePage.RecordSize(source, record);
                heap -= size;
                source.AsSpan(record, size).CopyTo(destination.AsSpan(heap));
                WriteSlot(destination, at++, NodePage.Head(source, i), heap);
                continue;
            }

            var keyLength = NodePage.U16(source, record);
            // An inner page's keyless entry has neither prefix nor suffix.
            var keyless = !isLeaf && i == from;
            var added = keyless ? 0 : Math.Max(0, oldPrefix.Length - prefixLength);
            var dropped = keyless ? keyLength : Math.Max(0, prefixLength - oldPrefix.Length);
            var tail = NodePage.RecordSize(source, record) - header - dropped;
            heap -= header + added + tail;
            source.AsSpan(record, header).CopyTo(destination.AsSpan(heap));
            NodePage.SetU16(destination, heap, keyLength + added - dropped);
            if (added > 0) oldPrefix[prefixLength..].CopyTo(destination.AsSpan(heap + header));
            source.AsSpan(record + header + dropped, tail).CopyTo(destination.AsSpan(heap + header + added));
            WriteSlot(destination, at++, NodePage.HeadOf(destination.AsSpan(heap + header, keyLength + added - dropped)), heap);
        }

        NodePage.SetCount(destination, count);
        NodePage.SetHeapStart(destination, heap);
    }

    /// <summary>Gives a finished page the prefix that all its keys share.</summary>
    public static void SealPrefix(byte[] page, byte[] scratch)
    {
        var prefix = WorthHaving(CommonPrefix(page, 0, NodePage.Count(page)), NodePage.PrefixLength(page));
        if (prefix <= NodePage.PrefixLength(page)) return;
        page.AsSpan(0, FileLayout.PageSize).CopyTo(scratch);
        CopyRange(scratch, 0, NodePage.Count(scratch), page, prefix);
    }

    /// <summary>The prefix that all keys of the entries [from, to) share; what a page of one key may gain by it is not worth having.</summary>
    public static int CommonPrefix(byte[] page, int from, int to)
    {
        if (NodePage.Level(page) > 0) from++;
        if (to - from < 2) return 0;
        return NodePage.PrefixLength(page) + NodePage.Suffix(page, from).CommonPrefixLength(NodePage.Suffix(page, to - 1));
    }

    /// <summary>The prefix to give a page whose keys share this much: all of it or, if that is too little, no more than it had, so that no page takes more room.</summary>
    public static int WorthHaving(int shared, int had) => shared >= ShortestPrefix ? shared : Math.Min(shared, had);

    /// <summary>How many bytes a key shares with the key of an entry.</summary>
    public static int SharedWith(byte[] page, int index, ReadOnlySpan<byte> key)
    {
        var prefix = NodePage.Prefix(page);
        var shared = prefix.CommonPrefixLength(key);
        return shared < prefix.Length ? shared : shared + NodePage.Suffix(page, index).CommonPrefixLength(key[shared..]);
    }

    // Room for one more entry: as it is, or after the page is written anew without garbage and with the prefix that now fits.
    // A page that had less than 'spare' bytes left has none.
    private static bool TryMakeRoom(byte[] page, ReadOnlySpan<byte> key, int recordWithoutKey, int spare, byte[] scratch)
    {
        var prefixLength = NodePage.PrefixLength(page);
        var shared = NodePage.Prefix(page).CommonPrefixLength(key);
        var free = NodePage.FreeBytes(page);
        if (shared == prefixLength && Math.Max(spare, NodePage.SlotSize + recordWithoutKey + key.Length - prefixLength) <= free) return true;

        int count = NodePage.Count(page), firstKey = NodePage.Level(page) > 0 ? 1 : 0;
        var keys = count - firstKey;
        var best = keys == 0 ? 0 : Math.Min(Math.Max(CommonPrefix(page, 0, count), keys == 1 ? key.Length : 0), SharedWith(page, firstKey, key));
        best = WorthHaving(best, prefixLength);
        if (best == prefixLength && NodePage.Garbage(page) == 0) return false;
        var gain = NodePage.Garbage(page) + ((best - prefixLength) * (keys - 1));
        if (Math.Max(spare, NodePage.SlotSize + recordWithoutKey + key.Length - best) > free + gain) return false;
        page.AsSpan(0, FileLayout.PageSize).CopyTo(scratch);
        CopyRange(scratch, 0, count, page, best);
        return true;
    }

    private static void InsertRow(byte[] page, int index, ReadOnlySpan<byte> suffix, ReadOnlySpan<byte> value, bool isOverflow)
    {
        var record = OpenSlot(page, index, suffix, NodePage.LeafRecordHeader + suffix.Length + value.Length);
        NodePage.SetU16(page, record + 2, value.Length | (isOverflow ? NodePage.OverflowFlag : 0));
        suffix.CopyTo(page.AsSpan(record + NodePage.LeafRecordHeader));
        value.CopyTo(page.AsSpan(record + NodePage.LeafRecordHeader + suffix.Length));
    }

    private static int OpenSlot(byte[] page, int index, ReadOnlySpan<byte> suffix, int recordSize)
    {
        var count = NodePage.Count(page);
        var slot = NodePage.HeaderSize + (NodePage.SlotSize * index);
        page.AsSpan(slot, NodePage.SlotSize * (count - index)).CopyTo(page.AsSpan(slot + NodePage.SlotSize));
        var record = NodePage.HeapStart(page) - recordSize;
        Debug.Assert(record >= NodePage.HeaderSize + (NodePage.SlotSize * (count + 1)), "There is no room for the entry.");
        NodePage.SetHeapStart(page, record);
        NodePage.SetCount(page, count + 1);
        NodePage.SetU16(page, record, suffix.Length);
        WriteSlot(page, index, NodePage.HeadOf(suffix), record);
        return record;
    }

    private static void WriteSlot(byte[] page, int index, uint head, int record)
    {
        var slot = page.AsSpan(NodePage.HeaderSize + (NodePage.SlotSize * index), NodePage.SlotSize);
        BinaryPrimitives.WriteUInt32LittleEndian(slot, head);
        BinaryPrimitives.WriteUInt16LittleEndian(slot[4..], (ushort)record);
    }

    private static void CopyKeyStart(byte[] page, int index, Span<byte> destination)
    {
        var prefix = NodePage.Prefix(page);
        if (destination.Length <= prefix.Length)
        {
            prefix[..destination.Length].CopyTo(destination);
            return;
        }

        prefix.CopyTo(destination);
        NodePage.Suffix(page, index)[..(destination.Length - prefix.Length)].CopyTo(destination[prefix.Length..]);
    }
}
