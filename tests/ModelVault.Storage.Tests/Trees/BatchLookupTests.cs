namespace ModelVault.Storage.Tests.Trees;

/// <summary>Look-ups in batches against single ones.</summary>
public sealed class BatchLookupTests : IDisposable
{
    private readonly StorageEngine _engine = StorageEngine.Open(new MemoryBlockStorage(), new StorageOptions { CacheSize = StorageOptions.MinCacheSize });

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(6000)]
    public void A_batch_finds_what_single_look_ups_find(int rows)
    {
        Oracle oracle = new();
        _engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            RandomRows.Fill(tree, oracle, rows, seed: 1);
            Check(tree, oracle);
        });
        _engine.Read(snapshot =>
        {
            snapshot.TryGetTree("t", out var tree);
            // Leaves that were looked into often have fingerprints.
            for (var round = 0; round < 3; round++) Check(tree!, oracle);
            return 0;
        });
        _engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            RandomRows.Change(tree, oracle, new Random(2), near: [1, 2, 3]);
            Check(tree, oracle);
        });
    }

    [Fact]
    public void Keys_below_different_pages_of_a_level_are_found_as_single_ones()
    {
        // Long keys: few lead to many pages, some with a long prefix, some with few entries.
        Oracle oracle = new();
        Random random = new(4);
        _engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            for (var i = 0; i < 6000; i++)
            {
                var key = new byte[random.Next(150, 350)];
                key[0] = (byte)(i % 7);
                random.NextBytes(key.AsSpan(1 + (100 * (i % 2)), 20));
                byte[] value = [(byte)i, (byte)(i >> 8)];
                tree.Put(key, value);
                oracle.Rows[key] = value;
            }
        });
        _engine.Read(snapshot =>
        {
            snapshot.TryGetTree("t", out var tree);
            Assert.True(tree!.Record.Level > 1);
            Check(tree, oracle);
            return 0;
        });
    }

    [Fact]
    public void Values_stay_as_they_were_when_the_batch_ran() => _engine.Commit(static transaction =>
    {
        var tree = transaction.GetOrCreateTree("t");
        tree.Put([1], [10]);
        tree.Put([2], new byte[10_000]);
        using BatchLookup batch = new(tree);
        batch.Add([1]);
        batch.Add([2]);
        batch.Run();
        tree.Put([1], [11]);
        tree.Delete([2]);
        Assert.True(batch.TryGet(0, out var first));
        Assert.Equal([10], first.ToArray());
        Assert.True(batch.TryGet(1, out var second));
        Assert.Equal(new byte[10_000], second.ToArray());
    });

    [Fact]
    public void A_full_batch_takes_no_more_and_a_disposed_one_nothing() => _engine.Commit(static transaction =>
    {
        var tree = transaction.GetOrCreateTree("t");
        tree.Put([1], [10]);
        BatchLookup batch = new(tree);
        for (var i = 0; i < BatchLookup.MaxKeys; i++) batch.Add([1]);
        Assert.Throws<InvalidOperationException>(() => batch.Add([1]));
        batch.Run();
        Assert.True(batch.TryGet(BatchLookup.MaxKeys - 1, out _));
        batch.Clear();
        Assert.Equal(0, batch.Count);
        batch.Run();
        batch.Dispose();
        batch.Dispose();
        Assert.Throws<ObjectDisposedException>(() => batch.Add([1]));
        Assert.Throws<ObjectDisposedException>(batch.Run);
    });

    [Fact]
    public void A_batch_that_is_used_again_allocates_nothing()
    {
        using var engine = StorageEngine.OpenInMemory();
        engine.Commit(static transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            for (var i = 0; i < 5000; i++) tree.Put(Bytes.Key(i), new byte[100]);
        });
        engine.Read(static snapshot =>
        {
            snapshot.TryGetTree("t", out var tree);
            using BatchLookup batch = new(tree!);
            var keys = Enumerable.Range(0, 32).Select(static i => Bytes.Key(i * 150)).ToArray();
            Look(batch, keys);
            Assert.Equal(0, Allocations.Of(() => Look(batch, keys)));
            return 0;
        });
    }

    [Fact]
    public void Values_are_left_in_place_only_inside_a_scope()
    {
        _engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [10]));
        _engine.Read(static snapshot =>
        {
            snapshot.TryGetTree("t", out var tree);
            using BatchLookup batch = new(tree!);
            batch.Add([1]);
            Assert.Throws<InvalidOperationException>(batch.RunInPlace);
            using var scope = ReadScope.Enter();
            batch.RunInPlace();
            Assert.True(batch.TryGet(0, out var value));
            Assert.True(tree!.TryGet([1], out var single));
            Assert.True(value == single); // the same memory
            return 0;
        });
    }

    private static void Look(BatchLookup batch, byte[][] keys)
    {
        batch.Clear();
        foreach (var key in keys) batch.Add(key);
        batch.Run();
        for (var i = 0; i < keys.Length; i++) Assert.True(batch.TryGet(i, out var value) && value.Length == 100);
    }

    private static void Check(Tree tree, Oracle oracle)
    {
        var random = new Random(3);
        byte[][] known = [.. oracle.Rows.Keys];
        using BatchLookup batch = new(tree);
        for (var round = 0; round < 200; round++)
        {
            batch.Clear();
            byte[][] keys = [.. Enumerable.Range(0, random.Next(1, BatchLookup.MaxKeys + 1)).Select(_ => known.Length > 0 && random.Next(3) > 0 ? known[random.Next(known.Length)] : RandomRows.Key(random))];
            foreach (var key in keys) batch.Add(key);
            batch.Run();
            Check(batch, keys, oracle);
            using var scope = ReadScope.Enter();
            batch.RunInPlace();
            Check(batch, keys, oracle);
        }
    }

    private static void Check(BatchLookup batch, byte[][] keys, Oracle oracle)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            Assert.Equal(keys[i], batch.Key(i).ToArray());
            Assert.Equal(oracle.Rows.TryGetValue(keys[i], out var wanted), batch.TryGet(i, out var value));
            Assert.Equal(wanted ?? [], value.ToArray());
        }
    }
}
