using ModelVault.Tests.Database;
using ModelVault.Tests.Models;
using static ModelVault.Tests.Indexes.TrackFile;

namespace ModelVault.Tests.Indexes;

/// <summary>Indexes that are added to a collection with records: in bounded transactions, while it is used.</summary>
public sealed class IndexBuildTests
{
    [Fact]
    public void A_build_is_one_bounded_transaction_after_the_other_and_every_one_leaves_all_indexes_true()
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), Some(10));
        long before = db.Statistics.CommitCount;
        List<(int Complete, int Covered)> states = [];
        db.Builds.StepCommitted = _ =>
        {
            AssertTrue(db);
            if (Entry(db).Pending is not { } pending) return;
            states.Add((pending.Indexes.Count(static i => i.IsComplete), pending.Indexes.Sum(i => i.IsComplete ? 10 : Enumerable.Range(1, 10).Count(n => i.Covers(Key(n * 10))))));
        };

        Assert.Equal(10, db.Tracks.Count());

        // Each index in batches of four, four and two records; before them what is to be built is noted, and behind them the schema is changed.
        int indexes = Track.Schema.Indexes.Length;
        Assert.Equal(1 + (3 * indexes) + 1, db.Statistics.CommitCount - before);
        Assert.Equal((0, 0), states[0]);
        for (int i = 1; i < states.Count; i++) Assert.InRange(states[i].Covered - states[i - 1].Covered, 1, Tiny.Records);
        Assert.Equal((indexes, 10 * indexes), states[^1]);
        AssertComplete(db);
    }

    [Fact]
    public void A_batch_ends_with_its_bytes_too_and_one_that_ends_with_the_last_record_is_followed_by_an_empty_one()
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), Some(5));
        db.Builds.Limits = new BuildLimits { SmallCollection = 0, Bytes = 1 };
        long before = db.Statistics.CommitCount;

        Use(db, static i => i.Name == "titles");

        Assert.Equal(1 + 5 + 1 + 1, db.Statistics.CommitCount - before);
        AssertTrue(db);
    }

    [Fact]
    public void A_small_collection_gets_its_indexes_in_one_transaction()
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), Some(10));
        db.Builds.Limits = new BuildLimits();
        long before = db.Statistics.CommitCount;

        Assert.Equal(10, db.Tracks.Count());

        Assert.Equal(1, db.Statistics.CommitCount - before);
        AssertComplete(db);
        Use(db, static i => i.Name == "titles");
        db.Tracks.Insert(Make(1));
        Assert.Equal(3, db.Statistics.CommitCount - before);
        AssertComplete(db);
    }

    [Fact]
    public void The_first_use_builds_whatever_it_is()
    {
        Action<VaultDatabase>[] uses =
        [
            static db => db.Tracks.Get(10),
            static db => db.Tracks.Insert(Make(1)),
            static db => db.Tracks.InsertMany([Make(1)]),
            static db => db.Tracks.Update(10, static t => t.Year = 1),
            static db => db.Tracks.Where(static t => t.Year == 1996).Delete(),
            static db => db.EnsureCollection("tracks", Fields, "id", Indexes),
        ];
        foreach (Action<VaultDatabase> use in uses)
        {
            using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), Some(10));
            int steps = 0;
            db.Builds.StepCommitted = _ => steps++;
            use(db);
            Assert.Equal(1 + (3 * Track.Schema.Indexes.Length) + 1, steps);
            AssertComplete(db);
        }
    }

    [Fact]
    public async Task The_first_use_builds_when_it_is_asynchronous_too()
    {
        Func<VaultDatabase, Task>[] uses =
        [
            static db => db.Tracks.ToListAsync(),
            static db => db.Tracks.InsertAsync(Make(1)),
            static db => db.Tracks.InsertManyAsync([Make(1)]),
            static db => db.Tracks.DeleteAsync(10),
            static db => db.Tracks.Where(static t => t.Year == 1996).DeleteAsync(),
        ];
        foreach (Func<VaultDatabase, Task> use in uses)
        {
            using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), Some(10));
            int steps = 0;
            db.Builds.StepCommitted = _ => steps++;
            await use(db);
            Assert.Equal(1 + (3 * Track.Schema.Indexes.Length) + 1, steps);
            AssertComplete(db);
        }
    }

    [Fact]
    public void Others_read_meanwhile_without_the_index_and_are_not_told_that_they_scan()
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(new VaultOptions { OnScan = ScanPolicy.Throw }), Some(60));
        List<long> expected = [.. Some(60).Where(static t => t.Year == 2001).Select(static t => t.Id)];
        int asked = 0;
        db.Builds.StepCommitted = _ =>
        {
            if (Entry(db).Pending is null) return;
            Elsewhere(() =>
            {
                Assert.True(db.Tracks.Where(static t => t.Year == 2001).Explain().IsScan);
                Assert.Equal(expected, db.Tracks.Where(static t => t.Year == 2001).ToList().Select(static t => t.Id));
                Assert.Equal(expected.Count, db.Tracks.Count(static t => t.Year == 2001));
                Assert.Equal(expected, db.Write(static tx => tx.Tracks.Where(static t => t.Year == 2001).ToList().Select(static t => t.Id)));
                using VaultSnapshot snapshot = db.BeginSnapshot();
                Assert.Equal(expected.Count, snapshot.Tracks.Count(static t => t.Year == 2001));
            });
            asked++;
        };

        Assert.Equal(60, db.Tracks.Count());

        Assert.True(asked > 100);
        Assert.Empty(db.Scans);
        Assert.False(db.Tracks.Where(static t => t.Year == 2001).Explain().IsScan);
        Assert.Equal(expected, db.Tracks.Where(static t => t.Year == 2001).ToList().Select(static t => t.Id).Order());
    }

    [Fact]
    public void Another_thread_s_transaction_leaves_the_build_alone_and_its_writes_are_in_the_index()
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), Some(30));
        int step = 0;
        db.Builds.StepCommitted = _ =>
        {
            long id = ++step;
            if (id > 60 || Entry(db).Pending is not { } before) return;
            Elsewhere(() => db.Write(tx =>
            {
                tx.Tracks.Insert(Make(100_000 + id));
                tx.Tracks.Insert(Make((id * 7) % 300 * 10 + 1));
                Savepoint savepoint = tx.Savepoint();
                tx.Tracks.Insert(Make(200_000 + id));
                tx.Tracks.Update(10, t => t.Title = $"taken back {id}");
                tx.RollbackTo(savepoint);
                tx.Tracks.Update(20, t => t.Title = $"changed {id}");
                tx.Tracks.Where(t => t.Id == 100_000 + id - 1).Delete();
            }));
            Assert.Equal(before.Indexes.Select(static i => (i.Name, i.IsComplete)), Entry(db).Pending!.Indexes.Select(static i => (i.Name, i.IsComplete)));
            AssertTrue(db);
        };

        db.Tracks.Count();

        Assert.True(step > 80);
        AssertComplete(db);
    }

    [Fact]
    public void Every_form_of_write_keeps_what_is_built_and_leaves_what_is_to_come()
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), Some(30));
        VaultRecordCollection records = db.Collection("tracks");
        Action<long>[] writes =
        [
            id => db.Tracks.Insert(Make(id)),
            id => db.Tracks.InsertMany([Make(id), Make(id + 1000), Make(id + 2)]),
            id => db.Tracks.InsertManyAsync(Async([Make(id), Make(id + 1000)])).Wait(),
            id => db.Tracks.UpsertMany([Make(id), Make(150).With(t => t.Title = $"upserted {id}")]),
            id => db.Tracks.Update(10, t => t.Codes = [$"new {id}"]),
            id => db.Tracks.Update(290, t => t.Genres = [$"new {id}"]),
            id => db.Tracks.Where(t => t.Id > id).Take(3).Update(t => t.Year = 2000 + (int)(id % 100)),
            id => db.Tracks.DeleteMany([id - 10, id - 20]),
            id => db.Tracks.Patch(200, new VaultPatch<Track>().Set(Track.Fields.Artist, $"patched {id}")),
            id => records.Insert(Record(Make(id))),
            id => records.InsertMany([Record(Make(id)), Record(Make(id + 3000))]),
            id => records.Update(10L, new VaultRecord { ["title"] = $"by record {id}" }),
            id => records.Delete(300L),
        ];
        int step = 0;
        db.Builds.StepCommitted = _ =>
        {
            if (Entry(db).Pending is null) return;
            int number = step++;
            if (number >= 4 * writes.Length) return;
            Elsewhere(() => writes[number % writes.Length]((number * 10) + 100_001));
            Elsewhere(() => writes[number % writes.Length]((number * 10) + 1));
            AssertTrue(db);
        };

        db.Tracks.Count();

        Assert.True(step > 2 * writes.Length);
        AssertComplete(db);
    }

    [Fact]
    public void The_record_at_which_a_batch_ended_is_kept_and_the_next_one_left()
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), Some(10));
        StopAfter(db, 2, () => Use(db, static i => i.Name == "titles"));
        Assert.Equal(Key(40), Entry(db).Pending!.Next!.Progress);
        VaultRecordCollection records = db.Collection("tracks");

        foreach (long id in (long[])[40, 50]) records.Update(id, new VaultRecord { ["title"] = "changed" });
        AssertTrue(db);
        foreach (long id in (long[])[40, 50]) records.Delete(id);
        AssertTrue(db);
        foreach (long id in (long[])[39, 40, 41]) records.Insert(Record(Make(id)));
        AssertTrue(db);
        db.Tracks.Count();
        AssertComplete(db);
    }

    [Fact]
    public void A_unique_value_is_kept_from_coming_twice_as_far_as_the_index_is_built()
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), Some(10));
        StopAfter(db, 2, () => Use(db, static i => i.Name == "slug_unique"));
        VaultRecordCollection records = db.Collection("tracks");

        UniqueConstraintException error = Assert.Throws<UniqueConstraintException>(() => records.Insert(Record(Make(1).With(static t => t.Slug = "slug 20"))));
        Assert.Throws<UniqueConstraintException>(() => records.Insert(Record(Make(1000).With(static t => t.Slug = "slug 20"))));
        Assert.Throws<UniqueConstraintException>(() => records.Update(90L, new VaultRecord { ["slug"] = "slug 20" }));

        Assert.Equal(("slug_unique", 20L), (error.Index, error.ExistingKey));
        AssertTrue(db);
        db.Tracks.Count();
        AssertComplete(db);
    }

    [Fact]
    public void A_transaction_completes_what_nobody_is_at_and_its_rollback_leaves_it_as_it_was()
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), Some(30));
        StopAfter(db, 20, () => db.Tracks.Count());
        CatalogEntry before = Entry(db);
        Assert.Contains(before.Pending!.Indexes, static i => i.IsComplete);

        using (VaultTransaction transaction = db.BeginTransaction())
        {
            Assert.False(transaction.Tracks.Where(static t => t.Year == 2001).Explain().IsScan);
            transaction.Rollback();
        }

        Assert.Equal(before.Encode(), Entry(db).Encode());
        AssertTrue(db);
        long commits = db.Statistics.CommitCount;
        db.Write(static tx => tx.Tracks.Insert(Make(5)));
        Assert.Equal(1, db.Statistics.CommitCount - commits);
        AssertComplete(db);
    }

    [Fact]
    public void A_failure_in_a_transaction_leaves_what_else_it_did()
    {
        using VaultDatabase db = Fill(VaultDatabase.OpenInMemory(), [.. Some(10), Make(1).With(static t => t.Slug = "slug 20")]);
        CatalogEntry before = Entry(db);

        db.Write(tx =>
        {
            tx.Collection("tracks").Insert(Record(Make(7)));
            Assert.Throws<VaultSchemaException>(() => tx.Tracks.Get(10));
            tx.Collection("tracks").Insert(Record(Make(8)));
        });

        Assert.Equal(before.Encode(), Entry(db).Encode());
        Assert.Equal(13, db.Collection("tracks").Count());
        AssertTrue(db);
    }

    [Fact]
    public void A_build_goes_on_after_the_database_was_compacted_and_opened_again()
    {
        using TemporaryFile file = new();
        CatalogEntry before;
        using (VaultDatabase db = Fill(VaultDatabase.Open(file.Path), Some(30)))
        {
            StopAfter(db, 12, () => db.Tracks.Count());
            before = Entry(db);
            db.Compact();
            AssertTrue(db);
        }

        using VaultDatabase reopened = VaultDatabase.Open(file.Path);
        reopened.Builds.Limits = Tiny;
        Assert.Equal(before.Encode(), Entry(reopened).Encode());
        int steps = 0;
        reopened.Builds.StepCommitted = _ => steps++;
        reopened.Tracks.Count();

        // Eleven of the 72 batches were done already.
        Assert.Equal(1 + (8 * Track.Schema.Indexes.Length) - 11 + 1, steps);
        AssertComplete(reopened);
    }

    [Fact]
    public void Who_only_reads_does_without()
    {
        using TemporaryFile file = new();
        using (VaultDatabase db = Fill(VaultDatabase.Open(file.Path), Some(30))) StopAfter(db, 12, () => db.Tracks.Count());

        using VaultDatabase reader = VaultDatabase.Open(file.Path, new VaultOptions { ReadOnly = true, OnScan = ScanPolicy.Throw });

        Assert.Equal(30, reader.Tracks.Count());
        Assert.Equal(Some(30).Count(static t => t.Year == 2001), reader.Tracks.Count(static t => t.Year == 2001));
        Assert.Equal("Title 10", reader.Collection("tracks").Get(10L)!["title"]);
        Assert.Throws<VaultReadOnlyException>(() => reader.Tracks.Insert(Make(1)));
    }

    private static string Fields => Track.SchemaJson[Track.SchemaJson.IndexOf('[', StringComparison.Ordinal)..Track.SchemaJson.IndexOf(",\"indexes\"", StringComparison.Ordinal)];

    private static string Indexes => Track.SchemaJson[(Track.SchemaJson.IndexOf("\"indexes\":", StringComparison.Ordinal) + 10)..Track.SchemaJson.IndexOf(",\"key\":[", StringComparison.Ordinal)];

    private static byte[] Key(long id)
    {
        Runtime.KeyWriter writer = new(stackalloc byte[8]);
        writer.WriteInt64(id);
        return writer.Written.ToArray();
    }

    private static async IAsyncEnumerable<Track> Async(Track[] tracks)
    {
        foreach (Track track in tracks)
        {
            await Task.Yield();
            yield return track;
        }
    }

    private static VaultRecord Record(Track track)
    {
        using VaultDatabase other = VaultDatabase.OpenInMemory();
        other.Tracks.Insert(track);
        return other.Collection("tracks").Get(track.Id)!;
    }
}
