using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Memory;

[Collection("memory")]
public sealed class LargeTransactionTests
{
    private const long Budget = 8 << 20;

    [Fact]
    public void A_transaction_of_ten_times_the_cache_stays_within_the_budget_and_commits_every_row()
    {
        const int rows = 150_000; // more than 64 MB
        using var engine = StorageEngine.Open(new MemoryBlockStorage(), new StorageOptions { CacheSize = Budget });
        long most = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using (var transaction = engine.BeginWrite(Bytes.Timeout))
        {
            var tree = transaction.GetOrCreateTree(LargeData.Tree);
            // In an order that comes back to every part of the tree again and again.
            for (long i = 0; i < rows; i++)
            {
                LargeData.Put(tree, i * 7919 % rows, 1);
                if (i % 5000 == 0) tree.Put(Bytes.Key(rows + i), Bytes.Random(1 << 20, (int)i));
                most = Math.Max(most, engine.Statistics.CacheBytes);
            }

            Assert.Equal(rows + (rows / 5000), tree.Count);
            Assert.Equal(rows, Count(tree, rows));
            most = Math.Max(most, engine.Statistics.CacheBytes);
            // What the storage of this test holds is not the transaction's memory.
            Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before - engine.Statistics.FileBytes, long.MinValue, 2 * Budget);
            transaction.Commit();
        }

        Assert.InRange(most, Budget / 2, Budget);
        Assert.Equal(rows, engine.Read(snapshot => snapshot.TryGetTree(LargeData.Tree, out var tree) ? Count(tree, rows) : 0));
        Assert.Equal(Bytes.Random(1 << 20, 5000), engine.Get(LargeData.Tree, Bytes.Key(rows + 5000)));
        Assert.Null(engine.Read(SpaceAudit.Run));
    }

    [Fact]
    public void A_disk_that_is_full_when_pages_are_written_ahead_fails_the_operation_and_nothing_else()
    {
        var storage = new SimulatedBlockStorage();
        using var engine = StorageEngine.Open(storage, new StorageOptions { TransactionMemory = 8 * FileLayout.PageSize });
        engine.Commit(static transaction => LargeData.Put(transaction.GetOrCreateTree(LargeData.Tree), 0, 1));
        storage.Inject(new SimulatedFaults { FailAt = 1, FailsFromThereOn = true });
        using (var transaction = engine.BeginWrite(Bytes.Timeout))
        {
            var tree = transaction.GetOrCreateTree(LargeData.Tree);
            var row = 0;
            while (row < 1000 && Record.Exception(() => LargeData.Put(tree, row, 2)) is not IOException) row++;
            Assert.InRange(row, 100, 400);
            // Reading the vault goes on, and once there is room the transaction does too.
            Assert.NotNull(engine.Get(LargeData.Tree, Bytes.Key(0)));
            Assert.False(engine.Statistics.IsWriterPoisoned);
            storage.Inject(new SimulatedFaults());
            for (; row < 1000; row++) LargeData.Put(tree, row, 2);
            transaction.Commit();
        }

        Assert.Equal(1000, engine.Read(snapshot => snapshot.TryGetTree(LargeData.Tree, out var tree) ? Count(tree, 1000) : 0));
        Assert.Null(engine.Read(SpaceAudit.Run));
    }

    [Fact]
    public void What_was_written_ahead_and_rolled_back_is_never_seen_by_the_next_transaction_of_the_same_number()
    {
        using var engine = StorageEngine.Open(new MemoryBlockStorage(), new StorageOptions { TransactionMemory = 8 * FileLayout.PageSize });
        for (var version = 1; version <= 6; version++)
        {
            using var transaction = engine.BeginWrite(Bytes.Timeout);
            var tree = transaction.GetOrCreateTree(LargeData.Tree);
            for (var row = 0; row < 500; row++) LargeData.Put(tree, row, version);
            for (var row = 0; row < 500; row++) Assert.Equal(version, BitConverter.ToInt64(tree.Get(Bytes.Key(row))!, 8));
            if (version % 3 == 0) transaction.Commit();
        }

        Assert.Equal(6, BitConverter.ToInt64(engine.Get(LargeData.Tree, Bytes.Key(250))!, 8));
        Assert.Null(engine.Read(SpaceAudit.Run));
    }

    [Fact]
    public void What_was_written_ahead_before_a_savepoint_and_freed_behind_it_comes_back()
    {
        using var engine = StorageEngine.Open(new MemoryBlockStorage(), new StorageOptions { TransactionMemory = 8 * FileLayout.PageSize });
        for (var round = 0; round < 3; round++)
        {
            using var transaction = engine.BeginWrite(Bytes.Timeout);
            var tree = transaction.GetOrCreateTree(LargeData.Tree);
            for (var row = 0; row < 500; row++) LargeData.Put(tree, row, round + 1);
            for (var row = 1000; row < 1010; row++) tree.Put(Bytes.Key(row), Bytes.Random(20_000, row));
            var savepoint = transaction.Savepoint();
            tree.Clear();
            LargeData.Put(tree, 3, round + 2);
            transaction.RollbackTo(savepoint);
            Assert.Equal(500, Count(tree, 500));
            for (var row = 1000; row < 1010; row++) Assert.Equal(Bytes.Random(20_000, row), tree.Get(Bytes.Key(row)));
            tree.DeleteRange(Bytes.Key(1005), []);
            transaction.Commit();
            Assert.Equal(505, engine.Read(snapshot => snapshot.TryGetTree(LargeData.Tree, out var stored) ? stored.Count : 0));
            Assert.Null(engine.Read(SpaceAudit.Run));
        }
    }

    [Fact]
    public void A_building_and_a_removal_of_ten_times_the_memory_write_ahead_what_they_are_done_with()
    {
        const int rows = 20_000;
        using var engine = StorageEngine.Open(new MemoryBlockStorage(), new StorageOptions { CacheSize = StorageOptions.MinCacheSize, TransactionMemory = 64 * FileLayout.PageSize });
        long most = 0;
        using (var transaction = engine.BeginWrite(Bytes.Timeout))
        {
            var tree = transaction.GetOrCreateTree(LargeData.Tree);
            var builder = tree.Build();
            for (var row = 0; row < rows; row++)
            {
                builder.Add(Bytes.Key(row), LargeData.Value(row, 1));
                most = Math.Max(most, engine.Statistics.CacheBytes);
            }

            builder.Finish();
            Assert.Equal(rows, Count(tree, rows));
            transaction.Commit();
        }

        Assert.InRange(most, 1, StorageOptions.MinCacheSize + (128 * FileLayout.PageSize));
        var pages = engine.Statistics.FileBytes / FileLayout.PageSize;
        Assert.InRange(pages, 1000, long.MaxValue);
        using (var transaction = engine.BeginWrite(Bytes.Timeout))
        {
            Assert.Equal(rows - 2, transaction.GetOrCreateTree(LargeData.Tree).DeleteRange(Bytes.Key(1), Bytes.Key(rows - 1)));
            Assert.InRange(engine.Statistics.CacheBytes, 1, StorageOptions.MinCacheSize + (64 * FileLayout.PageSize));
            transaction.Commit();
        }

        Assert.Null(engine.Read(SpaceAudit.Run));
    }

    private static int Count(Tree tree, int rows)
    {
        using var cursor = tree.OpenCursor();
        var row = 0;
        for (var more = cursor.SeekFirst(); more && row < rows; more = cursor.MoveNext())
        {
            if (LargeData.Problem(cursor.Value, row) is { } problem) Assert.Fail(problem);
            row++;
        }

        return row;
    }
}
