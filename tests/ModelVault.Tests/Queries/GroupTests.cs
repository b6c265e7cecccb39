using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

/// <summary>Groups and their aggregates are what LINQ makes of the same rows, in the order of the key.</summary>
public sealed class GroupTests
{
    private static readonly double Scale = TestScale.Or(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_groups_agree_with_linq(int seed)
    {
        Random random = new(seed);
        RowConditions conditions = new(random);
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        List<Row> rows = [.. Enumerable.Range(0, 150).Select(conditions.Row)];
        db.Rows.InsertMany(rows);

        for (int i = 0; i < 400 * Scale; i++)
        {
            RowCondition condition = conditions.Next();
            VaultQuery<Row, RowFields> query = db.Rows.Where(condition.Filter);
            List<Row> expected = [.. rows.Where(condition.Meaning)];
            if (random.Next(4) == 0)
            {
                query = query.OrderByDescending(r => r.Price).Skip(3).Take(40);
                expected = [.. expected.OrderByDescending(r => r.Price).Skip(3).Take(40)];
            }

            Check(query, expected, r => r.Number, r => r.Number, Comparer<int?>.Default);
            Check(query, expected, r => r.PlainNumber, r => r.PlainNumber, Comparer<int?>.Default);
            Check(query, expected, r => r.Text, r => r.Text, Texts);
            Check(query, expected, r => r.Score, r => r.Score == 0 ? 0 : r.Score, Comparer<double>.Default);
            Check(query, expected, r => r.Price, r => r.Price, Comparer<decimal>.Default);
            Check(query, expected, r => r.Color, r => r.Color, Comparer<Color>.Default);
            Check(query, expected, r => r.Flag, r => r.Flag, Comparer<bool>.Default);
            Check(query, expected, r => r.Place.City, r => r.Place?.City, Texts);
            Check(query, expected, r => r.Tags.Count, r => r.Tags.Count, Comparer<int>.Default);
        }
    }

    [Fact]
    public void Every_aggregate_reads_as_the_contract_writes_it()
    {
        using VaultDatabase db = Library();

        List<(int, int, double?)> years = db.Books.Where(b => b.Id > 0).GroupBy(b => b.Year).Select(g => (g.Key, g.Count(), g.Average(b => b.Rating))).ToList();
        List<(int Key, int Count)> counts = db.Books.GroupBy(b => b.Year).Count().ToList();
        List<string> lines = db.Books.GroupBy(b => b.Author).Select(g => g.Key, g => g.Max(b => b.Year), (author, last) => $"{author} {last}").ToList();
        var all = db.Books.GroupBy(b => b.Author).Select(g => (g.Key, g.Count(), g.Min(b => b.Title), g.Max(b => b.Rating), g.Sum(b => b.Id), g.Sum(b => b.Rating), g.Average(b => b.Year), g.Min(b => b.Isbn))).First();

        Assert.Equal([(2000, 2, 1.5), (2001, 2, null), (2002, 1, 3.0)], years);
        Assert.Equal([(2000, 2), (2001, 2), (2002, 1)], counts);
        Assert.Equal(1, counts[^1].Count);
        Assert.Equal(["a 2002", "b 2001"], lines);
        Assert.Equal(("a", 3, "t1", 3.0, 9L, 4.0, (2000 + 2001 + 2002) / 3.0, (string?)"1"), all);
    }

    [Fact]
    public void One_to_eight_aggregates_come_in_three_forms()
    {
        using VaultDatabase db = Library();
        VaultGrouping<Book, BookFields, int> g = db.Books.Where(b => b.Year == 2000).GroupBy(b => b.Year);

        Assert.Equal(2000, g.Select(g => g.Key).Single());
        Assert.Equal("2000", g.Select(g => g.Key, k => $"{k}").Single());
        Assert.Equal((2000, 2), g.Select(g => g.Key, g => g.Count()).Single());
        Assert.Equal((2000, 2), g.Select(g => (g.Key, g.Count())).Single());
        Assert.Equal((2000, 2, 1L), g.Select(g => g.Key, g => g.Count(), g => g.Min(b => b.Id)).Single());
        Assert.Equal((2000, 2, 1L), g.Select(g => (g.Key, g.Count(), g.Min(b => b.Id))).Single());
        Assert.Equal(2003, g.Select(g => g.Key, g => g.Count(), g => g.Min(b => b.Id), (a, b, c) => a + b + c).Single());
        Assert.Equal((2000, 2, 1L, 2L), g.Select(g => g.Key, g => g.Count(), g => g.Min(b => b.Id), g => g.Max(b => b.Id)).Single());
        Assert.Equal((2000, 2, 1L, 2L), g.Select(g => (g.Key, g.Count(), g.Min(b => b.Id), g.Max(b => b.Id))).Single());
        Assert.Equal(2005, g.Select(g => g.Key, g => g.Count(), g => g.Min(b => b.Id), g => g.Max(b => b.Id), (a, b, c, d) => a + b + c + d).Single());
        Assert.Equal((1, 1, 1, 1, 1), g.Select(g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id)).Single());
        Assert.Equal((1, 1, 1, 1, 2), g.Select(g => (g.Min(b => b.Id), g.Min(b => b.Id), g.Min(b => b.Id), g.Min(b => b.Id), g.Max(b => b.Id))).Single());
        Assert.Equal(6, g.Select(g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Max(b => b.Id), (a, b, c, d, e) => a + b + c + d + e).Single());
        Assert.Equal((1, 1, 1, 1, 1, 2), g.Select(g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Max(b => b.Id)).Single());
        Assert.Equal((1, 1, 1, 1, 1, 2), g.Select(g => (g.Min(b => b.Id), g.Min(b => b.Id), g.Min(b => b.Id), g.Min(b => b.Id), g.Min(b => b.Id), g.Max(b => b.Id))).Single());
        Assert.Equal(7, g.Select(g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Max(b => b.Id), (a, b, c, d, e, f) => a + b + c + d + e + f).Single());
        Assert.Equal((1, 1, 1, 1, 1, 1, 2), g.Select(g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Max(b => b.Id)).Single());
        Assert.Equal((1, 1, 1, 1, 1, 1, 2), g.Select(g => (g.Min(b => b.Id), g.Min(b => b.Id), g.Min(b => b.Id), g.Min(b => b.Id), g.Min(b => b.Id), g.Min(b => b.Id), g.Max(b => b.Id))).Single());
        Assert.Equal(8, g.Select(g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Max(b => b.Id), (a, b, c, d, e, f, h) => a + b + c + d + e + f + h).Single());
        Assert.Equal((1, 1, 1, 1, 1, 1, 1, 2), g.Select(g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Max(b => b.Id)).Single());
        Assert.Equal(9, g.Select(g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Min(b => b.Id), g => g.Max(b => b.Id), (a, b, c, d, e, f, h, i) => a + b + c + d + e + f + h + i).Single());
    }

    [Fact]
    public void Keys_without_an_order_come_as_they_appear()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        string[][] tags = [["z"], ["a", "b"], [], ["z"], ["b", "a"], ["a", "b"]];
        db.Books.InsertMany(tags.Select((t, i) => new Book { Id = i, Title = "", Author = "", Tags = [.. t], Publisher = i % 2 == 0 ? null : new Publisher("p", i == 3 ? null : "c") }));

        List<(List<string>, int)> byTags = db.Books.GroupBy(b => b.Tags).Select(g => (g.Key, g.Count())).ToList();
        List<(Publisher? Key, int Count)> byPublisher = db.Books.GroupBy(b => b.Publisher).Count().ToList();

        Assert.Equal(["z:2", "a,b:2", ":1", "b,a:1"], byTags.Select(g => $"{string.Join(',', g.Item1)}:{g.Item2}"));
        Assert.Equal([(null, 3), (new Publisher("p", "c"), 2), (new Publisher("p", null), 1)], byPublisher);
    }

    [Fact]
    public void Sums_are_checked_and_means_exact_for_decimals()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Everything.InsertMany([new Everything { Id = Guid.NewGuid(), Int32 = int.MaxValue, Decimal = 0.1m, MaybeDecimal = null }, new Everything { Id = Guid.NewGuid(), Int32 = 1, Decimal = 0.2m, MaybeDecimal = 0.3m }]);

        Assert.Equal(0.15m, db.Everything.GroupBy(e => e.Bool).Select(g => g.Average(e => e.Decimal)).Single());
        Assert.Equal(0.3m, db.Everything.GroupBy(e => e.Bool).Select(g => g.Average(e => e.MaybeDecimal)).Single());
        Assert.Equal(0.3m, db.Everything.GroupBy(e => e.Bool).Select(g => g.Sum(e => e.MaybeDecimal)).Single());
        Assert.Throws<OverflowException>(() => db.Everything.GroupBy(e => e.Bool).Select(g => g.Sum(e => e.Int32)).ToList());
        Assert.Throws<OverflowException>(() => db.Everything.All().Sum(e => e.Int32));
    }

    [Fact]
    public void Groups_are_projections_like_any_other()
    {
        using VaultDatabase db = Library();
        VaultProjection<Book, (int Key, int Count)> groups = db.Books.GroupBy(b => b.Year).Count();

        Assert.Equal(3, groups.Count());
        Assert.Equal([(2001, 2)], groups.Skip(1).Take(1).ToList());
        Assert.Equal([2, 1], db.Books.GroupBy(b => b.Year).Select(g => g.Count()).Distinct().ToList());
        Assert.Equal((2000, 2), groups.First());
        Assert.False(db.Books.Where(b => b.Id > 99).GroupBy(b => b.Year).Count().Any());
        Assert.Equal("Project group by year: year, count\n└─ CollectionScan books", groups.Explain().Tree);
        List<int> seen = [];
        foreach ((int year, _) in groups) seen.Add(year);
        Assert.Equal([2000, 2001, 2002], seen);
    }

    [Fact]
    public async Task A_long_grouping_can_be_cancelled()
    {
        using VaultDatabase db = Library();
        using CancellationTokenSource source = new();
        Task<List<int>> stopped = db.Books.Where(new CancellingFilter(source)).GroupBy(b => b.Year).Select(g => g.Key).ToListAsync(source.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped);
    }

    [Fact]
    public void Memory_goes_with_the_groups_not_with_the_records()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Books.InsertMany(Enumerable.Range(0, 20_000).Select(i => new Book { Id = i, Title = "t", Author = "a", Year = i % 50, Rating = i % 5 }));
        VaultProjection<Book, (int, int, double?)> groups = db.Books.GroupBy(b => b.Year).Select(g => (g.Key, g.Count(), g.Average(b => b.Rating)));

        long allocated = Allocations.Of(() => groups.ToList(), enough: 40_000);

        Assert.True(allocated < 40_000, $"{allocated} bytes for 50 groups of 20,000 records");
    }

    private static void Check<TKey>(VaultQuery<Row, RowFields> query, List<Row> rows, Func<RowFields, IField<Row, TKey>> by, Func<Row, TKey> key, IComparer<TKey> order)
    {
        (TKey, int, int?, decimal, double?, string?)[] expected = [.. rows.GroupBy(key).OrderBy(g => g.Key, order)
            .Select(g => (g.Key, g.Count(), g.Max(r => r.PlainNumber), g.Sum(r => r.Price), g.Average(r => r.Number), g.Select(r => r.Text).Where(t => t is not null).Order(Texts).FirstOrDefault()))];
        var found = query.GroupBy(by).Select(g => (g.Key, g.Count(), g.Max(r => r.PlainNumber), g.Sum(r => r.Price), g.Average(r => r.Number), g.Min(r => r.Text))).ToList();
        Assert.Equal(expected.Select(e => $"{(e.Item1 is 0d ? 0d : e.Item1)} {e.Item2} {e.Item3} {e.Item4 / 1.000m} {e.Item5} {e.Item6}"), found.Select(e => $"{(e.Item1 is 0d ? 0d : e.Item1)} {e.Item2} {e.Item3} {e.Item4 / 1.000m} {e.Item5} {e.Item6}"));
    }

    private static VaultDatabase Library()
    {
        VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Books.InsertMany(
        [
            new Book { Id = 1, Title = "t1", Author = "a", Year = 2000, Rating = 1, Isbn = "1" },
            new Book { Id = 2, Title = "t2", Author = "b", Year = 2000, Rating = 2, Isbn = "2" },
            new Book { Id = 3, Title = "t3", Author = "a", Year = 2001 },
            new Book { Id = 4, Title = "t4", Author = "b", Year = 2001 },
            new Book { Id = 5, Title = "t5", Author = "a", Year = 2002, Rating = 3, Isbn = "5" },
        ]);
        return db;
    }

    private static IComparer<string?> Texts { get; } = Comparer<string?>.Create(static (l, r) => (l, r) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        _ => RowConditions.Order(l, r),
    });

    private sealed class CancellingFilter(CancellationTokenSource source) : VaultFilter<Book>
    {
        internal override string Shape => "";

        internal override bool ReadsOnly(IFieldSet part) => true;

        internal override bool Matches(ref Runtime.RowContext row)
        {
            source.Cancel();
            return true;
        }
    }
}
