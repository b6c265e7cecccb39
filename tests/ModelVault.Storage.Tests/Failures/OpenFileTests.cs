namespace ModelVault.Storage.Tests.Failures;

/// <summary>What others do to the file while it is open: nothing is acknowledged that could not be found again.</summary>
public sealed class OpenFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("modelvault-open-").FullName;

    private string VaultPath => Path.Combine(_directory, "a.modelvault");

    private string Elsewhere => Path.Combine(_directory, "elsewhere");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(70_000)]
    [InlineData(131_072)]
    [InlineData(400_000)]
    public void A_file_cut_short_while_it_is_open_is_damage_to_readers_and_is_not_written_to(int length)
    {
        using (var engine = OpenFilled())
        {
            using (var other = File.OpenHandle(VaultPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) RandomAccess.SetLength(other, length);
            var missing = Assert.Throws<VaultCorruptionException>(() => engine.Read(static snapshot =>
                snapshot.TryGetTree("t", out var tree) ? Bytes.Rows(tree).Count : 0));
            Assert.Equal((VaultPath, missing.Page * FileLayout.PageSize), (missing.File, missing.Offset));
            Assert.Contains("cut short", missing.Message, StringComparison.Ordinal);
            Assert.Contains("cut short", Assert.Throws<VaultCorruptionException>(() => engine.Get("t", [200])).Message, StringComparison.Ordinal);

            for (var attempt = 0; attempt < 3; attempt++)
            {
                var error = Record.Exception(() => engine.Commit(static transaction => transaction.GetOrCreateTree("new").Put([1], [9])));
                Assert.True(error is IOException or VaultException, $"{error}");
                Assert.Contains("cut short", error.Message, StringComparison.Ordinal);
                Assert.Contains(VaultPath, error.Message, StringComparison.Ordinal);
            }
        }

        Assert.Equal(length, new FileInfo(VaultPath).Length);
        Assert.Throws<VaultCorruptionException>(() => StorageEngine.Open(VaultPath));
    }

    [Fact]
    public void A_scan_reads_up_to_the_place_where_the_file_was_cut()
    {
        using var engine = OpenFilled();
        var pages = engine.Statistics.PageCount;
        Assert.NotNull(engine.Get("t", Bytes.Key(0))); // so that the way to the leaves is in memory
        using (var other = File.OpenHandle(VaultPath, FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) RandomAccess.SetLength(other, FileLayout.OffsetOf(pages * 3 / 4));
        var seen = 0;
        var error = Assert.Throws<VaultCorruptionException>(() => engine.Read(snapshot =>
        {
            snapshot.TryGetTree("t", out var tree);
            using var cursor = tree!.OpenCursor();
            for (var more = cursor.SeekFirst(); more; more = cursor.MoveNext()) seen++;
            return seen;
        }));
        Assert.InRange(seen, 10, 1990);
        Assert.InRange(error.Page!.Value, pages * 3 / 4, pages);
    }

    public static TheoryData<string, Durability> Losses
    {
        get
        {
            var losses = new TheoryData<string, Durability>();
            foreach (var how in new[] { "deleted", "moved", "replaced", "replaced by a copy" })
            {
                foreach (var durability in Enum.GetValues<Durability>()) losses.Add(how, durability);
            }

            return losses;
        }
    }

    // Commits that were not flushed may be made for as long as there are few enough of them; none of them is ever called durable.
    [Theory]
    [MemberData(nameof(Losses))]
    public void A_file_that_no_longer_stands_at_its_path_is_read_on_and_no_commit_of_it_is_called_durable(string how, Durability durability)
    {
        if (OperatingSystem.IsWindows()) return;
        var model = new VaultModel();
        long durable;
        using (var engine = OpenFilled(model))
        {
            Lose(how);
            var error = Assert.Throws<IOException>(() =>
            {
                for (byte i = 0; i < 20; i++)
                {
                    engine.Write(i, static (transaction, i) => transaction.GetOrCreateTree("new").Put([i], [i]), Bytes.Timeout, durability);
                    Assert.NotEqual(Durability.Full, durability);
                }
            });
            Assert.Contains($"'{VaultPath}' has been deleted, moved or replaced while it was open", error.Message, StringComparison.Ordinal);
            durable = engine.Statistics.DurableCommitId;
            Assert.Null(engine.Read(snapshot => model["t"].Difference(snapshot.TryGetTree("t", out var tree) ? tree : null)));
            if (how == "moved") File.Move(Elsewhere, VaultPath);
        }

        if (how != "moved") return;
        using var back = StorageEngine.Open(VaultPath);
        Assert.Null(back.Read(snapshot => model["t"].Difference(snapshot.TryGetTree("t", out var tree) ? tree : null)));
        Assert.InRange(back.Statistics.CommitId, durable, long.MaxValue);
        back.Commit(static transaction => transaction.GetOrCreateTree("new").Put([1], [9]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_flush_of_commits_that_went_to_a_file_which_is_gone_fails(bool inBackground)
    {
        if (OperatingSystem.IsWindows()) return;
        using var engine = OpenFilled();
        for (byte i = 0; i < 2; i++) engine.Write(i, static (transaction, i) => transaction.GetOrCreateTree("new").Put([i], [i]), Bytes.Timeout, inBackground ? Durability.Relaxed : Durability.None);
        var durable = engine.Statistics.DurableCommitId;
        Assert.InRange(engine.Statistics.CommitId, durable + 1, durable + 1);
        Thread.Sleep(50);
        File.Delete(VaultPath);
        if (inBackground) Assert.True(SpinWait.SpinUntil(() => engine.Statistics.IsWriterPoisoned, Bytes.Timeout));
        else Assert.Contains("deleted, moved or replaced", Assert.Throws<IOException>(engine.Flush).Message, StringComparison.Ordinal);
        Assert.Equal(durable, engine.Statistics.DurableCommitId);
        Assert.Equal([1], engine.Get("new", [1])!);
    }

    [Fact]
    public void A_file_that_was_moved_and_is_back_before_the_next_commit_is_written_as_before()
    {
        using (var engine = OpenFilled())
        {
            Lose("moved");
            File.Move(Elsewhere, VaultPath);
            engine.Commit(static transaction => transaction.GetOrCreateTree("new").Put([1], [9]));
        }

        using var reopened = StorageEngine.Open(VaultPath);
        Assert.Equal([9], reopened.Get("new", [1])!);
    }

    [Fact]
    public void A_file_that_was_deleted_makes_way_for_a_new_vault_when_it_is_closed()
    {
        if (OperatingSystem.IsWindows()) return;
        using (OpenFilled()) File.Delete(VaultPath);
        Assert.Empty(Directory.GetFiles(_directory));
        using var created = StorageEngine.Open(VaultPath);
        Assert.Empty(created.Read(static snapshot => snapshot.TreeNames.ToList()));
    }

    private void Lose(string how)
    {
        switch (how)
        {
            case "deleted":
                File.Delete(VaultPath);
                break;
            case "moved":
                File.Move(VaultPath, Elsewhere);
                break;
            case "replaced":
                File.WriteAllText(Elsewhere, "something else");
                File.Move(Elsewhere, VaultPath, overwrite: true);
                break;
            default:
                File.Copy(VaultPath, Elsewhere);
                File.Move(Elsewhere, VaultPath, overwrite: true);
                break;
        }
    }

    // More rows than the cache holds.
    private StorageEngine OpenFilled(VaultModel? model = null)
    {
        var engine = StorageEngine.Open(VaultPath, new StorageOptions { CacheSize = StorageOptions.MinCacheSize, RelaxedFlushDelay = TimeSpan.FromMilliseconds(500) });
        engine.Commit(transaction =>
        {
            var tree = transaction.GetOrCreateTree("t");
            for (var i = 0; i < 2000; i++)
            {
                tree.Put(Bytes.Key(i), Bytes.Random(500, i));
                model?["t"].Rows.Add(Bytes.Key(i), Bytes.Random(500, i));
            }

            tree.Put([200], Bytes.Random(50_000, 1));
            model?["t"].Rows.Add([200], Bytes.Random(50_000, 1));
        });
        // The last commit of all, in a vault that was not closed, cannot be told from one that was being written.
        engine.Commit(static transaction => transaction.GetOrCreateTree("last").Put([1], [1]));
        return engine;
    }
}
