using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Crashes;

/// <summary>The power fails at every call of a scripted workload, and during the recovery from that too.</summary>
internal sealed class CrashRun(Workload workload, DurabilityPlan plan)
{
    private long _images;

    public void Run()
    {
        var calls = workload.SizeUnder(plan).Calls;
        var recoveryEvery = plan == DurabilityPlan.Full ? 8 : 32;
        for (var crashAt = 1; crashAt <= calls; crashAt += TestScale.Stride)
        {
            var storage = new SimulatedBlockStorage(Workload.Empty, new SimulatedFaults { CrashAt = crashAt });
            var outcome = workload.Run(storage, plan);
            Assert.True(storage.HasCrashed);
            var number = 0;
            foreach (var image in storage.CrashImages().Enumerate(seed: crashAt, samples: TestScale.Of(2), enumerated: TestScale.Log(3, most: 12)))
            {
                // Under the plans that wait for nothing there are many unflushed blocks: every other image does at scale 1.
                if (plan != DurabilityPlan.Full && TestScale.Factor <= 1 && (number + crashAt) % 2 != 0)
                {
                    number++;
                    continue;
                }

                var where = $"{workload.Name}, {plan}: power failure at call {crashAt}, image {number}";
                AssertRecovers(image, outcome, where);
                if (number++ % recoveryEvery != 0) continue;
                CrashInRecovery(image, outcome, where, depth: crashAt % 16 == 2 ? 3 : 2);
                if (plan != DurabilityPlan.Full) CrashInLaterCommits(image, outcome, where, seed: crashAt);
            }
        }

        TestScale.Report($"crash points of '{workload.Name}', {plan}", calls);
        TestScale.Report($"crash images of '{workload.Name}', {plan}", _images);
    }

    // Recovery takes the power failure at each of its calls, and so does the recovery from that, and now and then the one from that.
    private void CrashInRecovery(DiskImage image, Outcome outcome, string where, int depth)
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
                AssertRecovers(again, outcome, $"{where}, then at call {crashAt} of recovery");
                if (depth > 1 && crashAt == 2) CrashInRecovery(again, outcome, where, depth - 1);
            }
        }
    }

    // Opened again, more commits are made, none of which waits for the disk; then the power fails at one of their calls.
    private void CrashInLaterCommits(DiskImage image, Outcome outcome, string where, int seed)
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

    private void AssertRecovers(DiskImage image, Outcome outcome, string where)
    {
        // Every image is opened and held against the model. Going on from it costs more than all that, so a third does at scale 1.
        var thenWrite = _images++ % 3 == 0 || TestScale.Factor > 1;
        try
        {
            var problem = workload.Check(new SimulatedBlockStorage(image), outcome.Allowed, thenWrite);
            Assert.True(problem is null, $"{where}: {problem} after {outcome.Acknowledged} acknowledged commits");
        }
        catch (VaultException error)
        {
            Assert.Fail($"{where}: {error}");
        }
    }
}
