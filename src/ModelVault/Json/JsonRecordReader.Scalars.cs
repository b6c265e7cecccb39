using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Unicode;
using ModelVault.Runtime;

namespace ModelVault;

// Scalars. The forms are those of System.Text.Json; numbers are exact or refused.
internal ref partial struct JsonRecordReader
{
    private void ReadScalar(FieldTypeSchema type, ref Utf8JsonReader json)
    {
        bool isRead = type.Kind switch
        {
            FieldKind.Bool => TryBoolean(ref json),
            FieldKind.Int64 => TryInt64(ref json),
            FieldKind.UInt64 => TryUInt64(ref json),
            FieldKind.Int128 => TryInt128(ref json),
            FieldKind.UInt128 => TryUInt128(ref json),
            FieldKind.Float16 => TryHalf(ref json),
            FieldKind.Float32 => TrySingle(ref json),
            FieldKind.Float64 => TryDouble(ref json),
            FieldKind.Decimal => TryDecimal(ref json),
            FieldKind.Enum => TryEnum(type, ref json),
            _ => json.TokenType == JsonTokenType.String && TryText(type.Kind, ref json),
        };
        if (!isRead) FailType(ref json, Expected(type));
    }

    private bool TryText(FieldKind kind, ref Utf8JsonReader json) => kind switch
    {
        FieldKind.Char => TryChar(ref json),
        FieldKind.String => TryString(ref json),
        FieldKind.Bytes => TryBytes(ref json),
        FieldKind.Uuid => TryGuid(ref json),
        FieldKind.DateTime => TryDateTime(ref json),
        FieldKind.TimestampTz => TryDateTimeOffset(ref json),
        FieldKind.Date => TryDate(ref json),
        FieldKind.Time => TryTime(ref json),
        FieldKind.Duration => TryDuration(ref json),
        FieldKind.Uri => TryUri(ref json),
        FieldKind.Version => TryVersion(ref json),
        _ => throw new VaultSchemaException($"Values of the kind {kind} have no JSON."),
    };

    private static string Expected(FieldTypeSchema type) => type.Kind switch
    {
        FieldKind.Bool => "true or false",
        FieldKind.Int64 => "a whole number from -9223372036854775808 to 9223372036854775807",
        FieldKind.UInt64 => "a whole number from 0 to 18446744073709551615",
        FieldKind.Int128 => "a whole number of 128 bits",
        FieldKind.UInt128 => "a whole number of 128 bits that is not negative",
        FieldKind.Float16 => "a number that fits 16 bits",
        FieldKind.Float32 => "a number that fits 32 bits",
        FieldKind.Float64 => "a number that fits 64 bits",
        FieldKind.Decimal => "a number of at most 28 digits",
        FieldKind.Char => "a string of one UTF-16 unit",
        FieldKind.String => "a string of Unicode text",
        FieldKind.Bytes => "a string in base64",
        FieldKind.Uuid => "a UUID such as \"3f2504e0-4f89-11d3-9a0c-0305e82c3301\"",
        FieldKind.DateTime => "a date and time such as \"2020-01-31T10:00:00Z\"",
        FieldKind.TimestampTz => "a date and time with its offset, such as \"2020-01-31T10:00:00+02:00\"",
        FieldKind.Date => "a date such as \"2020-01-31\"",
        FieldKind.Time => "a time of day such as \"10:00:00\"",
        FieldKind.Duration => "a duration such as \"1.10:00:00\"",
        FieldKind.Uri => "a URI",
        FieldKind.Version => "a version such as \"1.2.3\"",
        FieldKind.Enum => $"one of {string.Join(", ", type.Cases.Select(static c => c.Name))}",
        _ => type.Kind.ToString(),
    };

    private bool TryBoolean(ref Utf8JsonReader json)
    {
        if (json.TokenType is not (JsonTokenType.True or JsonTokenType.False)) return false;
        _writer.WriteBoolean(json.TokenType == JsonTokenType.True);
        return true;
    }

    private bool TryInt64(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out long value))
        {
            if (!TryInteger(ref json, long.MinValue, long.MaxValue, out UInt128 magnitude, out bool isNegative)) return false;
            value = unchecked(isNegative ? -(long)magnitude : (long)magnitude);
        }

        _writer.WriteInt64(value);
        return true;
    }

    private bool TryUInt64(ref Utf8JsonReader json)
    {
        if (!TryInteger(ref json, 0, ulong.MaxValue, out UInt128 magnitude, out _)) return false;
        _writer.WriteUInt64((ulong)magnitude);
        return true;
    }

    private bool TryInt128(ref Utf8JsonReader json)
    {
        if (!TryInteger(ref json, Int128.MinValue, (UInt128)Int128.MaxValue, out UInt128 magnitude, out bool isNegative)) return false;
        _writer.WriteInt128(unchecked(isNegative ? -(Int128)magnitude : (Int128)magnitude));
        return true;
    }

    private bool TryUInt128(ref Utf8JsonReader json)
    {
        if (!TryInteger(ref json, 0, UInt128.MaxValue, out UInt128 magnitude, out _)) return false;
        _writer.WriteUInt128(magnitude);
        return true;
    }

    private readonly bool TryInteger(ref Utf8JsonReader json, Int128 min, UInt128 max, out UInt128 magnitude, out bool isNegative)
    {
        magnitude = default;
        isNegative = false;
        return TryNumber(ref json, out ReadOnlySpan<byte> number) && JsonNumber.Parse(number).TryToInteger(min, max, out magnitude, out isNegative);
    }

    private readonly bool TryFloat<T>(ref Utf8JsonReader json, out T value)
        where T : struct, INumberBase<T>
    {
        if (TryNamed(ref json, out double named))
        {
            value = T.CreateTruncating(named);
            return true;
        }

        value = default;
        return TryNumber(ref json, out ReadOnlySpan<byte> number) && T.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && T.IsFinite(value);
    }

    private bool TryHalf(ref Utf8JsonReader json)
    {
        if (!TryFloat(ref json, out Half value)) return false;
        _writer.WriteHalf(value);
        return true;
    }

    private bool TrySingle(ref Utf8JsonReader json)
    {
        if (!TryFloat(ref json, out float value)) return false;
        _writer.WriteSingle(value);
        return true;
    }

    private bool TryDouble(ref Utf8JsonReader json)
    {
        if (!TryFloat(ref json, out double value)) return false;
        _writer.WriteDouble(value);
        return true;
    }

    private bool TryDecimal(ref Utf8JsonReader json)
    {
        if (!TryNumber(ref json, out ReadOnlySpan<byte> number) || !JsonNumber.TryToDecimal(number, out decimal value)) return false;
        _writer.WriteDecimal(value);
        return true;
    }

    // The text of a number, or of a string that holds one where that is allowed.
    private readonly bool TryNumber(ref Utf8JsonReader json, out ReadOnlySpan<byte> number)
    {
        number = default;
        if (json.TokenType == JsonTokenType.Number)
        {
            number = Token(ref json);
            return true;
        }

        if (json.TokenType != JsonTokenType.String || (_reading & JsonReading.NumbersFromStrings) == 0 || json.ValueIsEscaped) return false;
        number = Token(ref json);
        Utf8JsonReader inner = new(number);
        try
        {
            return inner.Read() && inner.TokenType == JsonTokenType.Number && inner.ValueSpan.Length == number.Length;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool TryNamed(ref Utf8JsonReader json, out double value)
    {
        value = 0;
        if (json.TokenType != JsonTokenType.String) return false;
        if (json.ValueTextEquals("NaN"u8)) value = double.NaN;
        else if (json.ValueTextEquals("Infinity"u8)) value = double.PositiveInfinity;
        else if (json.ValueTextEquals("-Infinity"u8)) value = double.NegativeInfinity;
        else return false;
        return true;
    }

    private bool TryEnum(FieldTypeSchema type, ref Utf8JsonReader json)
    {
        long value;
        if (json.TokenType == JsonTokenType.String)
        {
            string? name = Text(ref json);
            if (!TryCase(type, name, StringComparison.Ordinal, out value) && !TryCase(type, name, StringComparison.OrdinalIgnoreCase, out value)) return false;
        }
        else
        {
            Int128 min = type.IsUnsignedEnum ? 0 : long.MinValue;
            UInt128 max = type.IsUnsignedEnum ? ulong.MaxValue : (UInt128)long.MaxValue;
            if (!TryInteger(ref json, min, max, out UInt128 magnitude, out bool isNegative)) return false;
            value = unchecked(isNegative ? -(long)magnitude : (long)magnitude);
        }

        WriteEnum(type, value);
        return true;
    }

    private static bool TryCase(FieldTypeSchema type, string? name, StringComparison comparison, out long value)
    {
        foreach ((string candidate, long number) in type.Cases)
        {
            value = number;
            if (candidate.Equals(name, comparison)) return true;
        }

        value = 0;
        return false;
    }

    // Where two names share a value the first is the one that is stored.
    private void WriteEnum(FieldTypeSchema type, long value)
    {
        foreach ((string name, long number) in type.Cases)
        {
            if (number != value || type.IsEnumStoredByNumber) continue;
            _writer.WriteString(name);
            return;
        }

        if (type.IsUnsignedEnum) _writer.WriteUInt64((ulong)value);
        else _writer.WriteInt64(value);
    }

    // A char may be half a surrogate pair, which no string's text can be.
    private bool TryChar(ref Utf8JsonReader json)
    {
        ReadOnlySpan<byte> token = Token(ref json);
        if (token.Length == 6 && token.StartsWith("\\u"u8) && Utf8Parser.TryParse(token[2..], out ushort unit, out int consumed, 'x') && consumed == 4)
        {
            _writer.WriteUInt64(unit);
            return true;
        }

        if (Text(ref json) is not { Length: 1 } text) return false;
        _writer.WriteUInt64(text[0]);
        return true;
    }

    private bool TryString(ref Utf8JsonReader json)
    {
        ReadOnlySpan<byte> token = Token(ref json);
        if (!json.ValueIsEscaped)
        {
            if (!Utf8.IsValid(token)) return false;
            _writer.WriteUtf8(token);
            return true;
        }

        byte[] unescaped = System.Buffers.ArrayPool<byte>.Shared.Rent(token.Length);
        try
        {
            _writer.WriteUtf8(unescaped.AsSpan(0, json.CopyString(unescaped)));
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(unescaped);
        }
    }

    private bool TryBytes(ref Utf8JsonReader json)
    {
        if (!json.TryGetBytesFromBase64(out byte[]? value)) return false;
        _writer.WriteBytes(value);
        return true;
    }

    private bool TryGuid(ref Utf8JsonReader json)
    {
        if (!json.TryGetGuid(out Guid value)) return false;
        _writer.WriteGuid(value);
        return true;
    }

    private bool TryDateTime(ref Utf8JsonReader json)
    {
        if (!json.TryGetDateTime(out DateTime value)) return false;
        _writer.WriteDateTime(value);
        return true;
    }

    // Without an offset the text would mean another instant on every machine.
    private bool TryDateTimeOffset(ref Utf8JsonReader json)
    {
        if (!json.TryGetDateTimeOffset(out DateTimeOffset value) || Text(ref json) is not { Length: > 10 } text || text.AsSpan(10).IndexOfAny('Z', '+', '-') < 0) return false;
        _writer.WriteDateTimeOffset(value);
        return true;
    }

    private bool TryDate(ref Utf8JsonReader json)
    {
        if (!DateOnly.TryParseExact(Text(ref json), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly value)) return false;
        _writer.WriteDateOnly(value);
        return true;
    }

    private bool TryTime(ref Utf8JsonReader json)
    {
        if (!TryTimeSpan(ref json, out TimeSpan value) || value < TimeSpan.Zero || value > TimeOnly.MaxValue.ToTimeSpan()) return false;
        _writer.WriteTimeOnly(TimeOnly.FromTimeSpan(value));
        return true;
    }

    private bool TryDuration(ref Utf8JsonReader json)
    {
        if (!TryTimeSpan(ref json, out TimeSpan value)) return false;
        _writer.WriteTimeSpan(value);
        return true;
    }

    private static bool TryTimeSpan(ref Utf8JsonReader json, out TimeSpan value) =>
        TimeSpan.TryParseExact(Text(ref json), "c", CultureInfo.InvariantCulture, out value);

    private bool TryUri(ref Utf8JsonReader json)
    {
        if (Text(ref json) is not { } text || UriText.Parse(text) is not { } value) return false;
        _writer.WriteUri(value);
        return true;
    }

    private bool TryVersion(ref Utf8JsonReader json)
    {
        if (!Version.TryParse(Text(ref json), out Version? value)) return false;
        _writer.WriteVersion(value);
        return true;
    }

    // Writes the key, and returns it in the form that equal keys share.
    private string ReadMapKey(FieldTypeSchema type, ref Utf8JsonReader json)
    {
        string? text = Text(ref json);
        switch (type.Kind)
        {
            case FieldKind.Int64 when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long key):
                _writer.WriteMapKey(key);
                return key.ToString(CultureInfo.InvariantCulture);
            case FieldKind.UInt64 when ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong key):
                _writer.WriteMapKey(key);
                return key.ToString(CultureInfo.InvariantCulture);
            case FieldKind.Uuid when Guid.TryParseExact(text, "D", out Guid key):
                _writer.WriteMapKey(key);
                return key.ToString("D");
            case FieldKind.String when text is not null:
                _writer.WriteMapKey(text);
                return text;
            default:
                FailAt($"[{Shortened(text)}]", "Type", $"expected a key that is {Expected(type)}");
                _writer.WriteNull();
                return text ?? "";
        }
    }
}
