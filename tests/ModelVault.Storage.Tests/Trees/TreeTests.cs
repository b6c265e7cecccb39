namespace ModelVault.Storage.Tests.Trees;

public sealed class TreeTests : IDisposable
{
    private readonly StorageEngine _engine = StorageEngine.OpenInMemory();

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 10)]
    [InlineData(Tree.MaxKeyLength, 0)]
    [InlineData(Tree.MaxKeyLength, 2048)]
    [InlineData(8, 2049)]
    [InlineData(8, 8192)]
    [InlineData(8, 3_000_001)]
    public void Keys_and_values_of_any_allowed_length_come_back(int keyLength, int valueLength)
    {
        var (key, value) = (Bytes.Random(keyLength, 1), Bytes.Random(valueLength, 2));
        _engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            Assert.True(tree.Insert(key, value));
            Assert.Equal(value, tree.Get(key));
        });
        Assert.Equal(value, _engine.Get("t", key));
    }

    [Fact]
    public void A_key_that_is_too_long_is_refused_with_the_limit_named()
    {
        using var transaction = _engine.BeginWrite(Bytes.Timeout);
        var tree = transaction.GetOrCreateTree("t");
        var error = Assert.Throws<ArgumentException>(() => tree.Put(new byte[Tree.MaxKeyLength + 1], []));
        Assert.Contains("1638", error.Message, StringComparison.Ordinal);
        Assert.False(tree.Contains(new byte[Tree.MaxKeyLength + 1]));
    }

    [Fact]
    public void Insert_of_a_key_that_is_there_changes_nothing() => _engine.Commit(transaction =>
    {
        var tree = transaction.GetOrCreateTree("t");
        tree.Insert([1], [1]);
        var before = transaction.ChangeCount;
        Assert.False(tree.Insert([1], [2]));
        Assert.False(tree.Delete([9]));
        Assert.Equal(before, transaction.ChangeCount);
        Assert.Equal([1], tree.Get([1])!);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Deleting_every_row_frees_every_page(bool ascending)
    {
        var keys = Enumerable.Range(0, 20_000).Select(i => Bytes.Key(i)).ToArray();
        _engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            foreach (var key in keys) tree.Insert(key, new byte[50]);
        });
        _engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            foreach (var key in ascending ? keys : keys.Reverse()) Assert.True(tree.Delete(key));
            Assert.Equal(0, tree.Count);
            Assert.True(tree.Record.Root.IsNone);
        });
        Assert.Null(_engine.Read(SpaceAudit.Run));
        // What is left is the catalog's page.
        Assert.True(_engine.Statistics.PageCount - _engine.Statistics.FreePages - FileLayout.FirstPage <= 4);
    }

    [Fact]
    public void Cursors_walk_both_ways_and_seek_between_keys()
    {
        _engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            for (var i = 0; i < 5000; i++) tree.Insert(Bytes.Key(i * 2), Bytes.Key(i));
        });
        _engine.Read(snapshot =>
        {
            Assert.True(snapshot.TryGetTree("t", out var tree));
            using var cursor = tree.OpenCursor();
            Assert.True(cursor.Seek(Bytes.Key(4001)));
            Assert.Equal(Bytes.Key(4002), cursor.Key.ToArray());
            Assert.True(cursor.SeekBefore(Bytes.Key(4001)));
            Assert.Equal(Bytes.Key(4000), cursor.Key.ToArray());
            Assert.True(cursor.SeekBefore(Bytes.Key(4000)));
            Assert.Equal(Bytes.Key(3998), cursor.Key.ToArray());
            Assert.False(cursor.Seek(Bytes.Key(9999)));
            Assert.False(cursor.IsValid);
            Assert.False(cursor.SeekBefore(Bytes.Key(0)));
            var rows = 0;
            for (var more = cursor.SeekLast(); more; more = cursor.MovePrevious()) Assert.Equal(Bytes.Key((4999 - rows++) * 2), cursor.Key.ToArray());
            Assert.Equal(5000, rows);
            Assert.False(cursor.MovePrevious());
            return 0;
        });
    }

    [Fact]
    public void A_cursor_goes_on_behind_its_last_key_when_the_tree_changes_under_it() => _engine.Commit(transaction =>
    {
        var tree = transaction.GetOrCreateTree("t");
        for (var i = 0; i < 3000; i++) tree.Insert(Bytes.Key(i), new byte[60]);
        using var cursor = tree.OpenCursor();
        var seen = new List<byte[]>();
        for (var more = cursor.SeekFirst(); more; more = cursor.MoveNext())
        {
            seen.Add(cursor.Key.ToArray());
            tree.Delete(cursor.Key);
            if (seen.Count == 1000) tree.Insert(Bytes.Key(5000), []);
        }

        Assert.Equal([.. Enumerable.Range(0, 3000).Select(i => Bytes.Key(i)), Bytes.Key(5000)], seen);
        Assert.Equal(0, tree.Count);
    });

    [Fact]
    public void The_value_of_a_row_that_was_deleted_under_a_cursor_is_an_error() => _engine.Commit(transaction =>
    {
        var tree = transaction.GetOrCreateTree("t");
        tree.Insert([1], [1]);
        tree.Insert([2], [2]);
        using var cursor = tree.OpenCursor();
        cursor.SeekFirst();
        tree.Put([1], [9]);
        Assert.Equal([9], cursor.Value.ToArray());
        tree.Delete([1]);
        Assert.Throws<InvalidOperationException>(() => cursor.Value.ToArray());
        Assert.Equal([1], cursor.Key.ToArray());
        Assert.True(cursor.MoveNext());
        Assert.Equal([2], cursor.Key.ToArray());
        Assert.False(cursor.MoveNext());
    });

    [Fact]
    public void Trees_are_named_renamed_and_dropped()
    {
        _engine.Commit(transaction =>
        {
            foreach (var name in new[] { "b", "a", "ç" }) transaction.GetOrCreateTree(name).Insert([1], Bytes.Text(name));
        });
        _engine.Commit(transaction =>
        {
            Assert.Equal(["a", "b", "ç"], transaction.TreeNames);
            Assert.True(transaction.RenameTree("a", "z"));
            Assert.False(transaction.RenameTree("a", "y"));
            Assert.Throws<ArgumentException>(() => transaction.RenameTree("z", "b"));
            Assert.True(transaction.DropTree("b"));
            Assert.False(transaction.DropTree("b"));
            transaction.GetOrCreateTree("z").Insert([2], []);
        });
        Assert.Equal(["z", "ç"], _engine.Read(snapshot => snapshot.TreeNames.ToArray()));
        Assert.Equal(Bytes.Text("a"), _engine.Get("z", [1]));
        Assert.Null(_engine.Get("b", [1]));
        Assert.Null(_engine.Read(SpaceAudit.Run));
    }

    [Fact]
    public void A_content_id_stays_while_the_content_does_and_changes_with_it()
    {
        _engine.Commit(transaction => transaction.GetOrCreateTree("t").Insert([1], [1]));
        var first = ContentId();
        _engine.Commit(transaction => transaction.GetOrCreateTree("other").Insert([1], [1]));
        Assert.Equal(first, ContentId());
        using (var transaction = _engine.BeginWrite(Bytes.Timeout))
        {
            var tree = transaction.GetOrCreateTree("t");
            Assert.Equal(first, tree.ContentId);
            tree.Put([1], [2]);
            Assert.NotEqual(first, tree.ContentId);
        }

        Assert.Equal(first, ContentId());
        _engine.Commit(transaction => transaction.GetOrCreateTree("t").Put([1], [3]));
        Assert.NotEqual(first, ContentId());

        ulong ContentId() => _engine.Read(snapshot => snapshot.TryGetTree("t", out var tree) ? tree.ContentId : 0);
    }

    [Fact]
    public void A_span_asked_for_outside_of_a_scope_is_refused_with_the_way_out_named()
    {
        _engine.Commit(transaction => transaction.GetOrCreateTree("t").Insert([1], [1]));
        _engine.Read(snapshot =>
        {
            Assert.True(snapshot.TryGetTree("t", out var tree));
            var error = Assert.Throws<InvalidOperationException>(() => tree.TryGet([1], out _));
            Assert.Contains("ReadScope.Enter()", error.Message, StringComparison.Ordinal);
            return 0;
        });
    }

    [Fact]
    public void Getting_and_scanning_allocate_nothing()
    {
        _engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            for (var i = 0; i < 2000; i++) tree.Insert(Bytes.Key(i), new byte[100]);
        });
        _engine.Read(snapshot =>
        {
            Span<byte> key = stackalloc byte[8];
            snapshot.TryGetTree("t", out _);
            // A collection that another test causes ends this thread's allocation buffer, which then counts as allocated: the least of some rounds counts.
            long allocated = long.MaxValue, sum = 0;
            for (var round = 0; round < 6; round++)
            {
                snapshot.TryGetTree("t", out var tree);
                using var cursor = tree!.OpenCursor();
                cursor.SeekFirst();
                sum += cursor.Key.Length; // the cursor's own buffer
                var before = GC.GetAllocatedBytesForCurrentThread();
                for (var i = 0; i < 2000; i++)
                {
                    using var scope = ReadScope.Enter();
                    System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(key, i);
                    snapshot.TryGetTree("t", out tree);
                    if (tree!.TryGet(key, out var value)) sum += value.Length;
                }

                for (var more = cursor.SeekFirst(); more; more = cursor.MoveNext()) sum += cursor.Key.Length + cursor.Value.Length;
                allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.Equal(0, allocated);
            return sum;
        });
    }
}
