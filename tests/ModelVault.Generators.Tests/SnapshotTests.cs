using ModelVault.Generators.Tests.Harness;

namespace ModelVault.Generators.Tests;

/// <summary>What is generated, file by file, for the shapes that models have.</summary>
public class SnapshotTests
{
    [Fact]
    public void Class_with_indexes_and_a_nested_record() => Snapshot.Verify(GeneratorHarness.Run(Sources.Book));

    [Fact]
    public void Class_in_CSharp_14() => Snapshot.Verify(GeneratorHarness.Run(GeneratorHarness.CSharp14, "namespace Shop; [VaultCollection] public partial class Book { public long Id { get; set; } }"));

    [Fact]
    public void Positional_record() => Snapshot.Verify(GeneratorHarness.Run("""
        namespace Shop;
        public readonly record struct AuthorId(Guid Value);
        [VaultCollection] public partial record Author([PrimaryKey] AuthorId Id, [Index, MaxLength(50)] string Name, [property: Range(0, 3000)] int Born = 1900)
        {
            public string? Note { get; init; }
            public List<string> Titles { get; } = [];
        }
        """));

    [Fact]
    public void Composite_key() => Snapshot.Verify(GeneratorHarness.Run("""
        namespace Shop;
        [VaultCollection, PrimaryKey(nameof(OrderId), nameof(Line))]
        public partial class OrderLine { public long OrderId { get; init; } public int Line { get; init; } [Index] public required string Sku { get; set; } }
        """));

    [Fact]
    public void Inherited_members() => Snapshot.Verify(GeneratorHarness.Run("""
        namespace Shop;
        public abstract class Entity<TKey> where TKey : notnull { public TKey Id { get; init; } = default!; public DateTime CreatedAt { get; private set; } }
        public abstract class Named : Entity<Guid> { public virtual string Name { get; set; } = ""; public int Rank { get; private set; } }
        [VaultCollection] public partial class Shelf : Named { [MaxLength(10)] public override string Name { get; set; } = ""; }
        """));

    [Fact]
    public void Generated_values() => Snapshot.Verify(GeneratorHarness.Run("""
        namespace Shop;
        public readonly record struct OrderId(int Value);
        public abstract class Entity<T> where T : struct
        {
            [CreatedAt, Range(typeof(DateTime), "2020-01-01", "2030-01-01")] public DateTime CreatedAt { get; private set; }
            [UpdatedAt] public T? Changed { get; init; }
        }
        [VaultCollection] public partial class Order(int version = 0) : Entity<DateTimeOffset>
        {
            [PrimaryKey(AutoIncrement = true)] public OrderId Id { get; init; }
            [ConcurrencyToken] public int Version { get; } = version;
        }
        """));

    [Fact]
    public void Indexes_of_every_kind() => Snapshot.Verify(GeneratorHarness.Run("""
        namespace Shop;
        [VaultCollection]
        [Index(nameof(Author), nameof(Year), IsDescending = [false, true]), Index(nameof(Year), nameof(Tags), AllDescending = true), Index("Authors[].Name", "Authors[].Born", IsUnique = true)]
        [Index("Publisher.City", Include = [nameof(Year), "Publisher.Name"], Where = "!Lent && 2000 <= Year && this.State != Book.Status.Lost && Rating is not null && Publisher.City != null && Price < -1.50m")]
        public partial class Book
        {
            public int Id { get; set; }
            [Index(IgnoreCase = true, IsUnique = true)] public string Author { get; set; } = "";
            [Index(Where = nameof(Lent), Name = "lent_years")] public int Year { get; set; }
            public bool Lent { get; set; }
            [Unique] public HashSet<string> Tags { get; set; } = [];
            public Status State { get; set; }
            [Index(Where = "Rating >= 0.5 && Isbn == null && Mark == 'x' && Weight > 0.1f && State == Book.Status.Kept")] public double? Rating { get; set; }
            public decimal Price { get; set; }
            public string? Isbn { get; set; }
            public char Mark { get; set; }
            public float Weight { get; set; }
            public List<Person> Authors { get; set; } = [];
            public Publisher? Publisher { get; set; }
            public enum Status { Here, Lost, Kept = 0 }
        }
        [VaultObject] public partial record Person(string Name, int? Born);
        [VaultObject] public partial record Publisher(string Name, string? City);
        """));

    [Fact]
    public void Nested_in_other_types() => Snapshot.Verify(GeneratorHarness.Run("""
        namespace Shop;
        public static partial class Outer { public partial record struct Inner { [VaultCollection] internal partial class Item { public int Id { get; set; } public Part? Part { get; set; } } [VaultObject] internal partial class Part { public int Size { get; set; } } } }
        """));

    [Fact]
    public void Global_namespace_and_keywords() => Snapshot.Verify(GeneratorHarness.Run("""
        [VaultCollection] public partial class @class { [PrimaryKey] public string @event { get; set; } = ""; [Index] public int @int { get; set; } public @struct? @namespace { get; set; } }
        [VaultObject] public partial class @struct { public @enum @fixed { get; set; } }
        public enum @enum { @true, @false }
        """));

    [Fact]
    public void Everything_that_can_be_stored() => Snapshot.Verify(GeneratorHarness.Run(Sources.Everything));

    [Fact]
    public void Every_constraint() => Snapshot.Verify(GeneratorHarness.Run("""
        namespace Shop;
        public enum Status { Draft, Open }
        [VaultCollection] public partial class Account
        {
            [Key, StringLength(20, MinimumLength = 2)] public string Id { get; set; } = "";
            [Required, EmailAddress] public string? Email { get; set; }
            [Required(AllowEmptyStrings = true, ErrorMessage = "{0} is missing")] public string Nick { get; set; } = "";
            [Url, MinLength(12)] public string? Home { get; set; }
            [RegularExpression("[a-z]+\\d")] public string Code { get; set; } = "";
            [Length(1, 3)] public List<string> Tags { get; set; } = [];
            [Required] public int? Age { get; set; }
            [Range(0, 100)] public byte Percent { get; set; }
            [Range(0.5, 2.5, MinimumIsExclusive = true, MaximumIsExclusive = true)] public double Factor { get; set; }
            [Range(typeof(decimal), "0.01", "1000.00")] public decimal Price { get; set; }
            [Range(typeof(DateOnly), "2000-01-01", "2099-12-31", ErrorMessage = "{0} between {1} and {2}")] public DateOnly? Due { get; set; }
            [AllowedValues("a", "b", null)] public string? Kind { get; set; }
            [DeniedValues(0, 13)] public int Number { get; set; }
            [AllowedValues(Status.Open)] public Status Status { get; set; }
            [Base64String] public string? Token { get; set; }
            [CreditCard] public string? Card { get; set; }
            [Phone, Compare(nameof(Home))] public string? Phone { get; set; }
            [Range(0.1, 0.3)] public float Share { get; set; }
            [NotMapped2.Schema.NotMapped] public object? Ignored { get; set; }
            [VaultIgnore] public object? AlsoIgnored { get; set; }
        }
        """.Replace("NotMapped2.Schema", "System.ComponentModel.DataAnnotations.Schema", StringComparison.Ordinal)));

    [Fact]
    public void Defaults_are_in_the_schema()
    {
        GeneratorRun run = GeneratorHarness.Run("""
            namespace Shop;
            public enum Status { Draft, Open = 7 }
            public static class Limits { public const int Most = 9; public static int Changing => 5; }
            public abstract class Entity { public int Inherited { get; set; } = 1; }
            [VaultObject] public partial record Part(string Name, int Size = 3, Status Status = Status.Open, decimal Price = 1.50m, string? Note = null, double Factor = double.NaN) { public int Size2 { get; init; } = Size; }
            [VaultCollection] public partial class Item : Entity
            {
                public int Id { get; set; }
                public int Literal { get; set; } = 5; public int Negative { get; set; } = -5; public long Constant { get; set; } = Limits.Most + 1; public int Computed { get; set; } = Limits.Changing; public int None { get; set; }
                public byte Byte { get; set; } = 255; public double Double { get; set; } = 1; public float Float { get; set; } = 0.1f; public decimal Decimal { get; set; } = 1.50m; public Half Half { get; set; } = (Half)0.5;
                public bool Bool { get; set; } = true; public char Char { get; set; } = 'x'; public string Text { get; set; } = "a\"b"; public string Empty { get; set; } = string.Empty; public string? Null { get; set; } = null; public string? Maybe { get; set; } = "m";
                public Status Status { get; set; } = Status.Open; [VaultField(EnumAsNumber = true)] public Status Number { get; set; } = Status.Open;
                public List<string> List { get; set; } = []; public int[] Array { get; set; } = System.Array.Empty<int>(); public Dictionary<string, int> Map { get; set; } = new(); public byte[] Bytes { get; set; } = []; public List<int> Full { get; } = [1];
                public required int Required { get; set; } = 4;
                [Required] public string Blank { get; set; } = ""; [MinLength(2)] public string Short { get; set; } = "s"; [Range(1, 9)] public int Outside { get; set; } = 0; [Range(1, 9)] public int Inside { get; set; } = 1; [Url] public string Url { get; set; } = "";
                public Guid Guid { get; set; } = Guid.Empty; public Part Part { get; set; } = new("p");
            }
            """);
        string json = (string)run.Output.GetTypeByMetadataName("Shop.Item")!.GetMembers("SchemaJson").OfType<Microsoft.CodeAnalysis.IFieldSymbol>().Single().ConstantValue!;
        CollectionSchema schema = CollectionSchema.Parse(json);
        string[] defaults = [.. schema.Fields.Concat(schema.Fields.Single(static f => f.Name == "part").Type.Fields).Where(static f => f.Default is not null).Select(static f => $"{f.Name}={f.Default}")];
        Assert.Equal(
            """
            array=[] bool=true byte=255 bytes="" char="x" constant=10 decimal=1.50 double=1 empty="" float=0.10000000149011612 inherited=1 inside=1 list=[] literal=5 map={} maybe="m" negative=-5 number=7 status="Open" text="a\"b" factor="NaN" price=1.50 size=3 status="Open"
            """, string.Join(" ", defaults));
    }

    [Fact]
    public void Checks_of_ones_own() => Snapshot.Verify(GeneratorHarness.Run("""
        namespace Shop;
        public static class Texts { public static string Length => "{0} has more than {1} characters"; }
        public enum Parity { Even, Odd }
        public sealed class ParityAttribute(Parity parity, params object?[] not) : ValidationAttribute
        {
            public bool Strict { get; set; }
            public override bool IsValid(object? value) => value is int i && i % 2 == (int)parity && !not.Contains(value);
        }
        [AttributeUsage(AttributeTargets.Class)] public sealed class WholeAttribute : ValidationAttribute { public override bool IsValid(object? value) => true; }
        [VaultCollection, Whole] public partial class Account : IValidatableObject
        {
            public int Id { get; set; }
            [Parity(Parity.Odd, 3, 5L, 'c', "s", null, typeof(List<int>), Strict = true)] public int Number { get; set; }
            [Display(Name = "Your name"), MaxLength(5, ErrorMessageResourceType = typeof(Texts), ErrorMessageResourceName = nameof(Texts.Length))] public required string Name { get; set; }
            public IEnumerable<ValidationResult> Validate(ValidationContext context) => [];
        }
        """));

    [Fact]
    public void Several_collections() => Snapshot.Verify(GeneratorHarness.Run(
        "namespace A; [VaultCollection] public partial class Zebra { public int Id { get; set; } }",
        "namespace B; [VaultCollection(\"cats\", Accessor = \"AllCats\")] public partial class Category { public int Id { get; set; } }"));

    [Fact]
    public void Index_on_a_member_of_a_nested_object() => Snapshot.Verify(GeneratorHarness.Run("""
        namespace Shop;
        [VaultCollection, Index("Publisher.City", nameof(Lent)), Index(nameof(Hash), IsUnique = true, Name = "by_hash")]
        public partial class Book { public int Id { get; set; } public bool Lent { get; set; } public byte[] Hash { get; set; } = []; public Publisher? Publisher { get; set; } }
        [VaultObject] public partial record Publisher(string Name, string City);
        """));

    [Fact]
    public void Names_that_are_given() => Snapshot.Verify(GeneratorHarness.Run("""
        namespace Shop;
        [VaultCollection("old \"books\"")] public partial class Book { [VaultField("_id")] public int Id { get; set; } [VaultField("a{b}\"c")] public List<Part> Parts { get; set; } = []; }
        [VaultObject] public partial class Part { public int Size { get; set; } }
        """));

    [Fact]
    public void View_of_some_fields() => Snapshot.Verify(GeneratorHarness.Run("""
        namespace Shop;
        public enum Status { Draft, Open }
        [VaultCollection] public partial class Book { public long Id { get; set; } public string Title { get; set; } = ""; public int Year { get; set; } public List<string> Tags { get; set; } = []; public Status Status { get; set; } public Publisher? Publisher { get; set; } }
        [VaultObject] public partial record Publisher(string Name, Address? Address);
        [VaultObject] public partial record struct Address(string Street, string City);
        [VaultView(typeof(Book))] public partial record BookTitle(long Id, string? Title);
        public partial class Outer
        {
            [VaultView(typeof(Book))] internal partial class Card { public required int? Year { get; init; } public List<string> Tags { get; } = []; public Status Status { get; private set; } [VaultField("publisher.address.city")] public string? City { get; set; } [VaultField("Publisher.Name")] public string? By { get; set; } [VaultIgnore] public string? Note { get; set; } }
        }
        """));
}
