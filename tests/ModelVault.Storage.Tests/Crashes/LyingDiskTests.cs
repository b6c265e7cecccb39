using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Crashes;

/// <summary>
/// A disk that reports a flush done that was not. Nothing can promise that no commit is lost then; what is promised is that a
/// vault shows an older commit, or says that it is damaged, and never gives a wrong answer.
/// </summary>
public class LyingDiskTests
{
    private long _older;
    private long _refused;

    [Theory]
    [MemberData(nameof(Workloads.Names), MemberType = typeof(Workloads))]
    public void A_flush_that_lies_leads_to_an_older_commit_or_a_clear_error(string name)
    {
        var workload = Workloads.Named(name);
        for (var flush = 1; flush <= workload.Size.Flushes; flush += TestScale.Stride)
        {
            foreach (var faults in new[]
            {
                new SimulatedFaults { LyingFlush = flush },
                new SimulatedFaults { LyingFlush = flush, LiesForget = true },
                new SimulatedFaults { LyingFlush = flush, LiesFromThereOn = true },
            })
            {
                // The power fails at the next calls, until the next flush and beyond.
                for (var later = 1; later <= 6; later++) LieAndFail(workload, faults, later);
            }
        }

        TestScale.Report($"lying disks of '{name}' that show a commit", _older);
        TestScale.Report($"lying disks of '{name}' that are refused", _refused);
    }

    // What a commit freed is not reused by the next one. Without that rule this fails: the commit after the lost one would have
    // written over pages of the commit before it.
    [Fact]
    public void One_lost_commit_leaves_the_commit_before_it_whole_while_the_next_one_is_written()
    {
        foreach (var workload in Workloads.All)
        {
            for (var flush = 1; flush <= workload.Size.Flushes; flush += TestScale.Stride)
            {
                var storage = new SimulatedBlockStorage(Workload.Empty, new SimulatedFaults { LyingFlush = flush, LiesForget = true, CrashAfterLie = 1 });
                var outcome = workload.Run(storage);
                var images = storage.CrashImages();
                // Any of the next commit's pages, and not its slot (one block), which would say that the lost commit was there.
                if (images.UnsyncedBlocks == 1) continue;
                foreach (var image in images.Enumerate(flush, samples: 2, enumerated: 6))
                {
                    var problem = workload.Check(new SimulatedBlockStorage(image), [outcome.Acknowledged - 1, outcome.Acknowledged], thenWrite: true);
                    Assert.True(problem is null, $"{workload.Name}: flush {flush} lost: {problem}");
                }
            }
        }
    }

    private void LieAndFail(Workload workload, SimulatedFaults faults, int later)
    {
        var storage = new SimulatedBlockStorage(Workload.Empty, faults with { CrashAfterLie = later });
        var outcome = workload.Run(storage);
        foreach (var image in storage.CrashImages().Enumerate(later, samples: 1, enumerated: TestScale.Log(2, most: 9)).Take(TestScale.Of(5)))
        {
            try
            {
                using var engine = StorageEngine.Open(new SimulatedBlockStorage(image));
                var problem = engine.Read(snapshot => Difference(workload, snapshot, outcome));
                Assert.True(problem is null, $"{workload.Name}: {faults}, power failure {later} calls later: {problem}");
                _older++;
                WriteOn(engine);
            }
            catch (VaultCorruptionException)
            {
                _refused++;
            }
        }
    }

    private static string? Difference(Workload workload, Snapshot snapshot, Outcome outcome)
    {
        string? difference = null;
        foreach (var state in outcome.AllowedAfterLies.Where(state => state < workload.States.Count))
        {
            difference ??= workload.States[state].Difference(snapshot);
            if (workload.States[state].Difference(snapshot) is null) return null;
        }

        return difference;
    }

    private static void WriteOn(StorageEngine engine)
    {
        for (var i = 0; i < 3; i++)
        {
            var key = Bytes.Key(i);
            engine.Commit(transaction => transaction.GetOrCreateTree("later").Put(key, key));
            Assert.Equal(key, engine.Get("later", key));
        }
    }
}
