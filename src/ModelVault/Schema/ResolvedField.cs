using System.Collections.Immutable;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Where a schema's field stands in a stored record.</summary>
/// <param name="Path">The stored names.</param>
/// <param name="Ordinals">The places on the way; none for a list's element itself.</param>
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
    public static ResolvedField Resolve(this CollectionSchema schema, FieldPath path) =>
        Resolve(schema.Fields, path) is { List: null } place ? place.Field : throw new VaultSchemaException($"The collection '{schema.Name}' has no field '{path}'.");

    /// <summary>The field at a path, which may lead into the elements of one list; null if there is none.</summary>
    public static ResolvedPath? Resolve(ImmutableArray<FieldSchema> fields, FieldPath path)
    {
        ImmutableArray<int>.Builder ordinals = ImmutableArray.CreateBuilder<int>();
        FieldTypeSchema? type = null;
        ResolvedField? list = null;
        for (int i = 0; i < path.Segments.Count; i++)
        {
            bool isList = path.Segments[i].EndsWith("[]", StringComparison.Ordinal);
            string name = isList ? path.Segments[i][..^2] : path.Segments[i];
            int ordinal = fields.IndexOf(fields.FirstOrDefault(f => f.Name == name)!);
            if (ordinal < 0) return null;
            ordinals.Add(ordinal);
            type = fields[ordinal].Type;
            if (isList)
            {
                if (list is not null || type.Kind is not (FieldKind.List or FieldKind.Set)) return null;
                list = new ResolvedField(new FieldPath([.. path.Segments.Take(i), name]), ordinals.ToImmutable(), type);
                type = type.Element!;
                ordinals.Clear();
            }

            fields = type.Fields;
        }

        return type is null ? null : new ResolvedPath(list, new ResolvedField(path, ordinals.ToImmutable(), type));
    }
}

/// <summary>Where a path leads that may go into the elements of a list.</summary>
/// <param name="List">The list or set, as it stands in the record; null where the path goes into none.</param>
/// <param name="Field">The field, as it stands in the record, or in an element.</param>
internal readonly record struct ResolvedPath(ResolvedField? List, ResolvedField Field);
