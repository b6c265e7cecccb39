using System.Globalization;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>The scalars of the schema vocabulary, each with what else than its own type is accepted for it.</summary>
internal static class ScalarRecordTypes
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static RecordType Of(FieldTypeSchema schema) => schema.Kind switch
    {
        FieldKind.Bool => new ScalarRecordType<bool>(schema, "bool", FieldTypes.Boolean, static (ref MessagePackWriter w, bool v) => w.WriteBoolean(v), null),
        FieldKind.Int64 => new ScalarRecordType<long>(schema, "int64", FieldTypes.Int64, static (ref MessagePackWriter w, long v) => w.WriteInt64(v), Integer<long>),
        FieldKind.UInt64 => new ScalarRecordType<ulong>(schema, "uint64", FieldTypes.UInt64, static (ref MessagePackWriter w, ulong v) => w.WriteUInt64(v), Integer<ulong>),
        FieldKind.Int128 => new ScalarRecordType<Int128>(schema, "int128", FieldTypes.Int128, static (ref MessagePackWriter w, Int128 v) => w.WriteInt128(v), Integer<Int128>),
        FieldKind.UInt128 => new ScalarRecordType<UInt128>(schema, "uint128", FieldTypes.UInt128, static (ref MessagePackWriter w, UInt128 v) => w.WriteUInt128(v), Integer<UInt128>),
        FieldKind.Float16 => new ScalarRecordType<Half>(schema, "float16", FieldTypes.Half, static (ref MessagePackWriter w, Half v) => w.WriteHalf(v), ToHalf),
        FieldKind.Float32 => new ScalarRecordType<float>(schema, "float32", FieldTypes.Single, static (ref MessagePackWriter w, float v) => w.WriteSingle(v), ToSingle),
        FieldKind.Float64 => new ScalarRecordType<double>(schema, "float64", FieldTypes.Double, static (ref MessagePackWriter w, double v) => w.WriteDouble(v), ToDouble),
        FieldKind.Decimal => new ScalarRecordType<decimal>(schema, "decimal", FieldTypes.Decimal, static (ref MessagePackWriter w, decimal v) => w.WriteDecimal(v), ToDecimal),
        FieldKind.Char => new ScalarRecordType<char>(schema, "char", FieldTypes.Char, static (ref MessagePackWriter w, char v) => w.WriteUInt64(v), ToChar),
        FieldKind.String => new ScalarRecordType<string>(schema, "string", FieldTypes.String, static (ref MessagePackWriter w, string v) => w.WriteString(v), null),
        FieldKind.Bytes => new ScalarRecordType<byte[]>(schema, "bytes", FieldTypes.Bytes, static (ref MessagePackWriter w, byte[] v) => w.WriteBytes(v), ToBytes),
        FieldKind.Uuid => new ScalarRecordType<Guid>(schema, "uuid", FieldTypes.Guid, static (ref MessagePackWriter w, Guid v) => w.WriteGuid(v), ToGuid),
        FieldKind.DateTime => new ScalarRecordType<DateTime>(schema, "datetime", FieldTypes.DateTime, static (ref MessagePackWriter w, DateTime v) => w.WriteDateTime(v), ToDateTime),
        FieldKind.TimestampTz => new ScalarRecordType<DateTimeOffset>(schema, "timestamptz", FieldTypes.DateTimeOffset, static (ref MessagePackWriter w, DateTimeOffset v) => w.WriteDateTimeOffset(v), ToDateTimeOffset),
        FieldKind.Date => new ScalarRecordType<DateOnly>(schema, "date", FieldTypes.DateOnly, static (ref MessagePackWriter w, DateOnly v) => w.WriteDateOnly(v), ToDate),
        FieldKind.Time => new ScalarRecordType<TimeOnly>(schema, "time", FieldTypes.TimeOnly, static (ref MessagePackWriter w, TimeOnly v) => w.WriteTimeOnly(v), ToTime),
        FieldKind.Duration => new ScalarRecordType<TimeSpan>(schema, "duration", FieldTypes.TimeSpan, static (ref MessagePackWriter w, TimeSpan v) => w.WriteTimeSpan(v), ToDuration),
        FieldKind.Uri => new ScalarRecordType<Uri>(schema, "uri", FieldTypes.Uri, static (ref MessagePackWriter w, Uri v) => w.WriteUri(v), ToUri),
        FieldKind.Version => new ScalarRecordType<Version>(schema, "version", FieldTypes.Version, static (ref MessagePackWriter w, Version v) => w.WriteVersion(v), ToVersion),
        _ => throw new VaultSchemaException($"The type {schema.Kind} is no scalar."),
    };

    private static bool Integer<T>(object value, out object? converted) => NumberConversion.TryInteger(value, typeof(T), out converted);

    // Text is accepted where JSON has nothing else, in the form in which the value is written.
    private static bool ToDecimal(object value, out object? converted)
    {
        converted = value is string text && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, Invariant, out decimal parsed) ? parsed : null;
        return converted is not null || NumberConversion.TryDecimal(value, out converted);
    }

    private static bool ToHalf(object value, out object? converted) => NumberConversion.TryHalf(NotFinite(value), out converted);

    private static bool ToSingle(object value, out object? converted) => NumberConversion.TrySingle(NotFinite(value), out converted);

    private static bool ToDouble(object value, out object? converted) => NumberConversion.TryDouble(NotFinite(value), out converted);

    private static object NotFinite(object value) => value is string text && ScalarText.NotFinite(text) is { } number ? number : value;

    private static bool ToChar(object value, out object? converted)
    {
        converted = value is string { Length: 1 } text ? text[0] : null;
        return converted is not null;
    }

    private static bool ToBytes(object value, out object? converted)
    {
        converted = value switch
        {
            ReadOnlyMemory<byte> memory => memory.ToArray(),
            Memory<byte> memory => memory.ToArray(),
            ArraySegment<byte> segment => segment.ToArray(),
            string text => ScalarText.Base64(text),
            _ => null,
        };
        return converted is not null;
    }

    private static bool ToGuid(object value, out object? converted)
    {
        converted = value is string text && Guid.TryParseExact(text, "D", out Guid parsed) ? parsed : null;
        return converted is not null;
    }

    private static bool ToDateTime(object value, out object? converted)
    {
        converted = value switch
        {
            DateTimeOffset { Offset.Ticks: 0 } instant => instant.UtcDateTime,
            string text when DateTime.TryParse(text, Invariant, DateTimeStyles.RoundtripKind, out DateTime parsed) => parsed,
            _ => null,
        };
        return converted is not null;
    }

    private static bool ToDateTimeOffset(object value, out object? converted)
    {
        converted = value switch
        {
            DateTime { Kind: not DateTimeKind.Unspecified } time => new DateTimeOffset(time),
            string text when DateTimeOffset.TryParse(text, Invariant, DateTimeStyles.RoundtripKind, out DateTimeOffset parsed) && HasOffset(text) => parsed,
            _ => null,
        };
        return converted is not null;
    }

    // Without an offset the text would mean another instant on every machine.
    private static bool HasOffset(string text) => text.EndsWith('Z') || (text.Length > 6 && text[^3] == ':' && text[^6] is '+' or '-');

    private static bool ToDate(object value, out object? converted)
    {
        converted = value is string text && DateOnly.TryParseExact(text, "O", Invariant, DateTimeStyles.None, out DateOnly parsed) ? parsed : null;
        return converted is not null;
    }

    private static bool ToTime(object value, out object? converted)
    {
        converted = value is string text && TimeOnly.TryParse(text, Invariant, DateTimeStyles.None, out TimeOnly parsed) ? parsed : null;
        return converted is not null;
    }

    private static bool ToDuration(object value, out object? converted)
    {
        converted = value is string text && TimeSpan.TryParseExact(text, "c", Invariant, out TimeSpan parsed) ? parsed : null;
        return converted is not null;
    }

    private static bool ToUri(object value, out object? converted)
    {
        converted = value is string text ? UriText.Parse(text) : null;
        return converted is not null;
    }

    private static bool ToVersion(object value, out object? converted)
    {
        converted = value is string text && Version.TryParse(text, out Version? parsed) ? parsed : null;
        return converted is not null;
    }
}
