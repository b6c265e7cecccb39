using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ModelVault;

string path = args[0];
using (VaultDatabase db = VaultDatabase.Open(path))
{
    Books(db).InsertMany(Enumerable.Range(1, 1000).Select(i => new Book
    {
        Id = i,
        Title = $"Title {i}",
        Author = $"Author {i % 50}",
        Year = 1900 + i % 120,
        Isbn = $"{i:0000000000}",
        Shelf = i % 2 == 0 ? Shelf.Left : Shelf.Right,
        Publisher = i % 3 == 0 ? null : new Publisher("Ace", "Oslo"),
        Tags = ["a", $"{i}"],
    }));
    using VaultTransaction tx = db.BeginTransaction();
    Books(tx).Update(7, b => b.Rating = 4.5);
    Books(tx).Delete(8);
    tx.Commit();
    try
    {
        Books(db).Insert(new Book { Id = 5000, Title = new string('x', 501), Author = "a", Year = 99999 });
        return Fail("an invalid record was accepted");
    }
    catch (VaultValidationException e) when (e.Violations.Count == 2)
    {
    }
}

using (VaultDatabase db = VaultDatabase.Open(path))
{
    if (Books(db).Count() != 999) return Fail("count");
    if (Books(db).Get(7) is not { Rating: 4.5, Publisher.City: "Oslo", Shelf: Shelf.Right } seven || seven.Tags.Count != 2) return Fail("get");
    if (Books(db).FindByIsbn("0000000999")?.Id != 999) return Fail("unique index");
    List<int> years = Books(db).Where(b => b.Author == "Author 7" && b.Year >= 1950).OrderBy(b => b.Year).Select(b => b.Year).ToList();
    if (years.Count == 0 || !years.SequenceEqual(years.Order())) return Fail("query");
    if (!Books(db).Where(b => b.Publisher.City == "Oslo").Explain().IsScan) return Fail("explain");
    if (VaultModels.All.Count != 1) return Fail("registry");
    if (!Books(db).Where(b => b.Author == "Author 7").As<BookTitle>().ToList().Contains(new BookTitle(7, "Title 7", "Oslo"))) return Fail("view");

    JsonSerializerOptions options = new(JsonSerializerDefaults.Web) { TypeInfoResolverChain = { AppJson.Default, new VaultJsonTypeInfoResolver(VaultModels.All) } };
    VaultPatch<Book> patch = JsonSerializer.Deserialize("""{"rating":null,"shelf":"Left","tags":[],"publisher":{"city":"Bergen"}}""", Info<VaultPatch<Book>>(options))!;
    if (!Books(db).Patch(7, patch) || Books(db).Get(7) is not { Rating: null, Shelf: Shelf.Left, Tags.Count: 0, Publisher: { Name: "Ace", City: "Bergen" } }) return Fail("patch");
    if (JsonSerializer.Serialize(patch, Info<VaultPatch<Book>>(options)) != """{"publisher":{"city":"Bergen"},"rating":null,"shelf":"Left","tags":[]}""") return Fail("patch as JSON");
    VaultInput<Book> input = JsonSerializer.Deserialize("""{"id":6000,"title":"T","author":"A","year":1.0}""", Info<VaultInput<Book>>(options))!;
    if (Books(db).Insert(input) != 6000 || Books(db).Get(6000) is not { Title: "T", Year: 1, Tags.Count: 0 }) return Fail("input");
    Book seven2 = Books(db).Get(7)!;
    string json = JsonSerializer.Serialize(seven2, Info<Book>(options));
    if (json != """{"id":7,"title":"Title 7","author":"Author 7","year":1907,"isbn":"0000000007","rating":null,"shelf":0,"tags":[],"publisher":{"name":"Ace","city":"Bergen"}}""") return Fail($"model as JSON: {json}");
    if (JsonSerializer.Deserialize(json, Info<Book>(options))!.Publisher != seven2.Publisher) return Fail("model from JSON");
}

Console.WriteLine("round trip done");
return 0;

#if CSHARP_14_0
static BookCollection Books(VaultContext context) => context.Books;
#else
static BookCollection Books(VaultContext context) => context.Books();
#endif

static JsonTypeInfo<T> Info<T>(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));

static int Fail(string what)
{
    Console.Error.WriteLine($"failed: {what}");
    return 1;
}

[VaultCollection]
[Index(nameof(Author), nameof(Year))]
public partial class Book
{
    [PrimaryKey] public long Id { get; init; }
    [StringLength(500)] public required string Title { get; set; }
    public required string Author { get; set; }
    [Index, Range(-5000, 3000)] public int Year { get; set; }
    [Unique] public string? Isbn { get; set; }
    public double? Rating { get; set; }
    public Shelf Shelf { get; set; }
    public List<string> Tags { get; set; } = [];
    public Publisher? Publisher { get; set; }
}

[VaultObject]
public partial record Publisher(string Name, string? City);

[VaultView(typeof(Book))]
public partial record BookTitle(long Id, string Title, [property: VaultField("publisher.city")] string? City);

[JsonSerializable(typeof(Book))]
public sealed partial class AppJson : JsonSerializerContext;

public enum Shelf
{
    Left,
    Right,
}
