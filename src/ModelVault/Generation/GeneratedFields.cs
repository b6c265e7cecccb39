using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// The fields of a collection that the database sets. It works on the written record, inside the write transaction: so every
/// interface has it, and what is set is what is stored.
/// </summary>
internal sealed class GeneratedFields
{
    // By their place in a record.
    private readonly GeneratedField[] _fields;

    private GeneratedFields(GeneratedField[] fields)
    {
        _fields = fields;
        Key = fields.FirstOrDefault(static f => f.IsKey);
    }

    /// <summary>The key, where it is generated.</summary>
    public GeneratedField? Key { get; }

    /// <summary>A schema's generated fields; null where it has none.</summary>
    public static GeneratedFields? Of(CollectionSchema schema)
    {
        if (schema.Fields.All(static f => f.Generated == GeneratedValue.None)) return null;
        return new GeneratedFields([.. schema.Fields.Where(static f => f.Generated != GeneratedValue.None).Select(f => new GeneratedField(f, schema.Resolve(new FieldPath(f.Name))))]);
    }

    /// <summary>Throws <see cref="VaultSchemaException"/> where a schema asks for a value that its field can't hold.</summary>
    public static void Check(CollectionSchema schema)
    {
        foreach (FieldSchema field in schema.Fields)
            if (FindInside(field.Type) is { } inner) throw new VaultSchemaException($"The field '{inner}' inside '{field.Name}' of '{schema.Name}' cannot be generated: only a record's own fields can.");
        HashSet<GeneratedValue> seen = [];
        foreach (FieldSchema field in schema.Fields.Where(static f => f.Generated != GeneratedValue.None))
        {
            bool isKey = schema.Key.Length == 1 && schema.Key[0] == field.Name;
            bool fits = field.Generated switch
            {
                GeneratedValue.AutoIncrement => isKey && field.Type.Kind is FieldKind.Int64 or FieldKind.UInt64,
                GeneratedValue.GuidV7 => isKey && field.Type.Kind == FieldKind.Uuid,
                GeneratedValue.ConcurrencyToken => !schema.Key.Contains(field.Name) && !field.Type.IsOptional && field.Type.Kind is FieldKind.Int64 or FieldKind.UInt64,
                _ => !schema.Key.Contains(field.Name) && field.Type.Kind is FieldKind.DateTime or FieldKind.TimestampTz,
            };
            if (!fits) throw new VaultSchemaException($"The field '{field.Name}' of '{schema.Name}' cannot be generated as {field.Generated}.");
            if (!seen.Add(field.Generated)) throw new VaultSchemaException($"Two fields of '{schema.Name}' are generated as {field.Generated}.");
        }
    }

    /// <summary>The record as it is to be stored.</summary>
    /// <param name="binding">The trees that it goes to.</param>
    /// <param name="record">The record as it was given.</param>
    /// <param name="mode">How it is written.</param>
    /// <param name="old">The stored record that it replaces, where that is known already.</param>
    /// <param name="values">The clock.</param>
    public GeneratedRecord Complete(CollectionBinding binding, EncodedRecord record, WriteMode mode, byte[]? old, ValueSource values)
    {
        bool makesKey = Key is not null && mode != WriteMode.Update && Key.IsDefault(record.Fields);
        if (mode != WriteMode.Insert && !makesKey) old ??= binding.Primary!.Get(record.Key);
        if (old is null) return mode == WriteMode.Update ? new GeneratedRecord(record, null) : new GeneratedRecord(Write(record, makesKey, binding, null, 0, values), null);

        RecordHeader.Read(old, out int start);
        foreach (GeneratedField field in _fields)
            if (field.FindConflict(record.Fields, old, start) is { } conflict) return new GeneratedRecord(record, old, conflict);
        return new GeneratedRecord(Write(record, false, binding, old, start, values), old);
    }

    /// <summary>Writes the values of a stored record's generated fields one behind the other, as a list.</summary>
    public void WriteValues(ReadOnlySpan<byte> record, int start, ref MessagePackWriter writer)
    {
        writer.BeginList(_fields.Length);
        foreach (GeneratedField field in _fields) writer.WriteRaw(field.Locate(record, start));
        writer.EndList();
    }

    private static string? FindInside(FieldTypeSchema type)
    {
        foreach (FieldSchema field in type.Fields.Concat(type.UnionCases.SelectMany(static c => c.Fields)))
        {
            if (field.Generated != GeneratedValue.None) return field.Name;
            if (FindInside(field.Type) is { } inner) return inner;
        }

        return type.Element is null ? null : FindInside(type.Element);
    }

    private EncodedRecord Write(EncodedRecord record, bool makesKey, CollectionBinding binding, byte[]? old, int oldStart, ValueSource values)
    {
        DateTimeOffset now = values.Now;
        ReadOnlySpan<byte> given = record.Fields;
        MessagePackReader reader = new(given);
        MessagePackWriter writer = new(RecordBuffer.Take());
        RecordHeader.Write(ref writer, 0);
        reader.BeginObject();
        int copied = 0, passed = 0;
        foreach (GeneratedField field in _fields)
        {
            for (; passed < field.Ordinal; passed++) reader.Skip();
            writer.WriteRaw(given[copied..reader.Position]);
            ReadOnlySpan<byte> value = reader.ReadRaw();
            passed++;
            copied = reader.Position;
            if (field.IsKey && !makesKey) writer.WriteRaw(value);
            else field.Write(value, old is null ? default : field.Locate(old, oldStart), binding, now, values, ref writer);
        }

        writer.WriteRaw(given[copied..]);
        byte[] bytes = writer.Written.ToArray();
        RecordBuffer.Return(writer.Buffer);
        return EncodedRecord.OfBytes(makesKey ? Key!.ReadKey(bytes) : record.Key, bytes);
    }
}

/// <summary>A record with what the database sets in it.</summary>
/// <param name="Record">The record to store.</param>
/// <param name="Old">The stored record that it replaces; null where there is none.</param>
/// <param name="Conflict">The tokens that differ; null where none do.</param>
internal readonly record struct GeneratedRecord(EncodedRecord Record, byte[]? Old, TokenConflict? Conflict = null);

/// <summary>A concurrency token that is not the stored one.</summary>
/// <param name="Expected">The model's.</param>
/// <param name="Actual">The stored one.</param>
internal sealed record TokenConflict(object Expected, object Actual);
