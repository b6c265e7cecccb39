using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

/// <summary>The forms in which queries are written, and what they say of themselves.</summary>
public sealed class QueryFormTests : IDisposable
{
    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();

    public QueryFormTests() => _db.Books.InsertMany(Enumerable.Range(1, 40).Select(i => new Book
    {
        Id = i,
        Title = $"Title {i:00}",
        Author = i % 4 == 0 ? "Ursula K. Le Guin" : $"Author {i % 4}",
        Year = 1980 + i,
        Isbn = i % 2 == 0 ? $"{i}" : null,
        Rating = i % 5 == 0 ? null : i / 10.0,
        Lent = i % 3 == 0,
        Tags = i % 7 == 0 ? ["sf", "classic"] : [],
        Publisher = i % 2 == 0 ? new Publisher("Ace", "Oslo") : null,
    }));

    public void Dispose() => _db.Dispose();

    [Fact]
    public void A_query_reads_as_the_contract_writes_it()
    {
        List<Book> rows = _db.Books.Where(b => b.Year >= 1990 && b.Author == "Ursula K. Le Guin" && !b.Lent)
            .OrderByDescending(b => b.Rating).ThenBy(b => b.Id).Skip(1).Take(3).ToList();

        Assert.Equal([28, 16, 20], rows.Select(b => b.Id));
    }

    [Fact]
    public void Filters_are_values_too()
    {
        VaultFilter<Book> recent = Book.Fields.Year >= 2010;

        Assert.Equal(11, _db.Books.Where(recent).Count());
        Assert.Equal(4, _db.Books.Where(recent && Book.Fields.Lent).Count());
        Assert.Equal("Title 05", _db.Books.Where(Book.Fields.Title, "Title 05").Single().Title);
        Assert.Equal(20, _db.Books.Where(Book.Fields.Isbn, null).Count());
    }

    [Fact]
    public void Optional_conditions_are_added_by_if()
    {
        string? author = "Author 1";
        VaultQuery<Book, BookFields> query = _db.Books.All();
        if (author is not null) query = query.Where(b => b.Author == author);

        Assert.Equal(10, query.OrderBy(b => b.Year).ToList().Count);
    }

    [Fact]
    public void Query_syntax_works()
    {
        List<string> titles = (from b in _db.Books where b.Year > 2010 && b.Lent orderby b.Rating descending, b.Id select b.Title).ToList();

        Assert.Equal(["Title 39", "Title 36", "Title 33"], titles);
    }

    [Fact]
    public void Projections_read_one_to_eight_fields()
    {
        Assert.Equal("Title 01", _db.Books.Select(b => b.Title).First());
        List<(long, string)> pairs = _db.Books.All().Select(b => b.Id, b => b.Title).ToList();
        Assert.Equal((2, "Title 02"), pairs[1]);
        Assert.Equal("2 Title 02", _db.Books.All().Select(b => b.Id, b => b.Title, (id, title) => $"{id} {title}").ToList()[1]);
        (long, string, string, int, string?, double?, bool, string?) eight = _db.Books.All()
            .Select(b => b.Id, b => b.Title, b => b.Author, b => b.Year, b => b.Isbn, b => b.Rating, b => b.Lent, b => b.Publisher.City).ToList()[1];
        Assert.Equal((2, "Title 02", "Author 2", 1982, "2", 0.2, false, "Oslo"), eight);
        Assert.Equal((1, (string?)null), _db.Books.Select(b => (b.Id, b.Isbn)).First());
        List<List<string>> tags = _db.Books.Select(b => b.Tags).ToList();
        Assert.Equal(["sf", "classic"], tags[6]);
        Assert.Equal("Oslo", _db.Books.Select(b => b.Publisher).ToList()[1]?.City);
    }

    [Fact]
    public void Terminals_do_what_linq_does()
    {
        Assert.Equal(40, _db.Books.All().LongCount());
        Assert.Equal(13, _db.Books.Count(b => b.Lent));
        Assert.True(_db.Books.Any(b => b.Year == 1990));
        Assert.False(_db.Books.Any(b => b.Year == 1));
        Assert.Equal(10, _db.Books.First(b => b.Year == 1990).Id);
        Assert.Null(_db.Books.FirstOrDefault(b => b.Year == 1));
        Assert.Throws<InvalidOperationException>(() => _db.Books.First(b => b.Year == 1));
        Assert.Throws<InvalidOperationException>(() => _db.Books.Single(b => b.Year > 1));
        Assert.Equal(2020, _db.Books.Max(b => b.Year));
        Assert.Equal(1981, _db.Books.Min(b => b.Year));
        Assert.Equal(3.9, _db.Books.Max(b => b.Rating));
        Assert.Equal("Title 40", _db.Books.Max(b => b.Title));
        Assert.Null(_db.Books.Where(b => b.Id > 99).Max(b => b.Rating));
        Assert.Throws<InvalidOperationException>(() => _db.Books.Where(b => b.Id > 99).Max(b => b.Year));
        Assert.Equal(820, _db.Books.All().Sum(b => b.Id));
        Assert.Equal(64, _db.Books.All().Sum(b => b.Rating), 6);
        Assert.Equal(20.5, _db.Books.All().Average(b => b.Id));
        Assert.Equal(2, _db.Books.All().Average(b => b.Rating)!.Value, 6);
        Assert.Equal(40, _db.Books.All().ToDictionary(b => b.Id).Count);
        Assert.Equal(40, _db.Books.All().ToArray().Length);
    }

    [Fact]
    public async Task The_async_forms_do_the_same()
    {
        using CancellationTokenSource source = new();
        Assert.Equal(10, (await _db.Books.Where(b => b.Author == "Author 1").ToListAsync(source.Token)).Count);
        Assert.Equal(10, await _db.Books.Where(b => b.Author == "Author 1").CountAsync());
        Assert.Equal(1, (await _db.Books.Where(b => b.Author == "Author 1").FirstOrDefaultAsync())!.Id);
        Assert.True(await _db.Books.All().AnyAsync());
        Assert.Equal(2020, await _db.Books.All().MaxAsync(b => b.Year));
        Assert.Equal("2", (await _db.Books.FindByIsbnAsync("2"))!.Isbn);
        List<long> ids = [];
        await foreach (Book book in _db.Books.Where(b => b.Tags.Contains("sf")).AsAsyncEnumerable()) ids.Add(book.Id);
        Assert.Equal([7, 14, 21, 28, 35], ids);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _db.Books.All().ToListAsync(source.Token));
    }

    [Fact]
    public void What_would_apply_behind_skip_or_take_is_refused_with_advice()
    {
        Assert.Throws<VaultQueryException>(() => _db.Books.Take(5).Where(b => b.Lent));
        Assert.Throws<VaultQueryException>(() => _db.Books.Skip(5).OrderBy(b => b.Year));
        Assert.Equal([4, 5], _db.Books.Skip(2).Take(10).Skip(1).Take(2).ToList().Select(b => b.Id));
        Assert.Empty(_db.Books.Take(-1).ToList());
        Assert.Equal(40, _db.Books.Skip(-1).ToList().Count);
    }

    [Fact]
    public void Plans_name_their_nodes_as_the_contract_does()
    {
        Assert.Equal("KeyLookup id == 7", _db.Books.Where(b => b.Id == 7).Explain().Tree);
        Assert.Equal("KeyRange id >= 7 && id < 9", _db.Books.Where(b => b.Id >= 7 && b.Id < 9).Explain().Tree);
        Assert.Equal("IndexLookup isbn_unique: isbn == \"2\"", _db.Books.Where(b => b.Isbn == "2").Explain().Tree);
        Assert.Equal("IndexLookup author_year_idx: author == \"x\" && year == 1", _db.Books.FindByAuthorAndYear("x", 1).Explain().Tree);
        Assert.Equal("Limit 2\n└─ Skip 1\n   └─ IndexRange year_idx: all, descending", _db.Books.OrderByDescending(b => b.Year).Skip(1).Take(2).Explain().Tree);
        Assert.Equal("Project title\n└─ TopN 3 by rating desc\n   └─ Filter lent == false\n      └─ CollectionScan books", _db.Books.Where(b => !b.Lent).OrderByDescending(b => b.Rating).Take(3).Select(b => b.Title).Explain().Tree);
        Assert.Equal("Sort by key\n└─ IndexRange year_idx: year > 2000", _db.Books.Where(b => b.Year > 2000).Explain().Tree);
        Assert.Equal("IndexLookup year_idx: year in (1990, 2000)", _db.Books.Where(b => b.Year.In(2000, 1990)).OrderBy(b => b.Year).Explain().Tree);
    }

    [Fact]
    public void No_record_has_a_null_key()
    {
        NullableOrderedField<Book, long> id = Book.Fields.Id;

        Assert.Empty(_db.Books.Where(id.IsNull).ToList());
        Assert.Equal([3], _db.Books.Where(id.In(3, null)).ToList().Select(b => b.Id));
    }

    [Fact]
    public void A_scan_can_be_stated_as_meant()
    {
        Assert.Single(_db.Books.AllowScan("a report").Where(b => b.Title == "Title 05").ToList());
        Assert.Single(_db.Books.Where(b => b.Title == "Title 05").AllowScan("a report").ToList());
        Assert.Throws<ArgumentException>(() => _db.Books.AllowScan(""));
    }

    [Fact]
    public void Culture_rules_are_refused_in_filters()
    {
        Assert.Throws<ArgumentException>(() => _db.Books.Where(b => b.Title.StartsWith("t", StringComparison.CurrentCulture)));
    }
}
