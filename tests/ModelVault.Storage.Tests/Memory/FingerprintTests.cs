namespace ModelVault.Storage.Tests.Memory;

public sealed class FingerprintTests
{
    [Theory]
    [InlineData(8, 100, true)]
    [InlineData(0, 60, true)]
    [InlineData(3, 500, true)]
    [InlineData(40, 90, true)]
    [InlineData(400, 90, true)]
    [InlineData(6, 0, false)] // too many rows in a leaf
    public void Every_key_is_found_and_no_other_however_often_a_leaf_is_looked_into(int prefixLength, int valueLength, bool hasPrints)
    {
        using var engine = StorageEngine.OpenInMemory();
        var prefix = Bytes.Random(prefixLength, 1);
        byte[] Key(int number) => [.. prefix, .. Bytes.Key(number).AsSpan(5), .. new byte[number % 7]];
        engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            for (var i = 0; i < 3000; i += 2) tree.Put(Key(i), [.. Bytes.Key(i), .. new byte[valueLength]]);
        });
        engine.Read(snapshot =>
        {
            Assert.True(snapshot.TryGetTree("t", out var tree));
            for (var round = 0; round < 4; round++)
            {
                for (var i = 0; i < 3000; i++)
                {
                    var expected = i % 2 == 0 ? Bytes.Key(i) : null;
                    Assert.Equal(expected, tree.Get(Key(i))?.AsSpan(0, 8).ToArray());
                    Assert.Equal(expected is not null, tree.Contains(Key(i)));
                    Assert.Null(tree.Get([.. Key(i), 1]));
                    Assert.Null(tree.Get(Key(i).AsSpan(0, Key(i).Length - 1)));
                }
            }

            using var scope = ReadScope.Enter();
            var leaf = tree.Record.Root;
            for (var level = (int)tree.Record.Level; level > 0; level--) leaf = NodePage.Child(tree.Load(leaf, level), 0);
            Assert.Equal(hasPrints, LeafFingerprints.IsReady(tree.Load(leaf, 0)));
            return 0;
        });
    }

    [Fact]
    public void A_frame_that_is_used_again_has_no_fingerprints_of_what_was_in_it()
    {
        var pool = new FramePool(10);
        var frame = pool.Take();
        NodePage.Initialize(frame, 20, 5, 0, 1);
        NodeEdit.TryInsert(frame, 0, [1], [1], isOverflow: false, new byte[frame.Length]);
        for (var i = 0; i < 10; i++) Assert.True(LeafFingerprints.FindRecord(frame, [1]) > 0);
        Assert.True(LeafFingerprints.IsReady(frame));
        pool.Release(frame);
        Assert.Same(frame, pool.Take());
        Assert.False(LeafFingerprints.IsReady(frame));
    }
}
