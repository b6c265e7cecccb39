using ModelVault.Storage;
using ModelVault.Tests.Database;
using ModelVault.Tests.Models;
using static ModelVault.Tests.Indexes.TrackFile;

namespace ModelVault.Tests.Indexes;

/// <summary>Builds that cannot be completed, or are no longer wanted: what they leave behind.</summary>
public sealed class IndexBuildChangeTests
{
    [Fact]
    public void Values_that_are_there_twice_are_named_with_both_records_and_nothing_is_changed()
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), [.. Some(30), Make(1010).With(static t => t.Slug = "slug 120")], static i => i.Name == "titles");
        (CatalogEntry before, long pages) = (Entry(db), UsedPages(db));
        for (int i = 0; i < 3; i++)
        {
            VaultSchemaException error = Assert.Throws<VaultSchemaException>(() => db.Tracks.Get(10));
            Assert.Equal("The unique index 'slug_unique' cannot be added to 'tracks': the records 120 and 1010 hold the same value of 'slug', \"slug 120\".", error.Message);
            Assert.Equal(before with { NextIndexId = 0 }, Entry(db) with { NextIndexId = 0, Schemas = before.Schemas, FieldIds = before.FieldIds, IndexIds = before.IndexIds });
            Assert.Equal(before.SchemaJson, Entry(db).SchemaJson);
            AssertTrue(db);
            Assert.InRange(UsedPages(db), 0, pages + 2);
        }

        db.Collection("tracks").Delete(1010L);
        Assert.Equal(30, db.Tracks.Count());
        AssertComplete(db);
    }

    [Fact]
    public async Task An_asynchronous_write_fails_as_a_read_does()
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), [.. Some(30), Make(1010).With(static t => t.Slug = "slug 120")]);

        VaultSchemaException error = await Assert.ThrowsAsync<VaultSchemaException>(() => db.Tracks.InsertAsync(Make(1)));

        Assert.Contains("the records 120 and 1010 hold the same value", error.Message, StringComparison.Ordinal);
        Assert.Null(Entry(db).Pending);
        Assert.Equal(31, db.Collection("tracks").Count());
        AssertTrue(db);
    }

    [Fact]
    public void A_value_that_comes_twice_during_the_build_is_named_the_same_way()
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), Some(30));
        VaultRecordCollection records = db.Collection("tracks");
        db.Builds.StepCommitted = _ =>
        {
            // Of two records that the build has yet to come to, neither stands in the index's way.
            if (Entry(db).Pending?.Next is { Name: "slug_unique", Progress: not null }) Elsewhere(() => records.Update(290L, new VaultRecord { ["slug"] = "slug 280" }));
        };

        VaultSchemaException error = Assert.Throws<VaultSchemaException>(() => db.Tracks.Count());

        Assert.Contains("the records 280 and 290 hold the same value of 'slug', \"slug 280\"", error.Message, StringComparison.Ordinal);
        Assert.Null(Entry(db).Pending);
        AssertTrue(db);
        records.Delete(280L);
        db.Builds.StepCommitted = null;
        Assert.Equal(29, db.Tracks.Count());
        AssertComplete(db);
    }

    [Fact]
    public void An_entry_that_is_too_long_names_its_record_and_nothing_is_changed()
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), [.. Some(30), Make(1010).With(static t => t.Title = new string('t', 3000))]);
        long pages = UsedPages(db);

        VaultSchemaException error = Assert.Throws<VaultSchemaException>(() => Use(db, static i => i.Name == "titles"));

        Assert.Contains("with the values of 'title' that the record 1010 has, the encoded key is 30", error.Message, StringComparison.Ordinal);
        Assert.Null(Entry(db).Pending);
        AssertTrue(db);
        Assert.InRange(UsedPages(db), 0, pages + 2);
    }

    [Fact]
    public void Who_wants_other_indexes_after_a_crash_keeps_what_is_the_same_and_drops_the_rest()
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), Some(30));

        // Eight batches an index, in the order of the names: slug_unique is complete, titles has begun.
        StopAfter(db, 1 + 16 + 8 + 3, () => Use(db, static i => i.Name is "codes_unique" or "shown_titles" or "slug_unique" or "titles"));
        PendingIndexes first = Entry(db).Pending!;
        Assert.Equal(["codes_unique", "shown_titles", "slug_unique", "titles"], first.Indexes.Select(static i => i.Name));
        Assert.Equal([true, true, true, false], first.Indexes.Select(static i => i.IsComplete));
        Assert.NotNull(first.Indexes[3].Progress);

        StopAfter(db, 1, () => Use(db, static i => i.Name is "slug_unique" or "titles" || i.Descending.Length > 0));
        PendingIndexes second = Entry(db).Pending!;
        AssertTrue(db);
        foreach (string name in (string[])["slug_unique", "titles"])
        {
            PendingIndex kept = second.Indexes.Single(i => i.Name == name), begun = first.Indexes.Single(i => i.Name == name);
            Assert.Equal((begun.Id, begun.IsComplete, Convert.ToHexString(begun.Progress!)), (kept.Id, kept.IsComplete, Convert.ToHexString(kept.Progress!)));
        }

        Assert.All(second.Indexes.Where(static i => i.Name is not ("slug_unique" or "titles")), i => Assert.True(i.Id > first.Indexes.Max(static f => f.Id)));
        db.Tracks.Count();
        AssertComplete(db);
    }

    [Fact]
    public void Who_wants_the_old_indexes_after_a_crash_drops_what_was_begun_with_the_first_write()
    {
        using TemporaryFile file = new();
        long pages;
        using (VaultDatabase db = Fill(VaultDatabase.Open(file.Path), Some(200), static i => i.Name == "titles"))
        {
            pages = UsedPages(db);
            StopAfter(db, 60, () => db.Tracks.Count());
            Assert.True(UsedPages(db) > pages);
        }

        foreach (bool isAlone in (bool[])[true, false])
        {
            using VaultDatabase db = VaultDatabase.Open(file.Path);
            CollectionStore store = Store(db, static i => i.Name == "titles");
            db.BeginRead(store).Dispose();
            if (isAlone) Assert.NotNull(Entry(db).Pending);
            if (isAlone) Put(db, store, Make(1));
            else db.Write(tx => Put(tx, new CollectionStore(store.Layout, false, tx), Make(2)));
            Assert.Null(Entry(db).Pending);
            AssertTrue(db);
            Assert.InRange(UsedPages(db), 0, pages + 2);
            db.Builds.Limits = Tiny;
            if (isAlone) StopAfter(db, 60, () => db.Tracks.Count());
            else db.Tracks.Count();
        }

        using VaultDatabase last = VaultDatabase.Open(file.Path);
        AssertComplete(last);
    }

    [Fact]
    public void A_handle_with_the_old_model_keeps_what_another_one_is_building()
    {
        using TemporaryFile file = new();
        using VaultDatabase db = Fill(VaultDatabase.Open(file.Path), Some(30), static i => i.Name == "titles");
        using VaultDatabase old = VaultDatabase.Open(file.Path);
        CollectionStore store = Store(old, static i => i.Name == "titles");
        Put(old, store, Make(5));
        int step = 0;
        db.Builds.StepCommitted = _ =>
        {
            if (Entry(db).Pending is null) return;
            int number = ++step;
            if (number > 80) return;
            Elsewhere(() => Put(old, store, Make(number * 7 % 400).With(t => t.Notes = $"by the old model {number}")));
            AssertTrue(db);
        };

        db.Tracks.Count();

        Assert.True(step > 70);
        AssertComplete(db);
    }

    [Fact]
    public void A_build_that_another_handle_has_replaced_ends_and_its_caller_goes_on_without_the_indexes()
    {
        using TemporaryFile file = new();
        using VaultDatabase db = Fill(VaultDatabase.Open(file.Path), Some(30));
        using VaultDatabase other = VaultDatabase.Open(file.Path);
        other.Builds.Limits = Tiny;
        int steps = 0;
        db.Builds.StepCommitted = _ =>
        {
            if (++steps == 20) Elsewhere(() => Use(other, static i => i.Name is "titles" or "slug_unique"));
        };

        Assert.Equal(Some(30).Count(static t => t.Year == 2000), db.Tracks.Where(static t => t.Year == 2000).Count());

        Assert.Equal(21, steps);
        Assert.Equal(["slug_unique", "titles"], Entry(db).IndexIds.Keys.Order(StringComparer.Ordinal));
        AssertTrue(db);
        db.Tracks.Count();
        AssertComplete(db);
    }

    [Fact]
    public void Two_that_build_the_same_complete_it_together()
    {
        using TemporaryFile file = new();
        using VaultDatabase db = Fill(VaultDatabase.Open(file.Path), Some(30));
        using VaultDatabase other = VaultDatabase.Open(file.Path);
        other.Builds.Limits = Tiny;
        int steps = 0;
        other.Builds.StepCommitted = _ => steps++;
        db.Builds.StepCommitted = _ =>
        {
            if (++steps == 20) Elsewhere(() => other.Tracks.Count());
        };

        db.Tracks.Count();

        // Both note what is to be built, and one finds nothing left to do.
        Assert.Equal(1 + 1 + (8 * Track.Schema.Indexes.Length) + 1 + 1, steps);
        AssertComplete(db);
    }

    [Fact]
    public void Indexes_that_are_dropped_serve_and_are_kept_until_the_new_ones_are_complete()
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), Some(30), static i => i.Name is "titles" or "shown_titles");
        CollectionStore wanted = Store(db, static i => i.Name == "slug_unique");
        int step = 0;
        db.Builds.StepCommitted = _ =>
        {
            if (Entry(db).Pending is null) return;
            int number = ++step;
            Elsewhere(() => db.Collection("tracks").Update(number * 10 % 300 + 10L, new VaultRecord { ["title"] = $"changed {number}" }));
            AssertTrue(db);
            Elsewhere(() => Put(db, wanted, Make(number * 20).With(t => t.Title = $"by the new model {number}")));
            Assert.Equal(["shown_titles", "titles"], Entry(db).IndexIds.Keys.Order(StringComparer.Ordinal));
            AssertTrue(db);
        };

        db.BeginRead(wanted).Dispose();

        Assert.True(step > 8);
        Assert.Equal(["slug_unique"], Entry(db).IndexIds.Keys);
        AssertTrue(db);
    }

    [Theory]
    [InlineData(Damage.Target)]
    [InlineData(Damage.Fields)]
    [InlineData(Damage.Name)]
    [InlineData(Damage.TakenId)]
    [InlineData(Damage.FutureId)]
    [InlineData(Damage.Tree)]
    [InlineData(Damage.Progress)]
    public void Damage_to_what_is_noted_of_a_build_is_found_before_anything_is_written(Damage damage)
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), Some(30), static i => i.Name == "titles");
        StopAfter(db, 12, () => db.Tracks.Count());
        db.WriteAlone(null, damage, static (tx, damage) =>
        {
            CatalogTree.TryGet(tx, "tracks", out CatalogEntry? entry);
            PendingIndex index = entry!.Pending!.Next!;
            PendingIndexes pending = damage switch
            {
                Damage.Target => entry.Pending with { SchemaJson = "{}" },
                Damage.Fields => entry.Pending with { SchemaJson = Book.SchemaJson },
                Damage.Name => entry.Pending with { Indexes = [index with { Name = "other" }] },
                Damage.TakenId => entry.Pending with { Indexes = [index with { Id = entry.IndexIds["titles"] }] },
                Damage.FutureId => entry.Pending with { Indexes = [index with { Id = entry.NextIndexId }] },
                Damage.Progress => entry.Pending.With(index with { Progress = null }),
                _ => entry.Pending,
            };
            if (damage == Damage.Tree) tx.DropTree(entry.IndexTree(index.Id));
            CatalogTree.Put(tx, "tracks", entry with { Pending = pending });
            return 0;
        });
        byte[] before = Bytes(db);

        // A build that would do again what it has done finds its own entries.
        if (damage == Damage.Progress) Assert.Throws<VaultCorruptionException>(() => db.Tracks.Count());
        else Assert.Throws<VaultCorruptionException>(() => db.Collection("tracks").Delete(10L));
        Assert.Equal(before, Bytes(db));
    }

    public enum Damage
    {
        Target,
        Fields,
        Name,
        TakenId,
        FutureId,
        Tree,
        Progress,
    }

    private static byte[] Bytes(VaultDatabase db)
    {
        using ReadView view = db.BeginRead(null);
        Assert.True(view.Source.TryGetTree(CatalogTree.Name, out Tree? catalog));
        return catalog.Get("tracks"u8)!;
    }
}
