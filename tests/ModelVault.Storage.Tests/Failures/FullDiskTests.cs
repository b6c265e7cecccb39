namespace ModelVault.Storage.Tests.Failures;

/// <summary>Vaults on a real disk that gets full: what was acknowledged stays, reading goes on, and with room writing does at once.</summary>
[Collection("small disks")]
public sealed class FullDiskTests : IDisposable
{
    private const int Full = 28; // ENOSPC

    private SmallDisk? _disk;

    public void Dispose() => _disk?.Dispose();

    [SmallDiskFact]
    public void Small_commits_go_on_until_the_disk_is_full_and_go_on_again_when_there_is_room()
    {
        var disk = OpenDisk(12 << 20, free: 2 << 20);
        var model = new VaultModel();
        using (var engine = StorageEngine.Open(disk.VaultPath))
        {
            var old = engine.AcquireSnapshot();
            var row = FillUp(engine, model);
            Assert.InRange(row, 100, 2000);
            Assert.False(engine.Statistics.IsWriterPoisoned);
            Assert.Null(engine.Read(model.Difference));
            Assert.Empty(old.TreeNames);
            old.Release();

            disk.MakeRoom();
            for (var more = 0; more < 100; more++) Commit(engine, model, row++, 1000);
        }

        AssertHolds(disk, model);
    }

    [SmallDiskFact]
    public void A_full_disk_lets_rows_be_deleted_and_their_room_be_used_again()
    {
        var disk = OpenDisk(12 << 20, free: 2 << 20);
        var model = new VaultModel();
        using (var engine = StorageEngine.Open(disk.VaultPath))
        {
            FillUp(engine, model);
            var keys = model["t"].Rows.Keys.ToList();
            // Each in a commit of its own: nothing is free but the pages, here and there, that the commits before have given back.
            foreach (var key in keys.Where((_, i) => i % 4 != 0))
            {
                engine.Commit(transaction => transaction.GetOrCreateTree("t").Delete(key));
                model["t"].Rows.Remove(key);
            }

            for (var row = 100_000; row < 100_100; row++) Commit(engine, model, row, 1000);
        }

        AssertHolds(disk, model);
    }

    // Its pages stand close together and none is free: then deleting takes a few pages of room, though not as many as are
    // otherwise set aside.
    [SmallDiskFact]
    public void A_vault_without_a_free_page_can_be_deleted_from_once_there_is_room_for_a_few()
    {
        var disk = OpenDisk(12 << 20, free: 12 << 20);
        var model = new VaultModel();
        using (var engine = StorageEngine.Open(disk.VaultPath))
        {
            engine.Commit(transaction =>
            {
                for (var row = 0; row < 3000; row++) transaction.GetOrCreateTree("t").Put(Bytes.Key(row), Bytes.Random(1000, row));
            });
            for (var row = 0; row < 3000; row++) model["t"].Rows[Bytes.Key(row)] = Bytes.Random(1000, row);
            disk.LeaveFree(0);
            AssertSays(Assert.ThrowsAny<IOException>(() => Delete(engine, 0)), disk.VaultPath, "make room");
            Assert.Null(engine.Read(model.Difference));

            disk.MakeRoom();
            disk.LeaveFree(100_000);
            for (var row = 0; row < 3000; row += row % 7 == 0 ? 1 : 2) Delete(engine, row);
            Assert.InRange(disk.Free, 0, 100_000);
        }

        AssertHolds(disk, model);

        void Delete(StorageEngine engine, int row)
        {
            engine.Commit(transaction => transaction.GetOrCreateTree("t").Delete(Bytes.Key(row)));
            model["t"].Rows.Remove(Bytes.Key(row));
        }
    }

    [SmallDiskFact]
    public void A_transaction_larger_than_memory_and_disk_fails_where_there_is_no_room_and_can_go_on_with_room()
    {
        var disk = OpenDisk(16 << 20, free: 3 << 20);
        var model = new VaultModel();
        using (var engine = StorageEngine.Open(disk.VaultPath, new StorageOptions { TransactionMemory = 64 * FileLayout.PageSize }))
        {
            Commit(engine, model, 0, 500);
            using (var lost = engine.BeginWrite(Bytes.Timeout))
            {
                var (rows, error) = PutUntilFull(lost);
                Assert.InRange(rows, 500, 10_000);
                AssertSays(error, disk.VaultPath, "more pages than it may keep in memory", "make room and repeat that, or roll back");
                Assert.Equal(rows, lost.GetOrCreateTree("t").Count);
                Assert.Null(engine.Read(model.Difference));
            }

            Assert.False(engine.Statistics.IsWriterPoisoned);
            Commit(engine, model, 1, 500);
            using (var kept = engine.BeginWrite(Bytes.Timeout))
            {
                var (rows, _) = PutUntilFull(kept);
                disk.MakeRoom();
                for (var row = rows; row < rows + 500; row++) Put(kept, row);
                kept.Commit();
                for (var row = 0; row < rows + 500; row++) model["t"].Rows[Bytes.Key(row)] = Bytes.Random(900, row);
            }

            Assert.Null(engine.Read(model.Difference));
        }

        AssertHolds(disk, model);

        static void Put(WriteTransaction transaction, int row) => transaction.GetOrCreateTree("t").Put(Bytes.Key(row), Bytes.Random(900, row));

        static (int Rows, IOException Error) PutUntilFull(WriteTransaction transaction)
        {
            for (var row = 0; ; row++)
            {
                try
                {
                    Put(transaction, row);
                }
                catch (IOException error)
                {
                    return (row, error);
                }
            }
        }
    }

    [SmallDiskFact]
    public void A_value_larger_than_the_room_is_refused_and_a_smaller_one_is_not()
    {
        var disk = OpenDisk(16 << 20, free: 4 << 20);
        var model = new VaultModel();
        using (var engine = StorageEngine.Open(disk.VaultPath))
        {
            Commit(engine, model, 0, 100);
            foreach (var durability in Enum.GetValues<Durability>())
            {
                var error = Assert.ThrowsAny<IOException>(() => engine.Write(
                    0, static (transaction, _) => transaction.GetOrCreateTree("t").Put(Bytes.Key(1), new byte[6 << 20]), Bytes.Timeout, durability));
                AssertSays(error, disk.VaultPath, "commit 18 was not made", "make room and try again");
                Assert.Null(engine.Read(model.Difference));
            }

            Commit(engine, model, 2, 1 << 20);
            disk.MakeRoom();
            Commit(engine, model, 1, 6 << 20);
        }

        AssertHolds(disk, model);
    }

    [SmallDiskFact]
    public void A_vault_that_cannot_be_created_for_want_of_room_leaves_nothing_behind()
    {
        var disk = OpenDisk(1 << 20, free: 100_000);
        var error = Assert.ThrowsAny<IOException>(() => StorageEngine.Open(disk.VaultPath));
        AssertSays(error, disk.VaultPath, "could not be created", "131072 bytes", "make room");
        Assert.Equal([Path.Combine(disk.Directory, "ballast")], Directory.GetFiles(disk.Directory));
        disk.MakeRoom();
        using var engine = StorageEngine.Open(disk.VaultPath);
        Commit(engine, new VaultModel(), 0, 10);
    }

    // Opening writes where the file has room already, also when it has to heal what a killed process has left.
    [SmallDiskFact]
    public void A_vault_on_a_full_disk_opens_after_a_kill_too_and_is_read()
    {
        var disk = OpenDisk(12 << 20, free: 12 << 20);
        var model = new VaultModel();
        var source = Path.Combine(disk.Directory, "source");
        using (var engine = StorageEngine.Open(source))
        {
            for (var row = 0; row < 40; row++) Commit(engine, model, row, row == 30 ? 2 << 20 : 3000);
            // What a kill leaves: the file of a vault that was not closed.
            File.Copy(source, disk.VaultPath);
        }

        File.Delete(source);
        for (var opening = 0; opening < 2; opening++)
        {
            disk.LeaveFree(0);
            using var engine = StorageEngine.Open(disk.VaultPath);
            Assert.Null(engine.Read(model.Difference));
            using (StorageEngine.Open(disk.VaultPath, new StorageOptions { ReadOnly = true })) Assert.Equal(0, disk.Free);
            Assert.ThrowsAny<IOException>(() => Commit(engine, new VaultModel(), 1000, 4 << 20));
            Assert.Null(engine.Read(model.Difference));
        }

        disk.MakeRoom();
        using (var engine = StorageEngine.Open(disk.VaultPath)) Commit(engine, model, 1000, 4 << 20);
        AssertHolds(disk, model);
    }

    private SmallDisk OpenDisk(long size, long free)
    {
        _disk = new SmallDisk(size);
        if (free < size) _disk.LeaveFree(free);
        return _disk;
    }

    // Until it is refused three times one after the other: what was set aside ahead of need is then used up too.
    private static int FillUp(StorageEngine engine, VaultModel model)
    {
        var row = 0;
        for (var refused = 0; refused < 3;)
        {
            try
            {
                Commit(engine, model, row, 1000);
                row++;
                refused = 0;
            }
            catch (IOException error)
            {
                AssertSays(error, engine.Path, "was not made", "rolled back", "make room and try again");
                refused++;
            }
        }

        return row;
    }

    private static void Commit(StorageEngine engine, VaultModel model, int row, int length)
    {
        engine.Commit(transaction => transaction.GetOrCreateTree("t").Put(Bytes.Key(row), Bytes.Random(length, row)));
        model["t"].Rows[Bytes.Key(row)] = Bytes.Random(length, row);
    }

    private static void AssertSays(IOException error, string path, params string[] parts)
    {
        Assert.Equal(Full, error.HResult);
        foreach (var part in parts.Append("The disk is full").Append(path)) Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    private static void AssertHolds(SmallDisk disk, VaultModel model)
    {
        using var engine = StorageEngine.Open(disk.VaultPath);
        Assert.Null(engine.Read(model.Difference));
        Assert.Null(engine.Read(SpaceAudit.Run));
    }
}
