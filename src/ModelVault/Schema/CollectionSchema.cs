using System.Collections.Immutable;

namespace ModelVault;

/// <summary>What a collection stores, read from its schema JSON: fields in stored order, key, indexes.</summary>
public sealed class CollectionSchema
{
    private string? _fingerprint;

    internal CollectionSchema(string name, ImmutableArray<FieldSchema> fields, ImmutableArray<string> key, ImmutableArray<IndexSchema> indexes)
    {
        Name = name;
        Fields = fields;
        Key = key;
        Indexes = indexes;
        Json = SchemaWriter.Write(this);
    }

    /// <summary>The collection's stored name.</summary>
    public string Name { get; }

    /// <summary>The canonical schema JSON.</summary>
    public string Json { get; }

    /// <summary>The fields in the order in which a record stores them, which is the ordinal order of their names.</summary>
    public ImmutableArray<FieldSchema> Fields { get; }

    /// <summary>The stored names of the primary key's fields, in key order.</summary>
    public ImmutableArray<string> Key { get; }

    /// <summary>The secondary indexes, by name.</summary>
    public ImmutableArray<IndexSchema> Indexes { get; }

    /// <summary>
    /// The SHA-256, in lower-case hexadecimal, of the schema's contents: fields with their types, nullability, constraints and defaults to any depth, key and
    /// indexes, all by their stored names. The collection's own name is not part of it, so renaming a collection keeps it; neither is any name of C#'s.
    /// </summary>
    public string Fingerprint => _fingerprint ??= SchemaWriter.Fingerprint(this);

    /// <summary>
    /// Reads a schema, in canonical form or not: the order of fields, indexes and constraints does not matter. Throws <see cref="VaultSchemaException"/>
    /// where it is not well-formed, refers to fields it does not have, or has a constraint that can't be checked.
    /// </summary>
    public static CollectionSchema Parse(string json) => SchemaParser.Parse(json);

    /// <summary>The name and the number of fields, for a debugger.</summary>
    public override string ToString() => $"{Name} ({Fields.Length} fields)";
}

/// <summary>One stored field.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="Type">Its type.</param>
public sealed record FieldSchema(string Name, FieldTypeSchema Type)
{
    /// <summary>What its values must satisfy, in the order of the schema JSON.</summary>
    public ImmutableArray<FieldConstraint> Constraints { get; init; } = [];

    /// <summary>The value in records that store none; null where there is none, or where it is null.</summary>
    public FieldDefault? Default { get; init; }

    /// <summary>What the database puts into it.</summary>
    public GeneratedValue Generated { get; init; }
}
