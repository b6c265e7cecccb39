using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Crashes;

/// <summary>The power fails at every call of scripted workloads, and during the recovery from that too.</summary>
public class CrashTests
{
    private long _images;

    [Theory]
    [MemberData(nameof(Workloads.NamesAndPlans), MemberType = typeof(Workloads))]
    public void A_power_failure_at_any_call_loses_nothing_durable_and_leaves_a_commit_that_was_made(string name, string planName)
    {
        var workload = Workloads.Named(name);
        var plan = DurabilityPlan.Named(planName);
        var calls = workload.SizeUnder(plan).Calls;
        var recoveryEvery = plan == DurabilityPlan.Full ? 8 : 32;
        for (var crashAt = 1; crashAt <= calls; crashAt++)
        {
            var storage = new SimulatedBlockStorage(Workload.Empty, new SimulatedFaults { CrashAt = crashAt });
            var outcome = workload.Run(storage, plan);
            Assert.True(storage.HasCrashed);
            var number = 0;
            foreach (var image in storage.CrashImages().Enumerate(seed: crashAt, samples: TestScale.Of(2), enumerated: TestScale.Log(3, most: 12)))
            {
                var where = $"{name}, {plan}: power failure at call {crashAt}, image {number}";
                AssertRecovers(workload, image, outcome, where);
                if (number++ % recoveryEvery != 0) continue;
                CrashInRecovery(workload, image, outcome, where, depth: 2);
                if (plan != DurabilityPlan.Full) CrashInLaterCommits(workload, image, outcome, where, seed: crashAt);
            }
        }

        TestScale.Report($"crash points of '{name}', {plan}", calls);
        TestScale.Report($"crash images of '{name}', {plan}", _images);
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

    // Opened again, more commits are made, none of which waits for the disk; then the power fails at one of their calls.
    private void CrashInLaterCommits(Workload workload, DiskImage image, Outcome outcome, string where, int seed)
    {
        var crashAt = 1 + (seed * 7 % 31);
        var storage = new SimulatedBlockStorage(image, new SimulatedFaults { CrashAt = crashAt });
        var (shown, made, durable) = (-1, 0, 0);
        StorageEngine? engine = null;
        try
        {
            engine = StorageEngine.Open(storage);
            shown = outcome.Allowed.First(state => state < workload.States.Count && engine.Read(workload.States[state].Difference) is null);
            for (; made < 9; made++)
            {
                var number = made;
                using var transaction = engine.BeginWrite(Bytes.Timeout, Durability.None);
                transaction.GetOrCreateTree("later").Put([(byte)number], Bytes.Random(300, number));
                transaction.Commit();
                if (engine.Statistics is var now && now.DurableCommitId == now.CommitId) durable = made + 1;
            }
        }
        catch (Exception error) when (error is IOException or VaultTransactionException)
        {
        }
        finally
        {
            engine?.Dispose();
        }

        foreach (var again in storage.CrashImages().Enumerate(seed, samples: 2, enumerated: 3))
        {
            _images++;
            using var reopened = StorageEngine.Open(new SimulatedBlockStorage(again));
            var problem = reopened.Read(snapshot => SpaceAudit.Run(snapshot) ?? LaterDifference(snapshot));
            Assert.True(problem is null, $"{where}, then at call {crashAt} of an opening that shows {shown} and makes {made} commits, {durable} of them durable: {problem}");
        }

        string? LaterDifference(Snapshot snapshot)
        {
            var later = snapshot.TryGetTree("later", out var tree) ? (int)tree.Count : 0;
            if (later < durable || later > made + 1) return $"{later} commits";
            // What was shown stays once something durable stands on it.
            foreach (var state in durable > 0 ? [shown] : outcome.Allowed.Where(state => state < workload.States.Count))
            {
                var expected = workload.States[state].Clone();
                for (var i = 0; i < later; i++) expected["later"].Rows[[(byte)i]] = Bytes.Random(300, i);
                if (expected.Difference(snapshot) is null) return null;
            }

            return $"no state with {later} commits";
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
