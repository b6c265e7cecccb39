using ModelVault.Generators.Tests.Harness;

namespace ModelVault.Generators.Tests;

/// <summary>Generated code, executed: records are written, read back and validated.</summary>
public class RoundTripTests
{
    [Fact]
    public void Every_type_keeps_its_value() => Assert.Equal("ok", Run(Sources.Everything, """
        var guid = Guid.NewGuid();
        var full = new Everything
        {
            Id = 7, Bool = true, BoolOrNull = true, SByte = -128, SByteOrNull = 127, Byte = 255, ByteOrNull = 1, Int16 = short.MinValue, Int16OrNull = 5, UInt16 = ushort.MaxValue, UInt16OrNull = 5,
            Int32 = int.MinValue, Int32OrNull = int.MaxValue, UInt32 = uint.MaxValue, UInt32OrNull = 1, Int64 = long.MinValue, Int64OrNull = long.MaxValue, UInt64 = ulong.MaxValue, UInt64OrNull = 0,
            Int128 = Int128.MinValue, Int128OrNull = -1, UInt128 = UInt128.MaxValue, UInt128OrNull = 1, Half = Half.Epsilon, HalfOrNull = Half.NaN,
            Memory = new byte[] { 1, 2 }, MemoryOrNull = ReadOnlyMemory<byte>.Empty, Uri = new("http://A.b/%7e"), UriOrNull = new("/a", UriKind.Relative), Version = new(1, 2), VersionOrNull = new(1, 2, 3, 0),
            Link = new(new("urn:isbn:0")), LinkOrNull = new(new("?q", UriKind.Relative)),
            Single = 1.5f, SingleOrNull = float.NaN, Double = double.Epsilon, DoubleOrNull = -0.0, Decimal = 1.2300m, DecimalOrNull = decimal.MinValue, Char = 'ø', CharOrNull = '\uffff',
            String = "Hello", StringOrNull = "", Bytes = [1, 2], BytesOrNull = [], Guid = guid, GuidOrNull = guid, DateTime = new DateTime(2020, 1, 2, 3, 4, 5, DateTimeKind.Utc), DateTimeOrNull = DateTime.MaxValue,
            DateTimeOffset = new(2020, 1, 2, 3, 4, 5, TimeSpan.FromHours(-3)), DateTimeOffsetOrNull = DateTimeOffset.MinValue, DateOnly = new(2020, 2, 29), DateOnlyOrNull = DateOnly.MaxValue,
            TimeOnly = new(23, 59), TimeOnlyOrNull = TimeOnly.MinValue, TimeSpan = TimeSpan.MinValue, TimeSpanOrNull = TimeSpan.MaxValue, Status = Status.Closed, StatusOrNull = (Status)99,
            Rights = Rights.Read | Rights.Write, Level = Level.Low, Number = Status.Open, NumberOrNull = Status.Closed, Author = new(guid), AuthorOrNull = new(guid), Sku = new() { Code = "a" }, SkuOrNull = new() { Code = "b" },
            Address = new("s", "c", new(1, 2)), AddressOrNull = new("t", null, default), Point = new(3, 4), PointOrNull = new(5, 6), Size = new() { Width = 1, Height = 2 }, SizeOrNull = new() { Width = 3, Height = 4 },
            Strings = ["a", "b"], StringsOrNull = ["c", null], ReadOnlyList = [1, 2, 3], IList = [4], ICollection = [true], Array = [1, 2, 3, 4, 5], ArrayOrNull = [1.5, null], Jagged = [[1], [], [2, 3]],
            Nested = [[new(1, 1)], []], Addresses = [new("x", null, default)], AddressesOrNull = [null, new("y", "z", default)], Statuses = [Status.Open], Authors = [new(guid)],
            ByName = new() { ["pi"] = 3.14 }, ByNumber = new() { [-1] = null, [2] = "two" }, ByUInt64 = new() { [ulong.MaxValue] = [1] }, ByGuid = new Dictionary<Guid, Address> { [guid] = new("v", null, default) },
            Set = ["b", "a"], ISet = new HashSet<int?> { 2, null, 1 }, AddressSet = new HashSet<Address> { new("z", null, default), new("a", "b", default) }, SortedSet = ["x"],
            ImmutableArray = [3, 1, 3], ImmutableArrayOrNull = ["a"], ListOfImmutable = [[1], []], ImmutableList = [new(1, 2)], IImmutableList = ImmutableList.Create<string?>("a", null),
            ImmutableHashSet = [DateTime.MinValue, DateTime.MaxValue], IImmutableSet = ImmutableHashSet.Create(Status.Open, Status.Draft), ImmutableSortedSet = [new(1, 2), new(1, 1)],
            SortedDictionary = new() { ["b"] = 1, ["a"] = 2 }, BySku = ImmutableDictionary<Sku, int>.Empty.Add(new() { Code = "s" }, 1), IImmutableDictionary = ImmutableDictionary<int, string>.Empty.Add(-1, "m"),
            ImmutableSortedDictionary = ImmutableSortedDictionary<Guid, Point>.Empty.Add(guid, new(1, 2)), ByAuthor = new() { [new(guid)] = "me" },
            Shape = new Rectangle("r", new() { Width = 1 }), ShapeOrNull = new Circle("c", 1), Shapes = [new Circle("a", 2), new Rectangle("b", null)], ShapeSet = [new Rectangle("z", null), new Circle("y", 3)],
            ShapesByName = new() { ["none"] = null, ["one"] = new Circle("x", 4) },
            Money = new(1.50m), MoneyOrNull = new(2), Temperature = new(3.5), TemperatureOrNull = new(4), Temperatures = [new(5)], TemperaturesByName = new() { ["a"] = new(6) },
            File = new("/tmp/x y"), Vector = new(1, 2), VectorOrNull = new(3, 4), Builder = new("b"), BuilderOrNull = new("c"),
            ByByte = new Dictionary<byte, Point?> { [255] = null },
        };
        full.GetOnlySet.Add(new(guid));
        var copy = Records.RoundTrip(full);
        if (Records.Violations(full) != "") return Records.Violations(full);
        bool same = copy is { Id: 7, SByte: -128, UInt64: ulong.MaxValue, Char: 'ø', Rights: Rights.Read | Rights.Write, StatusOrNull: (Status)99, Size: { Width: 1, Height: 2 }, SizeOrNull: { Height: 4 } }
            && copy.Address == full.Address && copy.PointOrNull == full.PointOrNull && copy.Author == full.Author && copy.SkuOrNull == full.SkuOrNull && copy.Decimal.ToString(System.Globalization.CultureInfo.InvariantCulture) == "1.2300"
            && copy.Jagged[2][1] == 3 && copy.ByNumber![2] == "two" && copy.ByByte[255] is null && copy.AddressesOrNull[1]!.City == "z" && copy.DateTime.Kind == DateTimeKind.Utc;
        same &= copy.Set.SetEquals(full.Set) && copy.ISet!.SetEquals(full.ISet!) && copy.AddressSet.SetEquals(full.AddressSet) && copy.SortedSet.Contains("x") && copy.GetOnlySet.Contains(new(guid))
            && copy.ImmutableArray.SequenceEqual(full.ImmutableArray) && copy.ImmutableArrayOrNull!.Value[0] == "a" && copy.ListOfImmutable[0][0] == 1 && copy.ImmutableList[0] == new Point(1, 2) && copy.IImmutableList![1] is null
            && copy.ImmutableHashSet.SetEquals(full.ImmutableHashSet) && copy.IImmutableSet!.Count == 2 && copy.ImmutableSortedSet[0] == new Version(1, 1)
            && copy.SortedDictionary["a"] == 2 && copy.BySku[new() { Code = "s" }] == 1 && copy.IImmutableDictionary![-1] == "m" && copy.ImmutableSortedDictionary[guid] == new Point(1, 2) && copy.ByAuthor[new(guid)] == "me";
        same &= copy.Shape is Rectangle { Label: "r", Size.Width: 1 } && copy.ShapeOrNull == full.ShapeOrNull && copy.Shapes.SequenceEqual(full.Shapes) && copy.ShapeSet.SetEquals(full.ShapeSet)
            && copy.ShapesByName["none"] is null && copy.ShapesByName["one"] is Circle { Radius: 4 };
        same &= copy.Money.Amount == 1.5m && copy.MoneyOrNull!.Amount == 2 && copy.Temperature.Kelvin == 3.5 && copy.TemperatureOrNull!.Value.Kelvin == 4 && copy.Temperatures[0].Kelvin == 5 && copy.TemperaturesByName["a"].Kelvin == 6
            && copy.File!.FullName == full.File.FullName && copy.Vector == new System.Numerics.Vector2(1, 2) && copy.VectorOrNull!.Value.Y == 4 && copy.Builder.ToString() == "b" && copy.BuilderOrNull!.ToString() == "c";
        var empty = Records.RoundTrip(new Everything());
        return same && empty is { BoolOrNull: null, StringOrNull: null, AddressOrNull: null, ByNumber: null, SizeOrNull: null } ? "ok" : "different";
        """));

    [Fact]
    public void Members_are_set_whatever_their_setter_is() => Assert.Equal("1 2 3 4 5 a,b", Run("""
        namespace Shop.Models;
        public abstract class Entity<TKey> where TKey : notnull { public TKey Id { get; init; } = default!; public int Version { get; private set; } public void Bump() => Version = 2; }
        public abstract class Named : Entity<long> { public int Rank { get; private set; } public void SetRank() => Rank = 3; public int Level { get; protected set; } public void SetLevel() => Level = 4; }
        [VaultCollection] public partial class Item : Named { public int Own { get; private set; } = 5; public List<string> Tags { get; } = ["default"]; public required string Name { get; init; } }
        """, """
        var item = new Item { Id = 1, Name = "n" };
        item.Bump(); item.SetRank(); item.SetLevel(); item.Tags.Clear(); item.Tags.AddRange(["a", "b"]);
        var copy = Records.RoundTrip(item);
        return $"{copy.Id} {copy.Version} {copy.Rank} {copy.Level} {copy.Own} {string.Join(",", copy.Tags)}";
        """));

    [Fact]
    public void A_field_that_the_record_lacks_keeps_its_default() => Assert.Equal("0 1900 none x 3", Run("""
        namespace Shop.Models;
        [VaultObject] public partial record Part(int Id, int Born = 1900, string Name = "none") { public string Note { get; init; } = "x"; public List<int> Numbers { get; } = [3]; }
        """, """
        var part = Records.ReadEmpty<Part>();
        return $"{part.Id} {part.Born} {part.Name} {part.Note} {part.Numbers[0]}";
        """));

    [Fact]
    public void A_reference_that_can_not_be_null_must_be_in_the_record() => Assert.Equal("A record of 'Part' lacks the field 'name', which can't be null. A record of 'Other' lacks the field 'name', which can't be null.", Run("""
        namespace Shop.Models;
        [VaultObject] public partial record Part(string Name);
        [VaultObject] public partial class Other { public required string Name { get; set; } }
        """, """
        string first = "", second = "";
        try { Records.ReadEmpty<Part>(); } catch (VaultCorruptionException e) { first = e.Message; }
        try { Records.ReadEmpty<Other>(); } catch (VaultCorruptionException e) { second = e.Message; }
        return $"{first} {second}";
        """));

    [Fact]
    public void Required_members_that_are_not_stored_do_not_stand_in_the_way() => Assert.Equal("5", Run("""
        namespace Shop.Models;
        [VaultObject] public partial class Part { public required int Id { get; set; } [VaultIgnore] public required string Secret { get; set; } public required string Field = ""; }
        """, "return Records.RoundTrip(new Part { Id = 5, Secret = \"s\", Field = \"f\" }).Id.ToString(System.Globalization.CultureInfo.InvariantCulture);"));

    [Fact]
    public void Every_violation_is_found_under_its_path() => Assert.Equal(
        "by_year[-1][0].name Required; code RegularExpression; editions[0].name MaxLength; editions[1] Required; kind AllowedValues; number Range; publisher.name Required; sku Required; tags[1] Required; title Required; years Length", Run("""
        namespace Shop.Models;
        public readonly record struct Sku(string Value);
        [VaultObject] public partial record Publisher([MaxLength(3)] string Name);
        [VaultCollection] public partial class Book
        {
            public int Id { get; set; }
            [Required] public string Title { get; set; } = "";
            public List<string> Tags { get; set; } = [];
            [Length(1, 2)] public int[] Years { get; set; } = [];
            public Publisher? Publisher { get; set; }
            public List<Publisher> Editions { get; set; } = [];
            public Dictionary<int, List<Publisher>> ByYear { get; set; } = [];
            [RegularExpression("[a-z]")] public string? Code { get; set; }
            [Range(1, 5, MaximumIsExclusive = true)] public int Number { get; set; }
            [AllowedValues("a")] public string? Kind { get; set; }
            public Sku Sku { get; set; }
        }
        """, """
        return Records.Violations(new Book { Title = " ", Tags = ["a", null!], Publisher = new(null!), Editions = [new("long"), null!], ByYear = new() { [-1] = [new(null!)] }, Code = "ab", Number = 5 });
        """));

    [Fact]
    public void Numbers_of_every_width_are_held_to_their_ranges() => Assert.Equal("half Range; int128 Range; least Range; u_int128 Range; u_int128_value AllowedValues | ", Run("""
        namespace Shop.Models;
        [VaultObject] public partial class Part
        {
            [Range(typeof(Int128), "-170141183460469231731687303715884105727", "5")] public Int128 Int128 { get; set; }
            [Range(double.NegativeInfinity, 0.5)] public Int128 Least { get; set; }
            [Range(typeof(UInt128), "1", "340282366920938463463374607431768211455", MinimumIsExclusive = true)] public UInt128 UInt128 { get; set; }
            [AllowedValues(1, ulong.MaxValue)] public UInt128 UInt128Value { get; set; }
            [Range(0.5, 1.5)] public Half Half { get; set; }
        }
        """, """
        string broken = Records.Violations(new Part { Int128 = Int128.MinValue, Least = 1, UInt128 = 1, UInt128Value = 2, Half = (Half)2 });
        return $"{broken} | {Records.Violations(new Part { Int128 = Int128.MinValue + 1, Least = Int128.MinValue, UInt128 = UInt128.MaxValue, UInt128Value = ulong.MaxValue, Half = (Half)1.5 })}";
        """));

    [Fact]
    public void An_immutable_array_that_was_never_made_is_a_violation() => Assert.Equal("array Required; in_map[a][1] Required; maybe Required; short MinLength | ", Run("""
        namespace Shop.Models;
        [VaultObject] public partial class Part
        {
            [MaxLength(3)] public ImmutableArray<int> Array { get; set; }
            public ImmutableArray<int>? Maybe { get; set; }
            [MinLength(1)] public ImmutableArray<int> Short { get; set; } = [];
            public Dictionary<string, List<ImmutableArray<string>>> InMap { get; set; } = [];
        }
        """, """
        string broken = Records.Violations(new Part { Maybe = default(ImmutableArray<int>), InMap = new() { ["a"] = [[], default] } });
        return $"{broken} | {Records.Violations(new Part { Array = [], Short = [1] })}";
        """));

    [Fact]
    public void Equal_sets_are_equal_bytes_and_items_that_are_stored_alike_are_one() => Assert.Equal("True True 1 2", Run("""
        namespace Shop.Models;
        [VaultObject] public partial record Point(int X);
        [VaultObject] public partial class Part { public ISet<string> Texts { get; set; } = new HashSet<string>(); public HashSet<Point> Points { get; set; } = []; public HashSet<DateTime> Times { get; set; } = []; }
        """, """
        static byte[] Bytes(Part part) { MessagePackWriter writer = new(new byte[16]); VaultObjects.Write<Part, MessagePackWriter>(part, ref writer); return writer.Written.ToArray(); }
        Part first = new() { Texts = new HashSet<string> { "b", "a" }, Points = [new(2), new(1)] }, second = new() { Texts = new SortedSet<string> { "a", "b" }, Points = [new(1), new(2)] };
        string same = new('a', 1), other = new('a', 1);
        Part twice = Records.RoundTrip(new Part { Texts = new HashSet<string>(ReferenceComparer.One) { same, other } });
        DateTime utc = new(2020, 1, 1, 12, 0, 0, DateTimeKind.Utc);
        Part times = Records.RoundTrip(new Part { Times = [utc, DateTime.SpecifyKind(utc.AddHours(1), DateTimeKind.Unspecified)] });
        return $"{Bytes(first).SequenceEqual(Bytes(second))} {Records.RoundTrip(first).Points.SetEquals(second.Points)} {twice.Texts.Count} {times.Times.Count}";
        } sealed class ReferenceComparer : IEqualityComparer<string> { public static readonly ReferenceComparer One = new(); public bool Equals(string? x, string? y) => ReferenceEquals(x, y); public int GetHashCode(string s) => 0;
        """));

    [Theory]
    [InlineData("93920101C080", "A stored set holds an item twice.")]
    [InlineData("939092010180", "A stored set holds an item twice.")]
    [InlineData("9390C08201010102", "A stored map holds the key '1' twice.")]
    [InlineData("9390C080", "")]
    public void A_set_or_map_that_holds_one_twice_is_damage(string hex, string expected) => Assert.Equal(expected, Run("""
        namespace Shop.Models;
        [VaultObject] public partial class Part { public HashSet<int> A { get; set; } = []; public ImmutableSortedSet<int>? B { get; set; } public SortedDictionary<int, int> C { get; set; } = []; }
        """, $$"""
        try { MessagePackReader reader = new(Convert.FromHexString("{{hex}}")); VaultObjects.Read<Part, MessagePackReader>(ref reader); return ""; }
        catch (VaultCorruptionException e) { return e.Message; }
        """));

    [Fact]
    public void A_union_takes_its_cases_and_nothing_else() => Assert.Equal("more[0] Union; more[1] Required; more[2].r Range; shape Union | 9292A6636972636C65910192A673717561726591C0 True", Run("""
        namespace Shop.Models;
        [VaultUnion] public abstract class Shape;
        [VaultObject] public partial class Circle : Shape { [Range(0, 9)] public int R { get; set; } }
        public class Special : Circle;
        [VaultObject] public partial class Square : Shape { public int? Side { get; set; } }
        [VaultObject] public partial class Part { public Shape? Shape { get; set; } public List<Shape> More { get; set; } = []; }
        [VaultObject] public partial record Pair(Shape A, Shape B);
        """, """
        string broken = Records.Violations(new Part { Shape = new Special(), More = [new Special(), null!, new Circle { R = 10 }] });
        MessagePackWriter writer = new(new byte[16]);
        VaultObjects.Write<Pair, MessagePackWriter>(new Pair(new Circle { R = 1 }, new Square()), ref writer);
        bool refused = false;
        try { MessagePackWriter other = new(new byte[16]); VaultObjects.Write<Pair, MessagePackWriter>(new Pair(new Special(), new Square()), ref other); } catch (VaultValidationException) { refused = true; }
        return $"{broken} | {Convert.ToHexString(writer.Written)} {refused}";
        """));

    [Theory]
    [InlineData("9192A3686578910A", "A stored value of a union is of a case that the union lacks.")]
    [InlineData("9191A6636972636C65", "A value of a union does not consist of a name and an object.")]
    [InlineData("9192A6636972636C65", "A record ends too early.")]
    [InlineData("91920191C0", "A record holds a value of another type than its schema says.")]
    public void A_damaged_union_is_refused(string hex, string expected) => Assert.StartsWith(expected, Run("""
        namespace Shop.Models;
        [VaultUnion] public abstract record Shape;
        [VaultObject] public partial record Circle(int R) : Shape;
        [VaultObject] public partial record Part(Shape Shape);
        """, $$"""
        try { MessagePackReader reader = new(Convert.FromHexString("{{hex}}")); VaultObjects.Read<Part, MessagePackReader>(ref reader); return "read"; }
        catch (VaultCorruptionException e) { return e.Message; }
        """), StringComparison.Ordinal);

    [Fact]
    public void Unions_are_asked_for_their_case() => Assert.Equal("1,3 1,2,3 4 2 'Lost' is not a case of 'shape': mark it, or what derives from it, with [VaultObject].", Run("""
        namespace Shop.Models;
        [VaultUnion] public abstract record Shape;
        public abstract record Round : Shape;
        public record Lost : Shape;
        [VaultObject] public partial record Circle(int R) : Round;
        [VaultObject] public partial record Ring(int Inner) : Round;
        [VaultObject] public partial record Square(int Side) : Shape;
        [VaultCollection] public partial class Drawing { public int Id { get; set; } public Shape? Shape { get; set; } public List<Shape> More { get; set; } = []; }
        """, """
        using var db = VaultDatabase.OpenInMemory();
        db.Drawings().InsertMany([new() { Id = 1, Shape = new Circle(1) }, new() { Id = 2, Shape = new Ring(1), More = [new Square(1)] }, new() { Id = 3, Shape = new Circle(2) }, new() { Id = 4 }]);
        string Ids(Func<DrawingFields, VaultFilter<Drawing>> filter) => string.Join(",", db.Drawings().Where(filter).ToList().Select(d => d.Id));
        string lost = "";
        try { Ids(d => d.Shape.Is<Lost>()); } catch (VaultQueryException e) { lost = e.Message; }
        return $"{Ids(d => d.Shape.Is<Circle>())} {Ids(d => d.Shape.Is<Round>())} {Ids(d => d.Shape == null)} {Ids(d => d.More.Any(m => m.Is<Square>()))} {lost}";
        """));

    [Fact]
    public void Every_kind_of_member_is_asked_through_an_object_that_may_be_null() => Assert.Equal("1 1 1 1 1 1 1 1 1 2 2", Run("""
        namespace Shop.Models;
        public sealed record Money(decimal Amount);
        public sealed class MoneyConverter : IVaultConverter<Money, decimal>, IVaultConverter<System.Text.StringBuilder, string[]>
        {
            public static decimal ToStored(Money value) => value.Amount; public static Money FromStored(decimal stored) => new(stored);
            public static string[] ToStored(System.Text.StringBuilder value) => [value.ToString()]; public static System.Text.StringBuilder FromStored(string[] stored) => new(stored[0]);
        }
        public readonly record struct Sku(string Value);
        [VaultUnion] public abstract record Shape;
        [VaultObject] public partial record Circle(int R) : Shape;
        [VaultObject] public partial class Box
        {
            public Int128 Wide { get; set; } public Uri Home { get; set; } = new("urn:a"); public Version Version { get; set; } = new(); public ReadOnlyMemory<byte> Memory { get; set; }
            [VaultConverter(typeof(MoneyConverter))] public Money Money { get; set; } = new(0); [VaultConverter(typeof(MoneyConverter))] public System.Text.StringBuilder Text { get; set; } = new();
            public Shape Shape { get; set; } = new Circle(1); public ImmutableArray<int> Array { get; set; } = []; public HashSet<Shape> Set { get; set; } = []; public Dictionary<Sku, Money2> Map { get; set; } = [];
        }
        [VaultObject] public partial struct Money2 { public int Cents { get; set; } }
        [VaultCollection] public partial class Drawing { public int Id { get; set; } public Box? Box { get; set; } }
        """, """
        using var db = VaultDatabase.OpenInMemory();
        db.Drawings().InsertMany([new() { Id = 1, Box = new() { Wide = Int128.MaxValue, Version = new(2, 0), Memory = new byte[] { 1 }, Money = new(5), Array = [3], Set = [new Circle(4)], Map = new() { [new("s")] = new() { Cents = 6 } } } }, new() { Id = 2 }]);
        string Ids(Func<DrawingFields, VaultFilter<Drawing>> filter) => string.Join(",", db.Drawings().Where(filter).ToList().Select(d => d.Id));
        return string.Join(" ", Ids(d => d.Box.Wide > 5), Ids(d => d.Box.Home == new Uri("urn:a")), Ids(d => d.Box.Version > new Version(1, 9)), Ids(d => d.Box.Memory == new byte[] { 1 }), Ids(d => d.Box.Money >= new Money(5)),
            Ids(d => d.Box.Text != null), Ids(d => d.Box.Shape.Is<Circle>()), Ids(d => d.Box.Array.Contains(3) && d.Box.Set.Any(s => s.Is<Circle>())), Ids(d => d.Box.Map[new("s")].Cents == 6 && d.Box.Map.ContainsKey(new("s"))),
            Ids(d => d.Box.Shape == null && d.Box.Home == null && d.Box.Version.IsNull && d.Box.Memory == null && d.Box.Money == null && d.Box.Text == null && d.Box.Array == null), Ids(d => d.Box.IsNull));
        """));

    [Fact]
    public void A_key_of_a_map_that_holds_nothing_is_a_violation() => Assert.Equal("map[] Required", Run("""
        namespace Shop.Models;
        public readonly record struct Sku(string Value);
        [VaultObject] public partial class Part { public Dictionary<Sku, int> Map { get; set; } = []; }
        """, "return Records.Violations(new Part { Map = new() { [default] = 1, [new(\"a\")] = 2 } });"));

    [Fact]
    public void Collections_are_found_by_their_indexes() => Assert.Equal("A 1 1 True B", Run(Sources.Book + "\n[VaultCollection, PrimaryKey(nameof(A), nameof(B))] public partial class Pair { public long A { get; init; } public string B { get; init; } = \"\"; }", """
        using var db = VaultDatabase.OpenInMemory();
        db.Books().Insert(new Book { Id = 1, Title = "A", Author = "X", Year = 2000, Isbn = "i" });
        db.Books().Insert(new Book { Id = 2, Title = "B", Author = "X", Year = 2001 });
        db.Pairs().Insert(new Pair { A = 1, B = "B" });
        return $"{db.Books().FindByIsbn("i")!.Title} {db.Books().FindByTitle("B").Count()} {db.Books().FindByAuthorAndYear("X", 2001).Count()} {db.Pairs().Contains(1, "B")} {db.Pairs().Get(1, "B")!.B}";
        """));

    private static string Run(string models, string body) =>
        GeneratorHarness.Run(models, Sources.RoundTrip, $"using Shop.Models; public static class Test {{ public static string Run() {{ {body} }} }}").Execute();
}
