using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Space;

/// <summary>How long the file gets, and when it gets shorter.</summary>
public class SpaceTests
{
    private const string Rows = "rows";

    // Ten times the data's size is written over it; what is in use meanwhile is what the tree needs at its emptiest.
    [Theory]
    [InlineData(Churn.Update, 10_000, 200, 1)]
    [InlineData(Churn.Update, 10_000, 200, 20)]
    [InlineData(Churn.Replace, 10_000, 200, 5)]
    [InlineData(Churn.Queue, 10_000, 200, 20)]
    [InlineData(Churn.Update, 300, 30_000, 2)]
    public void Under_churn_the_file_stays_below_twice_what_is_in_use(Churn churn, int rows, int size, int batch)
    {
        var storage = new MemoryBlockStorage();
        using (var loading = StorageEngine.Open(storage)) Load(loading, rows, size);
        using var engine = StorageEngine.Open(storage);
        var random = new Random(rows + batch);
        var bytes = Bytes.Random(size * 3 / 2, 1);
        var keys = Enumerable.Range(0, rows).ToList();
        var (next, oldest, most, mostInUse) = (rows, 0, 0L, 0L);
        for (long written = 0; written < 10L * rows * size;)
        {
            engine.Commit(transaction =>
            {
                var tree = transaction.GetOrCreateTree(Rows);
                for (var i = 0; i < batch; i++)
                {
                    var length = random.Next(size / 2, size * 3 / 2);
                    written += length;
                    var at = random.Next(rows);
                    if (churn == Churn.Queue) Assert.True(tree.Delete(Bytes.Key(oldest++)));
                    else if (churn == Churn.Replace) Assert.True(tree.Delete(Bytes.Key(keys[at])));
                    if (churn == Churn.Replace) keys[at] = random.Next(rows, int.MaxValue);
                    tree.Put(Bytes.Key(churn == Churn.Queue ? next++ : keys[at]), bytes.AsSpan(0, length));
                }
            });
            var now = engine.Statistics;
            mostInUse = Math.Max(mostInUse, (now.PageCount - now.FreePages) * FileLayout.PageSize);
            most = Math.Max(most, now.FileBytes);
            Assert.True(most <= 2 * mostInUse, $"After {written} bytes the file has {most} bytes, {(double)most / mostInUse:0.00} times the {mostInUse} in use.");
        }

        // Rows that stay in their places take what they took at first.
        if (churn != Churn.Replace) Assert.InRange(mostInUse, 1, 16L * rows * size / 10);
        Assert.Null(engine.Read(SpaceAudit.Run));
    }

    [Fact]
    public void Free_pages_at_the_end_are_cut_off_once_no_crash_can_fall_back_to_them()
    {
        var storage = new MemoryBlockStorage();
        using var engine = StorageEngine.Open(storage);
        Load(engine, 20_000, 400);
        Touch(engine, 0);
        var full = storage.Length;
        Assert.InRange(full, 8_000_000, 12_000_000);
        engine.Commit(static transaction => transaction.GetOrCreateTree(Rows).DeleteRange(Bytes.Key(100), []));
        // Its pages may be written again a commit later; another one lowers the mark, and the next one cuts.
        Assert.InRange(storage.Length, full, long.MaxValue);
        Touch(engine, 1);
        // The rows that are left are at the very end, where they were when there was nothing free before it: until they move.
        Load(engine, 100, 401);
        for (var i = 0; i < 6; i++) Touch(engine, i);
        Assert.InRange(storage.Length, 1, full / 10);
        Assert.Equal(storage.Length, engine.Statistics.FileBytes);
        Assert.Null(engine.Read(SpaceAudit.Run));
        Load(engine, 20_000, 400);
        Assert.Null(engine.Read(SpaceAudit.Run));
        engine.Dispose();
        using var reopened = StorageEngine.Open(new MemoryBlockStorage(storage.ToArray()));
        Assert.Null(reopened.Read(SpaceAudit.Run));
        Assert.Equal(20_000, reopened.Read(static snapshot => snapshot.TryGetTree(Rows, out var tree) ? tree.Count : 0));
    }

    [Fact]
    public void What_a_snapshot_holds_is_not_cut_off()
    {
        using var engine = StorageEngine.OpenInMemory();
        Load(engine, 20_000, 400);
        var snapshot = engine.AcquireSnapshot();
        var full = engine.Statistics.FileBytes;
        engine.Commit(static transaction => transaction.GetOrCreateTree(Rows).Clear());
        for (var i = 0; i < 6; i++) Touch(engine, i);
        Assert.InRange(engine.Statistics.FileBytes, full, full + (1 << 20));
        Assert.True(snapshot.TryGetTree(Rows, out var tree));
        using (var cursor = tree.OpenCursor())
        {
            var row = 0;
            for (var more = cursor.SeekFirst(); more; more = cursor.MoveNext()) Assert.True(cursor.Value.SequenceEqual(Bytes.Random(400, row++)));
            Assert.Equal(20_000, row);
        }

        snapshot.Release();
        for (var i = 0; i < 6; i++) Touch(engine, i);
        Assert.InRange(engine.Statistics.FileBytes, 1, full / 10);
    }

    [Fact]
    public void A_commit_that_lowers_the_mark_and_fails_leaves_the_pages_free()
    {
        var storage = new SimulatedBlockStorage();
        using var engine = StorageEngine.Open(storage);
        Load(engine, 5_000, 400);
        engine.Commit(static transaction => transaction.GetOrCreateTree(Rows).Clear());
        Touch(engine, 0);
        Touch(engine, 1);
        // A full disk: the commit that would cut is rolled back, again and again.
        storage.Inject(new SimulatedFaults { FailAt = 1, FailsFromThereOn = true, IsDiskFull = true });
        for (var i = 0; i < 3; i++) Assert.ThrowsAny<IOException>(() => Touch(engine, 2));
        storage.Inject(new SimulatedFaults());
        for (var i = 0; i < 4; i++) Touch(engine, i);
        Assert.Null(engine.Read(SpaceAudit.Run));
        Assert.InRange(engine.Statistics.FileBytes, 1, 1 << 20);
    }

    [Theory]
    [InlineData("full")]
    [InlineData("mixed")]
    public void The_crash_workload_of_cutting_cuts_while_the_vault_is_open(string plan)
    {
        var storage = new SimulatedBlockStorage(Crashes.Workload.Empty);
        Assert.Null(Crashes.Workloads.Named("a file that is cut").Run(storage, Crashes.DurabilityPlan.Named(plan)).Error);
        // Closing, which it does twice, cuts too.
        Assert.InRange(storage.CutCount, 3, 10);
    }

    [Fact]
    public void Closing_cuts_off_what_was_lengthened_ahead_of_need()
    {
        var storage = new MemoryBlockStorage();
        var engine = StorageEngine.Open(storage);
        Load(engine, 1_000, 400);
        var pages = engine.Statistics.PageCount;
        Assert.InRange(storage.Length, (pages + 30) * FileLayout.PageSize, long.MaxValue);
        engine.Dispose();
        Assert.Equal(pages * FileLayout.PageSize, storage.Length);
    }

    private static void Load(StorageEngine engine, int rows, int size) => engine.Commit(transaction =>
    {
        var tree = transaction.GetOrCreateTree(Rows);
        for (var i = 0; i < rows; i++) tree.Put(Bytes.Key(i), Bytes.Random(size, i));
    });

    private static void Touch(StorageEngine engine, int value) =>
        engine.Commit(transaction => transaction.GetOrCreateTree("other").Put(Bytes.Key(1), Bytes.Random(50, value)));

    public enum Churn
    {
        Update,
        Replace,
        Queue,
    }
}
