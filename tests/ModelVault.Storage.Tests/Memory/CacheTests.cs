using System.Buffers.Binary;
using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Memory;

[Collection("memory")]
public sealed class CacheTests
{
    private const int Rows = 100_000; // about 43 MB
    private const long Budget = 4 << 20;

    private static readonly Lazy<byte[]> Image = new(static () => LargeData.Create(Rows).ToArray());

    [Fact]
    public void Ten_times_the_budget_is_read_scanned_and_written_within_the_budget_and_every_row_is_whole()
    {
        using var engine = Open();
        var until = DateTime.UtcNow + TimeSpan.FromSeconds(Math.Min(60, 4 * TestScale.Factor));
        long most = 0, gets = 0, scanned = 0, written = 0;
        string? problem = null;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Thread[] threads =
        [
            new(() => Repeat(() => gets += Get(engine, 1))), new(() => Repeat(() => Get(engine, 2))), new(() => Repeat(() => Get(engine, 3))),
            new(() => Repeat(() => scanned += Scan(engine, forward: true))), new(() => Repeat(() => Scan(engine, forward: false))),
            new(() => Repeat(() => written += Write(engine, written))),
        ];
        foreach (var thread in threads) thread.Start();
        while (threads.Any(static thread => thread.IsAlive))
        {
            most = Math.Max(most, engine.Statistics.CacheBytes);
            Thread.Sleep(0);
        }

        Assert.Null(problem);
        Assert.True(gets > 0 && scanned > 0 && written > 0);
        Assert.InRange(most, Budget / 2, Budget);
        // What the storage of this test grew by is its own.
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, Budget + (engine.Statistics.FileBytes - Image.Value.Length) + (4 << 20));
        TestScale.Report("rows read under eviction", gets + scanned);

        void Repeat(Action work)
        {
            try
            {
                while (DateTime.UtcNow < until && problem is null) work();
            }
            catch (Exception error)
            {
                problem = error.ToString();
            }
        }
    }

    [Fact]
    public void All_pages_are_evicted_where_others_need_the_room_though_some_were_let_go_of_before()
    {
        PageCache cache = new(0);
        for (var page = 0; page < 20; page++) cache.Put(page, cache.Frames.Take(), wasAskedFor: false);
        for (var i = 0; i < 40; i++) cache.Frames.Take();
        cache.Forget(new Extent(0, 10));

        cache.Evict();
        Assert.All(Enumerable.Range(0, 20), page => Assert.Null(cache.Peek(page)));
    }

    [Fact]
    public void Rows_are_whole_while_the_smallest_cache_is_recycled_under_readers_and_a_writer()
    {
        using var engine = StorageEngine.Open(new MemoryBlockStorage(Image.Value), new StorageOptions { CacheSize = StorageOptions.MinCacheSize });
        var until = DateTime.UtcNow + TimeSpan.FromSeconds(Math.Min(60, 3 * TestScale.Factor));
        var written = 0L;
        Parallel.Invoke(
            () => Until(() => Get(engine, 1)), () => Until(() => Get(engine, 2)), () => Until(() => Scan(engine, forward: true)),
            () => Until(() => Scan(engine, forward: false)), () => Until(() => written += Write(engine, written)));
        Assert.Equal(Rows, Scan(engine, forward: true, Rows));
        Assert.Null(engine.Read(SpaceAudit.Run));

        void Until(Action work)
        {
            while (DateTime.UtcNow < until) work();
        }
    }

    [Fact]
    public void A_thread_that_stays_in_a_scope_makes_nobody_wait_and_the_cache_no_larger()
    {
        using var engine = Open();
        Get(engine, 1, count: 5000);
        using var leave = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        var stuck = new Thread(() =>
        {
            using var scope = ReadScope.Enter();
            entered.Set();
            leave.Wait();
        });
        stuck.Start();
        entered.Wait();
        for (var i = 0; i < 20; i++)
        {
            Get(engine, i, count: 500);
            Write(engine, i);
        }

        Assert.InRange(engine.Statistics.CacheBytes, 0, Budget);
        leave.Set();
        stuck.Join();
        var before = engine.Statistics.PagesRead;
        for (var i = 0; i < 50; i++) Assert.NotNull(engine.Get(LargeData.Tree, Bytes.Key(7)));
        Assert.InRange(engine.Statistics.PagesRead - before, 0, 10);
    }

#if DEBUG
    [Fact]
    public void A_span_kept_beyond_its_scope_shows_poison_once_its_frame_is_recycled()
    {
        using var engine = Open();
        var snapshot = engine.AcquireSnapshot();
        snapshot.TryGetTree(LargeData.Tree, out var tree);
        ReadOnlySpan<byte> stale;
        using (ReadScope.Enter())
        {
            Assert.True(tree!.TryGet(Bytes.Key(77), out stale));
            for (var i = 0; i < 5; i++) Get(engine, i);
            Assert.Null(LargeData.Problem(stale, 77));
        }

        for (var i = 0; i < 200 && LargeData.Problem(stale, 77) is null; i++) Get(engine, i);
        Assert.NotNull(LargeData.Problem(stale, 77));
        snapshot.Release();
    }
#endif

    [Fact]
    public void A_scan_of_everything_does_not_drive_out_what_is_in_use()
    {
        using var engine = Open();
        var (hot, order) = (Rows / 40, new Random(5));
        for (var i = 0; i < 20_000; i++) Assert.NotNull(engine.Get(LargeData.Tree, Bytes.Key(order.Next(hot))));
        Assert.InRange(MissesOf(() => ReadHot()), 0, 5);

        Assert.InRange(MissesOf(() => Assert.Equal(Rows, Scan(engine, forward: true, rows: Rows))), Rows / 20, Rows);
        Assert.InRange(MissesOf(() => ReadHot()), 0, 10);
        // What is read at random drives out what is not in use any more.
        for (var i = 0; i < 20_000; i++) Assert.NotNull(engine.Get(LargeData.Tree, Bytes.Key(order.Next(Rows))));
        Assert.True(MissesOf(() => ReadHot()) > 10);

        void ReadHot()
        {
            for (var row = 0; row < hot; row++) Assert.NotNull(engine.Get(LargeData.Tree, Bytes.Key(row)));
        }

        long MissesOf(Action work)
        {
            var before = engine.Statistics.PagesRead;
            work();
            return engine.Statistics.PagesRead - before;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_scan_reads_many_leaves_at_once_where_they_stand_together(bool forward)
    {
        var storage = new SimulatedBlockStorage(new DiskImage(Image.Value));
        using var engine = StorageEngine.Open(storage, new StorageOptions { CacheSize = Budget });
        var before = storage.ReadCount;
        Assert.Equal(Rows, Scan(engine, forward, Rows));
        var (calls, pages) = (storage.ReadCount - before, engine.Statistics.PagesRead);
        Assert.True(pages > 5000 && calls < pages / 10, $"{calls} calls for {pages} pages");
    }

    [Fact]
    public void A_short_walk_reads_little_ahead()
    {
        var storage = new SimulatedBlockStorage(new DiskImage(Image.Value));
        using var engine = StorageEngine.Open(storage, new StorageOptions { CacheSize = Budget });
        Assert.NotNull(engine.Get(LargeData.Tree, Bytes.Key(0)));
        var before = storage.BytesRead;
        engine.Read(snapshot =>
        {
            snapshot.TryGetTree(LargeData.Tree, out var tree);
            using var cursor = tree!.OpenCursor();
            for (var start = 1000; start < 50_000; start += 1000)
            {
                cursor.Seek(Bytes.Key(start));
                for (var i = 0; i < 20; i++) Assert.True(cursor.MoveNext());
            }

            return 0;
        });
        // Each walk of 20 rows touches two leaves, sometimes three.
        Assert.InRange(storage.BytesRead - before, 0, 49L * 4 * FileLayout.PageSize);
    }

    [Fact]
    public void A_cursor_that_waits_sees_its_rows_unchanged_however_often_the_cache_is_recycled()
    {
        using var engine = Open();
        var snapshot = engine.AcquireSnapshot();
        snapshot.TryGetTree(LargeData.Tree, out var tree);
        using var cursor = tree!.OpenCursor();
        cursor.Seek(Bytes.Key(500));
        for (var i = 0; i < 10_000; i++) Get(engine, i, count: 1);
        Assert.Equal(Bytes.Key(500), cursor.Key.ToArray());
        Assert.Null(LargeData.Problem(cursor.Value, 500));
        Assert.True(cursor.MovePrevious());
        Assert.Null(LargeData.Problem(cursor.Value, 499));
        snapshot.Release();
    }

    [Fact]
    public void Pages_replaced_by_the_hundred_thousand_cause_no_collection_of_older_generations()
    {
        var replacements = TestScale.Of(200_000);
        using var engine = Open();
        Get(engine, 0, count: 20_000);
        int gen1 = int.MaxValue, gen2 = int.MaxValue;
        long allocated = long.MaxValue;
        var pauses = TimeSpan.MaxValue;
        // The test host makes garbage too: the best of two rounds is the engine's own.
        for (var round = 1; round <= 2; round++)
        {
            GC.Collect();
            var (before, paused, first) = ((GC.CollectionCount(1), GC.CollectionCount(2)), GC.GetTotalPauseDuration(), engine.Statistics.PagesRead);
            var bytes = GC.GetAllocatedBytesForCurrentThread();
            while (engine.Statistics.PagesRead - first < replacements) Get(engine, round, count: 20_000);
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - bytes);
            gen1 = Math.Min(gen1, GC.CollectionCount(1) - before.Item1);
            gen2 = Math.Min(gen2, GC.CollectionCount(2) - before.Item2);
            var pause = GC.GetTotalPauseDuration() - paused;
            if (pause < pauses) pauses = pause;
        }

        TestScale.Report($"page replacements; {gen1} and {gen2} collections of generations 1 and 2, {pauses.TotalMilliseconds} ms of pauses, {allocated} bytes allocated", replacements);
        Assert.Equal((0, 0), (gen1, gen2));
        Assert.InRange(allocated, 0, replacements / 10);
    }

    [Fact]
    public void Commits_use_the_memory_of_the_pages_that_they_replaced_again()
    {
        using var engine = StorageEngine.OpenInMemory(new StorageOptions { CacheSize = 64 << 20 });
        engine.Commit(static transaction => Fill(transaction.GetOrCreateTree("t"), 0, 20_000));
        for (var i = 0; i < 100; i++) Change(i);
        var before = engine.Statistics.CacheBytes;
        for (var i = 0; i < 2000; i++) Change(i);
        // Each commit replaces four pages or so; without a budget that is nearly used up nothing is evicted.
        Assert.InRange(engine.Statistics.CacheBytes, 0, before + (2 << 20));
        Assert.Equal(20_000, engine.Read(static snapshot => Bytes.Rows(snapshot.TryGetTree("t", out var tree) ? tree : throw new InvalidOperationException()).Count));

        void Change(int i) => engine.Commit(transaction => transaction.GetOrCreateTree("t").Put(Bytes.Key(i * 7919L % 20_000), Bytes.Random(100, i)));

        static void Fill(WritableTree tree, int from, int to)
        {
            for (var i = from; i < to; i++) tree.Put(Bytes.Key(i), Bytes.Random(100, i));
        }
    }

    [Fact]
    public void A_transaction_of_many_pages_goes_beyond_the_budget_and_back()
    {
        using var engine = Open();
        engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree(LargeData.Tree);
            for (var row = 0; row < Rows; row += 10) LargeData.Put(tree, row, 1);
        });
        Assert.InRange(engine.Statistics.CacheBytes, Budget / 2, Budget);
        using (var rolledBack = engine.BeginWrite(Bytes.Timeout))
        {
            var tree = rolledBack.GetOrCreateTree(LargeData.Tree);
            for (var row = 0; row < Rows; row += 10) LargeData.Put(tree, row, 2);
        }

        Assert.InRange(engine.Statistics.CacheBytes, Budget / 2, Budget);
        Assert.Equal(Rows, Scan(engine, forward: true, Rows));
    }

    private static StorageEngine Open() =>
        StorageEngine.Open(new MemoryBlockStorage(Image.Value), new StorageOptions { CacheSize = Budget });

    private static int Get(StorageEngine engine, int seed, int count = 500)
    {
        var snapshot = engine.AcquireSnapshot();
        snapshot.TryGetTree(LargeData.Tree, out var tree);
        Span<byte> key = stackalloc byte[8];
        var state = ((ulong)seed * 0x9E3779B97F4A7C15) ^ (ulong)Environment.TickCount64;
        for (var i = 0; i < count; i++)
        {
            state = (state * 6364136223846793005) + 1442695040888963407;
            var row = (long)((state >> 33) % Rows);
            BinaryPrimitives.WriteInt64BigEndian(key, row);
            using var scope = ReadScope.Enter();
            Assert.True(tree!.TryGet(key, out var value));
            if (LargeData.Problem(value, row) is { } problem) Assert.Fail(problem);
        }

        snapshot.Release();
        return count;
    }

    private static int Scan(StorageEngine engine, bool forward, int rows = 5000)
    {
        var snapshot = engine.AcquireSnapshot();
        snapshot.TryGetTree(LargeData.Tree, out var tree);
        using var cursor = tree!.OpenCursor();
        var (count, row) = (0, forward ? 0 : Rows - 1);
        for (var more = forward ? cursor.SeekFirst() : cursor.SeekLast(); more && count < rows; more = forward ? cursor.MoveNext() : cursor.MovePrevious())
        {
            if (LargeData.Problem(cursor.Value, row) is { } problem) Assert.Fail(problem);
            row += forward ? 1 : -1;
            count++;
        }

        snapshot.Release();
        return count;
    }

    private static int Write(StorageEngine engine, long version)
    {
        var random = new Random((int)version);
        engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree(LargeData.Tree);
            for (var i = 0; i < 20; i++) LargeData.Put(tree, random.Next(Rows), version + 1);
        });
        return 20;
    }
}
