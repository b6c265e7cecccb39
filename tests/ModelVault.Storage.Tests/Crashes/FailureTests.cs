using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Crashes;

/// <summary>Calls that fail, once or from then on: what was acknowledged stays, and the vault opens again whole.</summary>
public class FailureTests
{
    [Theory]
    [MemberData(nameof(Workloads.NamesAndPlans), MemberType = typeof(Workloads))]
    public void An_error_at_any_call_loses_nothing_acknowledged_and_with_a_power_failure_nothing_durable(string name, string planName)
    {
        var workload = Workloads.Named(name);
        var plan = DurabilityPlan.Named(planName);
        var calls = workload.SizeUnder(plan).Calls;
        for (var failAt = 1; failAt <= calls; failAt += TestScale.Stride)
        {
            foreach (var persistent in new[] { false, true })
                AssertReopens(workload, new SimulatedFaults { FailAt = failAt, FailsFromThereOn = persistent }, plan);
        }

        TestScale.Report($"failed calls of '{name}', {plan}", 2 * calls);
    }

    // Every write finds the disk full once. Only that of a commit's slot leaves the outcome open; at any other the commit is
    // taken back, and made when it is tried again.
    [Theory]
    [MemberData(nameof(Workloads.Names), MemberType = typeof(Workloads))]
    public void A_full_disk_at_any_write_but_a_slots_fails_one_commit_and_nothing_else(string name)
    {
        var workload = Workloads.Named(name);
        var (commits, stopped) = (workload.States.Count - 1, 0);
        for (var failAt = 1; failAt <= workload.Size.Calls; failAt++)
        {
            var storage = new SimulatedBlockStorage(Workload.Empty, new SimulatedFaults { FailAt = failAt, IsDiskFull = true });
            var outcome = workload.RunPersistently(storage);
            if (outcome.Error is null) Assert.Equal(commits, outcome.Acknowledged);
            else stopped++;
            storage.Inject(new SimulatedFaults());
            AssertHolds(workload, new SimulatedBlockStorage(storage.Snapshot()), outcome.AllowedAfterKill, $"disk full at call {failAt}");
            foreach (var image in storage.CrashImages().Enumerate(failAt, samples: 1, enumerated: 3))
                AssertHolds(workload, new SimulatedBlockStorage(image), outcome.Allowed, $"disk full at call {failAt}, then a power failure");
        }

        Assert.Equal(commits, stopped);
    }

    [Fact]
    public void A_disk_that_stays_full_is_told_each_time_and_writing_goes_on_when_there_is_room_again()
    {
        var storage = new SimulatedBlockStorage();
        using var engine = StorageEngine.Open(storage);
        engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([1], [1]));
        storage.Inject(new SimulatedFaults { FailAt = 1, FailsFromThereOn = true, IsDiskFull = true });
        for (var i = 0; i < 3; i++)
        {
            var size = i * 3_000_000;
            var error = Assert.Throws<IOException>(() => Unwrap(() => engine.Commit(transaction => transaction.GetOrCreateTree("t").Put([1], new byte[size]))));
            Assert.Contains("The disk is full", error.Message, StringComparison.Ordinal);
            Assert.Equal(DiskFullException.SystemCode, error.HResult);
            Assert.False(engine.Statistics.IsWriterPoisoned);
            Assert.Equal([1], engine.Get("t", [1])!);
        }

        storage.Inject(new SimulatedFaults());
        engine.Commit(static transaction => transaction.GetOrCreateTree("t").Put([2], new byte[3_000_000]));
        Assert.Equal(2, engine.Read(static snapshot => snapshot.TryGetTree("t", out var tree) ? tree.Count : 0));
        Assert.Null(engine.Read(SpaceAudit.Run));

        // The type is the engine's own.
        static void Unwrap(Action action)
        {
            try
            {
                action();
            }
            catch (IOException error)
            {
                throw new IOException(error.Message, error.HResult);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Workloads.Names), MemberType = typeof(Workloads))]
    public void An_error_at_any_call_reads_among_them_loses_nothing_acknowledged(string name)
    {
        var workload = Workloads.Named(name);
        var counting = new SimulatedBlockStorage(Workload.Empty, new SimulatedFaults { CountReads = true });
        Assert.Null(workload.Run(counting).Error);
        for (var failAt = 1; failAt <= counting.OperationCount; failAt += TestScale.Stride) AssertReopens(workload, new SimulatedFaults { FailAt = failAt, CountReads = true }, DurabilityPlan.Full);
    }

    // As on Linux: a failed flush drops what it was to write, the next one "succeeds", and reads go on showing what is lost.
    [Theory]
    [MemberData(nameof(Workloads.NamesAndPlans), MemberType = typeof(Workloads))]
    public void After_a_failed_flush_opening_again_makes_durable_what_it_shows(string name, string planName)
    {
        var workload = Workloads.Named(name);
        var plan = DurabilityPlan.Named(planName);
        var flushes = workload.SizeUnder(plan).Flushes;
        for (var flush = 1; flush <= flushes; flush += TestScale.Stride)
        {
            foreach (var keepsSome in new[] { false, true })
            {
                var storage = new SimulatedBlockStorage(Workload.Empty, new SimulatedFaults { FailingFlush = flush, FailingFlushKeepsSome = keepsSome });
                var outcome = workload.Run(storage, plan);
                storage.Inject(new SimulatedFaults());
                Assert.Null(workload.Check(storage, outcome.AllowedAfterKill, thenWrite: false));
                var shown = outcome.AllowedAfterKill.Where(state => workload.Check(storage, [state], thenWrite: false) is null).ToList();
                PowerFailsLater(workload, storage.CrashImages().Enumerate(flush).First(), shown);
            }
        }
    }

    // A power failure, in a commit too, no longer changes anything.
    private static void PowerFailsLater(Workload workload, DiskImage image, List<int> shown)
    {
        for (var crashAt = 1; crashAt <= 6; crashAt++)
        {
            var later = new SimulatedBlockStorage(image, new SimulatedFaults { CrashAt = crashAt });
            CommitUntilCrash(later);
            foreach (var crashed in later.CrashImages().Enumerate(crashAt, samples: 1, enumerated: TestScale.Log(3, most: 8)))
                Assert.Null(CheckAfterCommit(workload, crashed, shown));
        }
    }

    // The flush that fails is the one of closing, the disk forgets, and the power fails in the first commit after opening again.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_flush_that_fails_on_closing_takes_no_commit_with_it(bool persistent)
    {
        var workload = Workloads.All[0];
        var closingFlush = workload.Size.Calls;
        for (var crashAt = 1; crashAt <= 12; crashAt++)
        {
            var storage = new SimulatedBlockStorage(Workload.Empty, new SimulatedFaults { FailAt = closingFlush, FailsFromThereOn = persistent });
            var outcome = workload.Run(storage);
            Assert.Null(outcome.Error);
            storage.Inject(new SimulatedFaults { CrashAt = crashAt });
            CommitUntilCrash(storage);
            foreach (var image in storage.CrashImages().Enumerate(crashAt, samples: TestScale.Of(4), enumerated: 9))
                Assert.Null(CheckAfterCommit(workload, image, outcome.Allowed));
        }
    }

    // The disk fails opening after opening, and then the power does.
    [Fact]
    public void Healing_that_fails_again_and_again_loses_nothing_acknowledged()
    {
        foreach (var workload in Workloads.All.Take(3))
        {
            for (var flush = 1; flush <= workload.Size.Flushes; flush += TestScale.Stride)
            {
                var storage = new SimulatedBlockStorage(Workload.Empty, new SimulatedFaults { FailingFlush = flush });
                var outcome = workload.Run(storage);
                for (var opening = 0; opening < 3; opening++)
                {
                    foreach (var image in storage.CrashImages().Enumerate(opening, samples: 1, enumerated: 5)) AssertHolds(workload, new SimulatedBlockStorage(image), outcome.Allowed);
                    storage.Inject(new SimulatedFaults { FailingFlush = 1 + (opening % 2) });
                    try
                    {
                        StorageEngine.Open(storage).Dispose();
                    }
                    catch (IOException)
                    {
                    }
                }

                for (var crashAt = 1; crashAt <= 5; crashAt++)
                {
                    var power = new SimulatedFaults { CrashAt = crashAt };
                    storage.Inject(power);
                    CommitUntilCrash(storage);
                    if (!storage.HasCrashed) continue;
                    foreach (var image in storage.CrashImages().Enumerate(crashAt, samples: 2, enumerated: 6))
                        Assert.Null(CheckAfterCommit(workload, image, outcome.Allowed));
                    break;
                }
            }
        }
    }

    [Fact]
    public void A_failed_flush_stops_the_writer_and_reading_goes_on()
    {
        var storage = new SimulatedBlockStorage();
        using var engine = StorageEngine.Open(storage);
        engine.Commit(transaction => transaction.GetOrCreateTree("t").Put([1], [1]));
        storage.Inject(new SimulatedFaults { FailingFlush = 1 });
        var transaction = engine.BeginWrite(Bytes.Timeout);
        transaction.GetOrCreateTree("t").Put([1], [2]);
        Assert.Contains("not known", Assert.Throws<IOException>(transaction.Commit).Message, StringComparison.Ordinal);
        Assert.Equal([1], engine.Get("t", [1])!);
        var refused = Assert.Throws<VaultTransactionException>(() => engine.BeginWrite(Bytes.Timeout));
        Assert.Equal(VaultErrorCode.WriterPoisoned, refused.Code);
        Assert.IsType<IOException>(refused.InnerException);
        Assert.True(engine.Statistics.IsWriterPoisoned);
    }

    private static void AssertReopens(Workload workload, SimulatedFaults faults, DurabilityPlan plan)
    {
        var storage = new SimulatedBlockStorage(Workload.Empty, faults);
        var outcome = workload.Run(storage, plan);
        storage.Inject(new SimulatedFaults());
        var images = storage.CrashImages();
        AssertHolds(workload, storage, outcome.AllowedAfterKill, $"{plan}, {faults}");
        // And with the power gone at that moment: what the failed flush dropped is not on the disk.
        foreach (var image in images.Enumerate((int)faults.FailAt, samples: 1, enumerated: TestScale.Log(1, most: 10)).Take(TestScale.Of(6)))
            AssertHolds(workload, new SimulatedBlockStorage(image), outcome.Allowed, $"{plan}, {faults}, then a power failure");
    }

    private static void AssertHolds(Workload workload, SimulatedBlockStorage storage, IEnumerable<int> allowed, string where = "")
    {
        try
        {
            var problem = workload.Check(storage, allowed, thenWrite: true);
            Assert.True(problem is null, $"{workload.Name}: {where}: {problem} instead of one of {string.Join(", ", allowed)}");
        }
        catch (VaultException error)
        {
            Assert.Fail($"{workload.Name}: {where}: {error}");
        }
    }

    private static void CommitUntilCrash(SimulatedBlockStorage storage)
    {
        try
        {
            using var engine = StorageEngine.Open(storage);
            engine.Commit(static transaction => transaction.GetOrCreateTree("later").Put([1], [1]));
        }
        catch (Exception error) when (error is IOException or VaultTransactionException)
        {
        }
    }

    // The state of the workload, with or without what CommitUntilCrash was about to add.
    private static string? CheckAfterCommit(Workload workload, DiskImage image, IEnumerable<int> states)
    {
        using var engine = StorageEngine.Open(new SimulatedBlockStorage(image));
        return engine.Read(snapshot =>
        {
            string? difference = null;
            foreach (var state in states.Where(state => state < workload.States.Count))
            {
                var with = workload.States[state].Clone();
                with["later"].Rows[[1]] = [1];
                difference = workload.States[state].Difference(snapshot);
                if (difference is null || with.Difference(snapshot) is null) return SpaceAudit.Run(snapshot);
            }

            return difference;
        });
    }
}
