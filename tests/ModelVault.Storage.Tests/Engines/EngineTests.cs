using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Engines;

public class EngineTests
{
    [Fact]
    public void A_snapshot_goes_on_showing_its_commit()
    {
        using var engine = StorageEngine.OpenInMemory();
        engine.Commit(transaction => transaction.GetOrCreateTree("t").Put([1], [1]));
        var snapshot = engine.AcquireSnapshot();
        for (var i = 0; i < 200; i++)
        {
            var value = (byte)i;
            engine.Commit(transaction => transaction.GetOrCreateTree("t").Put([1], [value]));
        }

        Assert.True(snapshot.TryGetTree("t", out var tree));
        Assert.Equal([1], tree.Get([1])!);
        Assert.Equal(snapshot.CommitId, engine.Statistics.OldestSnapshotCommitId);
        snapshot.Release();
        Assert.Equal([199], engine.Get("t", [1])!);
    }

    [Fact]
    public void A_snapshot_released_too_often_or_used_afterwards_is_an_error()
    {
        using var engine = StorageEngine.OpenInMemory();
        var snapshot = engine.AcquireSnapshot();
        engine.Commit(transaction => transaction.GetOrCreateTree("t").Put([1], [1]));
        snapshot.Release();
        Assert.Throws<ObjectDisposedException>(snapshot.Release);
        Assert.Throws<ObjectDisposedException>(() => snapshot.TryGetTree("t", out _));
    }

    [Fact]
    public void What_is_not_committed_is_undone()
    {
        using var engine = StorageEngine.OpenInMemory();
        engine.Commit(transaction => transaction.GetOrCreateTree("t").Put([1], [1]));
        using (var transaction = engine.BeginWrite(Bytes.Timeout))
        {
            transaction.GetOrCreateTree("t").Put([1], [2]);
            transaction.GetOrCreateTree("u").Put([1], new byte[100_000]);
        }

        Assert.Equal([1], engine.Get("t", [1])!);
        Assert.Equal(["t"], engine.Read(snapshot => snapshot.TreeNames.ToArray()));
        Assert.Null(engine.Read(SpaceAudit.Run));
    }

    [Fact]
    public void A_transaction_that_is_over_can_no_longer_be_used()
    {
        using var engine = StorageEngine.OpenInMemory();
        var transaction = engine.BeginWrite(Bytes.Timeout);
        var tree = transaction.GetOrCreateTree("t");
        transaction.Commit();
        Assert.Throws<VaultTransactionException>(() => tree.Put([1], [1]));
        Assert.Throws<VaultTransactionException>(transaction.Commit);
        transaction.Dispose();
        var undone = engine.BeginWrite(Bytes.Timeout);
        undone.Dispose();
        Assert.Throws<ObjectDisposedException>(() => undone.GetOrCreateTree("t"));
    }

    [Fact]
    public async Task A_second_writer_waits_and_gives_up_after_its_timeout()
    {
        using var engine = StorageEngine.OpenInMemory();
        var first = engine.BeginWrite(Bytes.Timeout);
        var error = Assert.Throws<VaultTransactionException>(() => engine.BeginWrite(TimeSpan.FromMilliseconds(20)));
        Assert.Equal(VaultErrorCode.LockTimeout, error.Code);
        Assert.Equal(VaultErrorCode.LockTimeout, Assert.Throws<VaultTransactionException>(() => engine.Write(0, (_, _) => 0, TimeSpan.FromMilliseconds(20))).Code);
        var second = engine.BeginWriteAsync(Bytes.Timeout);
        Assert.False(second.IsCompleted);
        first.GetOrCreateTree("t").Put([1], [1]);
        await first.CommitAsync();
        await using var transaction = await second;
        Assert.True(transaction.TryGetTree("t", out _));
    }

    [Fact]
    public void Churn_keeps_the_file_bounded()
    {
        using var engine = StorageEngine.OpenInMemory();
        var random = new Random(5);
        var rounds = TestScale.Of(3000);
        for (var i = 0; i < rounds; i++)
        {
            var number = i;
            engine.Commit(transaction =>
            {
                var tree = transaction.GetOrCreateTree("t");
                for (var j = 0; j < 10; j++) tree.Put(Bytes.Key(random.Next(2000)), new byte[random.Next(200)]);
                tree.Put(Bytes.Key(5000 + (number % 3)), new byte[20_000 + random.Next(60_000)]);
            });
        }

        Assert.Null(engine.Read(SpaceAudit.Run));
        var (pages, live) = (engine.Statistics.PageCount, engine.Statistics.PageCount - engine.Statistics.FreePages);
        Assert.True(pages <= (3 * live) + 100, $"{pages} pages for {live}");
    }

    [Fact]
    public void Pages_that_a_snapshot_held_are_reused_once_it_is_released()
    {
        using var engine = StorageEngine.OpenInMemory();
        void Rewrite() => engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            for (var i = 0; i < 300; i++) tree.Put(Bytes.Key(i), new byte[1000]);
        });
        Rewrite();
        var snapshot = engine.AcquireSnapshot();
        for (var i = 0; i < 5; i++) Rewrite();
        Assert.True(engine.Statistics.PendingPages > 40);
        snapshot.Release();
        for (var i = 0; i < 3; i++) Rewrite();
        Assert.True(engine.Statistics.PendingPages < 110);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Opening_reads_the_same_at_any_size_and_after_any_end(bool clean)
    {
        var (small, large) = (Reads(50), Reads(20_000));
        Assert.Equal(small.Calls, large.Calls);
        Assert.True(large.Bytes < 200_000, $"{large.Bytes} bytes read");

        (long Calls, long Bytes) Reads(int rows)
        {
            var storage = new SimulatedBlockStorage();
            var engine = StorageEngine.Open(storage);
            engine.Commit(transaction =>
            {
                var tree = transaction.GetOrCreateTree("t");
                for (var i = 0; i < rows; i++) tree.Put(Bytes.Key(i), new byte[500]);
            });
            for (var i = 0; i < 20; i++) engine.Commit(transaction => transaction.GetOrCreateTree("u").Put([1], [1]));
            if (clean) engine.Dispose();
            var image = new SimulatedBlockStorage(storage.Snapshot());
            using var reopened = StorageEngine.Open(image);
            return (image.ReadCount, image.BytesRead);
        }
    }

    [Fact]
    public void The_cache_stays_within_its_budget()
    {
        var image = new MemoryBlockStorage();
        using (var engine = StorageEngine.Open(image))
        {
            engine.Commit(transaction =>
            {
                var tree = transaction.GetOrCreateTree("t");
                for (var i = 0; i < 20_000; i++) tree.Put(Bytes.Key(i), new byte[400]);
            });
        }

        using var small = StorageEngine.Open(new MemoryBlockStorage(image.ToArray()), new StorageOptions { CacheSize = 1 << 20 });
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++) Assert.NotNull(small.Get("t", Bytes.Key(random.Next(20_000))));
        Assert.InRange(small.Statistics.CacheBytes, 1 << 18, (1 << 20) + 20_000);
    }

    [Fact]
    public void A_storage_that_cannot_grow_fails_the_commit_and_not_the_writer()
    {
        var storage = new SimulatedBlockStorage();
        using var engine = StorageEngine.Open(storage);
        storage.Inject(new SimulatedFaults { FailAt = 1 });
        using (var transaction = engine.BeginWrite(Bytes.Timeout))
        {
            transaction.GetOrCreateTree("t").Put([1], [1]);
            Assert.Throws<IOException>(transaction.Commit);
        }

        engine.Commit(transaction => transaction.GetOrCreateTree("t").Put([1], [2]));
        Assert.Equal([2], engine.Get("t", [1])!);
        Assert.Null(engine.Read(SpaceAudit.Run));
    }

    [Fact]
    public void A_one_row_commit_is_one_write_of_pages_one_of_the_slot_and_one_flush()
    {
        var storage = new SimulatedBlockStorage();
        using var engine = StorageEngine.Open(storage);
        for (var i = 0; i < 100; i++) engine.Commit(transaction => transaction.GetOrCreateTree("t").Put(Bytes.Key(1), [1]));
        var (writes, flushes) = (storage.WriteCount, storage.FlushCount);
        engine.Commit(transaction => transaction.GetOrCreateTree("t").Put(Bytes.Key(1), [2]));
        Assert.Equal((2, 1), (storage.WriteCount - writes, storage.FlushCount - flushes));
    }
}
