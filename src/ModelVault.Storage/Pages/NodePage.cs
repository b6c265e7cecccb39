using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace ModelVault.Storage;

/// <summary>
/// The layout of a tree page: a 64-byte header, slots from there upwards, records from the end downwards, the prefix that all
/// keys of the page share at the very end. A slot is {first four bytes of the key behind the prefix, as a number; offset of
/// the record}, so that most comparisons of a search touch nothing but the slots.
/// </summary>
/// <remarks>
/// A leaf's record is {key length, value length, key, value}, an inner page's {key length, child, key}, keys without the prefix.
/// An inner page's entry 0 has no key: it leads to everything below entry 1's. Pages from storage pass
/// <see cref="PageValidation"/> before anything here looks at them.
/// </remarks>
internal static class NodePage
{
    public const int HeaderSize = 64;
    public const int SlotSize = 6;
    public const int LeafRecordHeader = 4;
    public const int InnerRecordHeader = 10;
    public const byte Type = 1;

    /// <summary>Set in a record's value length: the value is an <see cref="OverflowValue"/> that says where the bytes are.</summary>
    public const ushort OverflowFlag = 0x8000;

    private const int ChecksumOffset = 0;
    private const int CommitOffset = 8;
    private const int PlaceOffset = 16; // page number:40 | type:8 | level:8 | flags:8
    private const int LevelOffset = 22;
    private const int TreeOffset = 24;
    private const int CountOffset = 28;
    private const int HeapOffset = 30;
    // 32 to 59 are reserved for authenticated encryption: a 16-byte tag and a 12-byte nonce.
    private const int PrefixOffset = 60;
    private const int GarbageOffset = 62;

    public static ulong StoredChecksum(ReadOnlySpan<byte> page) => BinaryPrimitives.ReadUInt64LittleEndian(page[ChecksumOffset..]);

    /// <summary>The commit that wrote the page: its birth.</summary>
    public static long CommitId(byte[] page) => (long)PageBytes.U64(page, CommitOffset);

    public static long PageNumber(byte[] page) => (long)(PageBytes.U64(page, PlaceOffset) & 0xFF_FFFF_FFFF);

    public static byte PageType(byte[] page) => page[21];

    public static int Level(byte[] page) => page[LevelOffset];

    public static uint TreeId(byte[] page) => PageBytes.U32(page, TreeOffset);

    public static int Count(byte[] page) => U16(page, CountOffset);

    public static int HeapStart(byte[] page) => U16(page, HeapOffset);

    public static int PrefixLength(byte[] page) => U16(page, PrefixOffset);

    public static int Garbage(byte[] page) => U16(page, GarbageOffset);

    public static PageReference Reference(byte[] page) => PageReference.To(PageNumber(page), CommitId(page));

    public static ReadOnlySpan<byte> Prefix(byte[] page)
    {
        var length = PrefixLength(page);
        return page.AsSpan(FileLayout.PageSize - length, length);
    }

    /// <summary>Bytes between the slots and the records.</summary>
    public static int FreeBytes(byte[] page) => HeapStart(page) - HeaderSize - (SlotSize * Count(page));

    /// <summary>Bytes that hold something: all but what is free or garbage.</summary>
    public static int UsedBytes(byte[] page) => FileLayout.PageSize - FreeBytes(page) - Garbage(page);

    public static uint Head(byte[] page, int index) => PageBytes.U32(page, HeaderSize + (SlotSize * index));

    public static int RecordOffset(byte[] page, int index) => U16(page, HeaderSize + (SlotSize * index) + 4);

    /// <summary>The key of an entry, without the page's prefix.</summary>
    public static ReadOnlySpan<byte> Suffix(byte[] page, int index)
    {
        var record = RecordOffset(page, index);
        return page.AsSpan(record + RecordHeader(page), U16(page, record));
    }

    /// <summary>The child that an inner page's entry leads to.</summary>
    public static PageReference Child(byte[] page, int index) => ChildOfInnerRecord(page, RecordOffset(page, index));

    /// <summary>The child that an inner page's record leads to.</summary>
    public static PageReference ChildOfInnerRecord(byte[] page, int record) => new(PageBytes.U64(page, record + 2));

    /// <summary>What a leaf's entry holds: the value, or the description of an overflow value.</summary>
    public static ReadOnlySpan<byte> StoredValue(byte[] page, int index, out bool isOverflow) =>
        ValueOfLeafRecord(page, RecordOffset(page, index), out isOverflow);

    /// <summary>A leaf record's key, without the page's prefix.</summary>
    public static ReadOnlySpan<byte> SuffixOfLeafRecord(byte[] page, int record) => page.AsSpan(record + LeafRecordHeader, U16(page, record));

    /// <summary>Fetches the beginning of an entry's record without waiting for it. There need not be such an entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Foresee(byte[] page, int index)
    {
        if ((uint)index >= (uint)Count(page)) return;
        var record = RecordOffset(page, index);
        Prefetch.Line(page, record);
        Prefetch.Line(page, record + 64);
    }

    /// <summary>Whether a leaf's record has a key.</summary>
    public static bool HasKey(byte[] page, int record, ReadOnlySpan<byte> key)
    {
        var suffix = SuffixOfLeafRecord(page, record);
        return key.Length == PrefixLength(page) + suffix.Length && key.EndsWith(suffix) && key.StartsWith(Prefix(page));
    }

    /// <summary>What a leaf's record holds; see <see cref="StoredValue"/>.</summary>
    public static ReadOnlySpan<byte> ValueOfLeafRecord(byte[] page, int record, out bool isOverflow)
    {
        var place = PlaceInLeafRecord(page, record, out isOverflow);
        return page.AsSpan(place.Start, place.Length);
    }

    /// <summary>Where in the page that is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ValuePlace PlaceInLeafRecord(byte[] page, int record, out bool isOverflow)
    {
        var length = U16(page, record + 2);
        isOverflow = (length & OverflowFlag) != 0;
        return new ValuePlace(record + LeafRecordHeader + U16(page, record), length & ~OverflowFlag);
    }

    /// <summary>The first four bytes of a key as a number that orders as the bytes do.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint HeadOf(ReadOnlySpan<byte> suffix) =>
        suffix.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(suffix) : ShortHeadOf(suffix);

    // The same of a key behind its first bytes. Few are left of most, behind the prefix of a page; the last four of all hold them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint HeadOf(ReadOnlySpan<byte> key, int start)
    {
        var length = key.Length - start;
        if (length >= 4) return BinaryPrimitives.ReadUInt32BigEndian(key[start..]);
        return length > 0 && key.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(key[^4..]) << (32 - (8 * length)) : ShortHeadOf(key[start..]);
    }

    private static uint ShortHeadOf(ReadOnlySpan<byte> suffix)
    {
        uint head = 0;
        for (var i = 0; i < suffix.Length; i++) head |= (uint)suffix[i] << (24 - (8 * i));
        return head;
    }

    /// <summary>The first entry whose key is not below the given one; of an inner page, never entry 0.</summary>
    public static int Search(byte[] page, ReadOnlySpan<byte> key, out bool found)
    {
        found = false;
        int count = Count(page), low = page[LevelOffset] == 0 ? 0 : 1;
        var prefixLength = PrefixLength(page);
        if (prefixLength > 0 && !key.StartsWith(Prefix(page))) return CompareWithPrefix(page, key, prefixLength) < 0 ? low : count;
        var head = HeadOf(key, prefixLength);
        low = LowerBound(page, head, low, count);
        return low < count && Head(page, low) == head ? SearchAmongEqualHeads(page, key[prefixLength..], head, low, count, out found) : low;
    }

    /// <summary>The same from an entry on that is not behind it. What is near is found soon, and in memory that has just been looked at.</summary>
    public static int SearchFrom(byte[] page, int from, ReadOnlySpan<byte> key)
    {
        int count = Count(page), prefixLength = PrefixLength(page);
        if (prefixLength > 0 && !key.StartsWith(Prefix(page))) return CompareWithPrefix(page, key, prefixLength) < 0 ? from : count;
        var head = HeadOf(key, prefixLength);
        var reach = 1;
        for (; from + reach < count && Head(page, from + reach - 1) < head; reach *= 2) from += reach;
        var low = LowerBound(page, head, from, Math.Min(from + reach, count));
        return low < count && Head(page, low) == head ? SearchAmongEqualHeads(page, key[prefixLength..], head, low, count, out _) : low;
    }

    /// <summary>Reads from slots on which a search will come, all at once instead of one after the other.</summary>
    public static void TouchSlots(byte[] page)
    {
        var step = SlotSize * Count(page) / 8;
        for (var part = 1; part < 8; part++) PageBytes.Touch(page, HeaderSize + (part * step));
    }

    // The first slot from 'low' on whose head is not below the given one. Without branches on the heads, which no processor can
    // foresee: each step halves what is left by arithmetic, so that look-ups in a batch overlap.
    private static int LowerBound(byte[] page, uint head, int low, int count)
    {
        var left = count - low;
        if (left <= 0) return low;
        var slot = HeaderSize + (SlotSize * low);
        while (left > 1)
        {
            var half = left >> 1;
            var step = SlotSize * half;
            slot += step & IsBelow(PageBytes.U32(page, slot + step - SlotSize), head);
            left -= half;
        }

        slot += SlotSize & IsBelow(PageBytes.U32(page, slot), head);
        return (slot - HeaderSize) / SlotSize;
    }

    // All bits where it is, none where it is not.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IsBelow(uint head, uint other) => (int)(((long)head - other) >> 63);

    private static int SearchAmongEqualHeads(byte[] page, ReadOnlySpan<byte> suffix, uint head, int low, int high, out bool found)
    {
        // Its first entry is nearly always the one: most runs of equal heads have no other, and what is looked for in long ones is the
        // beginning of many keys, where they begin.
        for (var middle = low; low < high; middle = low + ((high - low) >> 1))
        {
            var order = Head(page, middle) != head ? 1 : Suffix(page, middle).SequenceCompareTo(suffix);
            if (order == 0)
            {
                found = true;
                return middle;
            }

            if (order < 0) low = middle + 1;
            else high = middle;
        }

        found = false;
        return low;
    }

    /// <summary>The entry of an inner page whose subtree covers a key.</summary>
    public static int SearchChild(byte[] page, ReadOnlySpan<byte> key)
    {
        var index = Search(page, key, out var found);
        return found ? index : index - 1;
    }

    /// <summary>The same of four keys, in step: the steps of one search wait for each other, and those of the others are done meanwhile.</summary>
    public static (int A, int B, int C, int D) SearchChildren(byte[] page, ReadOnlySpan<byte> keyA, ReadOnlySpan<byte> keyB, ReadOnlySpan<byte> keyC, ReadOnlySpan<byte> keyD)
    {
        int count = Count(page), prefixLength = PrefixLength(page);
        var prefix = Prefix(page);
        if (count < 2 || !keyA.StartsWith(prefix) || !keyB.StartsWith(prefix) || !keyC.StartsWith(prefix) || !keyD.StartsWith(prefix))
            return (SearchChild(page, keyA), SearchChild(page, keyB), SearchChild(page, keyC), SearchChild(page, keyD));
        ChildSearch a = new(keyA, prefixLength), b = new(keyB, prefixLength), c = new(keyC, prefixLength), d = new(keyD, prefixLength);
        for (int left = count - 1, half; left > 1; left -= half)
        {
            half = left >> 1;
            a.Step(page, half);
            b.Step(page, half);
            c.Step(page, half);
            d.Step(page, half);
        }

        return (a.End(page, keyA), b.End(page, keyB), c.End(page, keyC), d.End(page, keyD));
    }

    /// <summary>The same in a page for each.</summary>
    public static (int A, int B, int C, int D) SearchChildren(
        byte[] pageA, ReadOnlySpan<byte> keyA, byte[] pageB, ReadOnlySpan<byte> keyB, byte[] pageC, ReadOnlySpan<byte> keyC, byte[] pageD, ReadOnlySpan<byte> keyD)
    {
        int leftA = Count(pageA) - 1, leftB = Count(pageB) - 1, leftC = Count(pageC) - 1, leftD = Count(pageD) - 1;
        if (Math.Min(Math.Min(leftA, leftB), Math.Min(leftC, leftD)) < 1
            || !keyA.StartsWith(Prefix(pageA)) || !keyB.StartsWith(Prefix(pageB)) || !keyC.StartsWith(Prefix(pageC)) || !keyD.StartsWith(Prefix(pageD)))
            return (SearchChild(pageA, keyA), SearchChild(pageB, keyB), SearchChild(pageC, keyC), SearchChild(pageD, keyD));
        ChildSearch a = new(keyA, PrefixLength(pageA)), b = new(keyB, PrefixLength(pageB)), c = new(keyC, PrefixLength(pageC)), d = new(keyD, PrefixLength(pageD));
        while ((leftA | leftB | leftC | leftD) > 1)
        {
            // Where one slot is left, half of it is none.
            leftA -= a.Step(pageA, leftA >> 1);
            leftB -= b.Step(pageB, leftB >> 1);
            leftC -= c.Step(pageC, leftC >> 1);
            leftD -= d.Step(pageD, leftD >> 1);
        }

        return (a.End(pageA, keyA), b.End(pageB, keyB), c.End(pageC, keyC), d.End(pageD, keyD));
    }

    // A search in an inner page, by the steps of LowerBound.
    private struct ChildSearch(ReadOnlySpan<byte> key, int prefixLength)
    {
        private readonly uint _head = HeadOf(key, prefixLength);
        private int _slot = HeaderSize + SlotSize;

        // Leaves out as many slots as are given, on one side or the other.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Step(byte[] page, int half)
        {
            var step = SlotSize * half;
            _slot += step & IsBelow(PageBytes.U32(page, _slot + step - SlotSize), _head);
            return half;
        }

        // When one slot is left: the entry that covers the key.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly int End(byte[] page, ReadOnlySpan<byte> key)
        {
            var slot = _slot + (SlotSize & IsBelow(PageBytes.U32(page, _slot), _head));
            int index = (slot - HeaderSize) / SlotSize, count = Count(page);
            if (index == count || Head(page, index) != _head) return index - 1;
            index = SearchAmongEqualHeads(page, key[PrefixLength(page)..], _head, index, count, out var found);
            return found ? index : index - 1;
        }
    }

    /// <summary>Whether a key begins with the page's prefix and lies above all of its keys.</summary>
    public static bool IsAboveAll(byte[] page, ReadOnlySpan<byte> key)
    {
        var prefix = Prefix(page);
        return key.StartsWith(prefix) && key[prefix.Length..].SequenceCompareTo(Suffix(page, Count(page) - 1)) > 0;
    }

    private static int CompareWithPrefix(byte[] page, ReadOnlySpan<byte> key, int prefixLength)
    {
        var prefix = page.AsSpan(FileLayout.PageSize - prefixLength, prefixLength);
        if (key.Length >= prefixLength) return key[..prefixLength].SequenceCompareTo(prefix);
        var order = key.SequenceCompareTo(prefix[..key.Length]);
        return order != 0 ? order : -1;
    }

    /// <summary>Compares the keys of two entries of any pages.</summary>
    public static int CompareKeys(byte[] a, int indexA, byte[] b, int indexB)
    {
        ReadOnlySpan<byte> prefixA = Prefix(a), prefixB = Prefix(b), suffixA = Suffix(a, indexA), suffixB = Suffix(b, indexB);
        if (prefixA.Length < prefixB.Length) return -Compare(prefixB, suffixB, prefixA, suffixA);
        return Compare(prefixA, suffixA, prefixB, suffixB);
    }

    /// <summary>Compares an entry's key with a whole key.</summary>
    public static int CompareToKey(byte[] page, int index, ReadOnlySpan<byte> key)
    {
        var prefix = Prefix(page);
        var order = prefix.SequenceCompareTo(key[..Math.Min(prefix.Length, key.Length)]);
        return order != 0 ? order : Suffix(page, index).SequenceCompareTo(key[Math.Min(prefix.Length, key.Length)..]);
    }

    // Of two keys in two parts each, where the first one's first part is not the shorter one.
    private static int Compare(ReadOnlySpan<byte> prefixA, ReadOnlySpan<byte> suffixA, ReadOnlySpan<byte> prefixB, ReadOnlySpan<byte> suffixB)
    {
        var order = prefixA[..prefixB.Length].SequenceCompareTo(prefixB);
        if (order != 0) return order;
        var middle = prefixA[prefixB.Length..];
        if (suffixB.Length >= middle.Length)
        {
            order = middle.SequenceCompareTo(suffixB[..middle.Length]);
            return order != 0 ? order : suffixA.SequenceCompareTo(suffixB[middle.Length..]);
        }

        order = middle[..suffixB.Length].SequenceCompareTo(suffixB);
        return order != 0 ? order : 1;
    }

    /// <summary>Copies an entry's whole key; returns its length.</summary>
    public static int CopyKey(byte[] page, int index, Span<byte> destination)
    {
        var prefix = Prefix(page);
        var suffix = Suffix(page, index);
        prefix.CopyTo(destination);
        suffix.CopyTo(destination[prefix.Length..]);
        return prefix.Length + suffix.Length;
    }

    /// <summary>Bytes that an entry takes: slot and record.</summary>
    public static int EntrySize(byte[] page, int index)
    {
        var record = RecordOffset(page, index);
        return SlotSize + RecordSize(page, record);
    }

    public static int RecordSize(byte[] page, int record) =>
        page[LevelOffset] == 0
            ? LeafRecordHeader + U16(page, record) + (U16(page, record + 2) & ~OverflowFlag)
            : InnerRecordHeader + U16(page, record);

    public static int RecordHeader(byte[] page) => page[LevelOffset] == 0 ? LeafRecordHeader : InnerRecordHeader;

    /// <summary>Makes an empty page of an array.</summary>
    public static void Initialize(byte[] page, long pageNumber, long commitId, int level, uint treeId)
    {
        page.AsSpan(0, HeaderSize).Clear();
        SetPlace(page, pageNumber, commitId);
        page[21] = Type;
        page[LevelOffset] = (byte)level;
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(TreeOffset), treeId);
        Reset(page, []);
    }

    /// <summary>Gives a copied page its new number and generation.</summary>
    public static void SetPlace(byte[] page, long pageNumber, long commitId)
    {
        BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(CommitOffset), commitId);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(PlaceOffset), (uint)pageNumber);
        page[PlaceOffset + 4] = (byte)(pageNumber >> 32);
    }

    /// <summary>Stamps the checksum on a finished page. What lies between slots and records is cleared: nothing old leaks.</summary>
    public static void Seal(byte[] page, ulong salt)
    {
        page.AsSpan(HeaderSize + (SlotSize * Count(page)), FreeBytes(page)).Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(page, ComputeChecksum(page, salt, PageNumber(page)));
    }

    public static ulong ComputeChecksum(ReadOnlySpan<byte> page, ulong salt, long pageNumber) =>
        Checksum.Compute(page.Slice(8, FileLayout.PageSize - 8), Checksum.PageSeed(salt, pageNumber));

    /// <summary>Empties a page and gives it a prefix.</summary>
    public static void Reset(byte[] page, ReadOnlySpan<byte> prefix)
    {
        var start = FileLayout.PageSize - prefix.Length;
        prefix.CopyTo(page.AsSpan(start));
        SetU16(page, CountOffset, 0);
        SetU16(page, HeapOffset, start);
        SetU16(page, PrefixOffset, prefix.Length);
        SetU16(page, GarbageOffset, 0);
    }

    public static void SetChild(byte[] page, int index, PageReference child) =>
        BinaryPrimitives.WriteUInt64LittleEndian(page.AsSpan(RecordOffset(page, index) + 2), child.Value);

    internal static void SetCount(byte[] page, int count) => SetU16(page, CountOffset, count);

    internal static void SetHeapStart(byte[] page, int start) => SetU16(page, HeapOffset, start);

    internal static void AddGarbage(byte[] page, int bytes) => SetU16(page, GarbageOffset, Garbage(page) + bytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int U16(byte[] page, int offset) => PageBytes.U16(page, offset);

    internal static void SetU16(byte[] page, int offset, int value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(page.AsSpan(offset), (ushort)value);
}
