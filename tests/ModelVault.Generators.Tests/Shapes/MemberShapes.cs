namespace ModelVault.Generators.Tests.Shapes;

/// <summary>How members are declared: accessors, modifiers, and what stands beside them.</summary>
internal static class MemberShapes
{
    private const string Two = "new Book { Id = 2 }";

    public static IEnumerable<Shape> All { get; } =
    [
        new("required members", "Books", "1", "new Book { Id = 1, Title = \"a\" }", "new Book { Id = 2, Title = \"b\", Tags = [\"t\"] }", "b => b.Title == \"a\"", "all.Update(1, b => b.Title = \"c\")", "new Book { Id = 1, Title = \"c\" }",
            "namespace Shop; [VaultCollection] public partial class Book { public required int Id { get; init; } public required string Title { get; set; } public List<string> Tags { get; set; } = []; }") { InCSharp14 = true },

        new("required members that are not stored", "Books", "1", "new Book { Id = 1, Secret = null, Field = 0 }", "new Book { Id = 2, Secret = null, Field = 0 }", "b => b.Id == 1", "all.Update(1, b => b.Note = \"n\")", "new Book { Id = 1, Note = \"n\", Secret = null, Field = 0 }",
            "namespace Shop; [VaultCollection] public partial class Book { public required int Id { get; init; } public string? Note { get; set; } [VaultIgnore] public required string? Secret { get; set; } public required int Field; }"),

        new("init accessors with defaults", "Books", "1", "new Book { Id = 1, Title = \"a\", Tags = [] }", Two, "b => b.Title == \"a\"", "all.Update(new Book { Id = 1, Title = \"c\", Rating = null })", "new Book { Id = 1, Title = \"c\", Rating = null }",
            "namespace Shop; [VaultCollection] public partial class Book { public int Id { get; init; } public string Title { get; init; } = \"untitled\"; public double? Rating { get; init; } = 2.5; public List<string> Tags { get; init; } = [\"new\"]; }") { InCSharp14 = true },

        new("private, protected and internal setters", "Books", "1", "new Book { Id = 1 }.With(3)", Two, "b => b.A == 3 && b.E == 7", "all.Update(1, b => b.With(5))", "new Book { Id = 1 }.With(5)",
            "namespace Shop; [VaultCollection] public partial class Book { public int Id { get; init; } public int A { get; private set; } public int B { get; protected set; } public int C { get; internal set; } public int D { get; private protected set; } public int E { get; private init; } = 7; public Book With(int n) { A = n; B = n + 1; C = n + 2; D = n + 3; return this; } }"),

        new("get-only collections", "Books", "1", "new Book { Id = 1, Tags = { \"a\" }, Pages = { 1, 2 }, Prices = { [\"x\"] = 1.5 }, Parts = { [1] = new(3) } }", Two, "b => b.Tags.Contains(\"a\")", "all.Update(1, b => { b.Tags.Add(\"c\"); b.Prices.Clear(); })", "new Book { Id = 1, Tags = { \"a\", \"c\" }, Pages = { 1, 2 }, Parts = { [1] = new(3) } }",
            "namespace Shop; [VaultObject] public partial record Part(int Size); [VaultCollection] public partial class Book { public int Id { get; init; } public List<string> Tags { get; } = []; public IList<int> Pages { get; } = new List<int>(); public ICollection<long>? More { get; } = new List<long>(); public Dictionary<string, double> Prices { get; } = []; public IDictionary<int, Part> Parts { get; } = new Dictionary<int, Part>(); }"),

        new("get-only collections with initial items", "Books", "1", "new Book { Id = 1 }", "new Book { Id = 2, Tags = { \"b\" } }", "b => !b.Tags.Contains(\"b\")", "all.Update(1, b => b.Tags.Clear())", "new Func<Book>(() => { Book b = new() { Id = 1 }; b.Tags.Clear(); return b; })()",
            "namespace Shop; [VaultCollection] public partial class Book { public int Id { get; init; } public List<string> Tags { get; } = [\"new\"]; }"),

        new("partial properties", "Books", "1", "new Book { Id = 1, Title = \" a \" }", Two, "b => b.Title == \"a\"", "all.Update(1, b => b.Title = \"c\")", "new Book { Id = 1, Title = \"c\" }",
            "namespace Shop; [VaultCollection] public partial class Book { public int Id { get; init; } [Index] public partial string Title { get; set; } }", "namespace Shop; partial class Book { private string _title = \"\"; public partial string Title { get => _title; set => _title = value.Trim(); } }") { InCSharp14 = true },

        new("properties over fields of one's own", "Books", "1", "new Book { Id = 1, Title = \"a\" }", Two, "b => b.Title == \"A\"", "all.Update(1, b => b.Title = \"c\")", "new Book { Id = 1, Title = \"c\" }",
            "namespace Shop; [VaultCollection] public partial class Book { private string _title = \"\"; private int _id; public int Id { get => _id; init => _id = value; } public string Title { get { return _title; } set { _title = value.ToUpperInvariant(); } } }"),

        new("members that are no stored state", "Books", "1", "new Book { Id = 1 }", Two, "b => b.Id == 1", "all.Update(1, b => b.Kept = 3)", "new Book { Id = 1, Kept = 3 }",
            """
            namespace Shop;
            [VaultCollection] public partial class Book : IComparable<Book>
            {
                public const int Limit = 5; public static int Made { get; set; } public static readonly Book None = new(); public int field; public event EventHandler? Changed;
                public int Id { get; init; } public int Kept { get; set; } public int Twice => Kept * 2; public int this[int i] => i; public string this[string s] { get => s; set => Kept = s.Length + value.Length; }
                public ref int Reference => ref field; internal object? Internal { get; set; } private Book? Parent { get; set; } protected object? Owner { get; set; } public object Hidden { private get; set; } = 1;
                [VaultIgnore] public object? Ignored { get; set; } [System.ComponentModel.DataAnnotations.Schema.NotMapped] public object? NotMapped { get; set; }
                int IComparable<Book>.CompareTo(Book? other) => 0; public void Touch() { Changed?.Invoke(Hidden, EventArgs.Empty); Parent = null; Owner = Parent; } public enum Sort { A } public record Inner(int X);
            }
            """),

        new("attributes of DataAnnotations", "Books", "1", "new Book { Number = 1, Title = \"a\" }", "new Book { Number = 2, Title = \"b\" }", "b => b.Title == \"a\"", "(all.Update(1, b => b.Title = \"c\"), first.Writes = 2).Item1", "new Book { Number = 1, Title = \"c\", Writes = 2 }",
            "namespace Shop; [VaultCollection] public partial class Book { [Key] public int Number { get; init; } [Required, MaxLength(5)] public string Title { get; set; } = \"\"; [ConcurrencyCheck] public int Writes { get; set; } [System.ComponentModel.DataAnnotations.Schema.NotMapped] public Uri[,]? Cells { get; set; } }"),

        new("positional attributes on parameters and properties", "Authors", "7", "new Author(\"a\", 7)", "new Author(\"b\", 8)", "a => a.Name == \"a\"", "all.Update(7, a => a with { Name = \"c\" })", "new Author(\"c\", 7)",
            "namespace Shop; [VaultCollection] public partial record Author([Index, MaxLength(5)] string Name, [PrimaryKey] int Number, [property: VaultField(\"when\")] DateTime At = default, [VaultIgnore] string? Temporary = null, [property: Unique] string? Isbn = null);"),

        new("obsolete members and types", "Books", "1", "Make.One()", Two, "b => b.Id == 1", "all.Update(1, b => b.Note = \"n\")", "Make.Changed()",
            """
            namespace Shop;
            [VaultCollection] public partial class Book { public int Id { get; init; } public string? Note { get; set; } [Obsolete("gone")] public int Old { get; set; } [Obsolete] public Kind Kind { get; set; } }
            [Obsolete] public enum Kind { A, B }
            public static class Make
            {
            #pragma warning disable CS0618, CS0612
                public static Book One() => new() { Id = 1, Old = 4, Kind = Kind.B };
                public static Book Changed() => new() { Id = 1, Old = 4, Kind = Kind.B, Note = "n" };
            #pragma warning restore CS0618, CS0612
            }
            """),

        new("experimental members", "Books", "1", "Make.One()", Two, "b => b.Id == 1", "all.Update(1, b => b.Note = \"n\")", "Make.Changed()",
            """
            namespace Shop;
            [VaultCollection] public partial class Book { public int Id { get; init; } public string? Note { get; set; } [System.Diagnostics.CodeAnalysis.Experimental("SHOP001")] public int New { get; set; } }
            public static class Make
            {
            #pragma warning disable SHOP001
                public static Book One() => new() { Id = 1, New = 4 };
                public static Book Changed() => new() { Id = 1, New = 4, Note = "n" };
            #pragma warning restore SHOP001
            }
            """),

        new("types by alias, and generic arguments of every kind", "Books", "1", "new Book { Id = 1, Numbers = [1, null], Jagged = [[1], []], By = new() { [Guid.Empty] = [new(1)] } }", Two, "b => b.Id == 1", "all.Update(1, b => b.Numbers = [])", "new Book { Id = 1, Jagged = [[1], []], By = new() { [Guid.Empty] = [new(1)] } }",
            "using Numbers = System.Collections.Generic.List<int?>; using Whole = System.Int64; namespace Shop; [VaultObject] public partial record struct Part(Whole Size); [VaultCollection] public partial class Book { public Whole Id { get; init; } public Numbers Numbers { get; set; } = []; public int[][] Jagged { get; set; } = []; public Dictionary<Guid, List<Part>> By { get; set; } = []; }"),

        new("generated values behind setters of every kind", "Books", "1", "new Book { Title = \"a\" }", "new Book { Title = \"b\" }", "b => b.Title == \"a\"", "(all.Update(1, b => b.Title = \"c\"), first.Version = 2).Item1", "all.Get(1) is { Title: \"c\", Version: 2 } changed && changed.CreatedAt == first.CreatedAt && changed.Updated > first.Updated ? changed : first",
            "namespace Shop; [VaultCollection] public partial class Book { [PrimaryKey(AutoIncrement = true)] public long Id { get; private set; } public string Title { get; set; } = \"\"; [CreatedAt] public DateTime CreatedAt { get; init; } [UpdatedAt] public DateTimeOffset? Updated { get; private protected set; } [ConcurrencyToken] public uint Version { get; set; } }"),

        new("properties with the field keyword", "Books", "1", "new Book { Id = 1, Title = \" a \" }", Two, "b => b.Title == \"a\"", "all.Update(1, b => b.Title = \"c\")", "new Book { Id = 1, Title = \"c\" }",
            "namespace Shop; [VaultCollection] public partial class Book { public int Id { get; init; } public string Title { get; set => field = value.Trim(); } = \"\"; public int Size { get => field + 0; init; } public List<int> Pages { get => field ??= []; } = []; }") { InCSharp14 = true, NeedsCSharp14 = true },

        new("operators, equality and conversions of one's own", "Books", "1", "new Book { Id = 1, Title = \"a\" }", Two, "b => b.Title == \"a\"", "all.Update(1, b => b.Title = \"c\")", "new Book { Id = 1, Title = \"c\" }",
            "namespace Shop; [VaultCollection] public partial class Book { public int Id { get; init; } public string? Title { get; set; } public static bool operator ==(Book? a, Book? b) => false; public static bool operator !=(Book? a, Book? b) => true; public override bool Equals(object? o) => false; public override int GetHashCode() => throw new InvalidOperationException(); public static implicit operator Book(string s) => new() { Title = s }; public static implicit operator string(Book b) => throw new InvalidOperationException(); }"),
    ];
}
