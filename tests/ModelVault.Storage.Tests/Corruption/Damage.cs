using System.Buffers.Binary;

namespace ModelVault.Storage.Tests.Corruption;

/// <summary>Ways to damage a file.</summary>
internal static class Damage
{
    /// <summary>What a disk, a cable or a careless tool does to a file; says what it did.</summary>
    public static (byte[] Image, string What) Raw(VaultFile file, Random random)
    {
        var image = (byte[])file.Content.Clone();
        switch (random.Next(8))
        {
            case 0:
                for (var flips = random.Next(1, 5); flips > 0; flips--) image[random.Next(image.Length)] ^= (byte)(1 << random.Next(8));
                return (image, "bits flipped");
            case 1:
                var run = Range(image, random, random.Next(1, 20_000));
                random.NextBytes(run);
                return (image, $"{run.Length} bytes of noise");
            case 2:
                return (image[..random.Next(image.Length)], "cut short");
            case 3:
                var sector = 512 * random.Next(image.Length / 512);
                image.AsSpan(sector, 512 * random.Next(1, Math.Min(32, ((image.Length - sector) / 512) + 1))).Clear();
                return (image, $"zeros from {sector}");
            case 4:
                var (a, b) = (RandomPage(file, random), RandomPage(file, random));
                var kept = VaultFile.PageOf(image, a).ToArray();
                VaultFile.PageOf(image, b).CopyTo(VaultFile.PageOf(image, a));
                if (random.Next(2) == 0) kept.CopyTo(VaultFile.PageOf(image, b));
                return (image, $"page {b} in place of {a}");
            case 5:
                var older = file.Older[random.Next(file.Older.Count)];
                var page = random.NextInt64(FileLayout.FirstPage, older.Length / FileLayout.PageSize);
                VaultFile.PageOf(older, page).CopyTo(VaultFile.PageOf(image, page));
                return (image, $"an older page {page}");
            case 6:
                var place = FileLayout.RingOffset + (FileLayout.SlotSize * random.Next(FileLayout.SlotCount));
                if (random.Next(2) == 0) image[place + random.Next(FileLayout.SlotSize)] ^= (byte)random.Next(1, 256);
                else file.Older[random.Next(file.Older.Count)].AsSpan(place, FileLayout.SlotSize).CopyTo(image.AsSpan(place));
                return (image, $"the slot at {place}");
            default:
                for (var i = random.Next(1, 4); i > 0; i--) image[random.Next(2 * FileLayout.SuperblockSize)] ^= (byte)random.Next(1, 256);
                return (image, "superblocks");
        }
    }

    /// <summary>What only malice does: wrong content under right checksums, so that it reaches the code that reads it.</summary>
    public static (byte[] Image, string What) Stamped(VaultFile file, Random random)
    {
        var image = (byte[])file.Content.Clone();
        var what = "";
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            what += random.Next(8) switch
            {
                0 => ChangeSlot(file, image, random),
                1 => ChangeSuperblock(image, random),
                2 => MovePage(file, image, random),
                3 => Redirect(file, image, random),
                _ => ChangePage(file, image, random),
            } + "; ";
        }

        return (image, what);
    }

    // Bytes of a page: mostly where its numbers are.
    private static string ChangePage(VaultFile file, byte[] image, Random random)
    {
        var page = RandomPage(file, random);
        var bytes = VaultFile.PageOf(image, page);
        var entries = BinaryPrimitives.ReadUInt16LittleEndian(bytes[28..]);
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(4) switch
            {
                0 => random.Next(16, FileLayout.PageSize - 2),
                1 => random.Next(21, 64),
                2 => Math.Min(FileLayout.PageSize - 10, NodePage.HeaderSize + random.Next((NodePage.SlotSize * entries) + 8)),
                _ => RecordOf(bytes, entries, random),
            };
            Scribble(bytes[at..], random);
        }

        file.StampPage(image, page);
        return $"bytes of page {page}";
    }

    private static int RecordOf(Span<byte> page, int entries, Random random)
    {
        var slot = NodePage.HeaderSize + (NodePage.SlotSize * random.Next(Math.Max(1, entries)));
        var record = slot + 6 <= FileLayout.PageSize ? BinaryPrimitives.ReadUInt16LittleEndian(page[(slot + 4)..]) : 0;
        return Math.Min(FileLayout.PageSize - 10, record + random.Next(12));
    }

    // A page that pretends to be another: its content under the other's number and generation.
    private static string MovePage(VaultFile file, byte[] image, Random random)
    {
        var (from, to) = (RandomPage(file, random), RandomPage(file, random));
        var target = VaultFile.PageOf(image, to);
        var place = target[8..21].ToArray();
        VaultFile.PageOf(image, from).CopyTo(target);
        place.CopyTo(target[8..]);
        file.StampPage(image, to);
        return $"page {from} as {to}";
    }

    // An inner page whose children are others: the same one often, or one of another level or tree.
    private static string Redirect(VaultFile file, byte[] image, Random random)
    {
        var inner = Enumerable.Range((int)FileLayout.FirstPage, (int)(file.Commit.PageCount - FileLayout.FirstPage)).Where(page => image[FileLayout.OffsetOf(page) + 22] is > 0 and < 24).ToList();
        if (inner.Count == 0) return "nothing";
        var chosen = inner[random.Next(inner.Count)];
        var page = VaultFile.PageOf(image, chosen).ToArray();
        // One that an earlier change broke leads nowhere any more.
        if (!IsReadable(page)) return "nothing";
        var children = Enumerable.Range(0, NodePage.Count(page)).Select(i => NodePage.Child(page, i)).ToList();
        for (var i = 0; i < children.Count; i++)
        {
            if (random.Next(2) == 0) NodePage.SetChild(page, i, children[random.Next(children.Count)]);
            else if (random.Next(4) == 0) NodePage.SetChild(page, i, ReferenceTo(image, RandomPage(file, random)));
        }

        page.CopyTo(VaultFile.PageOf(image, chosen));
        file.StampPage(image, chosen);
        return $"children of page {chosen}";
    }

    private static bool IsReadable(byte[] page)
    {
        var slots = NodePage.HeaderSize + (NodePage.SlotSize * NodePage.Count(page));
        return slots < FileLayout.PageSize && Enumerable.Range(0, NodePage.Count(page)).All(i => NodePage.RecordOffset(page, i) <= FileLayout.PageSize - 10);
    }

    private static PageReference ReferenceTo(byte[] image, long page) =>
        PageReference.To(page, BinaryPrimitives.ReadInt64LittleEndian(VaultFile.PageOf(image, page)[8..]));

    private static string ChangeSlot(VaultFile file, byte[] image, Random random)
    {
        var place = (int)((file.Commit.Id - random.Next(2)) % FileLayout.SlotCount);
        var slot = image.AsSpan(FileLayout.RingOffset + (place * FileLayout.SlotSize), FileLayout.SlotSize);
        for (var changes = random.Next(1, 3); changes > 0; changes--)
            Scribble(slot[(random.Next(2) == 0 ? random.Next(24, 144) : random.Next(256, FileLayout.SlotSize - 16))..], random);
        file.StampSlot(image, place);
        return $"slot {place}";
    }

    private static string ChangeSuperblock(byte[] image, Random random)
    {
        for (var copy = 0; copy < 2; copy++)
        {
            var block = image.AsSpan(copy * FileLayout.SuperblockSize, FileLayout.SuperblockSize);
            Scribble(block[random.Next(16, 80)..], random);
            Storage.Superblock.Stamp(block);
        }

        return "superblocks";
    }

    private static void Scribble(Span<byte> at, Random random)
    {
        switch (random.Next(6))
        {
            case 0: at[0] = (byte)random.Next(256); break;
            case 1: at[0] ^= (byte)(1 << random.Next(8)); break;
            case 2: BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)random.Next(FileLayout.PageSize + 10)); break;
            case 3: BinaryPrimitives.WriteUInt16LittleEndian(at, ushort.MaxValue); break;
            case 4 when at.Length >= 8: BinaryPrimitives.WriteInt64LittleEndian(at, random.Next(2) == 0 ? random.NextInt64() : long.MaxValue >> random.Next(63)); break;
            default: BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)random.Next(4)); break;
        }
    }

    private static Span<byte> Range(byte[] image, Random random, int length)
    {
        var from = random.Next(image.Length);
        return image.AsSpan(from, Math.Min(length, image.Length - from));
    }

    private static long RandomPage(VaultFile file, Random random) => random.NextInt64(FileLayout.FirstPage, file.Commit.PageCount);
}
