using System.Globalization;
using System.Text.Json;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Scalars in schema JSON: limits, allowed and denied values, defaults. The forms are those of stored values in JSON.</summary>
internal static class SchemaScalar
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Reads a value of a type. Of an enum it is the name, or the number where it has none or is stored by it. Throws <see cref="VaultSchemaException"/> if it is none.</summary>
    public static object Parse(JsonElement json, FieldTypeSchema type) =>
        (json.ValueKind switch
        {
            JsonValueKind.String => OfText(json.GetString()!, type),
            JsonValueKind.Number => OfNumber(json, type),
            JsonValueKind.True or JsonValueKind.False when type.Kind == FieldKind.Bool => json.GetBoolean(),
            _ => null,
        }) ?? throw new VaultSchemaException($"{json.GetRawText()} is not a value of the type {SchemaWriter.Write(type with { IsOptional = false })}.");

    /// <summary>The canonical JSON of a value.</summary>
    public static string Write(object? value) => value switch
    {
        null => "null",
        bool b => b ? "true" : "false",
        Half h => CanonicalJson.Number((double)h),
        float f => CanonicalJson.Number(f),
        double d => CanonicalJson.Number(d),
        string s => CanonicalJson.String(s),
        char c => CanonicalJson.String(c.ToString()),
        byte[] bytes => $"\"{Convert.ToBase64String(bytes)}\"",
        long or ulong or Int128 or UInt128 or decimal => ((IFormattable)value).ToString(null, Invariant),
        Uri uri => CanonicalJson.String(uri.OriginalString),
        _ => $"\"{Text(value)}\"",
    };

    /// <summary>The text of a date or time, or of a number that is written as a string.</summary>
    public static string Text(object value) => value switch
    {
        DateTime or DateTimeOffset => ((IFormattable)value).ToString("O", Invariant),
        DateOnly date => date.ToString("yyyy-MM-dd", Invariant),
        TimeOnly time => time.ToTimeSpan().ToString("c", Invariant),
        TimeSpan duration => duration.ToString("c", Invariant),
        Guid id => id.ToString("D"),
        Version version => version.ToString(),
        IFormattable number => number.ToString(null, Invariant),
        _ => throw new VaultSchemaException($"A value of type {value.GetType()} has no text."),
    };

    /// <summary>Writes a value as a record stores it.</summary>
    public static void Write(object value, ref MessagePackWriter writer)
    {
        switch (value)
        {
            case bool b: writer.WriteBoolean(b); break;
            case long n: writer.WriteInt64(n); break;
            case ulong n: writer.WriteUInt64(n); break;
            case Int128 n: writer.WriteInt128(n); break;
            case UInt128 n: writer.WriteUInt128(n); break;
            case Half h: writer.WriteHalf(h); break;
            case float f: writer.WriteSingle(f); break;
            case double d: writer.WriteDouble(d); break;
            case decimal m: writer.WriteDecimal(m); break;
            case char c: writer.WriteUInt64(c); break;
            case string s: writer.WriteString(s); break;
            case byte[] bytes: writer.WriteBytes(bytes); break;
            case Guid id: writer.WriteGuid(id); break;
            case DateTime d: writer.WriteDateTime(d); break;
            case DateTimeOffset d: writer.WriteDateTimeOffset(d); break;
            case DateOnly d: writer.WriteDateOnly(d); break;
            case TimeOnly t: writer.WriteTimeOnly(t); break;
            case TimeSpan t: writer.WriteTimeSpan(t); break;
            case Uri uri: writer.WriteUri(uri); break;
            case Version version: writer.WriteVersion(version); break;
            default: throw new VaultSchemaException($"A value of type {value.GetType()} can't be stored.");
        }
    }

    private static object? OfNumber(JsonElement json, FieldTypeSchema type) => type.Kind switch
    {
        FieldKind.Int64 => json.TryGetInt64(out long n) ? n : null,
        FieldKind.UInt64 => json.TryGetUInt64(out ulong n) ? n : null,
        FieldKind.Int128 => Int128.TryParse(json.GetRawText(), NumberStyles.AllowLeadingSign, Invariant, out Int128 n) ? n : null,
        FieldKind.UInt128 => UInt128.TryParse(json.GetRawText(), NumberStyles.None, Invariant, out UInt128 n) ? n : null,
        FieldKind.Float16 => json.TryGetDouble(out double d) && Half.IsFinite((Half)d) ? (Half)d : null,
        FieldKind.Float32 => json.TryGetSingle(out float f) && float.IsFinite(f) ? f : null,
        FieldKind.Float64 => json.TryGetDouble(out double d) && double.IsFinite(d) ? d : null,
        FieldKind.Decimal => json.TryGetDecimal(out decimal m) ? m : null,
        FieldKind.Enum when type.IsUnsignedEnum => json.TryGetUInt64(out ulong n) ? n : null,
        FieldKind.Enum => json.TryGetInt64(out long n) ? n : null,
        _ => null,
    };

    private static object? OfText(string text, FieldTypeSchema type) => type.Kind switch
    {
        FieldKind.String => text,
        FieldKind.Enum => type.Cases.Any(c => c.Name == text) ? text : null,
        FieldKind.Char => text.Length == 1 ? text[0] : null,
        FieldKind.Float16 => ScalarText.NotFinite(text) is { } d ? (Half)d : null,
        FieldKind.Float32 => ScalarText.NotFinite(text) is { } d ? (float)d : null,
        FieldKind.Float64 => ScalarText.NotFinite(text),
        FieldKind.Decimal => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, Invariant, out decimal m) ? m : null,
        FieldKind.Bytes => ScalarText.Base64(text),
        FieldKind.Uuid => Guid.TryParseExact(text, "D", out Guid id) ? id : null,
        FieldKind.DateTime => DateTime.TryParse(text, Invariant, DateTimeStyles.RoundtripKind, out DateTime d) ? d : null,
        FieldKind.TimestampTz => DateTimeOffset.TryParse(text, Invariant, DateTimeStyles.AssumeUniversal, out DateTimeOffset d) ? d : null,
        FieldKind.Date => DateOnly.TryParseExact(text, "yyyy-MM-dd", Invariant, DateTimeStyles.None, out DateOnly d) ? d : null,
        FieldKind.Time => TimeSpan.TryParse(text, Invariant, out TimeSpan t) && t >= TimeSpan.Zero && t < TimeSpan.FromDays(1) ? TimeOnly.FromTimeSpan(t) : null,
        FieldKind.Duration => TimeSpan.TryParse(text, Invariant, out TimeSpan t) ? t : null,
        FieldKind.Uri => UriText.Parse(text),
        FieldKind.Version => Version.TryParse(text, out Version? version) ? version : null,
        _ => null,
    };
}
