using ModelVault.Runtime;
using ModelVault.Storage;
using ModelVault.Tests.Contract;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

[VaultView(typeof(Product))]
public partial record ProductTitle(long Id, string Title);

[VaultView(typeof(Product))]
public partial struct ProductCard
{
    public required string Author { get; init; }
    public int? Year { get; private set; }
    public List<string> Tags { get; set; }
    [VaultField("publisher.city")] public string? City { get; set; }
    [VaultField("imprint.name")] public string? Imprint { get; set; }
}

public sealed class ViewTests
{
    [Fact]
    public void A_view_has_the_fields_of_its_records_in_the_order_of_the_query()
    {
        using VaultDatabase db = Filled();

        Assert.Equal(
            [new ProductTitle(3, "Title 3"), new ProductTitle(2, "Title 2")],
            db.Products.Where(p => p.Year >= 2001).OrderByDescending(p => p.Year).Skip(1).Take(2).As<ProductTitle>().ToList());
    }

    [Fact]
    public void A_view_reads_members_of_nested_objects_and_null_where_the_object_is_null()
    {
        using VaultDatabase db = Filled();

        ProductCard[] cards = db.Products.Where(p => p.Id <= 2).As<ProductCard>().ToArray();

        Assert.Equal(["Author 1 2001 a,1 Oslo Ace", "Author 2 2002 a,2  Ace"], cards.Select(static c => $"{c.Author} {c.Year} {string.Join(',', c.Tags)} {c.City} {c.Imprint}"));
    }

    [Fact]
    public void The_plan_is_the_query_s_with_the_view_s_fields_above()
    {
        using VaultDatabase db = Filled();

        string plan = db.Products.Where(p => p.Author == "Author 1").As<ProductTitle>().Explain().Tree;

        Assert.StartsWith("Project id, title", plan, StringComparison.Ordinal);
        Assert.Contains("IndexLookup", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_terminal_works()
    {
        using VaultDatabase db = Filled();
        VaultProjection<Product, ProductTitle> views = db.Products.All().As<ProductTitle>();
        ProductTitle first = new(1, "Title 1");
        List<long> ids = [];
        foreach (ProductTitle view in views) ids.Add(view.Id);
        await foreach (ProductTitle view in views.AsAsyncEnumerable()) ids.Add(view.Id);

        Assert.Equal([1, 2, 3, 4, 1, 2, 3, 4], ids);
        Assert.Equal((first, first, first), (views.First(), views.FirstOrDefault()!, await views.FirstAsync()));
        Assert.Equal((4, 4, true, true), (views.Count(), await views.CountAsync(), views.Any(), await views.AnyAsync()));
        Assert.Equal(4, (await views.ToListAsync()).Count);
        Assert.Throws<InvalidOperationException>(() => views.Single());
        Assert.Equal(first, db.Products.Where(p => p.Id == 1).As<ProductTitle>().Single());
        Assert.Equal(first, await db.Products.Where(p => p.Id == 1).As<ProductTitle>().SingleAsync());
        Assert.Null(db.Products.Where(p => p.Id == 9).As<ProductTitle>().SingleOrDefault());
        Assert.Null(await db.Products.Where(p => p.Id == 9).As<ProductTitle>().SingleOrDefaultAsync());
        Assert.Throws<InvalidOperationException>(() => db.Products.Where(p => p.Id == 9).As<ProductTitle>().First());
    }

    [Fact]
    public void A_view_in_a_snapshot_sees_the_snapshot()
    {
        using VaultDatabase db = Filled();
        using VaultSnapshot snapshot = db.BeginSnapshot();
        db.Products.Delete(1);

        Assert.Equal(4, snapshot.Products.All().As<ProductTitle>().ToList().Count);
    }

    [Fact]
    public void Only_the_view_s_fields_are_decoded()
    {
        byte[] record = Written(Sample(1));

        // The fields in front of the last one that is read are passed; those behind it are not even looked at.
        int title = Product.Schema.Fields.Select(static f => f.Name).ToList().IndexOf("title");
        MessagePackReader reader = new(record);
        reader.BeginObject();
        for (int i = 0; i <= title; i++) reader.Skip();
        record.AsSpan(reader.Position).Fill(0xc1);

        // The author is a list now, which is well-formed and no string.
        reader = new(record);
        reader.BeginObject();
        while (!Next(ref reader, "Author 1")) reader.Skip();
        record[reader.Position] = 0x93;
        record.AsSpan(reader.Position + 1, 8).Clear();
        byte[] damaged = [.. record[..(reader.Position + 4)], .. record[(reader.Position + 9)..]];

        Assert.Equal(new ProductTitle(1, "Title 1"), Read<ProductTitle>(damaged));
        Assert.Throws<VaultCorruptionException>(() => Read<ProductCard>(damaged));
    }

    [Fact]
    public void A_view_allocates_what_its_fields_need_and_no_more()
    {
        Product product = Sample(1);
        product.Cover = new byte[100_000];
        product.Tags = [.. Enumerable.Range(0, 1000).Select(static i => $"tag {i}")];
        byte[] record = Written(product);

        Assert.InRange(Allocations.Of(() => Read<ProductTitle>(record)), 1, 200);
    }

    private static bool Next(ref MessagePackReader reader, string text)
    {
        MessagePackReader ahead = reader;
        return ahead.NextIsString() && ahead.ReadString() == text;
    }

    private static byte[] Written(Product product)
    {
        MessagePackWriter writer = new(new byte[256]);
        VaultObjects.Write(product, ref writer);
        return writer.Written.ToArray();
    }

    private static TView Read<TView>(byte[] record)
        where TView : IVaultView<Product, TView>
    {
        MessagePackReader reader = new(record);
        return TView.Read(ref reader);
    }

    private static VaultDatabase Filled()
    {
        VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Products.InsertMany(Enumerable.Range(1, 4).Select(Sample));
        return db;
    }

    private static Product Sample(int i) => new()
    {
        Id = i,
        Title = $"Title {i}",
        Author = $"Author {i}",
        Year = 2000 + i,
        Tags = ["a", $"{i}"],
        Publisher = i % 2 == 0 ? null : new Publisher("P", "Oslo"),
        Imprint = new Publisher("Ace", null),
    };
}
