using System.Collections.Immutable;
using ModelVault.Tests.Models;
using ModelVault.Tests.Types;

namespace ModelVault.Tests.Interop;

/// <summary>A member of every stored kind.</summary>
[VaultCollection]
public partial class Specimen
{
    public int Id { get; init; }
    public bool Bool { get; set; }
    public sbyte SByte { get; set; }
    public short Int16 { get; set; }
    public int Int32 { get; set; }
    public long Int64 { get; set; }
    public byte Byte { get; set; }
    public ushort UInt16 { get; set; }
    public uint UInt32 { get; set; }
    public ulong UInt64 { get; set; }
    public Int128 Int128 { get; set; }
    public UInt128 UInt128 { get; set; }
    public Half Half { get; set; }
    public float Single { get; set; }
    public double Double { get; set; }
    public decimal Decimal { get; set; }
    public char Char { get; set; }
    public string String { get; set; } = "";
    public byte[] Bytes { get; set; } = [];
    public ReadOnlyMemory<byte> Memory { get; set; }
    public Guid Guid { get; set; }
    public Uri Uri { get; set; } = new("https://example.org/");
    public Version Version { get; set; } = new(1, 0);
    public DateTime Utc { get; set; } = DateTime.UnixEpoch;
    public DateTime Local { get; set; }
    public DateTime Unspecified { get; set; }
    public DateTimeOffset DateTimeOffset { get; set; }
    public DateOnly DateOnly { get; set; }
    public TimeOnly TimeOnly { get; set; }
    public TimeSpan TimeSpan { get; set; }
    public Color Color { get; set; }
    [VaultField(EnumAsNumber = true)] public Color ColorNumber { get; set; }
    public Access Access { get; set; }
    public AuthorId AuthorId { get; set; }
    public int? MaybeInt32 { get; set; }
    public double? MaybeDouble { get; set; }
    public string? MaybeString { get; set; }
    public DateTime? MaybeDateTime { get; set; }
    public Publisher? MaybePublisher { get; set; }
    public Point Point { get; set; }
    public List<long> List { get; set; } = [];
    public double?[] Array { get; set; } = [];
    public ImmutableArray<string> ImmutableArray { get; set; } = [];
    public HashSet<int> Set { get; set; } = [];
    public Dictionary<string, int> Map { get; set; } = [];
    public Dictionary<int, string> IntMap { get; set; } = [];
    public Dictionary<ulong, Point> UIntMap { get; set; } = [];
    public Dictionary<Guid, List<Publisher>> GuidMap { get; set; } = [];
    public List<Publisher> Publishers { get; set; } = [];
    public Money Money { get; set; } = new(0);
    public Shape? Shape { get; set; }
    public List<Shape> Shapes { get; set; } = [];

    /// <summary>Values at the limits of their types and of the format's widths.</summary>
    public static IReadOnlyList<Specimen> All() => [Plain(), Least(), Most(), Empty(), .. Sizes()];

    /// <summary>The same with what @msgpack/msgpack can write: maps have keys of strings, and −0 is 0.</summary>
    public Specimen ForJavaScript() => this.With(static s =>
    {
        (s.IntMap, s.UIntMap, s.GuidMap) = ([], [], []);
        if (s.Double == 0) s.Double = 0;
    });

    /// <summary>Everyday values, none of which a 32-bit float rounds.</summary>
    public static Specimen Plain() => new()
    {
        Id = 1,
        Bool = true,
        SByte = -5,
        Int16 = -500,
        Int32 = 70_000,
        Int64 = -5_000_000_000,
        Byte = 200,
        UInt16 = 60_000,
        UInt32 = 4_000_000_000,
        UInt64 = 10_000_000_000_000_000_000,
        Int128 = -12,
        UInt128 = 300,
        Half = (Half)1.5,
        Single = 0.25f,
        Double = -2.5,
        Decimal = 19.90m,
        Char = 'ß',
        String = "naïve 漢字 😀 \" \\ \0",
        Bytes = [0, 255, 127],
        Memory = new byte[] { 1, 2 },
        Guid = new Guid("00112233-4455-6677-8899-aabbccddeeff"),
        Uri = new Uri("/a/b?c=d", UriKind.Relative),
        Version = new Version(1, 2, 3),
        Utc = new DateTime(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc),
        Local = new DateTime(2024, 6, 1, 12, 0, 0, DateTimeKind.Local),
        Unspecified = new DateTime(1999, 12, 31, 23, 59, 59),
        DateTimeOffset = new DateTimeOffset(2024, 2, 29, 23, 59, 59, TimeSpan.FromMinutes(-330)),
        DateOnly = new DateOnly(2024, 2, 29),
        TimeOnly = new TimeOnly(23, 59, 59, 999),
        TimeSpan = TimeSpan.FromDays(-1.5),
        Color = Color.Green,
        ColorNumber = Color.Blue,
        Access = Access.Read | Access.Admin,
        AuthorId = new AuthorId(Guid.AllBitsSet),
        MaybeInt32 = 0,
        MaybeDouble = 3,
        MaybeString = "",
        MaybeDateTime = new DateTime(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc).AddTicks(7),
        MaybePublisher = new Publisher("Ace", null),
        Point = new Point { X = -1, Y = 1 },
        List = [0, -1, 127, 128, 255, 256, 65_535, 65_536, 1L << 32, -32, -33, -129, -32_769, int.MinValue - 1L],
        Array = [1.5, null, 2, -0.5],
        ImmutableArray = ["a", "", "é"],
        Set = [-3, 0, 1_000],
        Map = new Dictionary<string, int> { ["1"] = 3, ["2"] = 2, ["b"] = 1, [""] = 4 },
        IntMap = new Dictionary<int, string> { [-1] = "minus", [5] = "five", [1] = "one" },
        UIntMap = new Dictionary<ulong, Point> { [ulong.MaxValue] = new Point { X = 1 } },
        GuidMap = new Dictionary<Guid, List<Publisher>> { [Guid.AllBitsSet] = [new("x", "y")], [Guid.Empty] = [] },
        Publishers = [new("a", "b"), new("c", null)],
        Money = new Money(-0.50m),
        Shape = new Circle(0.5),
        Shapes = [new Rectangle(new Point { X = 1, Y = 300 }, ["wide"]), new Ring(2, null)],
    };

    private static Specimen Empty() => new() { Id = 0 };

    private static Specimen Least() => new()
    {
        Id = int.MinValue,
        SByte = sbyte.MinValue,
        Int16 = short.MinValue,
        Int32 = int.MinValue,
        Int64 = long.MinValue,
        Int128 = Int128.MinValue,
        UInt128 = (UInt128)ulong.MaxValue + 1,
        Half = Half.Epsilon,
        Single = float.Epsilon,
        Double = -0d,
        Decimal = decimal.MinValue,
        Utc = new DateTime(1, DateTimeKind.Utc),
        DateTimeOffset = DateTimeOffset.MinValue,
        TimeSpan = TimeSpan.MinValue,
        Color = (Color)int.MinValue,
        MaybeDouble = double.NegativeInfinity,
        MaybeDateTime = DateTime.UnixEpoch.AddTicks(-1),
        Array = [double.Epsilon, double.MinValue, 1e-300],
        Point = new Point { X = int.MinValue, Y = int.MinValue },
    };

    private static Specimen Most() => new()
    {
        Id = int.MaxValue,
        SByte = sbyte.MaxValue,
        Int16 = short.MaxValue,
        Int32 = int.MaxValue,
        Int64 = long.MaxValue,
        Byte = byte.MaxValue,
        UInt16 = ushort.MaxValue,
        UInt32 = uint.MaxValue,
        UInt64 = ulong.MaxValue,
        Int128 = Int128.MaxValue,
        UInt128 = UInt128.MaxValue,
        Half = Half.MaxValue,
        Single = float.MaxValue,
        Double = BitConverter.UInt64BitsToDouble(0x7ff8_0000_0000_0000),
        Decimal = -1e-28m,
        Char = char.MaxValue,
        Utc = DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc),
        Unspecified = DateTime.MaxValue,
        DateTimeOffset = DateTimeOffset.MaxValue,
        DateOnly = DateOnly.MaxValue,
        TimeOnly = TimeOnly.MaxValue,
        TimeSpan = TimeSpan.MaxValue,
        Color = (Color)int.MaxValue,
        Access = (Access)255,
        MaybeDouble = double.PositiveInfinity,
        MaybeDateTime = DateTime.UnixEpoch.AddSeconds(uint.MaxValue).AddTicks(1),
        Array = [double.MaxValue, Math.PI, 9_007_199_254_740_993],
        Version = new Version(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue),
    };

    // Each width of the headers of text, bytes, arrays and maps.
    private static IEnumerable<Specimen> Sizes() => ((int[])[15, 16, 31, 32, 255, 256, 65_535, 65_536]).Select(static n => new Specimen
    {
        Id = n,
        String = new string('x', n),
        MaybeString = string.Concat(Enumerable.Repeat("é", n)),
        Bytes = [.. Enumerable.Range(0, n).Select(static i => (byte)i)],
        List = [.. Enumerable.Range(0, n).Select(static i => (long)i)],
        Map = Enumerable.Range(0, n).ToDictionary(static i => $"key {i}", static i => i),
        Set = [.. Enumerable.Range(0, Math.Min(n, 300))],
        IntMap = Enumerable.Range(0, Math.Min(n, 300)).ToDictionary(static i => i, static _ => ""),
    });
}
