using System.Collections;
using System.Runtime.CompilerServices;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>The primary key of a collection without a model: one scalar, or several as a tuple, an array or a list.</summary>
internal sealed class RecordKeyType(CollectionSchema schema, (string Field, RecordType Type, GeneratedValue Generated)[] parts) : FieldType<object>
{
    /// <summary>The key that a record has. Throws <see cref="VaultValidationException"/> where a part is missing or of another type.</summary>
    public object Of(VaultRecord record)
    {
        object[] values = new object[parts.Length];
        for (int i = 0; i < parts.Length; i++) values[i] = PartOf(record, i);
        return values.Length == 1 ? values[0] : values;
    }

    /// <summary>Reads a key of one part.</summary>
    public override object Read(ref MessagePackReader reader) => parts[0].Type.Read(ref reader)!;

    public override void WriteKey(ref KeyWriter key, object value)
    {
        if (parts.Length == 1)
        {
            WritePart(ref key, 0, value);
            return;
        }

        object?[]? values = Split(value);
        if (values is null || values.Length != parts.Length)
            throw Wrong("PrimaryKey", value, $"the key has {parts.Length} parts: pass a tuple or an array of them");
        for (int i = 0; i < values.Length; i++) WritePart(ref key, i, values[i]);
    }

    private void WritePart(ref KeyWriter key, int part, object? value)
    {
        if (value is null) throw Wrong(parts[part].Field, null, "a key is never null");
        if (!parts[part].Type.TryConvert(value, out object? converted))
            throw Wrong(parts[part].Field, value, $"expected {parts[part].Type.Name}, found {FilterText.Of(value)} ({value.GetType().Name})");
        parts[part].Type.WriteKey(ref key, converted);
    }

    // A key that is left to the database is there once it is written.
    private object PartOf(VaultRecord record, int part)
    {
        if (record.TryGet(parts[part].Field, out object? value) && value is not null) return value;
        return parts[part].Generated switch
        {
            GeneratedValue.AutoIncrement => 0L,
            GeneratedValue.GuidV7 => Guid.Empty,
            _ => throw Wrong(parts[part].Field, null, "a value is required"),
        };
    }

    private VaultValidationException Wrong(string field, object? value, string message) =>
        new(schema.Name, [new VaultViolation(field, value is null ? "Required" : "Type", value, message)]);

    private static object?[]? Split(object value)
    {
        if (value is IList { Count: > 0 } list and not byte[]) return [.. list.Cast<object?>()];
        if (value is not ITuple tuple) return null;
        object?[] values = new object?[tuple.Length];
        for (int i = 0; i < values.Length; i++) values[i] = tuple[i];
        return values;
    }
}
