namespace ModelVault.Storage.Tests.Trees;

/// <summary>Cursors at the edges: over nothing, on no row, and walking back while the tree changes.</summary>
public sealed class CursorTests : IDisposable
{
    private readonly StorageEngine _engine = StorageEngine.Open(new MemoryBlockStorage());

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void A_cursor_over_an_empty_tree_finds_nothing_either_way() => _engine.Commit(static transaction =>
    {
        using var cursor = transaction.GetOrCreateTree("t").OpenCursor();
        Assert.False(cursor.SeekFirst() || cursor.SeekLast() || cursor.Seek([1]) || cursor.SeekBefore([1]) || cursor.MoveNext() || cursor.MovePrevious());
    });

    [Fact]
    public void A_cursor_that_stands_on_no_row_says_so_and_goes_nowhere()
    {
        _engine.Commit(static transaction => Fill(transaction.GetOrCreateTree("t"), 10));
        var snapshot = _engine.AcquireSnapshot();
        Assert.True(snapshot.TryGetTree("t", out var tree));
        var cursor = tree.OpenCursor();
        Assert.Throws<InvalidOperationException>(() => cursor.Key.Length);
        Assert.Throws<InvalidOperationException>(() => cursor.Value.Length);
        Assert.False(cursor.MoveNext() || cursor.MovePrevious());
        Assert.True(cursor.SeekLast());
        Assert.False(cursor.MoveNext() || cursor.IsValid);
        Assert.False(cursor.MovePrevious());
        cursor.Dispose();
        cursor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => cursor.Key.Length);
        Assert.Throws<ObjectDisposedException>(() => cursor.MoveNext());
        Assert.Throws<ObjectDisposedException>(() => cursor.SeekFirst());
        snapshot.Release();
    }

    [Fact]
    public void Walking_back_goes_on_from_where_the_row_was_when_the_tree_changes_under_the_cursor() => _engine.Commit(static transaction =>
    {
        var tree = transaction.GetOrCreateTree("t");
        Fill(tree, 200);
        using var cursor = tree.OpenCursor();
        for (var row = 199; row >= 0; row--)
        {
            Assert.True(row == 199 ? cursor.SeekLast() : cursor.MovePrevious());
            Assert.Equal(Bytes.Key(row), cursor.Key.ToArray());
            tree.Delete(Bytes.Key(row));
            if (row % 3 == 0) tree.Put(Bytes.Key(1000 + row), new byte[500]);
        }

        Assert.False(cursor.MovePrevious());
    });

    [Fact]
    public void A_row_that_came_back_behind_the_cursor_is_read_as_it_is_now() => _engine.Commit(static transaction =>
    {
        var tree = transaction.GetOrCreateTree("t");
        Fill(tree, 50);
        using var cursor = tree.OpenCursor();
        Assert.True(cursor.Seek(Bytes.Key(20)));
        tree.Delete(Bytes.Key(20));
        Assert.Throws<InvalidOperationException>(() => cursor.Value.Length);
        tree.Put(Bytes.Key(20), [7]);
        Assert.Equal([7], cursor.Value.ToArray());
        Assert.True(cursor.MoveNext());
        Assert.Equal(Bytes.Key(21), cursor.Key.ToArray());
    });

    private static void Fill(WritableTree tree, int rows)
    {
        for (var row = 0; row < rows; row++) tree.Put(Bytes.Key(row), new byte[400]);
    }
}
