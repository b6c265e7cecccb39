using System.Text.Json.Nodes;
using ModelVault.Runtime;
using ModelVault.Storage;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Indexes;

/// <summary>Tracks under schemas that have only some of the model's indexes, as earlier and later builds of an application have them.</summary>
internal static class TrackFile
{
    /// <summary>Builds that take few records at a time, of collections of any size.</summary>
    public static readonly BuildLimits Tiny = new() { SmallCollection = 0, Records = 4 };

    /// <summary>The model's schema with some of its indexes.</summary>
    public static CollectionLayout Layout(Func<IndexSchema, bool> has)
    {
        JsonObject schema = JsonNode.Parse(Track.SchemaJson)!.AsObject();
        HashSet<string> names = [.. Track.Schema.Indexes.Where(has).Select(static i => i.Name)];
        schema["indexes"] = new JsonArray([.. schema["indexes"]!.AsArray().Where(i => names.Contains((string)i!["name"]!)).Select(static i => i!.DeepClone())]);
        return new CollectionLayout(CollectionSchema.Parse(schema.ToJsonString()));
    }

    /// <summary>The collection as an application has it whose model has some of the indexes.</summary>
    public static CollectionStore Store(VaultDatabase db, Func<IndexSchema, bool> has) => new(Layout(has), false, db);

    /// <summary>Uses the collection for the first time, as a read does.</summary>
    public static void Use(VaultDatabase db, Func<IndexSchema, bool> has) => db.BeginRead(Store(db, has)).Dispose();

    /// <summary>Makes the collection with some of the indexes, and its first records.</summary>
    public static VaultDatabase Fill(VaultDatabase db, IEnumerable<Track> tracks, Func<IndexSchema, bool>? has = null)
    {
        CollectionStore store = Store(db, has ?? (static _ => false));
        foreach (Track track in tracks) Put(db, store, track);
        db.Builds.Limits = Tiny;
        return db;
    }

    public static void Put(VaultContext db, CollectionStore store, Track track) =>
        db.Write(store, (store, track), static (tx, s) =>
        {
            Put(s.store.BindForWrite(tx), s.track);
            return 0;
        });

    public static void Put(CollectionBinding binding, Track track)
    {
        EncodedRecord record = EncodedRecord.Of(Model, track);
        Assert.Equal(WriteOutcome.Written, new RecordWriter(binding).Replace(record.Key, record.Under(binding.Entry!.Version), insert: true));
    }

    public static CatalogEntry Entry(VaultDatabase db)
    {
        using ReadView view = db.BeginRead(null);
        Assert.True(CatalogTree.TryGet(view.Source, "tracks", out CatalogEntry? entry));
        return entry;
    }

    /// <summary>Pages that are in use.</summary>
    public static long UsedPages(VaultDatabase db) => db.Statistics.PageCount - db.Statistics.FreePages;

    /// <summary>Every index, complete or not, holds what it must, and there is no tree that nobody knows.</summary>
    public static void AssertTrue(VaultDatabase db)
    {
        Assert.Equal(IndexOracle.Expected(db, "tracks"), IndexOracle.Actual(db, "tracks"));
        CatalogEntry entry = Entry(db);
        using ReadView view = db.BeginRead(null);
        IEnumerable<string> known = [CatalogTree.Name, entry.PrimaryTree, .. entry.IndexIds.Keys.Select(entry.IndexTree), .. entry.Pending?.Indexes.Select(i => entry.IndexTree(i.Id)) ?? []];
        Assert.Equal(known.Order(StringComparer.Ordinal), view.Source.TreeNames.Order(StringComparer.Ordinal));
    }

    /// <summary>The same, and the indexes are the model's.</summary>
    public static void AssertComplete(VaultDatabase db)
    {
        AssertTrue(db);
        CatalogEntry entry = Entry(db);
        Assert.Equal(Track.SchemaJson, entry.SchemaJson);
        Assert.Null(entry.Pending);
    }

    /// <summary>Ends a build after so many transactions, as a crash would.</summary>
    public static void StopAfter(VaultDatabase db, int steps, Action use)
    {
        int done = 0;
        db.Builds.StepCommitted = _ =>
        {
            if (++done == steps) throw new StoppedException();
        };
        Assert.Throws<StoppedException>(use);
        db.Builds.StepCommitted = null;
    }

    /// <summary>Runs on another thread what must not wait for the build.</summary>
    public static void Elsewhere(Action action) => Assert.True(Task.Run(action).Wait(TimeSpan.FromSeconds(60)), "it waits");

    public static Track Make(long id) => new()
    {
        Id = id, Title = $"Title {id}", Artist = id % 4 == 0 ? null : $"Artist {id % 5}", Year = id % 6 == 0 ? null : 1995 + (int)((id / 10 + id) % 10), Hidden = id % 3 == 0, Slug = id % 50 == 0 ? null : $"slug {id}",
        Genres = id % 7 == 0 ? null : ["rock", $"genre {id % 4}"], Codes = [$"code {id}", $"other {id}"], Credits = [new Credit($"Name {id % 3}", CreditRole.Singer), new Credit("all", CreditRole.Writer)],
        Notes = $"Notes {id}", Label = id % 2 == 0 ? null : new Label($"Label {id}", id % 3 == 0 ? null : $"City {id % 4}"),
    };

    public static IEnumerable<Track> Some(int count) => Enumerable.Range(1, count).Select(static i => Make(i * 10));

    private static VaultModel<Track, long> Model => ModelOf<Track>();

    private static VaultModel<TModel, long> ModelOf<TModel>()
        where TModel : IVaultModel<TModel> => (VaultModel<TModel, long>)TModel.Model;
}

/// <summary>Stands for whatever ends a process in the middle of a build.</summary>
internal sealed class StoppedException : Exception;
