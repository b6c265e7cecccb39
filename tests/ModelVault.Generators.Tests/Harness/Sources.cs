namespace ModelVault.Generators.Tests.Harness;

/// <summary>Sources that several tests compile.</summary>
internal static class Sources
{
    /// <summary>The model of the programming model's first page.</summary>
    public const string Book = """
        namespace Shop.Models;

        [VaultCollection]
        [Index(nameof(Author), nameof(Year))]
        public partial class Book
        {
            [PrimaryKey] public long Id { get; init; }
            [MaxLength(500), Index(Name = "by_title")] public required string Title { get; set; }
            public required string Author { get; set; }
            [Index, Range(-5000, 3000)] public int Year { get; set; }
            [Unique] public string? Isbn { get; set; }
            public double? Rating { get; set; }
            public bool Lent { get; set; }
            public List<string> Tags { get; set; } = [];
            public Publisher? Publisher { get; set; }
        }

        [VaultObject] public partial record Publisher(string Name, string? City);
        """;

    /// <summary>One member of every type that can be stored, not null and nullable.</summary>
    public const string Everything = """
        namespace Shop.Models;

        public enum Status { Draft, Open, Closed }
        [Flags] public enum Rights : byte { None = 0, Read = 1, Write = 2, All = 255 }
        public enum Level : long { Low = -5, High = 5 }
        public readonly record struct AuthorId(Guid Value);
        public readonly record struct Link(Uri Value);
        public readonly record struct Sku { public string Code { get; init; } }
        [VaultObject] public partial record struct Point(double X, double Y);
        [VaultObject] public partial struct Size { public int Width { get; set; } public int Height { get; init; } }
        [VaultObject] public partial record Address(string Street, string? City, Point At);

        [VaultUnion] public abstract record Shape(string Label);
        public abstract record Round(string Label) : Shape(Label);
        [VaultObject] public partial record Circle(string Label, [property: Range(0, 10)] double Radius) : Round(Label);
        [VaultObject("rect")] public partial record Rectangle(string Label, Size? Size) : Shape(Label);

        public sealed class Money(decimal amount) { public decimal Amount => amount; }
        public sealed class MoneyConverter : IVaultConverter<Money, decimal> { public static decimal ToStored(Money value) => value.Amount; public static Money FromStored(decimal stored) => new(stored); }
        [VaultConverter(typeof(TemperatureConverter))] public readonly struct Temperature(double kelvin) { public double Kelvin => kelvin; }
        public struct TemperatureConverter : IVaultConverter<Temperature, double> { static double IVaultConverter<Temperature, double>.ToStored(Temperature value) => value.Kelvin; static Temperature IVaultConverter<Temperature, double>.FromStored(double stored) => new(stored); }
        public abstract class PathConverter : IVaultConverter<System.IO.FileInfo, Uri>, IVaultConverter<System.Numerics.Vector2, Point>, IVaultConverter<System.Text.StringBuilder, List<string>>
        {
            public static Uri ToStored(System.IO.FileInfo value) => new(value.FullName); public static System.IO.FileInfo FromStored(Uri stored) => new(stored.LocalPath);
            public static Point ToStored(System.Numerics.Vector2 value) => new(value.X, value.Y); public static System.Numerics.Vector2 FromStored(Point stored) => new((float)stored.X, (float)stored.Y);
            public static List<string> ToStored(System.Text.StringBuilder value) => [value.ToString()]; public static System.Text.StringBuilder FromStored(List<string> stored) => new(stored[0]);
        }

        [VaultCollection]
        public partial class Everything
        {
            public int Id { get; set; }
            public bool Bool { get; set; } public bool? BoolOrNull { get; set; }
            public sbyte SByte { get; set; } public sbyte? SByteOrNull { get; set; }
            public byte Byte { get; set; } public byte? ByteOrNull { get; set; }
            public short Int16 { get; set; } public short? Int16OrNull { get; set; }
            public ushort UInt16 { get; set; } public ushort? UInt16OrNull { get; set; }
            public int Int32 { get; set; } public int? Int32OrNull { get; set; }
            public uint UInt32 { get; set; } public uint? UInt32OrNull { get; set; }
            public long Int64 { get; set; } public long? Int64OrNull { get; set; }
            public ulong UInt64 { get; set; } public ulong? UInt64OrNull { get; set; }
            public Int128 Int128 { get; set; } public Int128? Int128OrNull { get; set; }
            public UInt128 UInt128 { get; set; } public UInt128? UInt128OrNull { get; set; }
            public Half Half { get; set; } public Half? HalfOrNull { get; set; }
            public float Single { get; set; } public float? SingleOrNull { get; set; }
            public double Double { get; set; } public double? DoubleOrNull { get; set; }
            public decimal Decimal { get; set; } public decimal? DecimalOrNull { get; set; }
            public char Char { get; set; } public char? CharOrNull { get; set; }
            public string String { get; set; } = ""; public string? StringOrNull { get; set; }
            public byte[] Bytes { get; set; } = []; public byte[]? BytesOrNull { get; set; }
            public ReadOnlyMemory<byte> Memory { get; set; } public ReadOnlyMemory<byte>? MemoryOrNull { get; set; }
            public Uri Uri { get; set; } = new("a", UriKind.Relative); public Uri? UriOrNull { get; set; }
            public Version Version { get; set; } = new(); public Version? VersionOrNull { get; set; }
            public Guid Guid { get; set; } public Guid? GuidOrNull { get; set; }
            public DateTime DateTime { get; set; } public DateTime? DateTimeOrNull { get; set; }
            public DateTimeOffset DateTimeOffset { get; set; } public DateTimeOffset? DateTimeOffsetOrNull { get; set; }
            public DateOnly DateOnly { get; set; } public DateOnly? DateOnlyOrNull { get; set; }
            public TimeOnly TimeOnly { get; set; } public TimeOnly? TimeOnlyOrNull { get; set; }
            public TimeSpan TimeSpan { get; set; } public TimeSpan? TimeSpanOrNull { get; set; }
            public Status Status { get; set; } public Status? StatusOrNull { get; set; }
            public Rights Rights { get; set; } public Level Level { get; set; }
            [VaultField(EnumAsNumber = true)] public Status Number { get; set; }
            [VaultField(EnumAsNumber = true)] public Status? NumberOrNull { get; set; }
            public AuthorId Author { get; set; } public AuthorId? AuthorOrNull { get; set; }
            public Sku Sku { get; set; } = new() { Code = "" }; public Sku? SkuOrNull { get; set; }
            public Link Link { get; set; } = new(new("a", UriKind.Relative)); public Link? LinkOrNull { get; set; }
            public Address Address { get; set; } = new("", null, default); public Address? AddressOrNull { get; set; }
            public Point Point { get; set; } public Point? PointOrNull { get; set; }
            public Size Size { get; set; } public Size? SizeOrNull { get; set; }
            public List<string> Strings { get; set; } = []; public List<string?>? StringsOrNull { get; set; }
            public IReadOnlyList<int> ReadOnlyList { get; set; } = []; public IList<long> IList { get; set; } = []; public ICollection<bool> ICollection { get; set; } = [];
            public int[] Array { get; set; } = []; public double?[]? ArrayOrNull { get; set; }
            public int[][] Jagged { get; set; } = []; public List<List<Point>> Nested { get; set; } = [];
            public List<Address> Addresses { get; set; } = []; public List<Address?> AddressesOrNull { get; set; } = [];
            public List<Status> Statuses { get; set; } = []; public AuthorId[] Authors { get; set; } = [];
            public Shape Shape { get; set; } = new Circle("", 0); public Shape? ShapeOrNull { get; set; } public List<Shape> Shapes { get; set; } = []; public HashSet<Shape> ShapeSet { get; set; } = [];
            public Dictionary<string, Shape?> ShapesByName { get; set; } = [];
            [VaultConverter(typeof(MoneyConverter))] public Money Money { get; set; } = new(0); [VaultConverter(typeof(MoneyConverter))] public Money? MoneyOrNull { get; set; }
            public Temperature Temperature { get; set; } public Temperature? TemperatureOrNull { get; set; } public List<Temperature> Temperatures { get; set; } = []; public Dictionary<string, Temperature> TemperaturesByName { get; set; } = [];
            [VaultConverter(typeof(PathConverter))] public System.IO.FileInfo? File { get; set; } [VaultConverter(typeof(PathConverter))] public System.Numerics.Vector2 Vector { get; set; } [VaultConverter(typeof(PathConverter))] public System.Numerics.Vector2? VectorOrNull { get; set; }
            [VaultConverter(typeof(PathConverter))] public System.Text.StringBuilder Builder { get; set; } = new(); [VaultConverter(typeof(PathConverter))] public System.Text.StringBuilder? BuilderOrNull { get; set; }
            public Dictionary<string, double> ByName { get; set; } = []; public Dictionary<int, string?>? ByNumber { get; set; }
            public Dictionary<ulong, List<int>> ByUInt64 { get; set; } = []; public IDictionary<Guid, Address> ByGuid { get; set; } = new Dictionary<Guid, Address>();
            public HashSet<string> Set { get; set; } = []; public ISet<int?>? ISet { get; set; } public IReadOnlySet<Address> AddressSet { get; set; } = new HashSet<Address>();
            public SortedSet<string> SortedSet { get; set; } = []; public HashSet<AuthorId> GetOnlySet { get; } = [];
            public ImmutableArray<int> ImmutableArray { get; set; } = []; public ImmutableArray<string>? ImmutableArrayOrNull { get; set; } public List<ImmutableArray<int>> ListOfImmutable { get; set; } = [];
            public ImmutableList<Point> ImmutableList { get; set; } = []; public IImmutableList<string?>? IImmutableList { get; set; }
            public ImmutableHashSet<DateTime> ImmutableHashSet { get; set; } = []; public IImmutableSet<Status>? IImmutableSet { get; set; } public ImmutableSortedSet<Version> ImmutableSortedSet { get; set; } = [];
            public SortedDictionary<string, int> SortedDictionary { get; set; } = []; public ImmutableDictionary<Sku, int> BySku { get; set; } = ImmutableDictionary<Sku, int>.Empty;
            public IImmutableDictionary<int, string>? IImmutableDictionary { get; set; } public ImmutableSortedDictionary<Guid, Point> ImmutableSortedDictionary { get; set; } = ImmutableSortedDictionary<Guid, Point>.Empty;
            public Dictionary<AuthorId, string> ByAuthor { get; set; } = [];
            public IReadOnlyDictionary<byte, Point?> ByByte { get; set; } = new Dictionary<byte, Point?>();
        }
        """;

    /// <summary>Writes a value as a stored record and reads it back.</summary>
    public const string RoundTrip = """
        public static class Records
        {
            public static T RoundTrip<T>(T value) where T : IVaultObject<T>
            {
                MessagePackWriter writer = new(new byte[16]);
                T.Write(in value, ref writer);
                MessagePackReader reader = new(writer.Written);
                T copy = T.Read(ref reader);
                if (reader.Position != writer.Written.Length) throw new InvalidOperationException("not everything was read");
                MessagePackWriter again = new(new byte[16]);
                T.Write(in copy, ref again);
                if (!again.Written.SequenceEqual(writer.Written)) throw new InvalidOperationException("the copy has other bytes");
                return copy;
            }

            public static T ReadEmpty<T>() where T : IVaultObject<T>
            {
                MessagePackReader reader = new([0x90]);
                return T.Read(ref reader);
            }

            public static string Violations<T>(T value) where T : IVaultObject<T>
            {
                VaultValidator validator = default;
                T.Validate(in value, ref validator);
                return string.Join("; ", validator.Violations?.Select(v => $"{v.Path} {v.Rule}") ?? []);
            }
        }
        """;
}
