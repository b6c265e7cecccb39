namespace ModelVault.Storage.Tests.Crashes;

/// <summary>
/// Scripts that between them take every path of a commit, small enough that each of their calls can be a crash point: short
/// and long values, the ring wrapping round, pages reused, one flush and two, the space map, trees made, renamed and dropped,
/// pages written ahead of their commit.
/// </summary>
internal static class Workloads
{
    public static IReadOnlyList<Workload> All { get; } = [SmallCommits(), ManyCommits(), Overflow(), BigCommit(), Scattered(), Trees(), GivenBack(), Savepoints(), Built(), Merged(), Spilling(), Cut()];

    public static Workload RoundTheRing { get; } = MakeRoundTheRing();

    public static TheoryData<string> Names => [.. All.Select(static workload => workload.Name)];

    /// <summary>Each workload under the plans that do not wait for the disk each time, and one more that goes round the ring without being closed.</summary>
    public static TheoryData<string, string> NamesAndLoosePlans
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var workload in (IEnumerable<Workload>)[.. All, RoundTheRing])
            {
                // The big ones take their time; the mixed plan has all the others' paths.
                foreach (var plan in DurabilityPlan.Loose.Where(plan => plan.Name == "mixed" || !workload.IsBig)) data.Add(workload.Name, plan.Name);
            }

            return data;
        }
    }

    /// <summary>Each workload under each plan.</summary>
    public static TheoryData<string, string> NamesAndPlans
    {
        get
        {
            var data = NamesAndLoosePlans;
            foreach (var workload in All) data.Add(workload.Name, DurabilityPlan.Full.Name);
            return data;
        }
    }

    public static Workload Named(string name) => name == RoundTheRing.Name ? RoundTheRing : All.Single(workload => workload.Name == name);

    private static Workload SmallCommits() => new Workload("small commits")
        .Commit((Bytes.Key(1), Bytes.Random(20, 1)))
        .Commit((Bytes.Key(2), Bytes.Random(20, 2)), (Bytes.Key(3), Bytes.Random(2000, 3)))
        .Commit((Bytes.Key(1), null))
        .Commit((Bytes.Key(2), Bytes.Random(100, 4)))
        .Commit((Bytes.Key(2), null), (Bytes.Key(3), null));

    // Past the ring's end, so that slots are overwritten and pages reused.
    private static Workload ManyCommits()
    {
        var workload = new Workload("more commits than slots");
        for (var i = 0; i < 22; i++) workload.Commit((Bytes.Key(i % 7), Bytes.Random(60, i)), (Bytes.Key((i + 3) % 7), null));
        return workload;
    }

    // Twice 25 commits in one opening each, with runs of pages long enough to be reused as soon as that is allowed.
    private static Workload MakeRoundTheRing()
    {
        var workload = new Workload("round the ring in one opening");
        for (var i = 0; i < 50; i++) workload.Commit((Bytes.Key(i % 3), Bytes.Random(i % 3 == 1 ? 140_000 : 200, i)), (Bytes.Key(10 + (i % 4)), i % 2 == 0 ? null : []));
        return workload;
    }

    private static Workload Overflow() => new Workload("overflow values")
        .Commit((Bytes.Key(1), Bytes.Random(20_000, 1)))
        .Commit((Bytes.Key(2), Bytes.Random(9_000, 2)), (Bytes.Key(1), Bytes.Random(30_000, 3)))
        .Commit((Bytes.Key(1), null))
        .Commit((Bytes.Key(3), Bytes.Random(8_192, 4)))
        .Commit((Bytes.Key(2), Bytes.Random(5, 5)), (Bytes.Key(3), null));

    // More pages than a manifest lists, once as one long value: two flushes.
    private static Workload BigCommit() => new Workload("commits of two flushes") { IsBig = true }
        .Commit((Bytes.Key(0), Bytes.Random(10, 0)))
        .Commit((Bytes.Key(1), Bytes.Random(401 * FileLayout.PageSize, 1)), (Bytes.Key(2), Bytes.Random(9_000, 2)))
        .Commit((Bytes.Key(1), null), (Bytes.Key(3), Bytes.Random(100, 3)))
        .Commit((Bytes.Key(4), Bytes.Random(402 * FileLayout.PageSize, 4)))
        .Commit((Bytes.Key(5), Bytes.Random(10, 5)));

    // Frees in so many pieces that the space map has to be written, and allocates in so many that a slot cannot list them.
    private static Workload Scattered()
    {
        var workload = new Workload("commits that write the space map") { IsBig = true }
            .Commit([.. Enumerable.Range(0, 240).Select(i => (Bytes.Key(i), (byte[]?)Bytes.Random(2000, i)))]);
        for (var round = 0; round < 7; round++)
        {
            var seed = round;
            workload.Commit([.. Enumerable.Range(0, 40).Select(i => (Bytes.Key((i * 6) + (seed % 6)), (byte[]?)Bytes.Random(1900, (seed * 1000) + i)))]);
        }

        return workload.Commit([.. Enumerable.Range(0, 240).Where(static i => i % 5 != 0).Select(i => (Bytes.Key(i), (byte[]?)null))]);
    }

    private static Workload Trees() => new Workload("trees made, renamed and dropped")
        .Commit(
            static transaction =>
            {
                for (var i = 0; i < 12; i++) transaction.GetOrCreateTree("a").Put(Bytes.Key(i), Bytes.Random(1500, i));
                transaction.GetOrCreateTree("b").Put(Bytes.Key(1), Bytes.Random(20_000, 9));
            },
            static model =>
            {
                for (var i = 0; i < 12; i++) model["a"].Rows[Bytes.Key(i)] = Bytes.Random(1500, i);
                model["b"].Rows[Bytes.Key(1)] = Bytes.Random(20_000, 9);
            })
        .Commit(
            static transaction => transaction.RenameTree("a", "c"),
            static model =>
            {
                model.Trees.Add("c", model["a"]);
                model.Trees.Remove("a");
            })
        .Commit(
            static transaction =>
            {
                transaction.DropTree("b");
                transaction.GetOrCreateTree("a").Put(Bytes.Key(2), []);
            },
            static model =>
            {
                model.Trees.Remove("b");
                model["a"].Rows[Bytes.Key(2)] = [];
            })
        .Commit(static transaction => transaction.DropTree("c"), static model => model.Trees.Remove("c"))
        .Commit(static transaction => transaction.GetOrCreateTree("a").Clear(), static model => model["a"].Rows.Clear());

    // Trees that builders load, one of them unfinished, and what comes after.
    private static Workload Built() => new Workload("trees built from sorted rows")
        .Commit((Bytes.Key(1), Bytes.Random(100, 1)))
        .Commit(
            static transaction => Build(transaction.GetOrCreateTree("built"), 300),
            static model =>
            {
                for (var i = 0; i < 300; i++) model["built"].Rows[Bytes.Key(i)] = Bytes.Random(i == 7 ? 9_000 : 150, i);
            })
        .RollBack(static transaction => transaction.GetOrCreateTree("other").Build().Add(Bytes.Key(1), Bytes.Random(10_000, 1)))
        .Commit(
            static transaction => transaction.GetOrCreateTree("built").Put(Bytes.Key(40), Bytes.Random(400, 3)),
            static model => model["built"].Rows[Bytes.Key(40)] = Bytes.Random(400, 3))
        .Commit(
            static transaction =>
            {
                transaction.GetOrCreateTree("built").Clear();
                Build(transaction.GetOrCreateTree("built"), 20);
            },
            static model =>
            {
                model["built"].Rows.Clear();
                for (var i = 0; i < 20; i++) model["built"].Rows[Bytes.Key(i)] = Bytes.Random(i == 7 ? 9_000 : 150, i);
            });

    // Pages that share rows before they split, that merge when they get empty, and subtrees that go at once.
    private static Workload Merged() => new Workload("pages shared, merged and cut out")
        .Commit([.. Enumerable.Range(0, 120).Select(i => (Bytes.Key(i * 37 % 120 * 2), (byte[]?)Bytes.Random(500, i)))])
        .Commit([.. Enumerable.Range(0, 30).Select(i => (Bytes.Key((i * 2) + 61), (byte[]?)Bytes.Random(300, i)))])
        .Commit([.. Enumerable.Range(0, 120).Where(static i => i % 4 != 0).Select(i => (Bytes.Key(i * 2), (byte[]?)null))])
        .Commit((Bytes.Key(8), Bytes.Random(40_000, 1)), (Bytes.Key(90), Bytes.Random(10_000, 2)))
        .Commit(
            static transaction => transaction.GetOrCreateTree("rows").DeleteRange(Bytes.Key(30), Bytes.Key(150)),
            static model =>
            {
                for (var i = 30; i < 150; i++) model["rows"].Rows.Remove(Bytes.Key(i));
            })
        .RollBack(static transaction => transaction.GetOrCreateTree("rows").DeleteRange([], Bytes.Key(200)))
        .Commit((Bytes.Key(31), Bytes.Random(100, 3)))
        .Commit(static transaction => transaction.GetOrCreateTree("rows").DeleteRange([], []), static model => model["rows"].Rows.Clear());

    private static void Build(WritableTree tree, int rows)
    {
        var builder = tree.Build();
        for (var i = 0; i < rows; i++) builder.Add(Bytes.Key(i), Bytes.Random(i == 7 ? 9_000 : 150, i));
        builder.Finish();
    }

    // Free pages at the end go with one commit and are cut off with a later one; the file grows and is cut again.
    private static Workload Cut()
    {
        var workload = new Workload("a file that is cut", new StorageOptions { ShortestCut = 8 })
            .Commit((Bytes.Key(1), Bytes.Random(100, 1)), (Bytes.Key(2), Bytes.Random(200_000, 2)), (Bytes.Key(3), Bytes.Random(30_000, 3)))
            .Commit((Bytes.Key(2), null));
        for (var i = 0; i < 6; i++) workload.Commit((Bytes.Key(1), Bytes.Random(100, i)));
        // The value moves to where there is room now, and so do the tree's pages.
        workload.Commit((Bytes.Key(3), Bytes.Random(30_000, 4)));
        for (var i = 0; i < 8; i++) workload.Commit((Bytes.Key(4), Bytes.Random(100, i)));
        workload.Commit((Bytes.Key(5), Bytes.Random(150_000, 5))).Commit((Bytes.Key(5), null));
        for (var i = 0; i < 12; i++) workload.Commit((Bytes.Key(4), Bytes.Random(100, i + 10)));
        return workload.RollBack(static transaction => transaction.GetOrCreateTree("rows").Put(Bytes.Key(6), Bytes.Random(50_000, 6)));
    }

    // More pages than the transaction may keep in memory: they are written ahead, read back, changed, freed, and rolled back.
    private static Workload Spilling()
    {
        var workload = new Workload("transactions larger than memory", new StorageOptions { TransactionMemory = 8 * FileLayout.PageSize })
            .Commit([.. Enumerable.Range(0, 60).Select(i => (Bytes.Key(i), (byte[]?)Bytes.Random(1500, i)))])
            .RollBack(static transaction =>
            {
                var tree = transaction.GetOrCreateTree("rows");
                for (var i = 0; i < 50; i++) tree.Put(Bytes.Key(i + 10), Bytes.Random(1900, i));
                tree.Put(Bytes.Key(200), Bytes.Random(70_000, 5));
            })
            // Up and down, so that pages written ahead are changed again; as many are freed.
            .Commit([.. Enumerable.Range(0, 40).SelectMany(i => new[] { (Bytes.Key(i * 3 % 60), (byte[]?)Bytes.Random(1000, i)), (Bytes.Key(59 - i), (byte[]?)null) })])
            .Commit(
                (Bytes.Key(100), Bytes.Random(70_000, 1)), (Bytes.Key(101), Bytes.Random(9_000, 2)), (Bytes.Key(102), Bytes.Random(80_000, 3)),
                (Bytes.Key(100), null), (Bytes.Key(103), Bytes.Random(50, 4)), (Bytes.Key(101), Bytes.Random(20_000, 6)));
        workload.Commit(
            static transaction =>
            {
                var tree = transaction.GetOrCreateTree("other");
                for (var i = 0; i < 70; i++) tree.Put(Bytes.Key(i), Bytes.Random(1200, i));
                transaction.DropTree("other");
                transaction.GetOrCreateTree("rows").Delete(Bytes.Key(102));
            },
            static model => model["rows"].Rows.Remove(Bytes.Key(102)));
        return workload.Commit((Bytes.Key(4), Bytes.Random(30, 4)));
    }

    // Transactions that lengthen the file for pages which they give back, and ones that are rolled back.
    private static Workload GivenBack() => new Workload("pages given back")
        .Commit((Bytes.Key(1), Bytes.Random(100, 1)))
        .Commit(
            static transaction =>
            {
                var tree = transaction.GetOrCreateTree("rows");
                tree.Put(Bytes.Key(2), Bytes.Random(100, 2));
                tree.Put(Bytes.Key(8), Bytes.Random(800_000, 8));
                tree.Put(Bytes.Key(9), Bytes.Random(800_000, 9));
                tree.Delete(Bytes.Key(9));
                tree.Delete(Bytes.Key(8));
            },
            static model => model["rows"].Rows[Bytes.Key(2)] = Bytes.Random(100, 2))
        .RollBack(static transaction => transaction.GetOrCreateTree("rows").Put(Bytes.Key(3), Bytes.Random(50_000, 3)))
        .Commit((Bytes.Key(3), Bytes.Random(9_000, 3)), (Bytes.Key(1), null))
        .RollBack(static transaction => transaction.DropTree("rows"))
        .Commit((Bytes.Key(4), Bytes.Random(30, 4)));

    // Transactions that go back to a savepoint, with pages freed, given back, and held for it.
    private static Workload Savepoints() => new Workload("savepoints gone back to")
        .Commit([.. Enumerable.Range(0, 60).Select(i => (Bytes.Key(i), (byte[]?)Bytes.Random(1000, i)))])
        .Commit(
            static transaction =>
            {
                var tree = transaction.GetOrCreateTree("rows");
                tree.Put(Bytes.Key(1), Bytes.Random(9_000, 1));
                var savepoint = transaction.Savepoint();
                for (var i = 0; i < 60; i += 3) tree.Delete(Bytes.Key(i));
                tree.Put(Bytes.Key(1), Bytes.Random(20_000, 2));
                transaction.DropTree("rows");
                transaction.GetOrCreateTree("other").Put(Bytes.Key(1), Bytes.Random(3000, 3));
                transaction.RollbackTo(savepoint);
                tree.Put(Bytes.Key(2), Bytes.Random(800, 4));
            },
            static model =>
            {
                model["rows"].Rows[Bytes.Key(1)] = Bytes.Random(9_000, 1);
                model["rows"].Rows[Bytes.Key(2)] = Bytes.Random(800, 4);
            })
        .Commit(
            static transaction =>
            {
                var tree = transaction.GetOrCreateTree("rows");
                var outer = transaction.Savepoint();
                for (var i = 0; i < 40; i++) tree.Delete(Bytes.Key(i));
                transaction.Savepoint();
                tree.Put(Bytes.Key(70), Bytes.Random(30_000, 5));
                tree.Delete(Bytes.Key(70));
                transaction.Release(outer);
                tree.Put(Bytes.Key(71), Bytes.Random(9_000, 6));
            },
            static model =>
            {
                for (var i = 0; i < 40; i++) model["rows"].Rows.Remove(Bytes.Key(i));
                model["rows"].Rows[Bytes.Key(71)] = Bytes.Random(9_000, 6);
            })
        .Commit((Bytes.Key(50), null), (Bytes.Key(51), Bytes.Random(400, 7)));
}
