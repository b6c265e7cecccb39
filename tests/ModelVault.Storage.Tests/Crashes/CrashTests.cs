using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Crashes;

/// <summary>The power fails at every call of scripted workloads, and during the recovery from that too.</summary>
public class CrashTests
{
    private long _images;

    [Theory]
    [MemberData(nameof(Workloads.Names), MemberType = typeof(Workloads))]
    public void A_power_failure_at_any_call_loses_nothing_acknowledged_and_leaves_no_half_commit(string name)
    {
        var workload = Workloads.Named(name);
        for (var crashAt = 1; crashAt <= workload.Size.Calls; crashAt++)
        {
            var storage = new SimulatedBlockStorage(Workload.Empty, new SimulatedFaults { CrashAt = crashAt });
            var outcome = workload.Run(storage);
            Assert.True(storage.HasCrashed);
            var number = 0;
            foreach (var image in storage.CrashImages().Enumerate(seed: crashAt, samples: TestScale.Of(2), enumerated: TestScale.Log(3, most: 12)))
            {
                var where = $"{name}: power failure at call {crashAt}, image {number}";
                AssertRecovers(workload, image, outcome, where);
                if (number++ % 8 == 0) CrashInRecovery(workload, image, outcome, where, depth: 2);
            }
        }

        TestScale.Report($"crash points of '{name}'", workload.Size.Calls);
        TestScale.Report($"crash images of '{name}'", _images);
    }

    // Recovery takes the power failure at each of its calls, and so does the recovery from that.
    private void CrashInRecovery(Workload workload, DiskImage image, Outcome outcome, string where, int depth)
    {
        for (var crashAt = 1; ; crashAt++)
        {
            var storage = new SimulatedBlockStorage(image, new SimulatedFaults { CrashAt = crashAt });
            try
            {
                StorageEngine.Open(storage).Dispose();
            }
            catch (SimulatedCrashException)
            {
            }

            if (!storage.HasCrashed) return;
            foreach (var again in storage.CrashImages().Enumerate(crashAt, samples: 1, enumerated: TestScale.Log(1, most: 8)))
            {
                AssertRecovers(workload, again, outcome, $"{where}, then at call {crashAt} of recovery");
                if (depth > 1 && crashAt == 2) CrashInRecovery(workload, again, outcome, where, depth - 1);
            }
        }
    }

    private void AssertRecovers(Workload workload, DiskImage image, Outcome outcome, string where)
    {
        _images++;
        try
        {
            var problem = workload.Check(new SimulatedBlockStorage(image), outcome.Allowed, thenWrite: true);
            Assert.True(problem is null, $"{where}: {problem} after {outcome.Acknowledged} acknowledged commits");
        }
        catch (VaultException error)
        {
            Assert.Fail($"{where}: {error}");
        }
    }
}
