using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Trees;

/// <summary>How many rows a range has: counted, and estimated.</summary>
public sealed class CountTests : IDisposable
{
    private readonly StorageEngine _engine = StorageEngine.Open(new MemoryBlockStorage(), new StorageOptions { CacheSize = StorageOptions.MinCacheSize });

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(20_000)]
    public void A_count_is_exact_for_every_range(int rows)
    {
        Oracle oracle = new();
        _engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            RandomRows.Fill(tree, oracle, rows, seed: rows);
            Check(tree, oracle, rounds: 50);
        });
        _engine.Read(snapshot =>
        {
            snapshot.TryGetTree("t", out var tree);
            Check(tree!, oracle, rounds: 300);
            return 0;
        });
    }

    [Fact]
    public void An_estimate_is_near_the_truth_and_exact_within_a_leaf()
    {
        const int rows = 100_000;
        _engine.Commit(static transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            for (var i = 0; i < rows; i++) tree.Put(Bytes.Key(i), new byte[i % 50]);
        });
        var random = new Random(4);
        _engine.Read(snapshot =>
        {
            snapshot.TryGetTree("t", out var tree);
            var pages = 0;
            for (var round = 0; round < 2000; round++)
            {
                var from = random.Next(rows);
                var count = random.Next(4) switch { 0 => random.Next(3), 1 => random.Next(100), 2 => random.Next(5000), _ => random.Next(rows) };
                count = Math.Min(count, rows - from);
                var estimate = tree!.EstimateRange(Bytes.Key(from), Bytes.Key(from + count));
                if (count == 0) Assert.Equal(0, estimate);
                // Two leaves of some 200 rows may be only partly in the range.
                Assert.InRange(estimate, Math.Min(count, 1), (count * 2) + 200);
                Assert.InRange(count, 0, (estimate * 2) + 200);
                if (estimate == count) pages++;
            }

            Assert.InRange(pages, 500, 2000);
            Assert.Equal(rows, tree!.EstimateRange([], []));
            Assert.Equal(1, tree.EstimateRange(Bytes.Key(7), Bytes.Key(8)));
            Assert.Equal(0, tree.EstimateRange(Bytes.Key(9), Bytes.Key(8)));
            return 0;
        });
    }

    [Fact]
    public void An_estimate_reads_no_more_pages_than_two_look_ups()
    {
        SimulatedBlockStorage storage = new();
        using (var engine = StorageEngine.Open(storage))
        {
            engine.Commit(static transaction =>
            {
                var tree = transaction.GetOrCreateTree("t");
                for (var i = 0; i < 50_000; i++) tree.Put(Bytes.Key(i), new byte[60]);
            });
        }

        using var reopened = StorageEngine.Open(storage);
        reopened.Read(snapshot =>
        {
            snapshot.TryGetTree("t", out var tree);
            var before = reopened.Statistics.PagesRead;
            Assert.InRange(tree!.EstimateRange(Bytes.Key(100), Bytes.Key(40_000)), 20_000, 50_000);
            Assert.InRange(reopened.Statistics.PagesRead - before, 1, 6);
            return 0;
        });
    }

    private static void Check(Tree tree, Oracle oracle, int rounds)
    {
        var random = new Random(1);
        Assert.Equal(oracle.Rows.Count, tree.CountRange([], []));
        for (var round = 0; round < rounds; round++)
        {
            var (from, to) = RandomRows.Range(random);
            var wanted = RandomRows.Between(oracle, from, to).Count;
            Assert.Equal(wanted, tree.CountRange(from, to));
            Assert.InRange(tree.EstimateRange(from, to), 0, oracle.Rows.Count);
        }
    }
}
