using ModelVault.Runtime;

namespace ModelVault;

/// <summary>The value that a field has in a record that does not store one. Two are equal if they are written alike.</summary>
public sealed class FieldDefault : IEquatable<FieldDefault>
{
    private FieldDefault(object? value, string json)
    {
        Value = value;
        Json = json;
    }

    /// <summary>The value: a scalar, an enum's by its name or number; null for a list, set or map, which is empty.</summary>
    public object? Value { get; }

    /// <summary>The value as the schema JSON writes it.</summary>
    public string Json { get; }

    /// <summary>Reads a default. Throws <see cref="VaultSchemaException"/> if it is no value of the type.</summary>
    internal static FieldDefault Parse(System.Text.Json.JsonElement json, FieldTypeSchema type)
    {
        if (type.IsScalar)
        {
            object value = SchemaScalar.Parse(json, type);
            return new FieldDefault(value, SchemaScalar.Write(value));
        }

        string empty = EmptyOf(type);
        return json.GetRawText() == empty ? new FieldDefault(null, empty) : throw new VaultSchemaException($"{json.GetRawText()} can't be a default; a list, set or map begins empty.");
    }

    /// <summary>Writes the value as a record stores it.</summary>
    internal void Write(FieldTypeSchema type, ref MessagePackWriter writer)
    {
        if (Value is not null)
        {
            SchemaScalar.Write(Value, ref writer);
        }
        else if (type.Kind == FieldKind.Map)
        {
            writer.BeginMap(0);
            writer.EndMap();
        }
        else
        {
            writer.BeginList(0);
            writer.EndList();
        }
    }

    /// <inheritdoc/>
    public bool Equals(FieldDefault? other) => other is not null && Json == other.Json;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FieldDefault);

    /// <inheritdoc/>
    public override int GetHashCode() => Json.GetHashCode(StringComparison.Ordinal);

    /// <summary>The value as the schema JSON writes it.</summary>
    public override string ToString() => Json;

    private static string EmptyOf(FieldTypeSchema type) => type.Kind switch
    {
        FieldKind.List or FieldKind.Set => "[]",
        FieldKind.Map => "{}",
        _ => throw new VaultSchemaException($"A field of the type {SchemaWriter.Write(type)} has no default."),
    };
}
