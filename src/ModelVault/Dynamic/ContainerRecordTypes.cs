using System.Collections;
using System.Collections.Immutable;
using System.Text;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A list: read as <c>List&lt;object?&gt;</c>, written from anything enumerable.</summary>
internal sealed class ListRecordType(FieldTypeSchema schema, RecordType element) : RecordType(schema)
{
    public override string Name => "a list";

    public RecordType Element => element;

    public override void Encode(ref RecordEncoder encoder, object value)
    {
        if (value is string or byte[] or IDictionary or VaultRecord || value is not IEnumerable items)
        {
            encoder.FailType(Name, value);
            return;
        }

        ICollection counted = items as ICollection ?? items.Cast<object?>().ToList();
        encoder.Writer.BeginList(counted.Count);
        int index = 0;
        foreach (object? item in counted)
        {
            encoder.Enter(index++);
            encoder.Encode(element, item);
            encoder.Leave();
        }

        encoder.Writer.EndList();
    }

    protected override object ReadPresent(ref MessagePackReader reader)
    {
        int count = reader.BeginList();
        List<object?> items = new(count);
        for (int i = 0; i < count; i++) items.Add(element.Read(ref reader));
        reader.EndList();
        return items;
    }
}

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

/// <summary>An object: read as a record, written from one or from a dictionary with string keys.</summary>
internal sealed class ObjectRecordType : RecordType
{
    private readonly (FieldSchema Schema, RecordType Type, byte[] Name)[] _fields;

    public ObjectRecordType(FieldTypeSchema schema)
        : this(schema, schema.Fields)
    {
    }

    public ObjectRecordType(FieldTypeSchema schema, ImmutableArray<FieldSchema> fields)
        : base(schema) => _fields = [.. fields.Select(static f => (f, Of(f.Type), Encoding.UTF8.GetBytes(f.Name)))];

    public override string Name => "an object";

    public int Count => _fields.Length;

    /// <summary>The place of a field, or −1.</summary>
    public int IndexOf(string field) => Array.FindIndex(_fields, f => f.Schema.Name == field);

    /// <summary>The type of the field at a place.</summary>
    public RecordType TypeOf(int ordinal) => _fields[ordinal].Type;

    public override void Encode(ref RecordEncoder encoder, object value)
    {
        VaultRecord? record = value switch
        {
            VaultRecord same => same,
            IEnumerable<KeyValuePair<string, object?>> fields => new VaultRecord(fields),
            _ => null,
        };
        if (record is null)
        {
            encoder.FailType(Name, value);
            return;
        }

        int found = 0;
        encoder.Writer.BeginObject(_fields.Length);
        foreach ((FieldSchema field, RecordType type, byte[] name) in _fields)
        {
            if (record.TryGet(field.Name, out object? item)) found++;
            encoder.Enter(field.Name);
            encoder.Writer.BeginField(name);
            encoder.Encode(type, item);
            encoder.Leave();
        }

        encoder.Writer.EndObject();
        if (found < record.Count) FailUnknown(ref encoder, record);
    }

    protected override object ReadPresent(ref MessagePackReader reader)
    {
        int count = reader.BeginObject();
        VaultRecord record = new(_fields.Length);
        for (int i = 0; i < count; i++)
        {
            if (i < _fields.Length) record[_fields[i].Schema.Name] = _fields[i].Type.Read(ref reader);
            else reader.Skip();
        }

        reader.EndObject();
        return record;
    }

    private void FailUnknown(ref RecordEncoder encoder, VaultRecord record)
    {
        foreach (string field in record.Fields)
        {
            if (IndexOf(field) >= 0) continue;
            encoder.Enter(field);
            encoder.Fail("UnknownField", record[field], "the schema has no such field");
            encoder.Leave();
        }
    }
}
