using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Crashes;

/// <summary>Calls that fail, once or from then on: what was acknowledged stays, and the vault opens again whole.</summary>
public class FailureTests
{
    [Theory]
    [MemberData(nameof(Workloads.Names), MemberType = typeof(Workloads))]
    public void An_error_at_any_call_loses_nothing_acknowledged(string name)
    {
        var workload = Workloads.Named(name);
        for (var failAt = 1; failAt <= workload.Size.Calls; failAt++)
        {
            foreach (var persistent in new[] { false, true })
                AssertReopens(workload, new SimulatedFaults { FailAt = failAt, FailsFromThereOn = persistent });
        }

        TestScale.Report($"failed calls of '{name}'", 2 * workload.Size.Calls);
    }

    [Theory]
    [MemberData(nameof(Workloads.Names), MemberType = typeof(Workloads))]
    public void An_error_at_any_call_reads_among_them_loses_nothing_acknowledged(string name)
    {
        var workload = Workloads.Named(name);
        var counting = new SimulatedBlockStorage(Workload.Empty, new SimulatedFaults { CountReads = true });
        Assert.Null(workload.Run(counting).Error);
        for (var failAt = 1; failAt <= counting.OperationCount; failAt++) AssertReopens(workload, new SimulatedFaults { FailAt = failAt, CountReads = true });
    }

    // As on Linux: a failed flush drops what it was to write, the next one "succeeds", and reads go on showing what is lost.
    [Theory]
    [MemberData(nameof(Workloads.Names), MemberType = typeof(Workloads))]
    public void After_a_failed_flush_opening_again_makes_durable_what_it_shows(string name)
    {
        var workload = Workloads.Named(name);
        for (var flush = 1; flush <= workload.Size.Flushes; flush++)
        {
            foreach (var keepsSome in new[] { false, true })
            {
                var storage = new SimulatedBlockStorage(Workload.Empty, new SimulatedFaults { FailingFlush = flush, FailingFlushKeepsSome = keepsSome });
                var outcome = workload.Run(storage);
                storage.Inject(new SimulatedFaults());
                Assert.Null(workload.Check(storage, outcome.Allowed, thenWrite: false));
                var shown = outcome.Allowed.Where(state => workload.Check(storage, [state], thenWrite: false) is null).ToList();
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
            for (var flush = 1; flush <= workload.Size.Flushes; flush++)
            {
                var storage = new SimulatedBlockStorage(Workload.Empty, new SimulatedFaults { FailingFlush = flush });
                var outcome = workload.Run(storage);
                for (var opening = 0; opening < 3; opening++)
                {
                    foreach (var image in storage.CrashImages().Enumerate(opening, samples: 1, enumerated: 5)) AssertHolds(workload, new SimulatedBlockStorage(image), outcome);
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

    private static void AssertReopens(Workload workload, SimulatedFaults faults)
    {
        var storage = new SimulatedBlockStorage(Workload.Empty, faults);
        var outcome = workload.Run(storage);
        storage.Inject(new SimulatedFaults());
        var images = storage.CrashImages();
        AssertHolds(workload, storage, outcome, $"{faults}");
        // And with the power gone at that moment: what the failed flush dropped is not on the disk.
        foreach (var image in images.Enumerate((int)faults.FailAt, samples: 1, enumerated: TestScale.Log(1, most: 10)).Take(TestScale.Of(6)))
            AssertHolds(workload, new SimulatedBlockStorage(image), outcome, $"{faults}, then a power failure");
    }

    private static void AssertHolds(Workload workload, SimulatedBlockStorage storage, Outcome outcome, string where = "")
    {
        try
        {
            var problem = workload.Check(storage, outcome.Allowed, thenWrite: true);
            Assert.True(problem is null, $"{workload.Name}: {where}: {problem} after {outcome.Acknowledged} acknowledged commits");
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
