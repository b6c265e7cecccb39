using System.Text.Json;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Turns stored values into JSON and back, by their schema alone (docs/json.md says which text stands for what).</summary>
internal static class RecordJson
{
    /// <summary>Writes a stored value. Throws <see cref="VaultCorruptionException"/> where it is not what the schema says.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="value">MessagePack; of a record what follows its header.</param>
    /// <param name="json">The target.</param>
    public static void Write(JsonType type, ReadOnlySpan<byte> value, Utf8JsonWriter json)
    {
        MessagePackReader reader = new(value);
        JsonRecordWriter.Write(type, ref reader, json);
    }

    /// <summary>
    /// Reads a JSON document as MessagePack. Throws <see cref="JsonException"/> where it is not well-formed, and
    /// <see cref="VaultValidationException"/>, with everything that was found, where it is not a value of the type.
    /// </summary>
    /// <param name="type">The value's type.</param>
    /// <param name="json">The document in UTF-8.</param>
    /// <param name="collection">The collection's stored name for the error, or null.</param>
    public static byte[] Read(JsonType type, ReadOnlySpan<byte> json, string? collection)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = MessagePackCode.MaxDepth });
        reader.Read();
        byte[] value = Read(type, ref reader, JsonReading.Whole, collection);
        reader.Read(); // whatever follows is an error
        return value;
    }

    /// <summary>Reads the value that a reader stands on, and leaves the reader on its last token. Throws as the other one does.</summary>
    public static byte[] Read(JsonType type, ref Utf8JsonReader json, JsonReading reading, string? collection)
    {
        byte[] value = Read(type, ref json, reading, out List<VaultViolation>? violations);
        return violations is null ? value : throw new VaultValidationException(collection, violations);
    }

    /// <summary>Reads the value that a reader stands on, and says what is wrong with it.</summary>
    /// <param name="type">The value's type.</param>
    /// <param name="json">The reader; it is left on the value's last token.</param>
    /// <param name="reading">How to read.</param>
    /// <param name="violations">What was found, or null. If there is anything, the value means nothing.</param>
    public static byte[] Read(JsonType type, ref Utf8JsonReader json, JsonReading reading, out List<VaultViolation>? violations)
    {
        JsonRecordReader reader = new(RecordBuffer.Take(), reading);
        reader.Read(type, ref json);
        byte[] value = reader.Written.ToArray();
        RecordBuffer.Return(reader.Buffer);
        violations = reader.Violations;
        return value;
    }
}
