using System.Collections.Immutable;
using ModelVault.Planning;
using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>A schema with its paths resolved: where the key's and the indexes' fields stand in a record.</summary>
internal sealed class CollectionLayout
{
    public CollectionLayout(CollectionSchema schema)
    {
        Schema = schema;
        Key = [.. schema.Key.Select(name => schema.Resolve(new FieldPath(name)))];
        KeyPaths = [.. schema.Key];
        KeyParts = [.. schema.Key.Select(static name => new KeyPart(name))];
        Indexes = [.. schema.Indexes.Select(i => IndexLayout.Of(schema, i))];
        Generated = GeneratedFields.Of(schema);
    }

    public CollectionSchema Schema { get; }

    /// <summary>The primary key's components.</summary>
    public ImmutableArray<ResolvedField> Key { get; }

    /// <summary>The primary key's dotted paths.</summary>
    public string[] KeyPaths { get; }

    /// <summary>The primary key's components as the planner matches them.</summary>
    public KeyPart[] KeyParts { get; }

    /// <summary>The indexes, in the schema's order.</summary>
    public ImmutableArray<IndexLayout> Indexes { get; }

    /// <summary>The fields that the database sets; null where there are none.</summary>
    public GeneratedFields? Generated { get; }

    /// <summary>Writes a stored record's primary key.</summary>
    public void WriteKey(ReadOnlySpan<byte> record, int start, ref KeyWriter key)
    {
        foreach (ResolvedField component in Key)
        {
            if (!component.TryLocate(record, start, out MessagePackReader reader)) throw new VaultCorruptionException($"A record of '{Schema.Name}' has no '{component.Path}', which is of its key.");
            KeyTranscoder.Write(component.Type, ref reader, ref key);
        }
    }

    /// <summary>A stored record's primary key, for messages.</summary>
    public string KeyText(ReadOnlySpan<byte> record)
    {
        RecordHeader.Read(record, out int start);
        List<string> values = [];
        foreach (ResolvedField component in Key)
            values.Add(component.TryLocate(record, start, out MessagePackReader reader) ? StoredText.Of(component.Type, ref reader) : "null");
        return values.Count == 1 ? values[0] : $"({string.Join(", ", values)})";
    }
}
