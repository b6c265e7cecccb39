namespace ModelVault.Tests.Models;

public enum Color
{
    Red,
    Green = 5,
    Blue = -1,
}

[Flags]
public enum Access : byte
{
    None = 0,
    Read = 1,
    Write = 2,
    Admin = 128,
}

[VaultObject]
public partial struct Point
{
    public int X { get; set; }

    public int Y { get; set; }
}

// A base class with the key, as most applications have one.
public abstract class Entity
{
    public Guid Id { get; init; }
}

/// <summary>A member of every everyday type.</summary>
[VaultCollection("everything", Accessor = "Everything")]
public partial class Everything : Entity
{
    public bool Bool { get; set; }
    public byte Byte { get; set; }
    public sbyte SByte { get; set; }
    public short Int16 { get; set; }
    public ushort UInt16 { get; set; }
    [Index] public int Int32 { get; set; }
    public uint UInt32 { get; set; }
    public long Int64 { get; set; }
    [Index] public ulong UInt64 { get; set; }
    [Index] public float Single { get; set; }
    [Index] public double Double { get; set; }
    [Index] public decimal Decimal { get; set; }
    [Index] public char Char { get; set; }
    [Index] public string String { get; set; } = "";
    public Guid Guid { get; set; }
    [Index] public DateTime DateTime { get; set; }
    [Index] public DateTimeOffset DateTimeOffset { get; set; }
    [Index] public DateOnly DateOnly { get; set; }
    [Index] public TimeOnly TimeOnly { get; set; }
    [Index] public TimeSpan TimeSpan { get; set; }
    [Index] public Color Color { get; set; }
    public Access Access { get; set; }
    [VaultField(EnumAsNumber = true)] public Color ColorNumber { get; set; }
    public byte[] Bytes { get; set; } = [];
    public bool? MaybeBool { get; set; }
    [Index] public int? MaybeInt32 { get; set; }
    public decimal? MaybeDecimal { get; set; }
    public string? MaybeString { get; set; }
    public Guid? MaybeGuid { get; set; }
    public DateTime? MaybeDateTime { get; set; }
    public Color? MaybeColor { get; set; }
    public byte[]? MaybeBytes { get; set; }
    public List<int> List { get; set; } = [];
    public string[] Array { get; set; } = [];
    public List<string>? MaybeList { get; set; }
    public IReadOnlyList<double> ReadOnlyList { get; set; } = [];
    public Dictionary<string, int> Map { get; set; } = [];
    public Dictionary<int, string> IntMap { get; set; } = [];
    public Dictionary<Guid, Point>? MaybeMap { get; set; }
    public Publisher Publisher { get; set; } = new("none", null);
    public Publisher? MaybePublisher { get; set; }
    public Point Point { get; set; }
    public Point? MaybePoint { get; set; }
    public List<Publisher> Publishers { get; set; } = [];
    public AuthorId AuthorId { get; set; }
    public AuthorId? MaybeAuthorId { get; set; }
}
