using ModelVault.Storage.Simulation;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Indexes;

/// <summary>The power fails at every call to the storage while a collection with every kind of index is written, and while the indexes are added: what is there afterwards is whole.</summary>
public sealed class IndexCrashTests
{
    // One step is one commit. Each changes entries of several kinds of indexes.
    private static readonly Action<VaultDatabase>[] Steps =
    [
        // Records that are there before any of the indexes.
        db => db.RegisterCollection("tracks", WithoutIndexes, "id"),
        db => db.Collection("tracks").InsertMany(Enumerable.Range(1, 25).Select(static i => Record(i))),
        db => db.Tracks.Upsert(Make(3)),
        db => db.Tracks.InsertMany(Enumerable.Range(30, 20).Select(static i => Make(i))),
        db => db.Tracks.Update(5, static t => { t.Title = "MOVED"; t.Year = 1990; t.Genres = ["x", null, "x"]; t.Codes = ["code 5", "new"]; }),
        db => db.Tracks.Update(6, static t => t.Notes = "only what is included"),
        db => db.Tracks.Delete(7),
        db => db.Write(tx =>
        {
            tx.Tracks.Update(8, static t => t.Codes = []);
            tx.Tracks.Upsert(Make(9).With(static t => t.Codes = ["code 8", "code 9"]));
            tx.Tracks.DeleteMany([10, 11]);
        }),
        db => db.Tracks.UpsertMany(Enumerable.Range(20, 20).Select(static i => Make(i).With(static t => { t.Year += 1; t.Hidden = !t.Hidden; t.Credits = [new Credit("new", CreditRole.Writer)]; }))),
    ];

    private static string WithoutIndexes => Track.SchemaJson[Track.SchemaJson.IndexOf('[', StringComparison.Ordinal)..Track.SchemaJson.IndexOf(",\"indexes\"", StringComparison.Ordinal)];

    [Fact]
    public void A_power_failure_at_any_call_leaves_every_kind_of_index_true_to_the_records()
    {
        List<string> states = [];
        using (VaultDatabase model = VaultDatabase.OpenInMemory())
        {
            foreach (Action<VaultDatabase> step in Steps)
            {
                states.Add(State(model));
                step(model);
            }

            states.Add(State(model));
        }

        Assert.Equal(Steps.Length + 1, states.Distinct().Count());
        long calls = Run(new SimulatedBlockStorage()).Storage.OperationCount;
        int images = 0;
        for (long crashAt = 1; crashAt <= calls; crashAt++)
        {
            (SimulatedBlockStorage storage, int acknowledged) = Run(new SimulatedBlockStorage(faults: new SimulatedFaults { CrashAt = crashAt }));
            foreach (DiskImage image in storage.CrashImages().Enumerate(seed: (int)crashAt, samples: 2, enumerated: 2))
            {
                // Before the first flush there is no database yet, and nothing was acknowledged.
                if (acknowledged < 0) continue;
                images++;
                using VaultDatabase db = VaultDatabase.Open(new SimulatedBlockStorage(image));
                string state = State(db);
                Assert.True(state == states[acknowledged] || (acknowledged + 1 < states.Count && state == states[acknowledged + 1]), $"power failure at call {crashAt}, image {images}");
                db.Tracks.Upsert(Make(999));
                State(db);
            }
        }

        Assert.True(images > 100, $"only {images} images");
    }

    // How many steps were acknowledged; −1 where not even the opening was.
    private static (SimulatedBlockStorage Storage, int Acknowledged) Run(SimulatedBlockStorage storage)
    {
        int acknowledged = -1;
        try
        {
            using VaultDatabase db = VaultDatabase.Open(storage);
            acknowledged = 0;
            foreach (Action<VaultDatabase> step in Steps)
            {
                step(db);
                acknowledged++;
            }
        }
        catch (Exception e) when (e is IOException or VaultTransactionException)
        {
        }

        return (storage, acknowledged);
    }

    private static string State(VaultDatabase db)
    {
        if (!db.CollectionNames.Contains("tracks")) return "";
        List<string> entries = IndexOracle.Actual(db, "tracks");
        Assert.Equal(IndexOracle.Expected(db, "tracks"), entries);
        return $"{string.Join('\n', db.Collection("tracks").All().All())}\n{string.Join('\n', entries)}";
    }

    private static Track Make(long id) => new()
    {
        Id = id, Title = $"Title {id}", Artist = id % 4 == 0 ? null : $"Artist {id % 5}", Year = id % 6 == 0 ? null : 1995 + ((int)id % 10), Hidden = id % 3 == 0, Slug = id % 5 == 0 ? null : $"slug {id}",
        Genres = id % 7 == 0 ? null : ["rock", $"genre {id % 4}"], Codes = [$"code {id}"], Credits = [new Credit($"Name {id % 3}", CreditRole.Singer), new Credit("all", CreditRole.Writer)],
        Notes = $"Notes {id}", Label = id % 2 == 0 ? null : new Label($"Label {id}", id % 3 == 0 ? null : $"City {id % 4}"),
    };

    private static VaultRecord Record(long id)
    {
        using VaultDatabase other = VaultDatabase.OpenInMemory();
        other.Tracks.Insert(Make(id));
        return other.Collection("tracks").Get(id)!;
    }
}
