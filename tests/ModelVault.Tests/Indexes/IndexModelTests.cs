using ModelVault.Tests.Models;

namespace ModelVault.Tests.Indexes;

/// <summary>What the attributes say arrives in the schema, the finders and the errors of a model.</summary>
public sealed class IndexModelTests : IDisposable
{
    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();

    public void Dispose() => _db.Dispose();

    [Fact]
    public void The_generated_schema_is_canonical() => Assert.Equal(Track.SchemaJson, CollectionSchema.Parse(Track.SchemaJson).Json);

    [Fact]
    public void Indexes_that_tell_values_apart_as_equality_does_have_finders_and_others_have_none()
    {
        string[] finders = [.. typeof(TrackCollection).GetMethods().Select(static m => m.Name).Where(static n => n.StartsWith("FindBy", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal)];
        Assert.Equal(["FindByArtistAndYear", "FindByLabelCity", "FindBySlug", "FindBySlugAsync", "FindByYearAndArtist"], finders);

        _db.Tracks.InsertMany([new Track { Id = 1, Slug = "a", Artist = "x", Year = 1, Label = new Label("l", "Oslo") }, new Track { Id = 2, Slug = "b", Artist = "x", Year = 2, Codes = ["c"] }]);
        Assert.Equal(2, _db.Tracks.FindBySlug("b")!.Id);
        Assert.Equal([1L], _db.Tracks.FindByArtistAndYear("x", 1).ToList().Select(static t => t.Id));
        Assert.Equal([2L], _db.Tracks.FindByYearAndArtist(2, "x").ToList().Select(static t => t.Id));
        Assert.Equal([1L], _db.Tracks.FindByLabelCity("Oslo").ToList().Select(static t => t.Id));
    }

    [Fact]
    public void Every_write_of_a_model_keeps_the_entries_true_to_the_records()
    {
        Random random = new(7);
        _db.Tracks.Insert(Make(random));
        for (int i = 0; i < 300; i++)
        {
            try
            {
                Write(random);
            }
            catch (UniqueConstraintException)
            {
            }

            Assert.Equal(IndexOracle.Expected(_db, "tracks"), IndexOracle.Actual(_db, "tracks"));
        }

        Assert.True(IndexOracle.Actual(_db, "tracks").Count > 100);
    }

    [Fact]
    public void A_unique_index_is_broken_by_the_records_in_it_alone()
    {
        _db.Tracks.Insert(new Track { Id = 1, Title = "same", Year = 2001 });
        _db.Tracks.Insert(new Track { Id = 2, Title = "same", Year = 1999 });
        _db.Tracks.Insert(new Track { Id = 3, Title = "same", Year = 2001, Hidden = true });

        UniqueConstraintException error = Assert.Throws<UniqueConstraintException>(() => _db.Tracks.Insert(new Track { Id = 4, Title = "same", Year = 2010 }));
        Assert.Equal(("shown_titles", "\"same\"", 1L), (error.Index, error.Value, error.ExistingKey));
        Assert.Throws<UniqueConstraintException>(() => _db.Tracks.Update(3, static t => t.Hidden = false));
        Assert.True(_db.Tracks.Get(3)!.Hidden);
    }

    [Fact]
    public void A_text_that_differs_in_case_alone_is_found_as_before()
    {
        _db.Tracks.InsertMany([new Track { Id = 1, Title = "Straße" }, new Track { Id = 2, Title = "STRAßE" }, new Track { Id = 3, Title = "STRASSE" }]);

        Assert.Equal([1L, 2L], _db.Tracks.Where(static t => t.Title.Equals("straße", StringComparison.OrdinalIgnoreCase)).ToList().Select(static t => t.Id));
        Assert.Equal([2L], _db.Tracks.Where(static t => t.Title == "STRAßE").ToList().Select(static t => t.Id));
        Assert.Equal([1L, 2L, 3L], _db.Tracks.Where(static t => t.Title.StartsWith("stra", StringComparison.OrdinalIgnoreCase)).ToList().Select(static t => t.Id));
    }

    [Fact]
    public void Making_entries_allocates_nothing_but_what_is_included()
    {
        byte[] key = [0x80, 0, 0, 0, 0, 0, 0, 1];
        _db.Tracks.Insert(new Track { Id = 1, Title = "Títle", Artist = "x", Year = 2005, Slug = "s", Genres = ["b", "a", "b", null], Codes = ["c", "d"], Credits = [new Credit("n", CreditRole.Writer), new Credit("N", CreditRole.Writer)] });
        using ReadView view = _db.BeginRead(null);
        CatalogTree.TryGet(view.Source, "tracks", out CatalogEntry? entry);
        view.Source.TryGetTree(entry!.PrimaryTree, out ModelVault.Storage.Tree? tree);
        byte[] record = tree!.Get(key)!;
        foreach (IndexLayout index in new CollectionLayout(Track.Schema).Indexes.Where(static i => i.Cut is null))
        {
            IndexEntries entries = new();
            long allocated = Allocations.Of(() => entries.Fill(index, record, key));
            Assert.True(allocated == 0, $"{index.Schema.Name}: {allocated} bytes");
            Assert.True(entries.Count > 0, index.Schema.Name);
        }
    }

    private void Write(Random random)
    {
        Track track = Make(random);
        switch (random.Next(7))
        {
            case 0: _db.Tracks.Delete(track.Id); break;
            case 1: _db.Tracks.Update(track); break;
            case 2: _db.Tracks.Update(track.Id, t => { t.Notes = track.Notes; t.Genres = track.Genres; }); break;
            case 3: _db.Tracks.UpsertMany(Enumerable.Range(0, 5).Select(_ => Make(random))); break;
            case 4: _db.Tracks.Patch(track.Id, new VaultPatch<Track>().Set(Track.Fields.Title, track.Title).Set(Track.Fields.Hidden, track.Hidden)); break;
            default: _db.Tracks.Upsert(track); break;
        }
    }

    private static Track Make(Random random) => new()
    {
        Id = random.Next(40), Title = $"{(char)('a' + random.Next(4))}{(char)('A' + random.Next(4))}", Artist = random.Next(3) == 0 ? null : $"Artist {random.Next(4)}", Year = random.Next(3) == 0 ? null : random.Next(1998, 2003),
        Hidden = random.Next(2) == 0, Slug = random.Next(3) == 0 ? null : $"slug {random.Next(60)}", Genres = random.Next(4) == 0 ? null : [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(5) == 0 ? null : $"g{random.Next(4)}")],
        Codes = [.. Enumerable.Range(0, random.Next(3)).Select(_ => $"c{random.Next(200)}")], Credits = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new Credit(random.Next(2) == 0 ? "x" : "X", (CreditRole)random.Next(2)))],
        Notes = $"{random.Next(3)}", Label = random.Next(3) == 0 ? null : new Label("l", random.Next(2) == 0 ? null : $"City {random.Next(3)}"),
    };
}
