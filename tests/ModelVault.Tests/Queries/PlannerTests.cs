using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

/// <summary>Which way the planner goes, and what it says of the others.</summary>
public sealed class PlannerTests : IDisposable
{
    private const int Count = 4000;

    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();

    // 400 authors of 10 books; 40 years of 100 books; the same 10 books never share both.
    public PlannerTests() => _db.Books.InsertMany(Enumerable.Range(0, Count).Select(static i => new Book
    {
        Id = i,
        Title = $"Title {i:0000}",
        Author = $"Author {i % 400:000}",
        Year = 1980 + (i / 10 % 40),
        Isbn = i % 2 == 0 ? $"isbn {i}" : null,
        Rating = i % 50 / 10.0,
        Lent = i % 3 == 0,
    }));

    public void Dispose() => _db.Dispose();

    // Where it is sure of the best way the planner estimates nothing; what it explains it has always estimated.
    [Theory]
    [InlineData(1, 20, PlanNodeKind.IndexLookup)]
    [InlineData(1, 36, PlanNodeKind.IndexLookup)]
    [InlineData(10, 20, PlanNodeKind.IndexLookup)]
    [InlineData(500, 20, PlanNodeKind.CollectionScan)]
    public void The_way_that_is_gone_is_the_one_that_is_explained(int values, int limit, PlanNodeKind kind)
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Rows.InsertMany(Enumerable.Range(0, 2000).Select(static i => new Row { Id = i, Score = i % 1000 }));
        CollectionStore store = new(new CollectionLayout(Row.Schema));
        IField<Row, double> score = Row.Fields.Score;
        QuerySpec spec = new(Row.Fields.Score.In(Enumerable.Range(0, values).Select(static v => (double)v)), score.Field.Order(false), false, 0, limit);
        using ReadView view = db.BeginRead(store);

        AccessPath gone = QueryPlanner.Plan(store.Layout, store.Bind(view.Source), spec);
        AccessPath explained = QueryPlanner.Plan(store.Layout, store.Bind(view.Source), spec, new PlanLog());

        Assert.Equal(kind, explained.Kind);
        Assert.Equal((explained.Kind, explained.Index?.Schema.Name), (gone.Kind, gone.Index?.Schema.Name));
    }

    [Fact]
    public void Alternatives_that_are_all_served_are_united()
    {
        VaultQuery<Book, BookFields> query = _db.Books.Where(b => b.Author == "Author 007" || b.Year == 1985 || b.Id == 3);

        Assert.Equal("""
            IndexUnion
            ├─ IndexLookup author_idx: author == "Author 007"
            ├─ IndexLookup year_idx: year == 1985
            └─ KeyLookup id == 3
            """, query.Explain().Tree, ignoreLineEndingDifferences: true);
        Assert.Equal(_db.Books.ToList().Where(b => b.Author == "Author 007" || b.Year == 1985 || b.Id == 3).Select(b => b.Id), query.ToList().Select(b => b.Id));
    }

    [Fact]
    public void One_alternative_that_is_not_served_makes_a_scan()
    {
        QueryPlan plan = _db.Books.Where(b => b.Author == "Author 007" || b.Lent).Explain();

        Assert.True(plan.IsScan);
        Assert.Contains(plan.Considered, c => !c.IsChosen && c.Reason == "nothing serves each side of it");
    }

    [Fact]
    public void Conditions_beside_alternatives_help_to_serve_each()
    {
        QueryPlan plan = _db.Books.Where(b => b.Author >= "Author 100" && (b.Year == 1990 && b.Lent || b.Isbn == "isbn 8")).Explain();

        Assert.Equal(PlanNodeKind.IndexUnion, plan.Access.Kind);
        Assert.Equal("Filter", plan.Root.Kind.ToString());
    }

    [Fact]
    public void Alternatives_on_one_key_are_read_together_in_its_order()
    {
        Assert.Equal("IndexLookup year_idx: year == 1990 || year == 1985", _db.Books.Where(b => b.Year == 1990 || b.Year == 1985).OrderBy(b => b.Year).Explain().Tree);
        Assert.Equal("KeyLookup id == 7 || id == 3", _db.Books.Where(b => b.Id == 7 || b.Id == 3).Explain().Tree);
        Assert.Equal("KeyRange id < 5 || id in (3, 4, 9)", _db.Books.Where(b => b.Id < 5 || b.Id.In(3, 4, 9)).Explain().Tree);
        Assert.Equal([0, 1, 2, 3, 4, 9], _db.Books.Where(b => b.Id < 5 || b.Id.In(3, 4, 9)).ToList().Select(b => b.Id));
        Assert.Equal(200, _db.Books.Where(b => b.Year == 1990 || b.Year.In(1990, 1985)).Count());
    }

    [Fact]
    public void Two_indexes_are_intersected_where_each_alone_leaves_many()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Rows.InsertMany(Enumerable.Range(0, Count).Select(static i => new Row { Id = i, Number = i % 20, Price = i / 20 % 16, Text = i % 20 == 0 ? "b" : "a" }));

        VaultQuery<Row, RowFields> query = db.Rows.Where(r => r.Number == 7 && r.Price == 3);

        Assert.Equal("""
            IndexIntersection
            ├─ IndexLookup number_idx: number == 7
            └─ IndexLookup price_idx: price == 3
            """, query.Explain().Tree, ignoreLineEndingDifferences: true);
        int[] expected = [.. Enumerable.Range(0, 13).Select(static i => 67 + (320 * i)).Where(static i => i < Count)];
        Assert.Equal(expected, query.ToList().Select(r => r.Id));
        Assert.Equal(expected.Reverse().Take(2), query.OrderByDescending(r => r.Id).Take(2).ToList().Select(r => r.Id));
        Assert.Equal(expected.Length, query.Count());
    }

    [Fact]
    public void An_interval_that_holds_nearly_everything_is_not_worth_an_index()
    {
        QueryPlan wide = _db.Books.Where(b => b.Year >= 1981).Explain(), narrow = _db.Books.Where(b => b.Year >= 2018).Explain();

        Assert.True(wide.IsScan);
        Assert.Contains(wide.Considered, c => c.Name == "year_idx" && c.Reason.EndsWith("rows, but fetching each costs more", StringComparison.Ordinal));
        Assert.Equal("year_idx", narrow.Access.Index);
    }

    [Fact]
    public void In_a_small_collection_an_index_is_used_all_the_same()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Books.InsertMany(Enumerable.Range(0, 100).Select(static i => new Book { Id = i, Title = "t", Author = "a", Year = 1990 }));

        Assert.Equal("year_idx", db.Books.Where(b => b.Year >= 1981).Explain().Access.Index);
    }

    [Fact]
    public void The_narrower_of_two_indexes_is_chosen()
    {
        QueryPlan plan = _db.Books.Where(b => b.Year == 1985 && b.Author >= "Author 050" && b.Author < "Author 052").Explain();

        Assert.Equal("author_idx", plan.Access.Index);
        Assert.Equal("year_idx: rejected: about 100 rows against 20", plan.Considered.Single(c => c.Name == "year_idx").ToString());
        Assert.Equal("author_idx: chosen: answers 2 conditions, about 20 rows", plan.Considered[0].ToString());
    }

    [Fact]
    public void A_full_unique_key_wins_over_everything()
    {
        QueryPlan plan = _db.Books.Where(b => b.Isbn == "isbn 8" && b.Year == 1980 && (b.Author == "Author 008" || b.Id == 8)).OrderBy(b => b.Title).Explain();

        Assert.Equal("isbn_unique", plan.Access.Index);
        Assert.Equal("isbn_unique: chosen: finds one record at most", plan.Considered[0].ToString());
        Assert.DoesNotContain("Sort", plan.Tree, StringComparison.Ordinal);
    }

    [Fact]
    public void With_a_limit_an_index_in_order_beats_sorting()
    {
        Assert.Equal("Limit 5\n└─ IndexRange year_idx: all, descending", _db.Books.OrderByDescending(b => b.Year).Take(5).Explain().Tree);
        Assert.Equal("Sort rating\n└─ CollectionScan books", _db.Books.OrderBy(b => b.Rating).Explain().Tree);
    }

    [Fact]
    public void What_was_not_chosen_has_a_reason()
    {
        QueryPlan plan = _db.Books.Where(b => b.Title.Contains("7") && b.Isbn != "x").Explain();

        Assert.True(plan.IsScan);
        Assert.Equal("every record: chosen: no key or index answers a condition", plan.Considered[0].ToString());
        Assert.Contains("author_year_idx: rejected: no condition on its first field 'author'", plan.ToString(), StringComparison.Ordinal);
        Assert.Contains("primary key: rejected: no condition on its first field 'id'", plan.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1980, 1981)]
    [InlineData(1985, 1995)]
    [InlineData(1980, 2019)]
    public void Estimates_are_near_the_truth(int from, int to)
    {
        PlanNode node = _db.Books.Where(b => b.Year.Between(from, to)).OrderBy(b => b.Year).Take(1).Explain(analyze: true).Access;
        int actual = _db.Books.Count(b => b.Year.Between(from, to));

        Assert.InRange(node.EstimatedRows, actual * 0.5, actual * 2);
    }

    [Theory]
    [InlineData("Author 007", "Author 007")]
    [InlineData("Author 007", "Author 300")]
    [InlineData("Author 300", "Author 007")]
    public void Counts_by_an_index_are_exact(string from, string to)
    {
        int expected = _db.Books.ToList().Count(b => string.CompareOrdinal(b.Author, from) >= 0 && string.CompareOrdinal(b.Author, to) <= 0);

        Assert.Equal(expected, _db.Books.Count(b => b.Author >= from && b.Author <= to));
        Assert.Equal(Math.Clamp(expected - 4, 0, 9), _db.Books.Where(b => b.Author >= from && b.Author <= to).Skip(4).Take(9).Count());
        Assert.Equal(expected > 0, _db.Books.Any(b => b.Author >= from && b.Author <= to));
    }
}
