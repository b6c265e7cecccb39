using System.Globalization;
using System.Text.Json;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Writes stored values as JSON, in the forms of System.Text.Json; what it has no form for is written so that it reads back the same.</summary>
internal static class JsonRecordWriter
{
    /// <summary>Writes the value that the reader stands before.</summary>
    public static void Write(JsonType type, ref MessagePackReader reader, Utf8JsonWriter json)
    {
        if (reader.TryReadNull())
        {
            json.WriteNullValue();
            return;
        }

        switch (type.Schema.Kind)
        {
            case FieldKind.Object:
                WriteObject(type, ref reader, json);
                break;
            case FieldKind.Union:
                WriteUnion(type, ref reader, json);
                break;
            case FieldKind.List or FieldKind.Set:
                WriteList(type, ref reader, json);
                break;
            case FieldKind.Map:
                WriteMap(type, ref reader, json);
                break;
            default:
                WriteScalar(type.Schema, ref reader, json);
                break;
        }
    }

    private static void WriteObject(JsonType type, ref MessagePackReader reader, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        WriteMembers(type, ref reader, json);
        json.WriteEndObject();
    }

    private static void WriteUnion(JsonType type, ref MessagePackReader reader, Utf8JsonWriter json)
    {
        reader.BeginList();
        ReadOnlySpan<byte> name = reader.ReadUtf8();
        json.WriteStartObject();
        json.WriteString(JsonUnion.Discriminator, name);
        WriteMembers(type.Cases[type.Schema.CaseNamed(name)], ref reader, json);
        json.WriteEndObject();
        reader.EndList();
    }

    private static void WriteMembers(JsonType type, ref MessagePackReader reader, Utf8JsonWriter json)
    {
        if (reader.NextIsMap()) WriteSparse(type, ref reader, json);
        else WriteWhole(type, ref reader, json);
    }

    private static void WriteWhole(JsonType type, ref MessagePackReader reader, Utf8JsonWriter json)
    {
        int count = reader.BeginObject();
        for (int i = 0; i < count; i++)
        {
            if (i < type.Members.Length) WriteMember(type.Members[i], ref reader, json);
            else reader.Skip();
        }

        reader.EndObject();
    }

    private static void WriteSparse(JsonType type, ref MessagePackReader reader, Utf8JsonWriter json)
    {
        int count = reader.BeginMap();
        for (int i = 0; i < count; i++)
        {
            ulong member = reader.ReadUInt64();
            if (member >= (ulong)type.Members.Length) throw new VaultCorruptionException("A stored value has a member that its schema lacks.");
            WriteMember(type.Members[member], ref reader, json);
        }

        reader.EndMap();
    }

    private static void WriteMember(JsonMember member, ref MessagePackReader reader, Utf8JsonWriter json)
    {
        if (member.IsHidden)
        {
            reader.Skip();
            return;
        }

        json.WritePropertyName(member.EncodedName);
        Write(member.Type, ref reader, json);
    }

    private static void WriteList(JsonType type, ref MessagePackReader reader, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        int count = reader.BeginList();
        for (int i = 0; i < count; i++) Write(type.Element!, ref reader, json);
        reader.EndList();
        json.WriteEndArray();
    }

    private static void WriteMap(JsonType type, ref MessagePackReader reader, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        int count = reader.BeginMap();
        for (int i = 0; i < count; i++)
        {
            WriteMapKey(type.Schema.MapKey!, ref reader, json);
            Write(type.Element!, ref reader, json);
        }

        reader.EndMap();
        json.WriteEndObject();
    }

    private static void WriteMapKey(FieldTypeSchema type, ref MessagePackReader reader, Utf8JsonWriter json)
    {
        switch (type.Kind)
        {
            case FieldKind.String: json.WritePropertyName(reader.ReadMapKeyString()); break;
            case FieldKind.Uuid: json.WritePropertyName(reader.ReadMapKeyGuid().ToString("D")); break;
            case FieldKind.UInt64: json.WritePropertyName(reader.ReadMapKeyUInt64().ToString(CultureInfo.InvariantCulture)); break;
            default: json.WritePropertyName(reader.ReadMapKeyInt64().ToString(CultureInfo.InvariantCulture)); break;
        }
    }

    private static void WriteScalar(FieldTypeSchema type, ref MessagePackReader reader, Utf8JsonWriter json)
    {
        switch (type.Kind)
        {
            case FieldKind.Bool: json.WriteBooleanValue(reader.ReadBoolean()); break;
            case FieldKind.Int64: json.WriteNumberValue(reader.ReadInt64()); break;
            case FieldKind.UInt64: json.WriteNumberValue(reader.ReadUInt64()); break;
            case FieldKind.Int128: WriteNumber(reader.ReadInt128(), json); break;
            case FieldKind.UInt128: WriteNumber(reader.ReadUInt128(), json); break;
            case FieldKind.Float16: WriteHalf(reader.ReadHalf(), json); break;
            case FieldKind.Float32: WriteSingle(reader.ReadSingle(), json); break;
            case FieldKind.Float64: WriteDouble(reader.ReadDouble(), json); break;
            case FieldKind.Decimal: json.WriteNumberValue(reader.ReadDecimal()); break;
            case FieldKind.Char: WriteChar(Narrow.ToChar(reader.ReadUInt64()), json); break;
            case FieldKind.String or FieldKind.Uri or FieldKind.Version: WriteUtf8(reader.ReadUtf8(), json); break;
            case FieldKind.Bytes: json.WriteBase64StringValue(reader.ReadBytesSpan()); break;
            case FieldKind.Uuid: json.WriteStringValue(reader.ReadGuid()); break;
            case FieldKind.DateTime: json.WriteStringValue(reader.ReadDateTime()); break;
            case FieldKind.TimestampTz: json.WriteStringValue(reader.ReadDateTimeOffset()); break;
            case FieldKind.Date: WriteFormatted(reader.ReadDateOnly(), "yyyy-MM-dd", json); break;
            case FieldKind.Time: WriteFormatted(reader.ReadTimeOnly().ToTimeSpan(), "c", json); break;
            case FieldKind.Duration: WriteFormatted(reader.ReadTimeSpan(), "c", json); break;
            case FieldKind.Enum: WriteEnum(type, ref reader, json); break;
            default: throw new VaultSchemaException($"Values of the kind {type.Kind} have no JSON.");
        }
    }

    // Utf8JsonWriter has no form of its own for these.
    private static void WriteNumber<T>(T value, Utf8JsonWriter json)
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[64];
        value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        json.WriteRawValue(text[..length], skipInputValidation: true);
    }

    /// <summary>A half-precision number; one that is not finite by its name.</summary>
    public static void WriteHalf(Half value, Utf8JsonWriter json)
    {
        if (Half.IsFinite(value)) WriteNumber(value, json);
        else json.WriteStringValue(Named((double)value));
    }

    /// <summary>A single-precision number, likewise.</summary>
    public static void WriteSingle(float value, Utf8JsonWriter json)
    {
        if (float.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteStringValue(Named(value));
    }

    /// <summary>A double-precision number, likewise.</summary>
    public static void WriteDouble(double value, Utf8JsonWriter json)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteStringValue(Named(value));
    }

    private static string Named(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    /// <summary>A UTF-16 unit. Half a surrogate pair is no text, but its escape is well-formed JSON.</summary>
    public static void WriteChar(char value, Utf8JsonWriter json)
    {
        if (char.IsSurrogate(value)) json.WriteRawValue(string.Create(CultureInfo.InvariantCulture, $"\"\\u{(int)value:x4}\""), skipInputValidation: true);
        else json.WriteStringValue([value]);
    }

    private static void WriteUtf8(ReadOnlySpan<byte> value, Utf8JsonWriter json)
    {
        Utf8Text.ThrowUnlessValid(value);
        json.WriteStringValue(value);
    }

    private static void WriteFormatted<T>(T value, string format, Utf8JsonWriter json)
        where T : IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[64];
        value.TryFormat(text, out int length, format, CultureInfo.InvariantCulture);
        json.WriteStringValue(text[..length]);
    }

    private static void WriteEnum(FieldTypeSchema type, ref MessagePackReader reader, Utf8JsonWriter json)
    {
        if (reader.NextIsString())
        {
            WriteUtf8(reader.ReadUtf8(), json);
            return;
        }

        long value = type.IsUnsignedEnum ? (long)reader.ReadUInt64() : reader.ReadInt64();
        foreach ((string name, long number) in type.Cases)
        {
            if (number != value) continue;
            json.WriteStringValue(name);
            return;
        }

        if (type.IsUnsignedEnum) json.WriteNumberValue((ulong)value);
        else json.WriteNumberValue(value);
    }
}
