using System.Collections.Immutable;
using System.Text;
using ModelVault.Runtime;

namespace ModelVault;

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

    /// <summary>A value that is written as an object, as a record; null if it is none.</summary>
    public static VaultRecord? RecordOf(object value) => value switch
    {
        VaultRecord same => same,
        IEnumerable<KeyValuePair<string, object?>> fields => new VaultRecord(fields),
        _ => null,
    };

    public override void Encode(ref RecordEncoder encoder, object value)
    {
        if (RecordOf(value) is not { } record)
        {
            encoder.FailType(Name, value);
            return;
        }

        int found = 0;
        encoder.Writer.BeginObject(_fields.Length);
        foreach ((FieldSchema field, RecordType type, byte[] name) in _fields)
        {
            bool isThere = record.TryGet(field.Name, out object? item);
            if (isThere) found++;
            encoder.Enter(field.Name);
            encoder.Writer.BeginField(name);
            if (item is null && field.Generated != GeneratedValue.None) WriteUnset(type, ref encoder.Writer);
            else if (!isThere && field.Default is { } otherwise) otherwise.Write(field.Type, ref encoder.Writer);
            else encoder.Encode(type, item);
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

    // What leaves a field to the database.
    private static void WriteUnset(RecordType type, ref MessagePackWriter writer)
    {
        if (type.Schema.IsOptional) writer.WriteNull();
        else if (type.Schema.Kind == FieldKind.Uuid) writer.WriteGuid(Guid.Empty);
        else if (type.Schema.Kind == FieldKind.DateTime) writer.WriteDateTime(default);
        else if (type.Schema.Kind == FieldKind.TimestampTz) writer.WriteDateTimeOffset(default);
        else writer.WriteUInt64(0);
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
