namespace ModelVault;

/// <summary>Says how a model's schema differs from the stored one.</summary>
internal static class SchemaDifferences
{
    /// <summary>Throws <see cref="VaultSchemaException"/>, naming every difference, unless fields and key are the same.</summary>
    public static void ThrowUnlessIndexesOnly(CollectionSchema stored, CollectionSchema model)
    {
        List<string> differences = [];
        if (!stored.Key.AsSpan().SequenceEqual(model.Key.AsSpan())) differences.Add($"the key is ({string.Join(", ", stored.Key)}), the model's ({string.Join(", ", model.Key)})");
        CompareFields("", stored.Fields, model.Fields, differences);
        if (differences.Count == 0) return;
        throw new VaultSchemaException(
            $"The stored schema of '{model.Name}' is not the model's: {string.Join("; ", differences)}. " +
            "Nothing was changed. Use the model that the file was written with, or copy the records into a collection of another name.");
    }

    private static void CompareFields(string prefix, IReadOnlyList<FieldSchema> stored, IReadOnlyList<FieldSchema> model, List<string> differences)
    {
        foreach (FieldSchema field in stored)
        {
            FieldSchema? other = model.FirstOrDefault(f => f.Name == field.Name);
            if (other is null) differences.Add($"the stored field '{prefix}{field.Name}' is not in the model");
            else CompareTypes($"{prefix}{field.Name}", field.Type, other.Type, differences);
        }

        foreach (FieldSchema field in model)
            if (!stored.Any(f => f.Name == field.Name)) differences.Add($"the model's field '{prefix}{field.Name}' is not stored");
    }

    private static void CompareTypes(string path, FieldTypeSchema stored, FieldTypeSchema model, List<string> differences)
    {
        if (stored.Kind != model.Kind) differences.Add($"'{path}' is stored as {stored.Kind}, the model says {model.Kind}");
        else if (stored.IsOptional != model.IsOptional) differences.Add($"'{path}' {(stored.IsOptional ? "may" : "may not")} be null in the file, the model says the opposite");
        else if (!stored.Cases.AsSpan().SequenceEqual(model.Cases.AsSpan())) differences.Add($"'{path}' has other enum cases");
        else CompareParts(path, stored, model, differences);
    }

    private static void CompareParts(string path, FieldTypeSchema stored, FieldTypeSchema model, List<string> differences)
    {
        if (stored.Element is not null && model.Element is not null) CompareTypes($"{path}[]", stored.Element, model.Element, differences);
        if (stored.MapKey is not null && model.MapKey is not null) CompareTypes($"{path} (keys)", stored.MapKey, model.MapKey, differences);
        CompareFields($"{path}.", stored.Fields, model.Fields, differences);
        CompareCases(path, stored.UnionCases, model.UnionCases, differences);
    }

    private static void CompareCases(string path, IReadOnlyList<UnionCaseSchema> stored, IReadOnlyList<UnionCaseSchema> model, List<string> differences)
    {
        if (!stored.Select(static c => c.Name).SequenceEqual(model.Select(static c => c.Name))) differences.Add($"'{path}' has other union cases");
        else foreach ((UnionCaseSchema before, UnionCaseSchema after) in stored.Zip(model)) CompareFields($"{path}.{before.Name}.", before.Fields, after.Fields, differences);
    }
}
