namespace ModelVault.Tests.Queries.Differential;

/// <summary>A field of a random schema that is reached through objects and at most one list.</summary>
internal sealed record RecordPath(string[] Segments, FieldTypeSchema Type)
{
    public string Text => string.Join('.', Segments);

    /// <summary>Whether it is in a list, or the items of one.</summary>
    public bool IsInList => Array.Exists(Segments, static s => s.EndsWith("[]", StringComparison.Ordinal));

    /// <summary>Every field there is.</summary>
    public static IEnumerable<RecordPath> Of(IEnumerable<FieldSchema> fields, string[]? prefix = null)
    {
        prefix ??= [];
        foreach (FieldSchema field in fields)
        {
            RecordPath path = new([.. prefix, field.Name], field.Type);
            yield return path;
            foreach (RecordPath inside in Of(field.Type.Fields, path.Segments)) yield return inside;
            if (path.IsInList || field.Type.Kind is not (FieldKind.List or FieldKind.Set)) continue;
            RecordPath items = new([.. prefix, $"{field.Name}[]"], field.Type.Element!);
            yield return items;
            foreach (RecordPath inside in Of(items.Type.Fields, items.Segments)) yield return inside;
        }
    }

    /// <summary>The value in a record; null where a null is on the way.</summary>
    public object? In(VaultRecord record)
    {
        object? value = record;
        foreach (string segment in Segments) value = (value as VaultRecord)?[segment];
        return value;
    }

    /// <summary>The values in a record, of a list's items one each.</summary>
    public IEnumerable<object?> Items(VaultRecord record)
    {
        IEnumerable<object?> values = [record];
        foreach (string segment in Segments)
        {
            bool isList = segment.EndsWith("[]", StringComparison.Ordinal);
            string name = isList ? segment[..^2] : segment;
            values = values.Select(v => (v as VaultRecord)?[name]);
            if (isList) values = values.SelectMany(static v => v is System.Collections.IEnumerable items ? items.Cast<object?>() : []);
        }

        return values;
    }
}
