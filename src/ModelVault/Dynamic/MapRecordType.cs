using System.Collections;
using System.Globalization;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A map: read as a dictionary with the keys' own type, written from any dictionary.</summary>
internal sealed class MapRecordType(FieldTypeSchema schema, RecordType key, RecordType value) : RecordType(schema)
{
    public override string Name => "a map";

    public RecordType Key => key;

    public RecordType Value => value;

    public override void Encode(ref RecordEncoder encoder, object map)
    {
        if (EntriesOf(map) is not { } entries)
        {
            encoder.FailType(Name, map);
            return;
        }

        encoder.Writer.BeginMap(entries.Count);
        HashSet<object> seen = [];
        foreach ((object name, object? item) in entries)
        {
            encoder.Enter(name);
            if (!TryConvertKey(name, out object? converted)) encoder.FailType($"a key of type {key.Name}", name);
            else WriteKeyOf(ref encoder.Writer, converted!);
            if (converted is not null && !seen.Add(converted)) encoder.Fail("Duplicate", name, "the entry is there twice");
            encoder.Encode(value, item);
            encoder.Leave();
        }

        encoder.Writer.EndMap();
    }

    /// <summary>An entry's key as it is stored. Text is taken for numbers and Guids, too: JSON has no other keys.</summary>
    public bool TryConvertKey(object name, out object? converted)
    {
        if (key.TryConvert(name, out converted)) return true;
        converted = (key.Schema.Kind, name) switch
        {
            (FieldKind.Int64, string text) when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => number,
            (FieldKind.UInt64, string text) when ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) => number,
            _ => null,
        };
        return converted is not null;
    }

    private static List<KeyValuePair<object, object?>>? EntriesOf(object map)
    {
        if (map is IEnumerable<KeyValuePair<string, object?>> named) return [.. named.Select(static e => KeyValuePair.Create((object)e.Key, e.Value))];
        if (map is not IDictionary dictionary) return null;
        List<KeyValuePair<object, object?>> entries = new(dictionary.Count);
        foreach (DictionaryEntry entry in dictionary) entries.Add(KeyValuePair.Create(entry.Key, entry.Value));
        return entries;
    }

    protected override object ReadPresent(ref MessagePackReader reader) => key.Schema.Kind switch
    {
        FieldKind.Int64 => Read(ref reader, static (ref MessagePackReader r) => r.ReadMapKeyInt64()),
        FieldKind.UInt64 => Read(ref reader, static (ref MessagePackReader r) => r.ReadMapKeyUInt64()),
        FieldKind.Uuid => Read(ref reader, static (ref MessagePackReader r) => r.ReadMapKeyGuid()),
        _ => Read(ref reader, static (ref MessagePackReader r) => r.ReadMapKeyString()),
    };

    private Dictionary<TKey, object?> Read<TKey>(ref MessagePackReader reader, RecordValueReader<TKey> readKey)
        where TKey : notnull
    {
        int count = reader.BeginMap();
        Dictionary<TKey, object?> entries = new(count);
        for (int i = 0; i < count; i++)
        {
            TKey name = readKey(ref reader);
            if (!entries.TryAdd(name, value.Read(ref reader))) throw RecordErrors.DuplicateEntry(name);
        }

        reader.EndMap();
        return entries;
    }

    private static void WriteKeyOf(ref MessagePackWriter writer, object name)
    {
        switch (name)
        {
            case long number: writer.WriteMapKey(number); break;
            case ulong number: writer.WriteMapKey(number); break;
            case Guid guid: writer.WriteMapKey(guid); break;
            default: writer.WriteMapKey((string)name); break;
        }
    }
}
