using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Corruption;

/// <summary>Damaged files: an error that says so, or the right data. No wrong answer, no crash, no hang, no memory without bounds.</summary>
public class CorruptionTests
{
    private const long AllocationBudget = 96 << 20;
    private const int RowBudget = 1_000_000;
    private static readonly TimeSpan CaseTimeout = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Files => [.. VaultFile.All.Select(static file => file.Name)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Damage_is_reported_or_harmless(string name) => Fuzz(name, seedOffset: 0, TestScale.Of(500), Damage.Raw, (file, engine) =>
    {
        Assert.Null(engine.Read(file.Model.Difference));
        // What is free was not looked at; the rest of the file is to be used as before.
        Write(engine);
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void Damage_under_right_checksums_crashes_nothing(string name) => Fuzz(name, seedOffset: 1_000_000, TestScale.Of(900), Damage.Stamped, static (_, engine) =>
    {
        // What cannot be read may still be written to, and the other way round.
        Attempt(() => engine.Read(ReadAll));
        Attempt(() => Write(engine));
        Attempt(() => engine.Read(ReadAll));
        Attempt(() => engine.Commit(Thin));
        Attempt(() => engine.Commit(Fill));
        Attempt(() => engine.Commit(Cut));
        foreach (var name in Attempt(() => engine.Read(static snapshot => snapshot.TreeNames.Take(3).ToArray())) ?? [])
            Attempt(() => engine.Commit(transaction => transaction.DropTree(name)));
    });

    [Fact]
    public void Leaves_shared_by_many_branches_do_not_make_a_scan_endless()
    {
        var file = VaultFile.All[0];
        var image = (byte[])file.Content.Clone();
        foreach (var number in Enumerable.Range((int)FileLayout.FirstPage, (int)(file.Commit.PageCount - FileLayout.FirstPage)))
        {
            var page = VaultFile.PageOf(image, number).ToArray();
            if (page[21] != NodePage.Type || page[22] is 0 or > 24) continue;
            for (var i = 1; i < NodePage.Count(page); i++) NodePage.SetChild(page, i, NodePage.Child(page, 0));
            page.CopyTo(VaultFile.PageOf(image, number));
            file.StampPage(image, number);
        }

        using var engine = StorageEngine.Open(new MemoryBlockStorage(image));
        Assert.Throws<VaultCorruptionException>(() => engine.Read(ReadAll));
        Assert.Throws<VaultCorruptionException>(() => engine.Commit(static transaction => transaction.DropTree("tree0")));
    }

    public static TheoryData<string> Uses => ["deleting", "inserting", "cutting"];

    // Two leaves have changed places. The one between them is whole, and what is done to it must not reach its neighbours.
    [Theory]
    [MemberData(nameof(Uses))]
    public void A_neighbour_with_keys_outside_its_range_is_reported_before_anything_is_moved(string use)
    {
        var file = VaultFile.All[3];
        var image = (byte[])file.Content.Clone();
        var middle = 0;
        (var number, middle) = FindLeaf();
        var page = VaultFile.PageOf(image, number).ToArray();
        var (left, right) = (NodePage.Child(page, middle - 1), NodePage.Child(page, middle + 1));
        NodePage.SetChild(page, middle - 1, right);
        NodePage.SetChild(page, middle + 1, left);
        page.CopyTo(VaultFile.PageOf(image, number));
        file.StampPage(image, number);

        using var engine = StorageEngine.Open(new MemoryBlockStorage(image));
        var error = Assert.Throws<VaultCorruptionException>(() => Use(engine));
        Assert.Contains("outside the range", error.Message, StringComparison.Ordinal);

        // A leaf with a neighbour that has room, under the root. What is done to it works while all is whole.
        (long Root, int Leaf) FindLeaf()
        {
            using var engine = StorageEngine.Open(new MemoryBlockStorage((byte[])file.Content.Clone()));
            var found = engine.Read(static snapshot =>
            {
                using var scope = ReadScope.Enter();
                Assert.True(snapshot.TryGetTree("tree0", out var tree) && tree.Record.Level == 1);
                var root = tree.Load(tree.Record.Root, 1);
                bool HasRoom(int child) => NodePage.UsedBytes(tree.Load(NodePage.Child(root, child), 0)) < FileLayout.PageSize * 7 / 10;
                return (tree.Record.Root.Page, Enumerable.Range(1, NodePage.Count(root) - 2).First(i => HasRoom(i - 1) || HasRoom(i + 1)));
            });
            middle = found.Item2;
            Use(engine);
            return found;
        }

        void Use(StorageEngine engine) => engine.Commit(transaction =>
        {
            using var scope = ReadScope.Enter();
            var rows = transaction.GetOrCreateTree("tree0");
            var root = rows.Load(rows.Record.Root, 1);
            var leaf = rows.Load(NodePage.Child(root, middle), 0);
            var keys = Enumerable.Range(0, NodePage.Count(leaf)).Select(i => KeyOf(leaf, i)).ToList();
            switch (use)
            {
                case "deleting":
                    foreach (var key in keys.SkipLast(1)) rows.Delete(key);
                    break;
                case "inserting":
                    for (byte i = 0; i < 200; i++) rows.Put([.. keys[0], i], new byte[600]);
                    break;
                default:
                    rows.DeleteRange(keys[1], keys[^1]);
                    break;
            }
        });

        static byte[] KeyOf(byte[] page, int index)
        {
            var key = new byte[Tree.MaxKeyLength];
            return key[..NodePage.CopyKey(page, index, key)];
        }
    }

    private static void Fuzz(string name, int seedOffset, int cases, Func<VaultFile, Random, (byte[], string)> damage, Action<VaultFile, StorageEngine> use)
    {
        var file = VaultFile.All.Single(file => file.Name == name);
        var refused = 0;
        // A thread of its own, so that a hang becomes a failure that names the case.
        var current = "";
        Exception? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                for (var i = 0; i < cases; i++)
                {
                    var seed = seedOffset + i;
                    var (image, what) = damage(file, new Random(seed));
                    Volatile.Write(ref current, $"{name}, seed {seed}: {what}");
                    if (!Survives(file, image, use)) refused++;
                }
            }
            catch (Exception error)
            {
                failure = error;
            }
        }) { IsBackground = true };
        thread.Start();
        for (var last = ""; !thread.Join(CaseTimeout); last = current)
            Assert.True(last != Volatile.Read(ref current), $"{current}: hangs");
        Assert.True(failure is null, $"{current}: {failure}");
        TestScale.Report($"damaged files of '{name}'{(seedOffset > 0 ? ", re-stamped" : "")}", cases);
        TestScale.Report($"  of them refused", refused);
    }

    private static bool Survives(VaultFile file, byte[] image, Action<VaultFile, StorageEngine> use)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            var disk = new SimulatedBlockStorage(new DiskImage(image));
            using (var engine = StorageEngine.Open(disk)) use(file, engine);
            // What was written onto the damage is read again.
            using var again = StorageEngine.Open(disk);
            use(file, again);
            return true;
        }
        catch (VaultCorruptionException)
        {
            return false;
        }
        finally
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < AllocationBudget, $"{allocated} bytes allocated");
        }
    }

    private static long ReadAll(Snapshot snapshot)
    {
        long rows = 0;
        foreach (var name in snapshot.TreeNames)
        {
            Assert.True(++rows < RowBudget, "tree names without end");
            if (!snapshot.TryGetTree(name, out var tree)) continue;
            using var cursor = tree.OpenCursor();
            for (var more = cursor.SeekFirst(); more; more = cursor.MoveNext())
            {
                Assert.True(++rows < RowBudget, "a scan without end");
                _ = cursor.Value.Length;
                tree.Contains(cursor.Key);
            }

            for (var more = cursor.SeekLast(); more; more = cursor.MovePrevious()) Assert.True(++rows < RowBudget, "a backward scan without end");
            Scan(tree, backward: false);
            Scan(tree, backward: true);
            tree.CountRange([0], []);
            tree.CountRange(Bytes.Key(10), Bytes.Key(200));
            tree.EstimateRange(Bytes.Key(10), Bytes.Key(200));
            using BatchLookup batch = new(tree);
            for (var i = 0; i < BatchLookup.MaxKeys; i++) batch.Add(Bytes.Key(i * 7));
            batch.Run();
        }

        return rows;
    }

    private static void Scan(Tree tree, bool backward)
    {
        using TreeScan scan = new(tree);
        scan.Start(default, default, backward);
        Budget budget = default;
        scan.Continue(ref budget);
    }

    private struct Budget : IRowVisitor
    {
        private long _rows;

        public bool Visit(in TreeRow row)
        {
            Assert.True(++_rows < RowBudget, "a scan in place without end");
            _ = row.Value.Length + row.KeyLength;
            return true;
        }
    }

    private static void Write(StorageEngine engine)
    {
        engine.Commit(static transaction =>
        {
            // A tree of its own: the model's stay as they are.
            var tree = transaction.GetOrCreateTree("written");
            for (var i = 0; i < 40; i++) tree.Put(Bytes.Key(i), new byte[500]);
            tree.Put(Bytes.Key(100), new byte[50_000]);
        });
        engine.Commit(static transaction =>
        {
            for (var tree = 0; tree < 2; tree++)
            {
                if (!transaction.TryGetTree($"tree{tree}", out _)) continue;
                var rows = transaction.GetOrCreateTree($"tree{tree}");
                using var cursor = rows.OpenCursor();
                var keys = new List<byte[]>();
                for (var more = cursor.SeekFirst(); more && keys.Count < 60; more = cursor.MoveNext()) keys.Add(cursor.Key.ToArray());
                foreach (var key in keys)
                {
                    var kept = rows.Get(key) ?? [];
                    rows.Delete(key);
                    rows.Insert(key, kept);
                }
            }
        });
        engine.Commit(static transaction => transaction.DropTree("written"));
    }

    // Deletes most rows in no order, so that pages merge with whatever stands beside them.
    private static void Thin(WriteTransaction transaction)
    {
        var rows = transaction.GetOrCreateTree("tree0");
        var keys = Keys(rows);
        for (var i = 0; i < keys.Count; i++)
        {
            if (i % 7 != 3) rows.Delete(keys[i * 31 % keys.Count]);
        }
    }

    // Fills up between the rows that are there, so that full pages share with whatever stands beside them.
    private static void Fill(WriteTransaction transaction)
    {
        var rows = transaction.GetOrCreateTree("tree0");
        foreach (var key in Keys(rows))
        {
            for (byte i = 0; i < 6 && key.Length < Tree.MaxKeyLength; i++) rows.Put([.. key, i], new byte[700]);
        }
    }

    private static void Cut(WriteTransaction transaction)
    {
        var rows = transaction.GetOrCreateTree("tree0");
        var keys = Keys(rows);
        if (keys.Count < 4) return;
        rows.DeleteRange(keys[keys.Count / 3], keys[keys.Count / 2]);
        rows.DeleteRange(keys[keys.Count * 3 / 4], []);
        rows.DeleteRange([], keys[1]);
    }

    private static List<byte[]> Keys(Tree tree)
    {
        var keys = new List<byte[]>();
        using var cursor = tree.OpenCursor();
        try
        {
            for (var more = cursor.SeekFirst(); more && keys.Count < 500; more = cursor.MoveNext()) keys.Add(cursor.Key.ToArray());
        }
        catch (VaultCorruptionException)
        {
            // What is behind the damage is tried all the same.
            for (var i = 0; i < 60; i++) keys.Add(Bytes.Key(i * 5));
        }

        return keys;
    }

    private static void Attempt(Action action) => Attempt(() =>
    {
        action();
        return "";
    });

    private static T? Attempt<T>(Func<T> action)
        where T : class
    {
        try
        {
            return action();
        }
        catch (VaultException)
        {
            return null;
        }
    }

    private static void Attempt(Func<long> action) => Attempt(() =>
    {
        action();
        return "";
    });
}
