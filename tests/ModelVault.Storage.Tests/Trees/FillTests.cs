using System.Globalization;

namespace ModelVault.Storage.Tests.Trees;

/// <summary>How full pages are after rows came in and went, in every order.</summary>
public sealed class FillTests : IDisposable
{
    private const int Rows = 60_000;

    private readonly StorageEngine _engine = StorageEngine.OpenInMemory();

    public enum Order
    {
        Ascending,
        Descending,
        Random,
    }

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 30)]
    [InlineData(true, 30)]
    public void Rows_in_random_order_fill_leaves_to_78_in_a_hundred(bool isText, int commits)
    {
        Insert(Order.Random, isText, commits);
        var audit = TreeAudit.Of(_engine, "t");
        Assert.InRange(audit.LeafFill, 0.78, 1);
        Assert.InRange(audit.InnerFill, 0.5, 1);
    }

    [Theory]
    [InlineData(Order.Ascending, false, 1)]
    [InlineData(Order.Ascending, true, 1)]
    [InlineData(Order.Ascending, true, 40)]
    [InlineData(Order.Descending, false, 1)]
    [InlineData(Order.Descending, true, 1)]
    [InlineData(Order.Descending, true, 40)]
    public void Rows_in_order_fill_leaves_to_90_in_a_hundred_and_seal_their_prefix(Order order, bool isText, int commits)
    {
        Insert(order, isText, commits);
        var audit = TreeAudit.Of(_engine, "t");
        Assert.InRange(audit.LeafFill, 0.9, 1);
        Assert.InRange(audit.InnerFill, 0.5, 1);
        // All but the one that is being filled.
        Assert.InRange(audit.LeavesWithPrefix, audit.Leaves - 1, audit.Leaves);
    }

    // Many series that each grow at their end: the ends lie in the middle of the tree.
    [Fact]
    public void Rows_in_order_at_many_places_fill_leaves_well()
    {
        _engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            for (var i = 0; i < Rows; i++) tree.Insert([(byte)(i * 7 % 40), .. Bytes.Key(i)], new byte[100]);
        });
        Assert.InRange(TreeAudit.Of(_engine, "t").LeafFill, 0.75, 1);
    }

    // The way to the last leaf is kept from one row to the next; what happens in between must not mislead it.
    [Fact]
    public void Rows_that_ascend_between_other_changes_find_their_place() => _engine.Commit(transaction =>
    {
        var (tree, other, model, random) = (transaction.GetOrCreateTree("t"), transaction.GetOrCreateTree("u"), new Oracle(), new Random(5));
        for (var i = 0; i < 20_000; i++)
        {
            var key = Bytes.Key(i * 10);
            Assert.True(tree.Insert(key, new byte[80]));
            model.Rows[key] = new byte[80];
            switch (random.Next(60))
            {
                case 0: model.Rows.Remove(Bytes.Key(i * 10)); Assert.True(tree.Delete(Bytes.Key(i * 10))); break;
                case 1: Assert.False(tree.Insert(key, [])); break;
                case 2:
                    var between = Bytes.Key((random.Next(i + 1) * 10L) + 1);
                    model.Rows[between] = [1];
                    tree.Put(between, [1]);
                    break;
                case 3: other.Insert(key, []); break;
                case 4: tree.Delete(Bytes.Key(-1)); break;
                case 5 when i > 300: Assert.True(tree.DeleteRange(Bytes.Key((i - 150) * 10), []) > 0); Cut(model, (i - 150) * 10); break;
                case 6 when random.Next(20) == 0: tree.Clear(); model.Rows.Clear(); break;
            }
        }

        Assert.Null(TreeAudit.Of(tree).Problem);
        Assert.Null(model.Difference(tree));

        static void Cut(Oracle model, long from)
        {
            foreach (var key in model.Rows.Keys.Where(key => key.AsSpan().SequenceCompareTo(Bytes.Key(from)) >= 0).ToList()) model.Rows.Remove(key);
        }
    });

    [Theory]
    [InlineData(50, 0.54)]
    [InlineData(75, 0.5)]
    [InlineData(95, 0.5)]
    [InlineData(99, 0.45)]
    public void Deleting_in_random_order_leaves_leaves_half_full(int percent, double fill)
    {
        Insert(Order.Random, isText: false, commits: 1);
        foreach (var part in Shuffled().Take(Rows * percent / 100).Chunk(Rows / 10))
        {
            _engine.Commit(transaction =>
            {
                var tree = transaction.GetOrCreateTree("t");
                foreach (var i in part) Assert.True(tree.Delete(Bytes.Key(i)));
            });
        }

        var audit = TreeAudit.Of(_engine, "t");
        Assert.InRange(audit.LeafFill, fill, 1);
        Assert.InRange(audit.InnerFill, 0.35, 1);
    }

    [Theory]
    [InlineData(Order.Ascending)]
    [InlineData(Order.Descending)]
    [InlineData(Order.Random)]
    public void Deleting_everything_leaves_no_page(Order order)
    {
        Insert(Order.Random, isText: false, commits: 1);
        _engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            var left = Rows;
            foreach (var i in InOrder(order))
            {
                Assert.True(tree.Delete(Bytes.Key(i)));
                if (--left % 9973 == 0) Assert.Null(TreeAudit.Of(tree).Problem);
            }

            Assert.True(tree.Record.Root.IsNone);
        });
        Assert.Null(_engine.Read(SpaceAudit.Run));
        // What is left is the catalog's page, and what has just been freed.
        Assert.True(_engine.Statistics.PageCount - _engine.Statistics.FreePages - FileLayout.FirstPage <= 6);
    }

    [Fact]
    public void Shorter_values_in_place_of_long_ones_merge_pages()
    {
        Insert(Order.Random, isText: false, commits: 1);
        var before = TreeAudit.Of(_engine, "t").Leaves;
        _engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            foreach (var i in Shuffled()) Assert.True(tree.Put(Bytes.Key(i), []));
        });
        var audit = TreeAudit.Of(_engine, "t");
        Assert.InRange(audit.Leaves, 1, before / 3);
        Assert.InRange(audit.LeafFill, 0.45, 1);
    }

    // What a commit of one row writes: its path, the catalog, and seldom a neighbour or two.
    [Fact]
    public void Sharing_and_merging_add_few_pages_to_small_commits()
    {
        Insert(Order.Random, isText: false, commits: 1);
        var pages = 0;
        var random = new Random(4);
        for (var i = 0; i < 2000; i++)
        {
            using var transaction = _engine.BeginWrite(Bytes.Timeout);
            var tree = transaction.GetOrCreateTree("t");
            if (i % 2 == 0) tree.Put([.. Bytes.Key(random.Next(Rows)), 1], new byte[100]);
            else tree.Delete(Bytes.Key(random.Next(Rows)));
            pages += transaction.Pages.Nodes.Count;
            transaction.Commit();
        }

        // A path of three pages each, where the key was there; the catalog comes later.
        Assert.InRange(pages / 2000.0, 2, 3.15);
    }

    private void Insert(Order order, bool isText, int commits)
    {
        foreach (var part in InOrder(order).Chunk((Rows / commits) + 1))
        {
            _engine.Commit(transaction =>
            {
                var tree = transaction.GetOrCreateTree("t");
                foreach (var i in part) Assert.True(tree.Insert(isText ? Bytes.Text(string.Create(CultureInfo.InvariantCulture, $"customer/{i:D9}")) : Bytes.Key(i), new byte[100]));
            });
        }
    }

    private static IEnumerable<int> InOrder(Order order) => order switch
    {
        Order.Ascending => Enumerable.Range(0, Rows),
        Order.Descending => Enumerable.Range(0, Rows).Reverse(),
        _ => Shuffled(),
    };

    private static int[] Shuffled()
    {
        var order = Enumerable.Range(0, Rows).ToArray();
        new Random(11).Shuffle(order);
        return order;
    }
}
