namespace ModelVault.Storage.Tests.Trees;

public sealed class BuilderTests : IDisposable
{
    private readonly StorageEngine _engine = StorageEngine.OpenInMemory();

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData(0, 8, 100)]
    [InlineData(1, 8, 100)]
    [InlineData(2, 1638, 2048)]
    [InlineData(5, 1638, 2048)]
    [InlineData(75, 8, 100)]
    [InlineData(76, 8, 100)]
    [InlineData(77, 8, 100)]
    [InlineData(300, 8, 0)]
    [InlineData(2000, 1638, 10)]
    [InlineData(100_000, 8, 100)]
    [InlineData(300, 8, 5000)]
    [InlineData(2000, 40, 1500)]
    public void A_built_tree_holds_the_rows_in_full_pages(int rows, int keyLength, int valueLength)
    {
        _engine.Commit(transaction =>
        {
            var builder = transaction.GetOrCreateTree("t").Build();
            for (var i = 0; i < rows; i++) builder.Add(Key(i, keyLength), Bytes.Random(valueLength, i));
            Assert.Equal(rows, builder.Count);
            builder.Finish();
        });
        var audit = TreeAudit.Of(_engine, "t");
        _engine.Read(snapshot =>
        {
            Assert.True(snapshot.TryGetTree("t", out var tree));
            Assert.Equal(rows, tree.Count);
            using var cursor = tree.OpenCursor();
            var more = cursor.SeekFirst();
            for (var i = 0; i < rows; i++, more = cursor.MoveNext())
                Assert.True(more && cursor.Key.SequenceEqual(Key(i, keyLength)) && cursor.Value.SequenceEqual(Bytes.Random(valueLength, i)));
            Assert.False(more);
            return 0;
        });
        if (rows < 100_000) return;
        Assert.InRange(audit.LeafFill, 0.94, 0.97);
        Assert.InRange(audit.EmptiestLeaf, 0.45, 1);
        Assert.InRange(audit.InnerFill, 0.45, 1);
        Assert.InRange(audit.EmptiestInner, 0.005, 1);
        Assert.Equal(audit.Leaves, audit.LeavesWithPrefix);
    }

    // Whatever their number is, the last pages of no level are nearly empty.
    [Theory]
    [InlineData(8, 1000)]
    [InlineData(1630, 8)]
    [InlineData(700, 300)]
    public void Pages_at_the_end_share_their_rows(int keyLength, int valueLength)
    {
        for (var rows = 2; rows < 260; rows += rows < 40 ? 1 : 7)
        {
            using var transaction = _engine.BeginWrite(Bytes.Timeout);
            var tree = transaction.GetOrCreateTree("t");
            var builder = tree.Build();
            for (var i = 0; i < rows; i++) builder.Add(Key(i, keyLength), new byte[valueLength]);
            builder.Finish();
            var audit = TreeAudit.Of(tree);
            Assert.Null(audit.Problem);
            if (audit.Leaves > 1) Assert.True(audit.EmptiestLeaf > 0.3, $"{rows} rows: {audit.EmptiestLeaf}");
        }
    }

    [Fact]
    public void Keys_of_one_beginning_are_stored_with_it_once()
    {
        _engine.Commit(transaction =>
        {
            var builder = transaction.GetOrCreateTree("t").Build();
            for (var i = 0; i < 50_000; i++) builder.Add(Bytes.Text($"customer/{i:D9}"), new byte[20]);
            builder.Finish();
        });
        var audit = TreeAudit.Of(_engine, "t");
        Assert.Equal(audit.Leaves, audit.LeavesWithPrefix);
        Assert.InRange(audit.LeafFill, 0.94, 0.97);
        // 18 bytes of key, of which 14 or more are the page's.
        Assert.InRange(audit.Leaves, 50_000 * 34 / 8192, (50_000 * 35 / 7700) + 2);
    }

    [Fact]
    public void A_built_tree_can_be_changed_like_any_other()
    {
        var model = new Oracle();
        _engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            var builder = tree.Build();
            for (var i = 0; i < 3000; i++)
            {
                builder.Add(Bytes.Key(i * 2), Bytes.Random(i % 3000, i));
                model.Rows.Add(Bytes.Key(i * 2), Bytes.Random(i % 3000, i));
            }

            builder.Finish();
            Change(tree);
        });
        _engine.Commit(transaction => Change(transaction.GetOrCreateTree("t")));
        TreeAudit.Of(_engine, "t");
        Assert.Null(_engine.Read(snapshot => snapshot.TryGetTree("t", out var tree) ? model.Difference(tree) : "none"));

        void Change(WritableTree tree)
        {
            var random = new Random(7);
            for (var i = 0; i < 3000; i++)
            {
                var key = Bytes.Key(random.Next(7000));
                if (random.Next(3) == 0) Assert.Equal(model.Rows.Remove(key), tree.Delete(key));
                else
                {
                    model.Rows[key] = Bytes.Random(random.Next(200), i);
                    tree.Put(key, model.Rows[key]);
                }
            }

            Assert.Null(TreeAudit.Of(tree).Problem);
        }
    }

    [Fact]
    public void Rows_that_do_not_ascend_are_refused_and_the_building_goes_on() => _engine.Commit(transaction =>
    {
        var tree = transaction.GetOrCreateTree("t");
        var builder = tree.Build();
        builder.Add([5, 5], [1]);
        foreach (var key in new byte[][] { [5, 5], [5], [], [5, 4], [4, 9, 9] }) Assert.Throws<ArgumentException>(() => builder.Add(key, []));
        Assert.Throws<ArgumentException>(() => builder.Add(new byte[Tree.MaxKeyLength + 1], []));
        builder.Add([5, 5, 0], [2]);
        builder.Add([6], [3]);
        // Also against a page that has its prefix.
        for (var i = 0; i < 1000; i++) builder.Add([7, 7, 7, 7, 7, .. Bytes.Key(i)], new byte[50]);
        foreach (var key in new byte[][] { [7, 7], [7, 7, 6, 8], [7, 7, 7, 7, 7, .. Bytes.Key(999)] }) Assert.Throws<ArgumentException>(() => builder.Add(key, []));
        builder.Add([7, 7, 8], []);
        builder.Finish();
        Assert.Equal(1004, tree.Count);
        Assert.Null(TreeAudit.Of(tree).Problem);
    });

    [Fact]
    public void A_tree_with_rows_is_not_built() => _engine.Commit(transaction =>
    {
        var tree = transaction.GetOrCreateTree("t");
        tree.Insert([1], [1]);
        Assert.Throws<InvalidOperationException>(tree.Build);
        tree.Delete([1]);
        var builder = tree.Build();
        builder.Finish();
        Assert.Throws<InvalidOperationException>(() => builder.Add([1], []));
        Assert.Throws<InvalidOperationException>(builder.Finish);
        Assert.Equal(0, tree.Count);
    });

    [Fact]
    public void An_unfinished_building_can_only_be_rolled_back()
    {
        TreeBuilder builder;
        using (var transaction = _engine.BeginWrite(Bytes.Timeout))
        {
            var tree = transaction.GetOrCreateTree("t");
            builder = tree.Build();
            for (var i = 0; i < 1000; i++) builder.Add(Bytes.Key(i), new byte[100]);
            Assert.Throws<VaultTransactionException>(() => tree.Insert([1], []));
            Assert.Throws<VaultTransactionException>(transaction.Commit);
        }

        Assert.Throws<VaultTransactionException>(() => builder.Add(Bytes.Key(5000), []));
        Assert.Throws<VaultTransactionException>(builder.Finish);
        Assert.Empty(_engine.Read(snapshot => snapshot.TreeNames.ToArray()));
        _engine.Commit(transaction => transaction.GetOrCreateTree("t").Insert([1], []));
        Assert.Null(_engine.Read(SpaceAudit.Run));
    }

    [Fact]
    public void A_building_that_was_gone_back_from_cannot_go_on_in_the_place_of_the_next()
    {
        using var transaction = _engine.BeginWrite(TimeSpan.FromSeconds(5));
        var savepoint = transaction.Savepoint();
        var old = transaction.GetOrCreateTree("old").Build();
        old.Add(Bytes.Key(1), []);
        transaction.RollbackTo(savepoint);
        var builder = transaction.GetOrCreateTree("new").Build();
        Assert.Throws<VaultTransactionException>(() => old.Add(Bytes.Key(2), []));
        Assert.Throws<VaultTransactionException>(old.Finish);
        builder.Add(Bytes.Key(3), []);
        builder.Finish();
        Assert.Equal(1, transaction.GetOrCreateTree("new").Count);
    }

    [Fact]
    public void Adding_a_row_allocates_nothing_but_pages()
    {
        const int Rows = 20_000;
        using var transaction = _engine.BeginWrite(Bytes.Timeout);
        var tree = transaction.GetOrCreateTree("t");
        var builder = tree.Build();
        byte[] key = new byte[8], value = new byte[100];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rows; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(key, i);
            builder.Add(key, value);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        builder.Finish();
        // The pages, and what the transaction and the space map note of each.
        Assert.InRange(allocated, 0, TreeAudit.Of(tree).Pages * (FileLayout.PageSize + 700L));
    }

    private static byte[] Key(int number, int length)
    {
        var key = new byte[length];
        Bytes.Key(number).CopyTo(key.AsSpan(length - 8));
        return key;
    }
}
