using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Crashes;

/// <summary>The power fails at every call of scripted workloads, and during the recovery from that too.</summary>
public class CrashTests
{
    public static TheoryData<string> Workloads => [.. Workload.All().Select(static workload => workload.Name)];

    [Theory]
    [MemberData(nameof(Workloads))]
    public void A_power_failure_at_any_call_loses_nothing_acknowledged_and_leaves_no_half_commit(string name)
    {
        var workload = Workload.All().Single(workload => workload.Name == name);
        var calls = CountCalls(workload);
        // Beyond the budget of a run, every n-th call, beginning elsewhere each time the scale changes.
        var budget = Math.Max(1, TestScale.Of(24) / workload.Cost);
        var step = Math.Max(1, calls / budget);
        for (var crashAt = 1 + (budget % step); crashAt <= calls; crashAt += step) CrashAt(workload, crashAt);
    }

    [Theory]
    [MemberData(nameof(Workloads))]
    public void A_failed_call_leaves_a_vault_that_reads_on_and_reopens_whole(string name)
    {
        var workload = Workload.All().Single(workload => workload.Name == name);
        var calls = CountCalls(workload);
        var step = Math.Max(1, calls / Math.Max(1, TestScale.Of(16) / workload.Cost));
        for (var failAt = 1; failAt <= calls; failAt += step)
        {
            foreach (var persistent in new[] { false, true })
            {
                var storage = new SimulatedBlockStorage(Empty(), new SimulatedFaults { FailAt = failAt, FailsFromThereOn = persistent });
                var (acknowledged, attempted, _) = workload.Run(storage);
                storage.Inject(new SimulatedFaults());
                var images = storage.CrashImages();
                AssertRecovers(workload, storage, acknowledged, attempted, $"{name}: error at call {failAt}, persistent: {persistent}");
                // And with the power gone at that moment: what the failed flush dropped is not on the disk.
                foreach (var image in images.Enumerate(failAt, samples: 2))
                    AssertRecovers(workload, new SimulatedBlockStorage(image), acknowledged, attempted, $"{name}: power failure after error at call {failAt}");
            }
        }
    }

    [Fact]
    public void After_a_failed_flush_reopening_makes_durable_what_it_shows()
    {
        var workload = Workload.All().First();
        var calls = CountCalls(workload);
        for (var failAt = 1; failAt <= calls; failAt++)
        {
            var storage = new SimulatedBlockStorage(Empty(), new SimulatedFaults { FailAt = failAt });
            workload.Run(storage);
            storage.Inject(new SimulatedFaults());
            var (shown, problem) = workload.StateOf(storage, thenWrite: false);
            Assert.Null(problem);
            // Reopened and closed: from here on a power failure changes nothing.
            foreach (var image in storage.CrashImages().Enumerate(failAt))
                Assert.Equal((shown, null), workload.StateOf(new SimulatedBlockStorage(image), thenWrite: false));
        }
    }

    private static void CrashAt(Workload workload, int crashAt)
    {
        var storage = new SimulatedBlockStorage(Empty(), new SimulatedFaults { CrashAt = crashAt });
        var (acknowledged, attempted, _) = workload.Run(storage, reopenAfter: workload.States.Count / 2);
        var number = 0;
        foreach (var image in storage.CrashImages().Enumerate(seed: crashAt, samples: TestScale.Of(3), enumerated: 6 - Math.Min(3, workload.Cost)))
        {
            var where = $"{workload.Name}: power failure at call {crashAt}, image {number}";
            AssertRecovers(workload, new SimulatedBlockStorage(image), acknowledged, attempted, where);
            if (number++ % 10 == 0) CrashInRecovery(workload, image, acknowledged, attempted, where, depth: 2);
        }
    }

    private static void CrashInRecovery(Workload workload, byte[] image, int acknowledged, bool attempted, string where, int depth)
    {
        for (var crashAt = 1; crashAt <= 4; crashAt++)
        {
            var storage = new SimulatedBlockStorage(image, new SimulatedFaults { CrashAt = crashAt });
            try
            {
                workload.StateOf(storage, thenWrite: false);
                return;
            }
            catch (SimulatedCrashException)
            {
                foreach (var again in storage.CrashImages().Enumerate(crashAt, samples: 2, enumerated: 2))
                {
                    AssertRecovers(workload, new SimulatedBlockStorage(again), acknowledged, attempted, $"{where}, then at call {crashAt} of recovery");
                    if (depth > 1 && crashAt == 2) CrashInRecovery(workload, again, acknowledged, attempted, where, depth - 1);
                }
            }
        }
    }

    private static void AssertRecovers(Workload workload, SimulatedBlockStorage storage, int acknowledged, bool attempted, string where)
    {
        try
        {
            var (state, problem) = workload.StateOf(storage, thenWrite: true);
            Assert.True(problem is null, $"{where}: {problem}");
            // Two states may hold the same rows, so the numbers are compared by content.
            var isAllowed = SameRows(workload, state, acknowledged) || (attempted && SameRows(workload, state, acknowledged + 1));
            Assert.True(isAllowed, $"{where}: state {state} after {acknowledged} acknowledged commits");
        }
        catch (VaultException error)
        {
            Assert.Fail($"{where}: {error}");
        }
    }

    private static bool SameRows(Workload workload, int a, int b) =>
        b < workload.States.Count && (a == b || workload.States[a].Rows.SequenceEqual(workload.States[b].Rows));

    private static int CountCalls(Workload workload)
    {
        var storage = new SimulatedBlockStorage(Empty());
        Assert.Null(workload.Run(storage, reopenAfter: workload.States.Count / 2).Error);
        return (int)storage.OperationCount;
    }

    private static byte[] Empty()
    {
        var storage = new MemoryBlockStorage();
        StorageEngine.Open(storage).Dispose();
        return storage.ToArray();
    }
}
