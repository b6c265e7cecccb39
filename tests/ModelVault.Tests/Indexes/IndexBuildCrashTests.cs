using ModelVault.Storage.Simulation;
using ModelVault.Tests.Models;
using static ModelVault.Tests.Indexes.TrackFile;

namespace ModelVault.Tests.Indexes;

/// <summary>The power fails at every call to the storage while indexes of every kind are built in small batches, with writes in between.</summary>
public sealed class IndexBuildCrashTests
{
    private const int Records = 12;

    private static readonly BuildLimits Limits = new() { SmallCollection = 0, Records = 5 };

    [Fact]
    public void A_power_failure_at_any_call_leaves_indexes_that_are_true_as_far_as_they_are_built_and_the_next_use_completes_them()
    {
        (SimulatedBlockStorage whole, List<string> states, int steps) = Run(new SimulatedBlockStorage());
        Assert.True(steps > 25, $"only {steps} steps");
        Assert.True(states.Distinct().Count() > 10);
        int images = 0, unfinished = 0, begun = 0;
        for (long crashAt = 1; crashAt <= whole.OperationCount; crashAt++)
        {
            (SimulatedBlockStorage storage, List<string> acknowledged, int _) = Run(new SimulatedBlockStorage(faults: new SimulatedFaults { CrashAt = crashAt }));
            if (acknowledged.Count == 0) continue;
            foreach (DiskImage image in storage.CrashImages().Enumerate(seed: (int)crashAt, samples: 1, enumerated: 1))
            {
                images++;
                using VaultDatabase db = VaultDatabase.Open(new SimulatedBlockStorage(image));
                string where = $"power failure at call {crashAt}, image {images}";
                string state = State(db);
                Assert.True(state == acknowledged[^1] || (acknowledged.Count < states.Count && state == states[acknowledged.Count]), where);
                AssertTrue(db);
                if (Entry(db).Pending is { } pending)
                {
                    unfinished++;
                    if (pending.Next is { Progress: not null }) begun++;
                }

                // What the application wants when it starts again: the same; first once more what it wanted before; or a part of it.
                db.Builds.Limits = Limits;
                if (images % 3 == 1) Put(db, Store(db, static i => i.Name == "titles"), Make(77));
                if (images % 3 == 2) Use(db, static i => i.Name is "slug_unique" or "titles");
                AssertTrue(db);
                if (images % 3 == 1) Assert.Null(Entry(db).Pending);
                db.Tracks.Upsert(Make(999));
                AssertComplete(db);
            }
        }

        Assert.True(unfinished > 100 && begun > 20, $"only {unfinished} of {images} images were taken during the build, {begun} in the middle of an index");
    }

    // Every record write and the state it leaves; those that were acknowledged.
    private static (SimulatedBlockStorage Storage, List<string> States, int Steps) Run(SimulatedBlockStorage storage)
    {
        List<string> states = [];
        int steps = 0;
        try
        {
            using VaultDatabase db = VaultDatabase.Open(storage);
            CollectionStore old = Store(db, static i => i.Name == "titles");
            db.Write(old, old, static (tx, s) => s.BindForWrite(tx));
            db.WriteAlone(old, old, static (tx, s) =>
            {
                CollectionBinding binding = s.BindForWrite(tx);
                foreach (Track track in Some(Records)) Put(binding, track);
                return 0;
            });
            states.Add(State(db));
            db.Builds.Limits = Limits;
            db.Builds.StepCommitted = _ =>
            {
                if (++steps % 3 != 0) return;
                Put(db, old, Make(steps * 7 % 150).With(t => t.Notes = $"step {steps}"));
                states.Add(State(db));
            };
            db.Tracks.Count();
            db.Builds.StepCommitted = null;
            db.Tracks.Delete(10);
            states.Add(State(db));
        }
        catch (Exception e) when (e is IOException or VaultTransactionException)
        {
        }

        return (storage, states, steps);
    }

    private static string State(VaultDatabase db) => db.CollectionNames.Contains("tracks") ? string.Join('\n', db.Collection("tracks").All().All()) : "";
}
