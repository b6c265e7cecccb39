using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ModelVault;

/// <summary>The values of records as JSON, by their CLR types.</summary>
internal static class RecordJsonValues
{
    // Up to here every whole number is a double.
    private const double LargestExactInteger = 1L << 53;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static void Write(object? value, Utf8JsonWriter json)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case byte[] bytes: json.WriteBase64StringValue(bytes); break;
            case ReadOnlyMemory<byte> bytes: json.WriteBase64StringValue(bytes.Span); break;
            case Guid id: json.WriteStringValue(id); break;
            case DateTime time: json.WriteStringValue(time); break;
            case DateTimeOffset time: json.WriteStringValue(time); break;
            case DateOnly date: json.WriteStringValue(date.ToString("yyyy-MM-dd", Invariant)); break;
            case TimeOnly time: json.WriteStringValue(time.ToTimeSpan().ToString("c", Invariant)); break;
            case TimeSpan duration: json.WriteStringValue(duration.ToString("c", Invariant)); break;
            case char c: JsonRecordWriter.WriteChar(c, json); break;
            case Uri uri: json.WriteStringValue(Runtime.UriText.Of(uri)); break;
            case Enum or Version: json.WriteStringValue(value.ToString()); break;
            case VaultRecord record: WriteFields(record, json); break;
            case IDictionary map: WriteMap(map, json); break;
            case IEnumerable list: WriteList(list, json); break;
            default: WriteNumber(value, json); break;
        }
    }

    public static VaultRecord ReadRecord(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw new JsonException("A record is a JSON object.");
        VaultRecord record = [];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string field = json.GetString()!;
            if (record.Contains(field)) throw new JsonException($"The field '{field}' is there twice.");
            json.Read();
            record[field] = ReadValue(ref json);
        }

        return record;
    }

    private static object? ReadValue(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        JsonTokenType.String => ReadText(ref json),
        JsonTokenType.Number => ReadNumber(ref json),
        JsonTokenType.StartObject => ReadRecord(ref json),
        _ => ReadList(ref json),
    };

    // Half a surrogate pair is no text, but a char may be one.
    private static string ReadText(ref Utf8JsonReader json)
    {
        if (json.ValueIsEscaped && json.ValueSpan is [(byte)'\\', (byte)'u', _, _, _, _]
            && ushort.TryParse(json.ValueSpan[2..], NumberStyles.AllowHexSpecifier, Invariant, out ushort unit)) return ((char)unit).ToString();
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("A text holds half of a surrogate pair.", e);
        }
    }

    private static List<object?> ReadList(ref Utf8JsonReader json)
    {
        List<object?> items = [];
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) items.Add(ReadValue(ref json));
        return items;
    }

    // A large whole number may stand for a double that is written so: a decimal leaves open which.
    private static object ReadNumber(ref Utf8JsonReader json)
    {
        if (json.TryGetInt64(out long whole) && Math.Abs((double)whole) <= LargestExactInteger) return whole == 0 && json.ValueSpan[0] == '-' ? -0d : (object)whole;
        if (JsonNumber.TryToDecimal(json.ValueSpan, out decimal exact)) return exact;
        string text = Encoding.UTF8.GetString(json.ValueSpan);
        if (Int128.TryParse(text, NumberStyles.AllowLeadingSign, Invariant, out Int128 wide)) return wide;
        if (UInt128.TryParse(text, NumberStyles.None, Invariant, out UInt128 wider)) return wider;
        return json.GetDouble();
    }

    private static void WriteFields(VaultRecord record, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach ((string field, object? value) in record)
        {
            json.WritePropertyName(field);
            Write(value, json);
        }

        json.WriteEndObject();
    }

    private static void WriteMap(IDictionary map, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        foreach (DictionaryEntry entry in map)
        {
            json.WritePropertyName(Convert.ToString(entry.Key, Invariant)!);
            Write(entry.Value, json);
        }

        json.WriteEndObject();
    }

    private static void WriteList(IEnumerable list, Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (object? item in list) Write(item, json);
        json.WriteEndArray();
    }

    private static void WriteNumber(object value, Utf8JsonWriter json)
    {
        switch (value)
        {
            case decimal number: json.WriteNumberValue(number); break;
            case float number: JsonRecordWriter.WriteSingle(number, json); break;
            case double number: JsonRecordWriter.WriteDouble(number, json); break;
            case Half number: JsonRecordWriter.WriteHalf(number, json); break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128: json.WriteRawValue(((IFormattable)value).ToString(null, Invariant)); break;
            default: throw new InvalidOperationException($"A value of type {value.GetType()} is nothing that a collection stores.");
        }
    }
}
