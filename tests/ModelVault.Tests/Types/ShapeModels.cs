using System.Collections.Immutable;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Types;

[VaultUnion]
public abstract record Shape;

public abstract record Round : Shape;

[VaultObject]
public partial record Circle(double Radius) : Round;

[VaultObject]
public partial record Ring(double Inner, double? Outer) : Round;

[VaultObject("rect")]
public partial record Rectangle(Point Size, List<string> Labels) : Shape;

/// <summary>Stored as an object: not a single value.</summary>
public sealed record Span(int From, int To);

public sealed class SpanConverter : IVaultConverter<Span, Point>
{
    public static Point ToStored(Span value) => new() { X = value.From, Y = value.To };

    public static Span FromStored(Point stored) => new(stored.X, stored.Y);
}

/// <summary>One member of every shape in which something is stored.</summary>
[VaultCollection("shapes", Accessor = "Shapes")]
public partial class Shapes
{
    public int Id { get; init; }
    public bool Bool { get; set; }
    public sbyte SByte { get; set; }
    public byte Byte { get; set; }
    public short Int16 { get; set; }
    public ushort UInt16 { get; set; }
    public uint UInt32 { get; set; }
    public long Int64 { get; set; }
    public ulong UInt64 { get; set; }
    public Int128 Int128 { get; set; }
    public Int128 Int128Narrow { get; set; }
    public UInt128 UInt128 { get; set; }
    public UInt128 UInt128Narrow { get; set; }
    public Half Half { get; set; }
    public float Single { get; set; }
    public double Double { get; set; }
    public double DoubleNaN { get; set; }
    public double DoubleMinusZero { get; set; }
    public decimal Decimal { get; set; }
    public char Char { get; set; }
    public string String { get; set; } = "";
    public Guid Guid { get; set; }
    public DateTime DateTimeUtc { get; set; }
    public DateTime DateTimeLocal { get; set; }
    public DateTime DateTimeUnspecified { get; set; }
    public DateTimeOffset DateTimeOffset { get; set; }
    public DateOnly DateOnly { get; set; }
    public TimeOnly TimeOnly { get; set; }
    public TimeSpan TimeSpan { get; set; }
    public Color Enum { get; set; }
    public Access EnumWithoutName { get; set; }
    [VaultField(EnumAsNumber = true)] public Color EnumAsNumber { get; set; }
    public byte[] Bytes { get; set; } = [];
    public ReadOnlyMemory<byte> Memory { get; set; }
    public Uri UriAbsolute { get; set; } = new("urn:a");
    public Uri UriRelative { get; set; } = new("", UriKind.Relative);
    public Version Version { get; set; } = new();
    public int? Null { get; set; }
    public int? NotNull { get; set; }
    public AuthorId Id16 { get; set; }
    public Label? Label { get; set; }
    public Money Money { get; set; } = new(0);
    public Code? Code { get; set; }
    [VaultConverter(typeof(SpanConverter))] public Span Span { get; set; } = new(0, 0);
    [VaultConverter(typeof(SpanConverter))] public Span? MaybeSpan { get; set; }
    public Point Struct { get; set; }
    public Publisher? Object { get; set; }
    public Shape Union { get; set; } = new Circle(0);
    public Shape? MaybeUnion { get; set; }
    public List<Shape> Unions { get; set; } = [];
    public List<int> List { get; set; } = [];
    public string[]? Array { get; set; }
    public int[][] Jagged { get; set; } = [];
    public ImmutableArray<int> ImmutableArray { get; set; } = [];
    public ImmutableArray<string?>? MaybeImmutableArray { get; set; }
    public ImmutableList<Point> ImmutableList { get; set; } = [];
    public HashSet<string> Set { get; set; } = [];
    public ISet<int?> SetOfNullable { get; set; } = new HashSet<int?>();
    public IReadOnlySet<Publisher> SetOfObjects { get; set; } = new HashSet<Publisher>();
    public HashSet<Shape> SetOfUnions { get; set; } = [];
    public SortedSet<string> SortedSet { get; set; } = [];
    public ImmutableHashSet<Money> SetOfConverted { get; set; } = [];
    public HashSet<AuthorId> SetOfIds { get; set; } = [];
    public Dictionary<string, int> Map { get; set; } = [];
    public Dictionary<sbyte, bool> MapBySByte { get; set; } = [];
    public Dictionary<byte, bool> MapByByte { get; set; } = [];
    public Dictionary<short, bool> MapByInt16 { get; set; } = [];
    public Dictionary<ushort, bool> MapByUInt16 { get; set; } = [];
    public Dictionary<int, bool> MapByInt32 { get; set; } = [];
    public Dictionary<uint, bool> MapByUInt32 { get; set; } = [];
    public Dictionary<long, Shape?> MapByInt64 { get; set; } = [];
    public Dictionary<ulong, bool> MapByUInt64 { get; set; } = [];
    public Dictionary<Guid, List<int>> MapByGuid { get; set; } = [];
    public ImmutableDictionary<AuthorId, Money> MapById { get; set; } = ImmutableDictionary<AuthorId, Money>.Empty;
    public SortedDictionary<string, string> SortedMap { get; set; } = [];
}
