using ModelVault.Runtime;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Records;

/// <summary>One way to read a value, and what it is to accept among <see cref="EncodedValue.OfEveryCode"/>.</summary>
internal sealed record ValueRead(string Name, ValueRead.Reading Read, Func<EncodedValue, bool> Accepts)
{
    private static readonly EnumNames<Color> Colors = new(("Red", Color.Red), ("Green", Color.Green), ("Blue", Color.Blue));

    public delegate void Reading(ref MessagePackReader reader);

    public override string ToString() => Name;

    /// <summary>Every way but those into arrays and maps, after which the reader stands inside.</summary>
    public static IReadOnlyList<ValueRead> OfScalars { get; } =
    [
        new("boolean", static (ref MessagePackReader r) => r.ReadBoolean(), static v => v.Form == Form.Bool),
        new("int64", static (ref MessagePackReader r) => r.ReadInt64(), IsInteger),
        new("uint64", static (ref MessagePackReader r) => r.ReadUInt64(), IsUnsigned),
        new("int128", static (ref MessagePackReader r) => r.ReadInt128(), static v => IsInteger(v) || IsGuid(v)),
        new("uint128", static (ref MessagePackReader r) => r.ReadUInt128(), static v => IsUnsigned(v) || IsGuid(v)),
        new("half", static (ref MessagePackReader r) => r.ReadHalf(), IsNumber),
        new("single", static (ref MessagePackReader r) => r.ReadSingle(), IsNumber),
        new("double", static (ref MessagePackReader r) => r.ReadDouble(), IsNumber),
        new("decimal", static (ref MessagePackReader r) => r.ReadDecimal(), static v => IsExtension(v, 4, 16)),
        new("string", static (ref MessagePackReader r) => r.ReadString(), static v => v.Form == Form.String),
        new("utf8", static (ref MessagePackReader r) => r.ReadUtf8(), static v => v.Form == Form.String),
        new("enum", static (ref MessagePackReader r) => r.ReadEnum(Colors), IsInteger),
        new("bytes", static (ref MessagePackReader r) => r.ReadBytes(), static v => v.Form == Form.Binary),
        new("guid", static (ref MessagePackReader r) => r.ReadGuid(), IsGuid),
        new("datetime", static (ref MessagePackReader r) => r.ReadDateTime(), IsDateTime),
        new("datetimeoffset", static (ref MessagePackReader r) => r.ReadDateTimeOffset(), static v => IsExtension(v, 3, 10)),
        new("date", static (ref MessagePackReader r) => r.ReadDateOnly(), IsUnsigned),
        new("time", static (ref MessagePackReader r) => r.ReadTimeOnly(), IsUnsigned),
        new("timespan", static (ref MessagePackReader r) => r.ReadTimeSpan(), IsInteger),
        new("uri", static (ref MessagePackReader r) => r.ReadUri(), static v => v.Form == Form.String),
        new("version", static (ref MessagePackReader r) => r.ReadVersion(), static v => v.Form == Form.String && v.Length is 3 or 5 or 7),
        new("string key", static (ref MessagePackReader r) => r.ReadMapKeyString(), static v => v.Form == Form.String),
        new("int64 key", static (ref MessagePackReader r) => r.ReadMapKeyInt64(), IsInteger),
        new("uint64 key", static (ref MessagePackReader r) => r.ReadMapKeyUInt64(), IsUnsigned),
        new("guid key", static (ref MessagePackReader r) => r.ReadMapKeyGuid(), IsGuid),
        new("anything", static (ref MessagePackReader r) => r.Skip(), static _ => true),
    ];

    /// <summary>The ways into arrays and maps.</summary>
    public static IReadOnlyList<ValueRead> OfContainers { get; } =
    [
        new("object", static (ref MessagePackReader r) => r.BeginObject(), static v => v.Form == Form.Array),
        new("list", static (ref MessagePackReader r) => r.BeginList(), static v => v.Form == Form.Array),
        new("map", static (ref MessagePackReader r) => r.BeginMap(), static v => v.Form == Form.Map),
    ];

    /// <summary>Both.</summary>
    public static IEnumerable<ValueRead> All => OfScalars.Concat(OfContainers);

    /// <summary>Whether a field of a type accepts a value: null where the type is no scalar, or text of a form, so that it depends on more.</summary>
    public static bool? FieldAccepts(FieldTypeSchema type, EncodedValue value) => type.Kind switch
    {
        FieldKind.Bool => value.Form == Form.Bool,
        FieldKind.Int64 or FieldKind.Duration => IsInteger(value),
        FieldKind.Enum => type.IsUnsignedEnum ? IsUnsigned(value) : IsInteger(value),
        FieldKind.UInt64 or FieldKind.Char or FieldKind.Date or FieldKind.Time => IsUnsigned(value),
        FieldKind.Int128 => IsInteger(value) || IsGuid(value),
        FieldKind.UInt128 => IsUnsigned(value) || IsGuid(value),
        FieldKind.Float16 or FieldKind.Float32 or FieldKind.Float64 => IsNumber(value),
        FieldKind.Decimal => IsExtension(value, 4, 16),
        FieldKind.String => value.Form == Form.String,
        FieldKind.Uri or FieldKind.Version => value.Form == Form.String ? null : false,
        FieldKind.Bytes => value.Form == Form.Binary,
        FieldKind.Uuid => IsGuid(value),
        FieldKind.DateTime => IsDateTime(value),
        FieldKind.TimestampTz => IsExtension(value, 3, 10),
        FieldKind.Map => value.Form == Form.Map ? null : false,
        FieldKind.Object or FieldKind.Union => value.Form is Form.Array or Form.Map ? null : false,
        _ => value.Form == Form.Array ? null : false,
    };

    /// <summary>Reads a value from its first byte to the last one.</summary>
    public int PositionAfter(byte[] bytes)
    {
        MessagePackReader reader = new(bytes);
        Read(ref reader);
        return reader.Position;
    }

    private static bool IsInteger(EncodedValue value) => value.Form == Form.Integer;

    private static bool IsUnsigned(EncodedValue value) => IsInteger(value) && value.Bytes[0] < 0xe0;

    private static bool IsNumber(EncodedValue value) => value.Form is Form.Integer or Form.Float;

    private static bool IsGuid(EncodedValue value) => value is { Form: Form.Binary, Length: 16 };

    private static bool IsExtension(EncodedValue value, sbyte type, int length) => value.Form == Form.Extension && value.Type == type && value.Length == length;

    private static bool IsDateTime(EncodedValue value) =>
        value.Form == Form.Extension && value.Type switch { -1 => value.Length is 4 or 8 or 12, 1 or 2 => value.Length == 8, _ => false };
}
