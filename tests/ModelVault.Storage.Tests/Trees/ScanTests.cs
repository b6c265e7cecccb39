namespace ModelVault.Storage.Tests.Trees;

/// <summary>Scans, which show rows in place, against what a sorted dictionary holds.</summary>
public sealed class ScanTests : IDisposable
{
    private readonly StorageEngine _engine = StorageEngine.Open(new MemoryBlockStorage(), new StorageOptions { CacheSize = StorageOptions.MinCacheSize });

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(6000)]
    public void A_scan_shows_the_rows_of_its_range_in_order_both_ways_whatever_it_pauses_for(int rows)
    {
        Oracle oracle = new();
        _engine.Commit(transaction => RandomRows.Fill(transaction.GetOrCreateTree("t"), oracle, rows, seed: rows));
        var random = new Random(rows + 1);
        _engine.Read(snapshot =>
        {
            snapshot.TryGetTree("t", out var tree);
            using TreeScan scan = new(tree!);
            for (var round = 0; round < 150; round++)
            {
                var (from, to) = RandomRows.Range(random);
                var backward = random.Next(2) == 0;
                var wanted = RandomRows.Between(oracle, from, to);
                if (backward) wanted.Reverse();
                var selector = Every.Some(random);
                scan.Selector = selector;
                scan.Start(from, to, backward);
                Assert.Equal(wanted.Where(row => Every.Wants(selector, row.Value)), Rows(scan, random), RowEquality.Instance);
                Assert.Empty(Rows(scan, random));
            }

            return 0;
        });
    }

    [Fact]
    public void A_scan_of_a_transaction_goes_on_behind_the_row_it_last_showed_whatever_was_changed() => _engine.Commit(transaction =>
    {
        Oracle oracle = new();
        var tree = transaction.GetOrCreateTree("t");
        RandomRows.Fill(tree, oracle, 3000, seed: 5);
        var random = new Random(6);
        using TreeScan scan = new(tree);
        for (var round = 0; round < 30; round++)
        {
            var (from, to) = RandomRows.Range(random);
            var backward = random.Next(2) == 0;
            scan.Start(from, to, backward);
            Collector collector = new([], 0);
            while (true)
            {
                var selector = Every.Some(random);
                scan.Selector = selector;
                var (low, high) = collector.Rows.Count == 0 ? (from, to) : backward ? (from, collector.Rows[^1].Key) : ([.. collector.Rows[^1].Key, 0], to);
                var left = RandomRows.Between(oracle, low, high).FindAll(row => Every.Wants(selector, row.Value));
                var shown = collector.Rows.Count;
                var most = random.Next(1, 60);
                collector.PauseAfter = most;
                var paused = scan.Continue(ref collector);
                if (backward) left.Reverse();
                Assert.Equal(left.Take(collector.Rows.Count - shown), collector.Rows.Skip(shown), RowEquality.Instance);
                Assert.Equal(left.Count >= most, paused);
                Assert.Equal(Math.Min(left.Count, most), collector.Rows.Count - shown);
                if (!paused) break;
                if (random.Next(3) > 0) RandomRows.Change(tree, oracle, random, near: collector.Rows[^1].Key);
            }
        }
    });

    [Fact]
    public void A_paused_scan_sees_its_rows_unchanged_however_often_the_cache_is_recycled()
    {
        Oracle oracle = new();
        _engine.Commit(transaction => RandomRows.Fill(transaction.GetOrCreateTree("t"), oracle, 6000, seed: 8));
        _engine.Commit(transaction => RandomRows.Fill(transaction.GetOrCreateTree("other"), new Oracle(), 6000, seed: 9));
        _engine.Read(snapshot =>
        {
            snapshot.TryGetTree("t", out var tree);
            snapshot.TryGetTree("other", out var other);
            using TreeScan scan = new(tree!);
            scan.Start(default, default, backward: false);
            Collector collector = new([], 500);
            while (scan.Continue(ref collector))
            {
                for (var i = 0; i < 300; i++) other!.Get(Bytes.Random(6, i));
                Bytes.Rows(other!);
                collector.PauseAfter = 500;
            }

            Assert.Equal(RandomRows.Between(oracle, [], []), collector.Rows, RowEquality.Instance);
            return 0;
        });
    }

    [Fact]
    public void Going_over_rows_allocates_nothing()
    {
        _engine.Commit(static transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            for (var i = 0; i < 5000; i++) tree.Put(Bytes.Key(i), new byte[40]);
        });
        _engine.Read(static snapshot =>
        {
            snapshot.TryGetTree("t", out var tree);
            using TreeScan scan = new(tree!);
            Counter counter = default;
            scan.Start(default, default, backward: false);
            scan.Continue(ref counter);
            var allocated = Allocations.Of(() =>
            {
                counter = default;
                scan.Start(default, default, backward: false);
                scan.Continue(ref counter);
            });
            Assert.Equal(0, allocated);
            Assert.Equal(5000, counter.Count);
            return 0;
        });
    }

    [Fact]
    public void A_scan_that_was_not_started_or_has_ended_shows_nothing()
    {
        _engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [2]));
        _engine.Read(static snapshot =>
        {
            snapshot.TryGetTree("t", out var tree);
            TreeScan scan = new(tree!);
            Counter counter = default;
            Assert.False(scan.Continue(ref counter));
            scan.Start(default, default, backward: true);
            scan.Dispose();
            scan.Dispose();
            Assert.False(scan.Continue(ref counter));
            Assert.Equal(0, counter.Count);
            return 0;
        });
    }

    private static List<(byte[] Key, byte[] Value)> Rows(TreeScan scan, Random random)
    {
        Collector collector = new([], random.Next(1, 300));
        while (scan.Continue(ref collector)) collector.PauseAfter = random.Next(1, 300);
        return collector.Rows;
    }

    private struct Collector(List<(byte[] Key, byte[] Value)> rows, int pauseAfter) : IRowVisitor
    {
        public readonly List<(byte[] Key, byte[] Value)> Rows => rows;

        public int PauseAfter { get; set; } = pauseAfter;

        public bool Visit(in TreeRow row)
        {
            var key = new byte[row.KeyLength];
            Assert.Equal(key.Length, row.CopyKey(key));
            Assert.Equal(key, (byte[])[.. row.KeyPrefix, .. row.KeySuffix]);
            rows.Add((key, row.Value.ToArray()));
            return --PauseAfter != 0;
        }
    }

    /// <summary>Selects values by their length and last byte.</summary>
    private sealed class Every(int divisor) : IValueSelector
    {
        public static Every? Some(Random random) => random.Next(3) == 0 ? null : new Every(random.Next(1, 20));

        public static bool Wants(Every? selector, ReadOnlySpan<byte> value) => selector is null || selector.Wants(value);

        public uint Select(ReadOnlySpan<byte> bytes, ReadOnlySpan<ValuePlace> values)
        {
            Assert.InRange(values.Length, 1, TreeScan.MaxGroup);
            var selected = 0u;
            for (var i = 0; i < values.Length; i++)
                if (Wants(bytes[values[i].Start..values[i].End])) selected |= 1u << i;
            return selected;
        }

        private bool Wants(ReadOnlySpan<byte> value) => (value.Length + (value.IsEmpty ? 0 : value[^1])) % divisor == 0;
    }

    private struct Counter : IRowVisitor
    {
        public int Count;

        public bool Visit(in TreeRow row)
        {
            Count++;
            return row.Value.Length == 40;
        }
    }
}
