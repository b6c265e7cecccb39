using System.Collections;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A map: read as a dictionary with the keys' own type, written from any dictionary.</summary>
internal sealed class MapRecordType(FieldTypeSchema schema, RecordType key, RecordType value) : RecordType(schema)
{
    public override string Name => "a map";

    public RecordType Key => key;

    public RecordType Value => value;

    public override void Encode(ref RecordEncoder encoder, object value1)
    {
        IEnumerable<KeyValuePair<object, object?>>? entries = value1 switch
        {
            IDictionary map => map.Cast<DictionaryEntry>().Select(static e => KeyValuePair.Create(e.Key, e.Value)),
            IEnumerable<KeyValuePair<string, object?>> map => map.Select(static e => KeyValuePair.Create((object)e.Key, e.Value)),
            _ => null,
        };
        if (entries is null)
        {
            encoder.FailType(Name, value1);
            return;
        }

        List<KeyValuePair<object, object?>> counted = [.. entries];
        encoder.Writer.BeginMap(counted.Count);
        foreach ((object name, object? item) in counted)
        {
            encoder.Enter(name);
            if (key.TryConvert(name, out object? converted)) WriteKeyOf(ref encoder.Writer, converted!);
            else encoder.FailType($"a key of type {key.Name}", name);
            encoder.Encode(value, item);
            encoder.Leave();
        }

        encoder.Writer.EndMap();
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
