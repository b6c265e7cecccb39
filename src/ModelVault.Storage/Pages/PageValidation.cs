using System.Globalization;

namespace ModelVault.Storage;

/// <summary>
/// The checks a page passes when it is read from storage, before anything trusts its bytes: that it is the page meant, whole,
/// and that every length, offset and count in it stays inside it and its keys ascend.
/// </summary>
internal static class PageValidation
{
    /// <summary>Throws unless the bytes are the page that was referred to.</summary>
    public static void Check(byte[] page, PageReference reference, int level, ulong salt)
    {
        var number = reference.Page;
        var checksum = NodePage.ComputeChecksum(page, salt, number);
        if (NodePage.StoredChecksum(page) != checksum)
            throw Damaged(number, "its checksum does not hold", Hex(checksum), Hex(NodePage.StoredChecksum(page)));
        if (NodePage.PageNumber(page) != number)
            throw Damaged(number, "it carries another page's number", Text(number), Text(NodePage.PageNumber(page)));
        if (!reference.IsGenerationOf(NodePage.CommitId(page)))
            throw Damaged(number, "it is not of the generation its parent refers to", Text(reference.Generation), Text(NodePage.CommitId(page) & 0xFFFFFF));
        CheckStructure(page, number, level);
    }

    private static void CheckStructure(byte[] page, long number, int level)
    {
        if (NodePage.PageType(page) != NodePage.Type) throw Damaged(number, "it is not a tree page", Text(NodePage.Type), Text(NodePage.PageType(page)));
        if (NodePage.Level(page) != level) throw Damaged(number, "it stands at the wrong level of its tree", Text(level), Text(NodePage.Level(page)));
        int count = NodePage.Count(page), heap = NodePage.HeapStart(page), end = FileLayout.PageSize - NodePage.PrefixLength(page);
        if (count == 0) throw Damaged(number, "it has no entries", "at least 1", "0");
        if (NodePage.PrefixLength(page) > Tree.MaxKeyLength || heap > end || heap < NodePage.HeaderSize + (NodePage.SlotSize * count))
            throw Damaged(number, "its header is inconsistent", $"records between the slots of {count} entries and {end}", $"records from {heap}");
        var used = 0;
        Span<ulong> taken = stackalloc ulong[FileLayout.PageSize / 64];
        for (var i = 0; i < count; i++)
        {
            var size = CheckEntry(page, number, i, heap, end);
            // Records do not share bytes: else the edit of one would change another.
            if (!TryTake(taken, NodePage.RecordOffset(page, i), size)) throw Entry(number, i, "shares bytes with another", NodePage.RecordOffset(page, i));
            used += size;
        }

        // What the records do not use is counted: else an edit of the page would run over.
        if (used + NodePage.Garbage(page) != end - heap)
            throw Damaged(number, "its records do not add up", Text(end - heap), Text(used + NodePage.Garbage(page)));
    }

    // Marks bytes of the page in a bitmap; false when some of them are marked already.
    private static bool TryTake(Span<ulong> taken, int start, int length)
    {
        for (var end = start + length; start < end;)
        {
            var inWord = Math.Min(64 - (start & 63), end - start);
            var mask = (inWord == 64 ? ulong.MaxValue : (1UL << inWord) - 1) << (start & 63);
            ref var word = ref taken[start >> 6];
            if ((word & mask) != 0) return false;
            word |= mask;
            start += inWord;
        }

        return true;
    }

    private static int CheckEntry(byte[] page, long number, int index, int heap, int end)
    {
        var header = NodePage.RecordHeader(page);
        var record = NodePage.RecordOffset(page, index);
        if (record < heap || record + header > end) throw Entry(number, index, "points outside the page's records", record);
        var size = NodePage.RecordSize(page, record);
        if (record + size > end) throw Entry(number, index, "is longer than the page", size);
        var suffix = NodePage.Suffix(page, index);
        if (suffix.Length + NodePage.PrefixLength(page) > Tree.MaxKeyLength) throw Entry(number, index, "has too long a key", suffix.Length);
        if (NodePage.Head(page, index) != NodePage.HeadOf(suffix)) throw Entry(number, index, "does not begin as its slot says", record);
        if (header == NodePage.LeafRecordHeader) CheckValue(page, number, index);
        else if (index == 0 && suffix.Length != 0) throw Entry(number, index, "should have no key", suffix.Length);
        else if (NodePage.Child(page, index).Page < FileLayout.FirstPage) throw Entry(number, index, "leads to no page", NodePage.Child(page, index).Page);
        if (index > (header == NodePage.LeafRecordHeader ? 0 : 1) && NodePage.Suffix(page, index - 1).SequenceCompareTo(suffix) >= 0)
            throw Entry(number, index, "does not ascend", record);
        return size;
    }

    private static void CheckValue(byte[] page, long number, int index)
    {
        var value = NodePage.StoredValue(page, index, out var isOverflow);
        if (isOverflow ? value.Length != OverflowValue.Size : value.Length > Tree.MaxInlineValueLength)
            throw Entry(number, index, "has a value of impossible length", value.Length);
    }

    /// <summary>An error that names a page and its place in the file.</summary>
    public static VaultCorruptionException Damaged(long page, string how, string? expected = null, string? found = null, Exception? cause = null) =>
        new(string.Create(CultureInfo.InvariantCulture, $"Page {page} is damaged: {how}. What does not stand on it can still be read; copy that, or restore the vault from a backup."), page, FileLayout.OffsetOf(page), expected, found, cause);

    private static VaultCorruptionException Entry(long page, int index, string how, long found) =>
        Damaged(page, string.Create(CultureInfo.InvariantCulture, $"its entry {index} {how}"), found: Text(found));

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Hex(ulong value) => value.ToString("X16", CultureInfo.InvariantCulture);
}
