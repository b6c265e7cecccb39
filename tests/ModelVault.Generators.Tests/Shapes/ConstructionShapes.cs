namespace ModelVault.Generators.Tests.Shapes;

/// <summary>How instances are made.</summary>
internal static class ConstructionShapes
{
    public static IEnumerable<Shape> All { get; } =
    [
        new("positional record", "Authors", "1", "new Author(1, \"a\", 1900)", "new Author(2, \"b\")", "a => a.Born == 1900", "all.Update(1, a => a with { Name = \"c\" })", "new Author(1, \"c\", 1900)",
            "namespace Shop; [VaultCollection] public partial record Author(int Id, string Name, int? Born = null);") { InCSharp14 = true },

        new("positional record with properties declared anew", "Authors", "1", "new Author(1, \"a\")", "new Author(2, \"b\")", "a => a.Name == \"A\"", "all.Update(1, a => a with { Name = \"C\" })", "new Author(1, \"c\")",
            "namespace Shop; [VaultCollection] public partial record Author(int Id, string Name) { public int Id { get; } = Id; public string Name { get; set; } = Name.ToUpperInvariant(); }"),

        new("primary constructor of a class", "Books", "1", "new Book(1, \"a\") { Pages = 3 }", "new Book(2, \"b\")", "b => b.Title == \"a\"", "all.Update(1, b => b.Pages = 4)", "new Book(1, \"a\") { Pages = 4 }",
            "namespace Shop; [VaultCollection] public partial class Book(int id, string title) { public int Id { get; } = id; public string Title { get; } = title; public int Pages { get; set; } }") { InCSharp14 = true },

        new("private constructor without parameters", "Books", "1", "Book.Of(1, \"a\")", "Book.Of(2, \"b\")", "b => b.Title == \"a\"", "all.Update(1, b => b.Rename(\"c\"))", "Book.Of(1, \"c\")",
            "namespace Shop; [VaultCollection] public partial class Book { private Book() { } public int Id { get; private set; } public string Title { get; private set; } = \"\"; public static Book Of(int id, string title) => new() { Id = id, Title = title }; public void Rename(string title) => Title = title; }"),

        new("private constructor with parameters", "Books", "1", "Book.Of(1, \"a\")", "Book.Of(2, \"b\")", "b => b.Title == \"a\"", "all.Update(Book.Of(1, \"c\"))", "Book.Of(1, \"c\")",
            "namespace Shop; [VaultCollection] public partial class Book { private Book(string title, int id) { Id = id; Title = title; } public int Id { get; } public string Title { get; } public static Book Of(int id, string title) => new(title, id); }"),

        new("protected constructor of a record", "Authors", "1", "Author.Of(1, \"a\")", "Author.Of(2, \"b\")", "a => a.Name == \"a\"", "all.Update(1, a => a.Named(\"c\"))", "Author.Of(1, \"c\")",
            "namespace Shop; [VaultCollection] public partial record Author { protected Author() { } public int Id { get; private init; } public string Name { get; private init; } = \"\"; public static Author Of(int id, string name) => new() { Id = id, Name = name }; public Author Named(string name) => this with { Name = name }; }"),

        new("several constructors, of which one fits", "Books", "1", "new Book(1, \"a\", null)", "new Book(2, \"b\", \"n\")", "b => b.Title == \"a\"", "all.Update(new Book(1, \"c\", \"n\"))", "new Book(1, \"c\", \"n\")",
            "namespace Shop; [VaultCollection] public partial class Book { public Book(int id) : this(id, \"\", null) { } public Book(int id, string title, string? note) { Id = id; Title = title; Note = note; } public Book(Uri source) : this(source.Port) { } public int Id { get; } public string Title { get; } public string? Note { get; } }"),

        new("constructor and setters together", "Books", "1", "new Book(1) { Title = \"a\", Tags = { \"t\" } }", "new Book(2) { Title = \"b\" }", "b => b.Tags.Contains(\"t\")", "all.Update(1, b => b.Pages = 3)", "new Book(1) { Title = \"a\", Pages = 3, Tags = { \"t\" } }",
            "namespace Shop; [VaultCollection] public partial class Book(int id) { public int Id { get; } = id; public required string Title { get; init; } public int Pages { get; set; } = 1; public List<string> Tags { get; } = []; }"),

        new("constructor that sets required members", "Books", "1", "new Book(1, \"a\")", "new Book(2, \"b\")", "b => b.Title == \"a\"", "all.Update(1, b => b.Title = \"c\")", "new Book(1, \"c\")",
            "namespace Shop; [VaultCollection] public partial class Book { [System.Diagnostics.CodeAnalysis.SetsRequiredMembers] public Book(int id, string title) => (Id, Title) = (id, title); public required int Id { get; init; } public required string Title { get; set; } }"),

        new("constructor parameters with defaults of every kind", "Books", "1", "new Book(1)", "new Book(2, \"t\", 1.5m, Sort.A, 'y', double.NaN, null, default, long.MinValue)", "b => b.Text == \"x\\n\\\"\"", "all.Update(new Book(1, \"c\"))", "new Book(1, \"c\")",
            """
            namespace Shop;
            public enum Sort { A, B }
            [VaultCollection] public partial class Book(int id, string text = "x\n\"", decimal price = 2.50m, Sort? sort = Sort.B, char sign = '\'', double ratio = double.PositiveInfinity, int? maybe = 5, Guid guid = default, long big = long.MaxValue)
            {
                public int Id { get; } = id; public string Text { get; } = text; public decimal Price { get; } = price; public Sort? Sort { get; } = sort; public char Sign { get; } = sign; public double Ratio { get; } = ratio; public int? Maybe { get; } = maybe; public Guid Guid { get; } = guid; public long Big { get; } = big;
            }
            """),

        new("in parameters and parameters of other nullability", "Books", "1", "new Book(1, new(3), \"a\")", "new Book(2, default, null)", "b => b.Note == \"a\"", "all.Update(new Book(1, new(4), \"c\"))", "new Book(1, new(4), \"c\")",
            "namespace Shop; [VaultObject] public partial record struct Part(int Size); [VaultCollection] public partial class Book(int id, in Part part, string? note) { public int Id { get; } = id; public Part Part { get; } = part; public string Note { get; } = note ?? \"\"; }"),

        new("record with collections in its parameters", "Carts", "1", "new Cart(1, [\"a\"], new Dictionary<string, int> { [\"a\"] = 2 }, [1, 2])", "new Cart(2, [], new Dictionary<string, int>(), [])", "c => c.Names.Contains(\"a\")", "all.Update(1, c => c with { Names = [\"c\"] })", "new Cart(1, [\"c\"], new Dictionary<string, int> { [\"a\"] = 2 }, [1, 2])",
            "namespace Shop; [VaultCollection] public partial record Cart(int Id, IReadOnlyList<string> Names, IReadOnlyDictionary<string, int> Counts, int[] Numbers);"),

        new("object with a constructor that checks", "Books", "1", "new Book { Id = 1, Price = new(5, \"NOK\") }", "new Book { Id = 2, Price = new(6, \"SEK\") }", "b => b.Price.Currency == \"NOK\"", "all.Update(1, b => b.Price = new(7, \"NOK\"))", "new Book { Id = 1, Price = new(7, \"NOK\") }",
            "namespace Shop; [VaultObject] public sealed partial class Money { public Money(decimal amount, string currency) { if (currency.Length != 3) throw new ArgumentException(currency); Amount = amount; Currency = currency; } public decimal Amount { get; } public string Currency { get; } } [VaultCollection] public partial class Book { public int Id { get; set; } public required Money Price { get; set; } }"),
    ];
}
