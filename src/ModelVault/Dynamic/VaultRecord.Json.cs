using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ModelVault;

// JSON both ways, without a schema. What JSON has no type for is text, which a collection takes back by its schema (docs/dynamic-api.md).
[JsonConverter(typeof(RecordJsonConverter))]
public sealed partial class VaultRecord
{
    /// <summary>The record as JSON, in the forms of System.Text.Json. Throws <see cref="InvalidOperationException"/> for a value that no collection stores either.</summary>
    public string ToJson(bool indented = false)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, new JsonWriterOptions { Indented = indented })) WriteTo(writer);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Writes the record as a JSON object.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        RecordJsonValues.Write(this, writer);
    }

    /// <summary>
    /// Reads a JSON object. Whole numbers of up to 2^53 become <see cref="long"/>, others <see cref="decimal"/> with all their digits, or <see cref="Int128"/>, <see cref="UInt128"/> or
    /// <see cref="double"/> where a decimal can't hold them; a collection converts them to its fields' types. Objects become records, arrays <c>List&lt;object?&gt;</c>. Throws <see cref="JsonException"/> where it is not a well-formed object.
    /// </summary>
    public static VaultRecord Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Parse(Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Reads a JSON object in UTF-8.</summary>
    /// <inheritdoc cref="Parse(string)"/>
    public static VaultRecord Parse(ReadOnlySpan<byte> utf8Json)
    {
        Utf8JsonReader reader = new(utf8Json);
        reader.Read();
        VaultRecord record = RecordJsonValues.ReadRecord(ref reader);
        return reader.Read() ? throw new JsonException("There is more behind the record.") : record;
    }

    /// <summary>The record as JSON.</summary>
    public override string ToString() => ToJson();
}

/// <summary>Lets System.Text.Json write and read records, in contexts made by its generator too.</summary>
internal sealed class RecordJsonConverter : JsonConverter<VaultRecord>
{
    public override VaultRecord Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => RecordJsonValues.ReadRecord(ref reader);

    public override void Write(Utf8JsonWriter writer, VaultRecord value, JsonSerializerOptions options) => RecordJsonValues.Write(value, writer);
}
