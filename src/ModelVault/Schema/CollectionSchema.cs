using System.Collections.Immutable;

namespace ModelVault;

/// <summary>What a collection stores, read from its schema JSON: fields in stored order, key, indexes.</summary>
public sealed class CollectionSchema
{
    internal CollectionSchema(string name, string json, ImmutableArray<FieldSchema> fields, ImmutableArray<string> key, ImmutableArray<IndexSchema> indexes)
    {
        Name = name;
        Json = json;
        Fields = fields;
        Key = key;
        Indexes = indexes;
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

    /// <summary>Reads a schema. Throws <see cref="VaultSchemaException"/> where it is not well-formed or refers to fields it does not have.</summary>
    public static CollectionSchema Parse(string json) => SchemaParser.Parse(json);

    /// <summary>The name and the number of fields, for a debugger.</summary>
    public override string ToString() => $"{Name} ({Fields.Length} fields)";
}

/// <summary>One stored field.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="Type">Its type.</param>
public sealed record FieldSchema(string Name, FieldTypeSchema Type)
{
    /// <summary>What the database puts into it.</summary>
    public GeneratedValue Generated { get; init; }
}

/// <summary>A secondary index.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="Paths">The indexed fields, in order.</param>
/// <param name="IsUnique">Whether two records may not share the values.</param>
public sealed record IndexSchema(string Name, ImmutableArray<FieldPath> Paths, bool IsUnique);
