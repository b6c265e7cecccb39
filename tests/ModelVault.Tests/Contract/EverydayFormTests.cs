using ModelVault.Tests.Models;

namespace ModelVault.Tests.Contract;

/// <summary>The forms in which people write filters: each compiles, and finds what the same condition in C# finds.</summary>
public sealed class EverydayFormTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();
    private readonly List<Product> _products = [.. Enumerable.Range(0, 60).Select(Make)];

    public EverydayFormTests() => _db.Products.InsertMany(_products);

    public void Dispose() => _db.Dispose();

    [Fact]
    public void Values_may_be_constants_locals_and_null_on_either_side()
    {
        int minYear = 2000;
        int? maybeYear = 2001;
        string who = "b";
        string? nobody = null;
        double? maybeRating = 4;
        Same(b => b.Year >= minYear && b.Author == who, b => b.Year >= minYear && b.Author == who);
        Same(b => 2000 <= b.Year && "b" == b.Author && b.Year < minYear + 10, b => b.Year is >= 2000 and < 2010 && b.Author == "b");
        Same(b => null == b.Isbn, b => b.Isbn is null);
        Same(b => b.Isbn == nobody, b => b.Isbn is null);
        Same(b => b.Rating == null || b.Rating != null, _ => true);
        Same(b => b.Rating == maybeRating, b => b.Rating == 4);
        Same(b => b.Rating > 4 && b.Rating <= 4.5, b => b.Rating is > 4 and <= 4.5);
        Same(b => b.Shelf == 3, b => b.Shelf == 3);
        Assert.Equal(_products.Count(b => b.Year == maybeYear), _db.Products.Where(Product.Fields.Year, 2001).Count());
        Assert.Equal(_products.Count(b => b.Rating == 5), _db.Products.Where(Product.Fields.Rating, 5).Count());
        Assert.Equal(_products.Count(b => b.Rating is null), _db.Products.Where(Product.Fields.Rating, null).Count());
    }

    [Fact]
    public void Bools_stand_bare_negated_and_compared()
    {
        Same(b => b.Active, b => b.Active);
        Same(b => !b.Active, b => !b.Active);
        Same(b => b.Active && b.Year > 1999, b => b.Active && b.Year > 1999);
        Same(b => b.Year > 1999 && b.Active, b => b.Active && b.Year > 1999);
        Same(b => b.Active && b.Archived, b => b.Active && b.Archived);
        Same(b => b.Active || !b.Archived, b => b.Active || !b.Archived);
        Same(b => !b.Active && !b.Archived && b.Year > 1, b => !b.Active && !b.Archived);
        Same(b => b.Active == true, b => b.Active);
        Same(b => b.Active != b.Archived, b => b.Active != b.Archived);
        Same(b => b.Reviewed == true, b => b.Reviewed == true);
        Same(b => b.Reviewed != null, b => b.Reviewed is not null);
    }

    [Fact]
    public void Enums_dates_money_and_keys_compare_as_in_csharp()
    {
        Status status = Status.Open;
        AuthorId key = _products[3].AuthorKey;
        Same(b => b.Status == Status.Open, b => b.Status == Status.Open);
        Same(b => b.Status == status || b.Status != Status.Closed, b => b.Status != Status.Closed);
        Same(b => Status.Open == b.Status, b => b.Status == Status.Open);
        Same(b => b.Status > Status.Draft, b => b.Status > Status.Draft);
        Same(b => b.OldStatus == null || b.OldStatus == Status.Draft, b => b.OldStatus is null or Status.Draft);
        Same(b => b.Status.In(Status.Open, Status.Draft), b => b.Status is Status.Open or Status.Draft);
        Same(b => b.Price > 10, b => b.Price > 10);
        Same(b => b.Price >= 9.99m && b.Discount == null, b => b.Price >= 9.99m && b.Discount is null);
        Same(b => b.CreatedAt >= Now.AddDays(-10), b => b.CreatedAt >= Now.AddDays(-10));
        Same(b => b.CreatedAt >= Now.UtcDateTime, b => b.CreatedAt >= Now);
        Same(b => b.SoldAt < Now.UtcDateTime, b => b.SoldAt < Now.UtcDateTime);
        Same(b => b.Published == new DateOnly(2020, 1, 5), b => b.Published == new DateOnly(2020, 1, 5));
        Same(b => b.Token == Guid.Empty, b => b.Token == Guid.Empty);
        Same(b => b.AuthorKey == key, b => b.AuthorKey == key);
        Same(b => b.Cover == new byte[] { 1, 2 }, b => b.Cover is [1, 2]);
    }

    [Fact]
    public void Nested_members_lists_and_maps_are_reached()
    {
        string who = "sf";
        Same(b => b.Publisher.City.StartsWith("O"), b => b.Publisher?.City?.StartsWith('O') == true);
        Same(b => b.Publisher!.City == "Oslo", b => b.Publisher?.City == "Oslo");
        Same(b => b.Publisher == null, b => b.Publisher is null);
        Same(b => b.Publisher != null && b.Publisher.City == "Oslo", b => b.Publisher?.City == "Oslo");
        Same(b => b.Publisher.IsNull, b => b.Publisher is null);
        Same(b => b.Imprint.Name == "x", b => b.Imprint.Name == "x");
        Same(b => b.Tags.Contains(who), b => b.Tags.Contains("sf"));
        Same(b => b.Tags.Any(t => t == who || t.EndsWith("z")), b => b.Tags.Any(t => t == "sf" || t.EndsWith('z')));
        Same(b => b.Tags.Any(t => t == b.Author), b => b.Tags.Contains(b.Author));
        Same(b => b.Editions.Any(e => e.City == "Oslo" && e.Name != "x"), b => b.Editions.Any(e => e.City == "Oslo" && e.Name != "x"));
        Same(b => b.Pages.Any(p => p > 5), b => b.Pages.Any(p => p > 5));
        Same(b => b.Pages.Contains(3), b => b.Pages.Contains(3));
        Same(b => b.Tags.Count > 1, b => b.Tags.Count > 1);
        Same(b => b.Tags == null, _ => false);
        Same(b => b.Scores["a"] > 1, b => b.Scores.TryGetValue("a", out double a) && a > 1);
        Same(b => b.Scores.ContainsKey("a"), b => b.Scores.ContainsKey("a"));
    }

    [Fact]
    public void Fields_compare_with_fields_and_texts_by_their_methods()
    {
        Same(b => b.Title == b.Subtitle, b => b.Title == b.Subtitle);
        Same(b => b.Year > b.FirstYear, b => b.Year > b.FirstYear);
        Same(b => b.Isbn == b.Title, b => b.Isbn == b.Title);
        Same(b => b.Title.Equals("title 5"), b => b.Title == "title 5");
        Same(b => b.Title.Equals("TITLE 5", StringComparison.OrdinalIgnoreCase), b => b.Title == "title 5");
        Same(b => b.Title.Length > 7, b => b.Title.Length > 7);
        Same(b => b.Title.Between("title 2", "title 3") || b.Title >= "title 9", b => In(b.Title, "title 2", "title 3") || string.CompareOrdinal(b.Title, "title 9") >= 0);
        Same(b => b.Title.StartsWith("title 1") && b.Title.EndsWith("5", StringComparison.OrdinalIgnoreCase) && !b.Title.Contains("x"), b => b.Title is "title 15" || (b.Title.StartsWith("title 1", StringComparison.Ordinal) && b.Title.EndsWith('5')));

        static bool In(string value, string low, string high) => string.CompareOrdinal(value, low) >= 0 && string.CompareOrdinal(value, high) <= 0;
    }

    [Fact]
    public void Sets_of_values_come_from_anywhere()
    {
        List<string> list = ["a"];
        string[] array = ["a", "b"];
        HashSet<int> years = [1995, 2001];
        Same(b => b.Author.In(list), b => b.Author == "a");
        Same(b => b.Author.In(array), b => b.Author is "a" or "b");
        Same(b => b.Author.In("a", "b"), b => b.Author is "a" or "b");
        Same(b => list.Contains(b.Author), b => b.Author == "a");
        Same(b => array.Contains(b.Author), b => b.Author is "a" or "b");
        Same(b => years.Contains(b.Year), b => years.Contains(b.Year));
        Same(b => b.Year.In(years), b => years.Contains(b.Year));
        Same(b => b.Author.In([.. list, "c"]), b => b.Author is "a" or "c");
        Same(b => new[] { 1995, 2 }.Contains(b.Year), b => b.Year == 1995);
        Same(b => b.Year.In([]), _ => false);
    }

    [Fact]
    public void Lambdas_may_be_blocks_static_and_method_groups()
    {
        Same(b => { var y = 2000; return b.Year > y; }, b => b.Year > 2000);
        Same(static b => b.Year > 2000, b => b.Year > 2000);
        Same(Recent, b => b.Year > 2000);
        Same(b => Recent(b) && b.Active, b => b.Year > 2000 && b.Active);

        static VaultFilter<Product> Recent(ProductFields b) => b.Year > 2000;
    }

    private static Product Make(int i) => new()
    {
        Id = i,
        Title = $"title {i}",
        Author = ((string[])["a", "b", "c"])[i % 3],
        Year = 1990 + i % 20,
        Isbn = i % 4 == 0 ? null : i % 10 == 1 ? $"title {i}" : $"{i}",
        Rating = i % 5 == 0 ? null : 3 + i % 5 / 2.0,
        Tags = i % 3 == 0 ? [] : i % 3 == 1 ? ["sf", "jazz"] : ["c"],
        Publisher = i % 2 == 0 ? null : new Publisher("p", i % 3 == 0 ? null : i % 3 == 1 ? "Oslo" : "Bergen"),
        Active = i % 2 == 0,
        Archived = i % 7 == 0,
        Reviewed = i % 3 == 0 ? null : i % 3 == 1,
        Status = (Status)(i % 3),
        OldStatus = i % 4 == 0 ? null : (Status)(i % 3),
        Price = i / 2m,
        Discount = i % 3 == 0 ? null : 1,
        CreatedAt = Now.AddDays(-i).ToOffset(TimeSpan.FromHours(i % 3)),
        SoldAt = i % 2 == 0 ? null : Now.UtcDateTime.AddDays(i - 30),
        Published = new DateOnly(2020, 1, 1 + i % 28),
        Token = i % 9 == 0 ? Guid.Empty : new Guid(i, 0, 0, new byte[8]),
        AuthorKey = new AuthorId(new Guid(i % 10, 0, 0, new byte[8])),
        Subtitle = i % 6 == 0 ? $"title {i}" : "",
        FirstYear = 2000,
        Shelf = (short)(i % 4),
        Editions = i % 2 == 0 ? [new Publisher("y", "Oslo")] : [new Publisher("x", "Oslo")],
        Pages = [i % 8, 3 + i % 2],
        Scores = i % 2 == 0 ? new Dictionary<string, double> { ["a"] = i % 3 } : [],
        Cover = i % 2 == 0 ? [1, 2] : [],
    };

    private void Same(Func<ProductFields, VaultFilter<Product>> filter, Func<Product, bool> meaning)
    {
        Assert.Equal(_products.Where(meaning).Select(b => b.Id), _db.Products.Where(filter).ToList().Select(b => b.Id));
    }
}
