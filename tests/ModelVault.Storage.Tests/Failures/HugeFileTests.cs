using System.Buffers.Binary;

namespace ModelVault.Storage.Tests.Failures;

/// <summary>A file of more than 4 GiB, most of it a hole that belongs to values of zeros: what is written goes behind it.</summary>
[Collection("memory")]
public sealed class HugeFileTests : IDisposable
{
    private const long FourGiB = 1L << 32;

    // Three of the longest values: together more than 6 GB.
    private const int GapRows = 3;
    private const long GapValue = 2_147_483_591;

    private readonly string _directory = Directory.CreateTempSubdirectory("modelvault-huge-").FullName;

    private string VaultPath => Path.Combine(_directory, "a.modelvault");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Rows_and_long_values_beyond_4_GiB_are_written_read_and_deleted()
    {
        MakeHuge();
        var model = new VaultModel();
        using (var engine = StorageEngine.Open(VaultPath, new StorageOptions { CacheSize = StorageOptions.MinCacheSize }))
        {
            for (var commit = 0; commit < 40; commit++) Commit(engine, model, commit);
            Assert.InRange(RootOf(engine).Page, FourGiB / FileLayout.PageSize, long.MaxValue);
            Assert.InRange(engine.Statistics.FileBytes, GapRows * GapValue, long.MaxValue);
            AssertHas(engine, model);
        }

        AssertHolds(model);
        // What a kill leaves is healed there too.
        var killed = FileBlockStorage.Open(VaultPath, readOnly: false);
        var abandoned = StorageEngine.Open(killed);
        Commit(abandoned, model, 100);
        killed.Dispose();
        AssertHolds(model);

        using (var engine = StorageEngine.Open(VaultPath))
        {
            engine.Commit(static transaction => transaction.DropTree("gap"));
            Assert.InRange(engine.Statistics.FreePages, GapRows * GapValue / FileLayout.PageSize, long.MaxValue);
            // A map of nine chunks of free pages and more, and what they are good for.
            for (var commit = 200; commit < 220; commit++) Commit(engine, model, commit);
        }

        AssertHolds(model);
    }

    [Fact]
    public void Damage_beyond_4_GiB_is_reported_with_its_page_and_place()
    {
        MakeHuge();
        var model = new VaultModel();
        long leaf, value;
        using (var engine = StorageEngine.Open(VaultPath))
        {
            for (var commit = 0; commit < 3; commit++) Commit(engine, model, commit);
            leaf = RootOf(engine).Page;
            value = engine.Read(static snapshot =>
            {
                snapshot.TryGetTree("long", out var tree);
                var page = new byte[FileLayout.PageSize];
                tree!.CopyPage(tree.Record.Root, 0, page);
                return OverflowValue.Read(NodePage.StoredValue(page, 0, out _)).StartPage;
            });
        }

        foreach (var (page, tree) in new[] { (leaf, "t"), (value, "long") })
        {
            Flip(page);
            using (var engine = StorageEngine.Open(VaultPath))
            {
                var error = Assert.Throws<VaultCorruptionException>(() => engine.Read(snapshot => snapshot.TryGetTree(tree, out var found) ? Bytes.Rows(found).Count : 0));
                Assert.Equal((page, page * FileLayout.PageSize, VaultPath), (error.Page, error.Offset, error.File));
                Assert.InRange(error.Offset!.Value, FourGiB, long.MaxValue);
                Assert.StartsWith($"Page {page} is damaged", error.Message, StringComparison.Ordinal);
            }

            Flip(page);
        }

        // A file that was cut behind 4 GiB too.
        using (var file = File.OpenHandle(VaultPath, FileMode.Open, FileAccess.Write)) RandomAccess.SetLength(file, FourGiB + 5);
        var cut = Assert.Throws<VaultCorruptionException>(() => StorageEngine.Open(VaultPath));
        Assert.Contains($"of a file of {FourGiB + 5}", cut.Message, StringComparison.Ordinal);
    }

    private static void Commit(StorageEngine engine, VaultModel model, int number) => engine.Commit(transaction =>
    {
        // Now and then in two flushes; each replaces what an earlier one wrote.
        var length = number % 10 == 9 ? 3_500_000 : 20_000;
        Put("long", number % 3, length);
        for (var row = 0; row < 30; row++) Put("t", (number * 7 % 50) + row, 300);

        void Put(string tree, int row, int valueLength)
        {
            var value = Bytes.Random(valueLength, number + row);
            transaction.GetOrCreateTree(tree).Put(Bytes.Key(row), value);
            model[tree].Rows[Bytes.Key(row)] = value;
        }
    });

    private static PageReference RootOf(StorageEngine engine) => engine.Read(static snapshot => snapshot.TryGetTree("t", out var tree) ? tree.Record.Root : default);

    private void AssertHolds(VaultModel model)
    {
        using var engine = StorageEngine.Open(VaultPath);
        Assert.Null(engine.Read(SpaceAudit.Run));
        AssertHas(engine, model);
    }

    // The zeros of the hole are not read.
    private static void AssertHas(StorageEngine engine, VaultModel model)
    {
        foreach (var (name, rows) in model.Trees) Assert.Null(engine.Read(snapshot => rows.Difference(snapshot.TryGetTree(name, out var tree) ? tree : null)));
    }

    private void Flip(long page)
    {
        using var file = File.OpenHandle(VaultPath, FileMode.Open, FileAccess.ReadWrite);
        var one = new byte[1];
        RandomAccess.Read(file, one, FileLayout.OffsetOf(page) + 5000);
        one[0] ^= 1;
        RandomAccess.Write(file, one, FileLayout.OffsetOf(page) + 5000);
    }

    // A vault whose values of three pages are made into ones of gigabytes by hand: their rows, the commit and the file's length
    // say so, and the file system keeps no bytes for them. All of the file's books agree.
    private void MakeHuge()
    {
        using (var engine = StorageEngine.Open(VaultPath))
        {
            engine.Commit(static transaction =>
            {
                for (var row = 0; row < GapRows; row++) transaction.GetOrCreateTree("gap").Put(Bytes.Key(row), new byte[20_000]);
            });
        }

        using var storage = FileBlockStorage.Open(VaultPath, readOnly: false);
        var superblock = Recovery.ReadSuperblock(storage, forWriting: true);
        var commit = Recovery.FindCommit(storage, superblock).Commit;
        var leaf = new byte[FileLayout.PageSize];
        long number;
        using (var engine = StorageEngine.Open(new MemoryBlockStorage(File.ReadAllBytes(VaultPath))))
            number = engine.Read(static snapshot => snapshot.TryGetTree("gap", out var tree) ? tree.Record.Root.Page : 0);
        storage.Read(FileLayout.OffsetOf(number), leaf);
        var (pageCount, freed) = (commit.PageCount, new List<SpaceEvent>());
        for (var row = 0; row < GapRows; row++)
        {
            var stored = NodePage.StoredValue(leaf, row, out _);
            var value = OverflowValue.Read(stored);
            freed.Add(new SpaceEvent(value.Pages, isFree: true));
            var grown = value with { Length = GapValue, StartPage = pageCount };
            grown.Write(leaf.AsSpan(leaf.AsSpan().IndexOf(stored), OverflowValue.Size));
            pageCount += grown.Pages.Length;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(leaf, NodePage.ComputeChecksum(leaf, superblock.Salt, number));
        storage.Write(FileLayout.OffsetOf(number), leaf);
        var slot = new byte[FileLayout.SlotSize];
        var huge = commit with
        {
            Id = commit.Id + 1, DurableId = commit.Id, PageCount = pageCount, FreePages = commit.FreePages + freed.Sum(static change => change.Run.Length),
            SpaceEvents = [.. commit.SpaceEvents, .. freed],
        };
        CommitSlot.Write(huge, superblock, slot);
        storage.Write(FileLayout.SlotOffset(huge.Id), slot);
        storage.SetLength(FileLayout.OffsetOf(pageCount));
    }
}
