using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Compaction;

public sealed class CompactionTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("modelvault-compact-").FullName;

    private string VaultPath => Path.Combine(_directory, "a.modelvault");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_compacted_vault_holds_what_it_held_and_what_was_written_meanwhile()
    {
        var place = new SimulatedPlace(new SimulatedBlockStorage());
        var script = new CompactionScript();
        Assert.Null(script.Run(place));
        Assert.Equal(12, script.Acknowledged);
        Assert.Same(place.Replacement, place.Vault);
        using var engine = StorageEngine.Open(new SimulatedBlockStorage(place.Vault.Snapshot()));
        Assert.Null(engine.Read(snapshot => script.Newest.Difference(snapshot) ?? SpaceAudit.Run(snapshot)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void After_churn_the_file_is_within_a_fifth_of_its_data(bool overflow)
    {
        var (rows, size) = overflow ? (300, 24_000) : (20_000, 200);
        long data = 0;
        using (var engine = StorageEngine.Open(VaultPath))
        {
            var random = new Random(1);
            var keys = Enumerable.Range(0, rows).ToArray();
            for (var i = 0; i < rows * 2; i += 100)
            {
                engine.Commit(transaction =>
                {
                    var tree = transaction.GetOrCreateTree("rows");
                    for (var j = 0; j < 100; j++)
                    {
                        var at = (i + j) % rows;
                        tree.Delete(Bytes.Key(keys[at]));
                        keys[at] = random.Next();
                        tree.Put(Bytes.Key(keys[at]), Bytes.Random(size, at));
                    }
                });
            }

            var before = new FileInfo(VaultPath).Length;
            data = (long)rows * (size + 8);
            Assert.True(before > data * 3 / 2, $"{before} bytes for {data}: there is nothing to compact.");
            engine.Compact();
            Assert.Equal(rows, engine.Read(static snapshot => snapshot.TryGetTree("rows", out var tree) ? tree.Count : 0));
            Assert.InRange(new FileInfo(VaultPath).Length, data, data * 12 / 10);
            Assert.Equal(new FileInfo(VaultPath).Length, engine.Statistics.FileBytes);
            for (var i = 0; i < 10; i++) engine.Commit(transaction => transaction.GetOrCreateTree("rows").Put(Bytes.Key(i), [1]));
        }

        Assert.Equal([VaultPath], Directory.GetFiles(_directory));
        Assert.InRange(new FileInfo(VaultPath).Length, data, (data * 12 / 10) + (1 << 20));
        using var reopened = StorageEngine.Open(VaultPath);
        Assert.Null(reopened.Read(SpaceAudit.Run));
    }

    [Fact]
    public async Task Reading_goes_on_during_it_and_snapshots_from_before_stay_readable_after_it()
    {
        using var engine = StorageEngine.Open(VaultPath);
        var script = new CompactionScript();
        script.Fill(engine);
        var before = engine.AcquireSnapshot();
        var model = script.Newest.Clone();
        using var stop = new CancellationTokenSource();
        var reads = 0;
        var reader = Task.Run(() =>
        {
            for (; !stop.IsCancellationRequested; Interlocked.Increment(ref reads)) Assert.Null(engine.Read(model.Difference));
        });
        for (var i = 0; i < 5 || (Volatile.Read(ref reads) < 5 && !reader.IsCompleted); i++) engine.Compact();
        stop.Cancel();
        await reader;
        Assert.Equal(before.CommitId, engine.Statistics.OldestSnapshotCommitId);
        Assert.Null(model.Difference(before));
        before.Release();
        Assert.Throws<ObjectDisposedException>(() => before.TryGetTree("rows", out _));
        Assert.Null(engine.Read(snapshot => model.Difference(snapshot) ?? SpaceAudit.Run(snapshot)));
    }

    [Fact]
    public async Task Writers_lose_nothing_while_it_is_compacted_again_and_again()
    {
        var model = new VaultModel();
        using (var engine = StorageEngine.Open(VaultPath))
        {
            using var stop = new CancellationTokenSource();
            var writers = Enumerable.Range(0, 3).Select(writer => Task.Run(() =>
            {
                var rows = 0;
                for (; !stop.IsCancellationRequested; rows++)
                {
                    var (key, value) = (Bytes.Key((rows * 4L) + writer), Bytes.Random(rows % 40 == 0 ? 9_000 : 100, rows));
                    var durability = (Durability)(rows % 3);
                    engine.Write((key, value), static (transaction, row) => transaction.GetOrCreateTree("rows").Put(row.key, row.value), Bytes.Timeout, durability);
                }

                return rows;
            })).ToArray();
            for (var i = 0; i < TestScale.Of(15); i++) engine.Compact();
            stop.Cancel();
            var written = await Task.WhenAll(writers);
            for (var writer = 0; writer < written.Length; writer++)
            {
                for (var row = 0; row < written[writer]; row++)
                    model["rows"].Rows[Bytes.Key((row * 4L) + writer)] = Bytes.Random(row % 40 == 0 ? 9_000 : 100, row);
            }

            Assert.Null(engine.Read(snapshot => model.Difference(snapshot) ?? SpaceAudit.Run(snapshot)));
        }

        using var reopened = StorageEngine.Open(VaultPath);
        Assert.Null(reopened.Read(model.Difference));
    }

    [Fact]
    public void A_tree_that_is_opened_again_is_not_taken_for_what_it_was_in_the_old_file()
    {
        using var engine = StorageEngine.OpenInMemory();
        var seen = new HashSet<ulong>();
        for (var i = 0; i < 20; i++)
        {
            engine.Commit(transaction => transaction.GetOrCreateTree("t").Put([1], [(byte)i]));
            Assert.True(seen.Add(engine.Read(static snapshot => snapshot.TryGetTree("t", out var tree) ? tree.ContentId : 0)), $"State {i} looks like an earlier one.");
            engine.Compact();
        }
    }

    [Fact]
    public void Commits_are_numbered_on()
    {
        using var engine = StorageEngine.OpenInMemory();
        engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [1]));
        for (var i = 0; i < 3; i++)
        {
            long before = 0;
            engine.Compact(new Reports(_ =>
            {
                for (var j = 0; j < 30; j++) engine.Commit(transaction => transaction.GetOrCreateTree("t").Put([2], [(byte)j]));
                before = engine.Statistics.CommitId;
            }));
            Assert.Equal(before + 1, engine.Statistics.CommitId);
            Assert.Equal(before + 1, engine.Statistics.DurableCommitId);
        }
    }

    [Fact]
    public void It_reports_how_far_it_is_and_can_be_given_up()
    {
        using var engine = StorageEngine.Open(VaultPath);
        engine.Commit(static transaction =>
        {
            var tree = transaction.GetOrCreateTree("rows");
            for (var i = 0; i < 20_000; i++) tree.Put(Bytes.Key(i), Bytes.Random(50, i));
        });
        var reports = new List<CompactionProgress>();
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => engine.Compact(new Reports(report =>
        {
            reports.Add(report);
            stop.Cancel();
        }), stop.Token));
        Assert.Equal([new CompactionProgress(4096, 20_000)], reports);
        Assert.False(File.Exists(VaultPath + ".compact"));
        reports.Clear();
        engine.Compact(new Reports(reports.Add));
        Assert.Equal([4096, 8192, 12288, 16384, 20_000], reports.Select(static report => report.Rows));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Closing_the_vault_ends_it(bool isLate)
    {
        var script = new CompactionScript();
        var engine = StorageEngine.Open(VaultPath);
        script.Fill(engine);
        // Early: there is much to copy yet. Late: everything is copied, and the file is about to take the place.
        var closed = 0;
        var error = Record.Exception(() => engine.Compact(new Reports(report =>
        {
            if ((report.Rows < report.TotalRows) == isLate || closed++ > 0) return;
            engine.Dispose();
        })));
        Assert.IsAssignableFrom<ObjectDisposedException>(error);
        Assert.Equal([VaultPath], Directory.GetFiles(_directory));
        using var reopened = StorageEngine.Open(VaultPath);
        Assert.Null(reopened.Read(snapshot => script.Newest.Difference(snapshot) ?? SpaceAudit.Run(snapshot)));
    }

    [Fact]
    public void What_cannot_be_compacted_says_so()
    {
        using (var borrowed = StorageEngine.Open(new MemoryBlockStorage())) Assert.Throws<NotSupportedException>(() => borrowed.Compact());
        using (var engine = StorageEngine.Open(VaultPath))
        {
            engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [1]));
            Assert.Throws<InvalidOperationException>(() => engine.Compact(new Reports(_ => engine.Compact())));
            engine.Write(0, (_, _) => Assert.Throws<VaultTransactionException>(() => engine.Compact()), Bytes.Timeout);
            engine.Compact();
        }

        using var reader = StorageEngine.Open(VaultPath, new StorageOptions { ReadOnly = true });
        Assert.Throws<VaultReadOnlyException>(() => reader.Compact());
    }

    [Fact]
    public void What_a_killed_compaction_left_is_removed_at_the_next_opening()
    {
        using (var engine = StorageEngine.Open(VaultPath)) engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [1]));
        File.WriteAllText(VaultPath + ".compact", "half");
        using (var reader = StorageEngine.Open(VaultPath, new StorageOptions { ReadOnly = true })) Assert.Equal([1], reader.Get("t", [1])!);
        using (var engine = StorageEngine.Open(VaultPath)) Assert.False(File.Exists(VaultPath + ".compact"));
    }

    [Fact]
    public void The_new_file_has_the_permissions_of_the_old_one()
    {
        if (OperatingSystem.IsWindows()) return;
        using var engine = StorageEngine.Open(VaultPath);
        File.SetUnixFileMode(VaultPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        engine.Compact();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(VaultPath));
        File.SetUnixFileMode(VaultPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        engine.Compact();
        Assert.True(File.GetUnixFileMode(VaultPath).HasFlag(UnixFileMode.OtherRead));
    }

    [Fact]
    public void The_power_may_fail_at_every_call_on_the_new_file_and_on_the_old_one()
    {
        var images = 0L;
        foreach (var onReplacement in (ReadOnlySpan<bool>)[true, false])
        {
            for (var crashAt = 1; ; crashAt += TestScale.Stride)
            {
                var faults = new SimulatedFaults { CrashAt = crashAt };
                var place = new SimulatedPlace(new SimulatedBlockStorage(Crashes.Workload.Empty, onReplacement ? null : faults)) { Faults = onReplacement ? faults : new SimulatedFaults() };
                var script = new CompactionScript();
                var error = script.Run(place);
                foreach (var image in place.Images(crashAt))
                {
                    images++;
                    var problem = script.Check(image);
                    Assert.True(problem is null, $"{(onReplacement ? "new" : "old")} file, call {crashAt}: {problem}");
                }

                if (error is not null) continue;
                Assert.InRange(crashAt, 20, 500);
                break;
            }
        }

        TestScale.Report("crash images of compaction", images);
    }

    [Theory]
    [InlineData("create")]
    [InlineData("replace")]
    [InlineData("replaced")]
    [InlineData("flush")]
    [InlineData("flushed")]
    public void The_power_may_fail_at_every_step_of_the_replacement(string step)
    {
        var place = new SimulatedPlace(new SimulatedBlockStorage());
        var script = new CompactionScript();
        var (images, acknowledged) = (new List<DiskImage>(), 0);
        place.OnStep = name =>
        {
            if (name == step) (images, acknowledged) = ([.. place.Images(1)], script.Acknowledged);
        };
        Assert.Null(script.Run(place));
        Assert.NotEmpty(images);
        Assert.All(images, image => Assert.Null(script.Check(image, acknowledged)));
    }

    [Fact]
    public void An_error_at_any_call_on_the_new_file_leaves_the_vault_as_it_was()
    {
        var failures = 0;
        for (var failAt = 1; ; failAt += TestScale.Stride)
        {
            var place = new SimulatedPlace(new SimulatedBlockStorage()) { Faults = new SimulatedFaults { FailAt = failAt, CountReads = failAt % 2 == 0 } };
            var script = new CompactionScript();
            using var engine = StorageEngine.Open(place.Vault, null, place);
            script.Fill(engine);
            var vault = place.Vault;
            try
            {
                engine.Compact();
                Assert.NotSame(vault, place.Vault);
                if (place.Replacement!.OperationCount < failAt) break;
                // The error met the closing of the copy, which is written once more after it.
            }
            catch (IOException)
            {
                Assert.Same(vault, place.Vault);
                Assert.Equal(1, place.Discarded);
                failures++;
            }

            Assert.False(engine.Statistics.IsWriterPoisoned);
            engine.Commit(static transaction => transaction.GetOrCreateTree("empty").Put([1], [1]));
            script.Newest["empty"].Rows[[1]] = [1];
            Assert.Null(engine.Read(snapshot => script.Newest.Difference(snapshot) ?? SpaceAudit.Run(snapshot)));
        }

        Assert.InRange(failures * TestScale.Stride, 20, 300);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_file_that_cannot_be_made_or_renamed_leaves_the_vault_as_it_was(bool failsToCreate, bool failsToReplace)
    {
        var place = new SimulatedPlace(new SimulatedBlockStorage()) { FailsToCreate = failsToCreate, FailsToReplace = failsToReplace };
        var script = new CompactionScript();
        using var engine = StorageEngine.Open(place.Vault, null, place);
        script.Fill(engine);
        Assert.Throws<IOException>(() => engine.Compact());
        Assert.Equal(failsToReplace ? 1 : 0, place.Discarded);
        Assert.Null(engine.Read(script.Newest.Difference));
        engine.Commit(static transaction => transaction.GetOrCreateTree("rows").Put([1], [1]));
    }

    [Fact]
    public void A_replacement_that_may_not_last_stops_the_writer()
    {
        var place = new SimulatedPlace(new SimulatedBlockStorage()) { FailsToFlush = true };
        var script = new CompactionScript();
        using var engine = StorageEngine.Open(place.Vault, null, place);
        script.Fill(engine);
        var error = Assert.Throws<IOException>(() => engine.Compact());
        Assert.Contains("power failure may bring the old file back", error.Message, StringComparison.Ordinal);
        Assert.True(engine.Statistics.IsWriterPoisoned);
        Assert.Throws<VaultTransactionException>(() => engine.Commit(static transaction => transaction.GetOrCreateTree("rows").Put([1], [1])));
        Assert.Null(engine.Read(script.Newest.Difference));
        Assert.Equal(0, place.Discarded);
        // Whichever of the two files is there.
        Assert.All(place.Images(1), image => Assert.Null(script.Check(image)));
    }

    private sealed class Reports(Action<CompactionProgress> report) : IProgress<CompactionProgress>
    {
        public void Report(CompactionProgress value) => report(value);
    }
}
