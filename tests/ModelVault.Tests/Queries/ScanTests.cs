using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

/// <summary>What happens when a query reads a whole collection.</summary>
public sealed class ScanTests
{
    [Fact]
    public void Scans_are_counted_by_the_shape_of_the_query()
    {
        using VaultDatabase db = Open(ScanPolicy.Ignore);

        foreach (double rating in (double[])[1, 2, 3]) db.Books.Where(b => b.Rating >= rating).ToList();
        db.Books.Count(b => b.Title.Contains("x") || b.Lent);
        db.Books.OrderBy(b => b.Title).Take(2).ToList();

        Assert.Equal(
            [new VaultScan("books", "rating >= ?", 3, 30), new VaultScan("books", "(title.Contains(?) || lent == ?)", 1, 10), new VaultScan("books", "order by title limit", 1, 10)],
            db.Scans);
    }

    [Fact]
    public void What_a_key_answers_or_has_no_conditions_is_no_scan()
    {
        using VaultDatabase db = Open(ScanPolicy.Throw);

        db.Books.ToList();
        db.Books.OrderBy(b => b.Title).ToList();
        db.Books.OrderBy(b => b.Year).Take(3).ToList();
        db.Books.Where(b => b.Year > 3 && b.Lent).ToList();
        db.Books.Where(b => b.Year == 3 || b.Author == "x").ToList();
        db.Books.Where(b => b.Id > 3).OrderBy(b => b.Title).Take(2).ToList();
        db.Books.Min(b => b.Rating);
        VaultPage<Book> page = db.Books.All().Page(3);
        db.Books.All().Page(3, page.Next);

        Assert.Empty(db.Scans);
    }

    [Fact]
    public void An_index_that_is_there_but_costs_more_is_no_reason_to_throw()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory(new VaultOptions { OnScan = ScanPolicy.Throw });
        db.Books.InsertMany(Enumerable.Range(0, 3000).Select(static i => new Book { Id = i, Title = "t", Author = "a", Year = 2000 }));

        Assert.True(db.Books.Where(b => b.Year == 2000).Explain().IsScan);
        Assert.Equal(3000, db.Books.Where(b => b.Year == 2000).ToList().Count);
    }

    [Fact]
    public void Throwing_says_what_would_help_and_no_values()
    {
        using VaultDatabase db = Open(ScanPolicy.Throw);

        Assert.Equal(
            "No key or index answers this query on 'books': rating >= ? && lent == ?. An index on 'rating' would serve it, or allow the scan with AllowScan(\"why\").",
            Assert.Throws<VaultQueryException>(() => db.Books.Where(b => b.Rating >= 4.5 && b.Lent).ToList()).Message);
        Assert.Equal(
            "No key or index answers this query on 'books': (rating >= ? || title == ?). Indexes on 'rating' and 'title' would serve it, or allow the scan with AllowScan(\"why\").",
            Assert.Throws<VaultQueryException>(() => db.Books.Where(b => b.Rating >= 4.5 || b.Title == "secret").Count()).Message);
        Assert.Equal(
            "No key or index answers this query on 'books': title.EndsWith(?, ignore case). No index could serve its conditions: filter by an indexed field as well, or allow the scan with AllowScan(\"why\").",
            Assert.Throws<VaultQueryException>(() => db.Books.Any(b => b.Title.EndsWith("secret", StringComparison.OrdinalIgnoreCase))).Message);
        Assert.Equal(
            "No key or index answers this query on 'books': order by rating desc, title limit. An index on 'rating', 'title' together would deliver its order, or allow the scan with AllowScan(\"why\").",
            Assert.Throws<VaultQueryException>(() => db.Books.OrderByDescending(b => b.Rating).ThenBy(b => b.Title).First()).Message);
        Assert.Equal(4, db.Scans.Sum(static s => s.Count));
    }

    [Fact]
    public void Writes_by_query_are_held_to_it_and_write_nothing()
    {
        using VaultDatabase db = Open(ScanPolicy.Throw);

        Assert.Throws<VaultQueryException>(() => db.Books.Where(b => b.Lent).Delete());
        Assert.Equal(10, db.Books.Count());
        Assert.Equal(5, db.Books.Where(b => b.Lent).AllowScan("a test").Delete());
    }

    [Fact]
    public void Transactions_snapshots_and_collections_without_a_model_are_held_to_it_too()
    {
        using VaultDatabase db = Open(ScanPolicy.Throw);
        using (VaultTransaction tx = db.BeginTransaction()) Assert.Throws<VaultQueryException>(() => tx.Books.Where(b => b.Lent).ToList());
        using (VaultSnapshot snapshot = db.BeginSnapshot()) Assert.Throws<VaultQueryException>(() => snapshot.Books.Where(b => b.Lent).ToList());
        Assert.Throws<VaultQueryException>(() => db.Collection("books").Where("lent", true).All());

        Assert.Equal(new VaultScan("books", "lent == ?", 3, 30), Assert.Single(db.Scans));
    }

    [Fact]
    public void AllowScan_silences_throwing_counting_and_logging()
    {
        using VaultDatabase db = Open(ScanPolicy.Throw);

        Assert.Equal(5, db.Books.AllowScan("a report").Where(b => b.Lent).ToList().Count);
        Assert.Equal(5, db.Books.Where(b => b.Lent).AllowScan("a report").Count());
        Assert.Equal(5, db.Books.Where(b => b.Lent).AllowScan("a report").Select(b => b.Id).ToList().Count);
        Assert.Equal(5, db.Collection("books").Where("lent", true).AllowScan("a report").Count());
        Assert.Empty(db.Scans);
    }

    [Fact]
    public void Logging_writes_an_event()
    {
        using Events events = new();
        using VaultDatabase db = Open(ScanPolicy.Log);
        string title = Guid.NewGuid().ToString();

        db.Books.Where(b => b.Title != title && b.Lent).ToList();

        EventWrittenEventArgs written = Assert.Single(events.Written, static e => e.Payload?[1] is "title != ? && lent == ?");
        Assert.Equal(("QueryScan", EventLevel.Warning, "books"), (written.EventName, written.Level, written.Payload![0]));
        Assert.Equal("An index on 'lent' would serve it, or allow the scan with AllowScan(\"why\").", written.Payload[2]);
    }

    [Fact]
    public void A_meter_counts_them()
    {
        List<(long, string?, string?)> measured = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = static (instrument, l) =>
        {
            if (instrument is { Meter.Name: "ModelVault", Name: "modelvault.query.scans" }) l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            lock (measured) measured.Add((value, tags[0].Value as string, tags[1].Value as string));
        });
        listener.Start();
        using VaultDatabase db = Open(ScanPolicy.Ignore);

        db.Books.Where(b => b.Publisher.Name == "meter").ToList();

        lock (measured) Assert.Single(measured, static m => m == (1, "books", "publisher.name == ?"));
    }

    [Fact]
    public void So_many_shapes_are_kept_apart_and_no_more()
    {
        using VaultDatabase db = Open(ScanPolicy.Ignore);
        VaultFilter<Book> filter = Book.Fields.Lent == true;

        for (int i = 0; i < 300; i++)
        {
            filter |= Book.Fields.Title == "x";
            db.Books.Any(_ => filter);
        }

        Assert.Equal(257, db.Scans.Count);
        Assert.Equal(300, db.Scans.Sum(static s => s.Count));
        Assert.Equal(44, db.Scans.Single(static s => s.Query == "(others)").Count);
    }

    private static VaultDatabase Open(ScanPolicy policy)
    {
        VaultDatabase db = VaultDatabase.OpenInMemory(new VaultOptions { OnScan = policy });
        db.Books.InsertMany(Enumerable.Range(0, 10).Select(static i => new Book { Id = i, Title = $"t{i}", Author = "a", Year = i, Lent = i % 2 == 0 }));
        return db;
    }

    private sealed class Events : EventListener
    {
        private readonly List<EventWrittenEventArgs> _written = [];

        public IReadOnlyList<EventWrittenEventArgs> Written
        {
            get
            {
                lock (_written) return [.. _written];
            }
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "ModelVault") EnableEvents(eventSource, EventLevel.Warning);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            lock (_written) _written.Add(eventData);
        }
    }
}
