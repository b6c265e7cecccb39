using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Values for some fields of a model, in the order in which they were set: what a patch and an input hold.</summary>
internal sealed class FieldChanges
{
    private readonly List<byte[]> _layers = [];

    /// <summary>Whether nothing has been set.</summary>
    public bool IsEmpty => _layers.Count == 0;

    /// <summary>Adds what <see cref="SparseRecord"/> makes.</summary>
    public void Add(byte[] record)
    {
        if (!record.AsSpan().SequenceEqual(SparseRecord.Empty)) _layers.Add(record);
    }

    /// <summary>Sets a field. Throws <see cref="ArgumentException"/> for one that can't be set by itself.</summary>
    public void Set<TModel, T>(IStoredField<TModel, T> field, T value)
    {
        FieldInfo<TModel, T> info = InfoOf(field);
        MessagePackWriter writer = new(RecordBuffer.Take());
        try
        {
            info.Type.Write(ref writer, value);
        }
        catch (ArgumentNullException)
        {
            throw new VaultValidationException(null, [new VaultViolation(info.Path.ToString(), "Required", null, "it holds a null where none is allowed")]);
        }

        _layers.Add(SparseRecord.Of(info.Ordinals, writer.Written));
        RecordBuffer.Return(writer.Buffer);
    }

    /// <summary>Takes a field's value away. Throws as <see cref="Set"/> does.</summary>
    public void Remove<TModel, T>(IStoredField<TModel, T> field) => _layers.Add(SparseRecord.Of(InfoOf(field).Ordinals, SparseRecord.Removed));

    /// <summary>What is left of a record when everything is put over it.</summary>
    /// <param name="schema">The collection's schema.</param>
    /// <param name="record">The record's fields.</param>
    /// <param name="removed">What becomes of fields that are removed and can't be null.</param>
    public byte[] Over(CollectionSchema schema, ReadOnlySpan<byte> record, RemovedFields removed = RemovedFields.LeftOut)
    {
        byte[] merged = record.ToArray();
        FieldTypeSchema type = JsonType.RecordOf(schema);
        foreach (byte[] layer in _layers)
        {
            MessagePackWriter writer = new(RecordBuffer.Take());
            SparseRecord.Merge(type, merged, layer, removed, ref writer);
            merged = writer.Written.ToArray();
            RecordBuffer.Return(writer.Buffer);
        }

        return merged;
    }

    /// <summary>What a new record has. Throws <see cref="VaultValidationException"/> for every field that only the database sets.</summary>
    public byte[] ForInsert(CollectionSchema schema)
    {
        byte[] record = Over(schema, SparseRecord.Empty);
        Range[] places = SparseRecord.Places(JsonType.RecordOf(schema), record);
        List<VaultViolation> generated = [];
        for (int i = 0; i < places.Length; i++)
        {
            if (schema.Fields[i].Generated != GeneratedValue.None && !record.AsSpan(places[i]).IsEmpty)
                generated.Add(new VaultViolation(schema.Fields[i].Name, "Generated", null, "the database sets it, an input can't"));
        }

        return generated.Count == 0 ? record : throw new VaultValidationException(schema.Name, generated);
    }

    private static FieldInfo<TModel, T> InfoOf<TModel, T>(IStoredField<TModel, T> field)
    {
        ArgumentNullException.ThrowIfNull(field);
        FieldInfo<TModel, T> info = field.Field;
        return info.IsIndexable
            ? info
            : throw new ArgumentException($"'{info.Path}' is inside a list or a map, and can't be set by itself. Set the whole of that.", nameof(field));
    }
}
