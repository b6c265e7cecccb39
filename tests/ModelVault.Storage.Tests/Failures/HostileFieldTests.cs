using System.Buffers.Binary;
using ModelVault.Storage.Simulation;
using ModelVault.Storage.Tests.Corruption;

namespace ModelVault.Storage.Tests.Failures;

/// <summary>Fields with every impossible number, under right checksums: an error, and neither a hang nor memory for what cannot be.</summary>
public class HostileFieldTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly long[] Numbers =
    [
        0, 1, 2, 6, 7, 8, 15, 16, 17, 255, 256, 2048, 2049, 65_535, int.MaxValue, 2_147_483_591, 2_147_483_592, uint.MaxValue, 1L << 39, 1L << 40, (1L << 53) + 1,
        long.MaxValue >> 1, long.MaxValue - 8192, long.MaxValue - 1, long.MaxValue, long.MinValue, -1, -8192,
    ];

    // Offset and length of the fields of a slot that say how durable it and others are, and how much there is.
    public static TheoryData<string, int, int> SlotFields => new()
    {
        { "commit number", 24, 8 }, { "durable commit", 32, 8 }, { "time", 40, 8 }, { "flags", 48, 4 }, { "next tree number", 52, 4 }, { "page count", 56, 8 },
        { "free pages", 64, 8 }, { "manifest runs", 136, 2 }, { "space events", 138, 2 }, { "chain", 140, 2 }, { "first run or event", 256, 8 },
    };

    [Theory]
    [MemberData(nameof(SlotFields))]
    public void A_slot_with_an_impossible_number_is_refused_or_stands_for_a_state_that_can_be_used(string field, int offset, int length) => WithoutHanging(field, () =>
    {
        var (content, superblock, newest) = UnflushedVault();
        var opened = 0;
        for (var back = 0; back < 3; back++)
        {
            foreach (var number in Numbers)
            {
                var image = (byte[])content.Clone();
                var slot = image.AsSpan((int)FileLayout.SlotOffset(newest - back), FileLayout.SlotSize);
                BitConverter.GetBytes(number).AsSpan(0, length).CopyTo(slot[offset..]);
                CommitSlot.Stamp(slot, superblock);
                opened += IsUsable(image) ? 1 : 0;
            }
        }

        // What only tells of other commits is not refused for every number.
        TestScale.Report($"hostile slots; by their {field}, of them opened", opened);
    });

    public static TheoryData<string, int> OverflowFields => new() { { "length", 0 }, { "first page", 8 }, { "commit", 16 }, { "checksum", 24 } };

    [Theory]
    [MemberData(nameof(OverflowFields))]
    public void A_long_value_with_an_impossible_description_is_named_and_takes_no_memory(string field, int offset) => WithoutHanging(field, () =>
    {
        var file = VaultFile.All[1];
        var (page, place) = FirstLongValue(file);
        foreach (var number in Numbers.Append(file.Content.Length).Append(file.Content.Length + 1).Append(file.Commit.PageCount - 1))
        {
            var image = (byte[])file.Content.Clone();
            var at = VaultFile.PageOf(image, page)[(place + offset)..];
            if (BinaryPrimitives.ReadInt64LittleEndian(at) == number) continue;
            BinaryPrimitives.WriteInt64LittleEndian(at, number);
            file.StampPage(image, page);
            using var engine = StorageEngine.Open(new MemoryBlockStorage(image));
            var before = GC.GetAllocatedBytesForCurrentThread();
            var error = Record.Exception(() => engine.Read(static snapshot => snapshot.TryGetTree("tree0", out var tree) ? Bytes.Rows(tree).Count : 0));
            // The commit that wrote a value only says who may still see its pages.
            if (field != "commit") Assert.Contains("overflow value", Assert.IsType<VaultCorruptionException>(error).Message, StringComparison.Ordinal);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (2 * file.Content.Length) + (1 << 20));
            // Deleting frees what the description says, if there is that much.
            before = GC.GetAllocatedBytesForCurrentThread();
            foreach (var drop in new[] { false, true })
            {
                error = Record.Exception(() => engine.Commit(transaction =>
                {
                    if (drop) transaction.DropTree("tree0");
                    else transaction.GetOrCreateTree("tree0").DeleteRange([], []);
                }));
                Assert.True(error is null or VaultCorruptionException, $"{number}: {error}");
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
        }
    });

    // The end of such a run is a small number again, and the way there has no end.
    [Fact]
    public void A_long_value_that_ends_beyond_all_numbers_is_not_freed() => WithoutHanging("end", () =>
    {
        var file = VaultFile.All[1];
        var (page, place) = FirstLongValue(file);
        foreach (var start in Numbers.Where(static number => number > long.MaxValue >> 2))
        {
            foreach (var length in Numbers.Where(static number => number > uint.MaxValue))
            {
                var image = (byte[])file.Content.Clone();
                BinaryPrimitives.WriteInt64LittleEndian(VaultFile.PageOf(image, page)[place..], length);
                BinaryPrimitives.WriteInt64LittleEndian(VaultFile.PageOf(image, page)[(place + 8)..], start);
                file.StampPage(image, page);
                using var engine = StorageEngine.Open(new MemoryBlockStorage(image));
                var before = GC.GetAllocatedBytesForCurrentThread();
                Assert.Throws<VaultCorruptionException>(() => engine.Commit(static transaction => transaction.DropTree("tree0")));
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
            }
        }
    });

    private static bool IsUsable(byte[] image)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            using var engine = StorageEngine.Open(new SimulatedBlockStorage(new DiskImage(image)), new StorageOptions { CacheSize = StorageOptions.MinCacheSize });
            engine.Read(static snapshot => snapshot.TryGetTree("t", out var tree) ? Bytes.Rows(tree).Count : 0);
            for (byte i = 0; i < 20; i++) engine.Write(i, static (transaction, i) => transaction.GetOrCreateTree("t").Put([i], [i]), Bytes.Timeout, (Durability)(i % 3));
            Assert.Equal([19], engine.Get("t", [19])!);
            return true;
        }
        catch (VaultCorruptionException)
        {
            return false;
        }
        finally
        {
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 << 20);
        }
    }

    // A vault as a kill leaves it while commits were not flushed, so that the newest has a chain.
    private static (byte[] Content, Superblock File, long Newest) UnflushedVault()
    {
        var storage = new MemoryBlockStorage();
        var engine = StorageEngine.Open(storage);
        for (byte i = 0; i < 40; i++) engine.Write(i, static (transaction, i) => transaction.GetOrCreateTree("t").Put([i], Bytes.Random(100, i)), Bytes.Timeout, Durability.None);
        var content = storage.ToArray();
        var file = Recovery.ReadSuperblock(storage, forWriting: true);
        var newest = Recovery.FindCommit(storage, file).Commit;
        Assert.InRange(newest.ChainLength, 1, 6);
        engine.Dispose();
        return (content, file, newest.Id);
    }

    private static (long Page, int Place) FirstLongValue(VaultFile file)
    {
        using var engine = StorageEngine.Open(new MemoryBlockStorage((byte[])file.Content.Clone()));
        return engine.Read(static snapshot =>
        {
            Assert.True(snapshot.TryGetTree("tree0", out var tree));
            var (reference, page) = (tree.Record.Root, new byte[FileLayout.PageSize]);
            for (var level = (int)tree.Record.Level; ; level--)
            {
                tree.CopyPage(reference, level, page);
                if (level == 0) break;
                reference = NodePage.Child(page, 0);
            }

            for (var i = 0; ; i++)
            {
                var stored = NodePage.StoredValue(page, i, out var isOverflow);
                if (isOverflow) return (reference.Page, page.AsSpan().IndexOf(stored));
            }
        });
    }

    private static void WithoutHanging(string what, Action test)
    {
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(test)) { IsBackground = true };
        thread.Start();
        Assert.True(thread.Join(Patience), $"{what}: hangs");
        Assert.True(failure is null, $"{what}: {failure}");
    }
}
