using System.Collections.Immutable;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Where a schema's field stands in a stored record.</summary>
/// <param name="Path">The stored names.</param>
/// <param name="Ordinals">The places on the way, one per segment.</param>
/// <param name="Type">The field's type.</param>
internal sealed record ResolvedField(FieldPath Path, ImmutableArray<int> Ordinals, FieldTypeSchema Type)
{
    /// <summary>Finds the field's bytes. False where a null stands on the way.</summary>
    public bool TryLocate(ReadOnlySpan<byte> record, int start, out MessagePackReader reader)
    {
        reader = new MessagePackReader(record, start);
        foreach (int ordinal in Ordinals)
        {
            if (reader.TryReadNull() || ordinal >= reader.BeginObject()) return false;
            for (int i = 0; i < ordinal; i++) reader.Skip();
        }

        return true;
    }
}

/// <summary>Finding fields by path.</summary>
internal static class SchemaPaths
{
    /// <summary>Every field's dotted path, those of nested objects included, parents first.</summary>
    public static IEnumerable<string> AllPaths(CollectionSchema schema) => AllPaths("", schema.Fields);

    private static IEnumerable<string> AllPaths(string prefix, ImmutableArray<FieldSchema> fields)
    {
        foreach (FieldSchema field in fields)
        {
            yield return prefix + field.Name;
            FieldTypeSchema leaf = field.Type;
            string path = prefix + field.Name;
            for (; leaf.Element is not null; leaf = leaf.Element) path += "[]";
            foreach (string nested in AllPaths($"{path}.", leaf.Fields)) yield return nested;
            foreach (UnionCaseSchema unionCase in leaf.UnionCases)
                foreach (string nested in AllPaths($"{path}.{unionCase.Name}.", unionCase.Fields)) yield return nested;
        }
    }

    /// <summary>The field at a path. Throws <see cref="VaultSchemaException"/> if there is none.</summary>
    public static ResolvedField Resolve(this CollectionSchema schema, FieldPath path)
    {
        ImmutableArray<FieldSchema> fields = schema.Fields;
        ImmutableArray<int>.Builder ordinals = ImmutableArray.CreateBuilder<int>();
        FieldTypeSchema? type = null;
        foreach (string segment in path.Segments)
        {
            int ordinal = fields.IndexOf(fields.FirstOrDefault(f => f.Name == segment)!);
            if (ordinal < 0) throw new VaultSchemaException($"The collection '{schema.Name}' has no field '{path}'.");
            ordinals.Add(ordinal);
            type = fields[ordinal].Type;
            fields = type.Fields;
        }

        return new ResolvedField(path, ordinals.ToImmutable(), type!);
    }
}
