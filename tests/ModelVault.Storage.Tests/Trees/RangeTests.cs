namespace ModelVault.Storage.Tests.Trees;

public sealed class RangeTests : IDisposable
{
    private const int Rows = 30_000;

    private readonly StorageEngine _engine = StorageEngine.OpenInMemory();

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData(0, Rows, true)]
    [InlineData(0, 1, false)]
    [InlineData(Rows - 1, Rows, false)]
    [InlineData(0, Rows - 1, false)]
    [InlineData(1, Rows, true)]
    [InlineData(100, 103, false)]
    [InlineData(100, 400, false)]
    [InlineData(5000, 25_000, false)]
    [InlineData(1, Rows - 1, false)]
    [InlineData(15_000, Rows, true)]
    public void The_rows_of_a_range_go_and_the_rest_stays(int from, int to, bool isToTheEnd)
    {
        Fill(i => 100);
        _engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            Assert.Equal(to - from, tree.DeleteRange(from == 0 ? [] : Bytes.Key(from), isToTheEnd ? [] : Bytes.Key(to)));
            Assert.Equal(Rows - (to - from), tree.Count);
        });
        var audit = TreeAudit.Of(_engine, "t");
        Assert.Equal(Enumerable.Range(0, Rows).Where(i => i < from || i >= to).Select(i => Bytes.Key(i)), _engine.Read(Keys));
        if (to - from >= Rows - 2) Assert.InRange(audit.Pages, 0, 1);
        else Assert.InRange(audit.LeavesBelow(0.35), 0, 1);
    }

    [Fact]
    public void Ranges_without_rows_change_nothing() => _engine.Commit(transaction =>
    {
        var tree = transaction.GetOrCreateTree("t");
        Assert.Equal(0, tree.DeleteRange([], []));
        for (var i = 0; i < 1000; i++) tree.Insert(Bytes.Key(i * 10), new byte[60]);
        var before = transaction.ChangeCount;
        Assert.Equal(0, tree.DeleteRange(Bytes.Key(11), Bytes.Key(20)));
        Assert.Equal(0, tree.DeleteRange(Bytes.Key(20), Bytes.Key(20)));
        Assert.Equal(0, tree.DeleteRange(Bytes.Key(500), Bytes.Key(20)));
        Assert.Equal(0, tree.DeleteRange(Bytes.Key(9991), []));
        Assert.Equal(0, tree.DeleteRange([], [0]));
        Assert.Equal(before, transaction.ChangeCount);
    });

    [Fact]
    public void Long_values_in_a_range_are_freed_with_it()
    {
        Fill(i => i % 500 == 0 ? 30_000 : 60);
        _engine.Commit(transaction => Assert.Equal(20_001, transaction.GetOrCreateTree("t").DeleteRange(Bytes.Key(1000), Bytes.Key(21_001))));
        TreeAudit.Of(_engine, "t");
        _engine.Commit(transaction => transaction.GetOrCreateTree("t").DeleteRange([], []));
        Assert.Null(_engine.Read(SpaceAudit.Run));
        Assert.True(_engine.Statistics.PageCount - _engine.Statistics.FreePages - FileLayout.FirstPage <= 6);
    }

    // The rows between are not touched: what is changed are the pages at the two ends, whatever lies between.
    [Fact]
    public void A_range_costs_its_two_ends()
    {
        Fill(i => 100);
        using var transaction = _engine.BeginWrite(Bytes.Timeout);
        var tree = transaction.GetOrCreateTree("t");
        Assert.Equal(28_000, tree.DeleteRange(Bytes.Key(1000), Bytes.Key(29_000)));
        Assert.InRange(transaction.Pages.Nodes.Count, 1, 2 * (tree.Record.Level + 2));
    }

    // Long keys make a deep tree, so that the two ends of a range lie under different parents.
    [Fact]
    public void The_ends_of_a_range_are_merged()
    {
        static byte[] Key(int number) => [.. Bytes.Key(number * 7919L % 4001 / 8), .. new byte[900], .. Bytes.Key(number * 7919L % 4001 % 8)];
        _engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            for (var i = 0; i < 4001; i++) tree.Insert(Key(i), new byte[300]);
            Assert.InRange(tree.Record.Level, 2, 9);
        });
        var sorted = Enumerable.Range(0, 4001).Select(Key).Order(Comparer<byte[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b))).ToArray();
        var left = 0;
        for (var from = 20; from < 3900; from += 11)
        {
            using var transaction = _engine.BeginWrite(Bytes.Timeout);
            var tree = transaction.GetOrCreateTree("t");
            var before = TreeAudit.Of(tree).LeavesBelow(0.35);
            var to = Math.Min(3990, from + 17 + (from % 900));
            Assert.Equal(to - from, tree.DeleteRange(sorted[from], sorted[to]));
            var audit = TreeAudit.Of(tree);
            Assert.Null(audit.Problem);
            left += Math.Max(0, audit.LeavesBelow(0.35) - before);
        }

        // A separator that does not fit above, or the first or last leaf, may leave one alone.
        Assert.InRange(left, 0, 4);
    }

    [Fact]
    public void Random_ranges_and_rows_in_between_keep_the_tree_in_order()
    {
        for (var seed = 0; seed < TestScale.Of(12); seed++)
        {
            var random = new Random(seed);
            var model = new Oracle();
            using var transaction = _engine.BeginWrite(Bytes.Timeout);
            var tree = transaction.GetOrCreateTree("t");
            var keyLength = random.Next(2) == 0 ? 8 : 600;
            for (var step = 0; step < 60; step++)
            {
                for (var i = random.Next(400); i > 0; i--)
                {
                    var key = new byte[keyLength];
                    Bytes.Key(random.Next(20_000)).CopyTo(key.AsSpan(keyLength - 8));
                    model.Rows[key] = new byte[random.Next(300)];
                    tree.Put(key, model.Rows[key]);
                }

                byte[] from = new byte[keyLength], to = new byte[keyLength];
                var at = random.Next(20_000);
                Bytes.Key(at).CopyTo(from.AsSpan(keyLength - 8));
                Bytes.Key(at + random.Next(1, 1 << random.Next(1, 15))).CopyTo(to.AsSpan(keyLength - 8));
                var gone = model.Rows.Keys.Where(key => key.AsSpan().SequenceCompareTo(from) >= 0 && key.AsSpan().SequenceCompareTo(to) < 0).ToList();
                Assert.True(gone.Count == tree.DeleteRange(from, to), $"seed {seed}");
                foreach (var key in gone) model.Rows.Remove(key);
                Assert.True(TreeAudit.Of(tree).Problem is null, $"seed {seed}: {TreeAudit.Of(tree).Problem}");
            }

            Assert.True(model.Difference(tree) is null, $"seed {seed}: {model.Difference(tree)}");
        }
    }

    private void Fill(Func<int, int> valueLength) => _engine.Commit(transaction =>
    {
        var tree = transaction.GetOrCreateTree("t");
        for (var i = 0; i < Rows; i++) tree.Insert(Bytes.Key(i), new byte[valueLength(i)]);
    });

    private static List<byte[]> Keys(Snapshot snapshot)
    {
        Assert.True(snapshot.TryGetTree("t", out var tree));
        return [.. Bytes.Rows(tree).Select(static row => row.Key)];
    }
}
