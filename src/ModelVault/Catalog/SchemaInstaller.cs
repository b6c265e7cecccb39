using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// Brings a collection's stored schema to a model's, inside one write transaction: registers a new collection, completes indexes
/// that were added and drops those that were removed. Any change of fields or key is refused, with each difference named.
/// </summary>
internal static class SchemaInstaller
{
    // Bytes of new entries to hold in memory.
    private const long MostWaiting = 64 << 20;

    /// <summary>Returns the collection's entry, changed where it had to be.</summary>
    public static CatalogEntry Install(WriteTransaction transaction, CollectionLayout layout)
    {
        CollectionSchema schema = layout.Schema;
        if (!CatalogTree.TryGet(transaction, schema.Name, out CatalogEntry? entry)) return Add(transaction, layout);
        if (entry.SchemaJson == schema.Json) return PendingBuild.Drop(transaction, entry, layout);

        CollectionSchema stored = CollectionSchema.Parse(entry.SchemaJson);
        SchemaDifferences.ThrowUnlessIndexesOnly(stored, schema);
        return ReplaceIndexes(transaction, layout, stored, entry);
    }

    /// <summary>Adds a collection that must not be there yet.</summary>
    public static CatalogEntry Register(WriteTransaction transaction, CollectionLayout layout) =>
        CatalogTree.TryGet(transaction, layout.Schema.Name, out _)
            ? throw new VaultSchemaException($"There is a collection '{layout.Schema.Name}' already. EnsureCollection takes it as it is where the schema is the same.")
            : Add(transaction, layout);

    private static CatalogEntry Add(WriteTransaction transaction, CollectionLayout layout)
    {
        CollectionSchema schema = layout.Schema;
        Dictionary<string, int> fieldIds = new(StringComparer.Ordinal);
        foreach (string path in SchemaPaths.AllPaths(schema)) fieldIds.Add(path, fieldIds.Count + 1);
        CatalogEntry entry = new()
        {
            Id = CatalogTree.TakeId(transaction),
            Schemas = [(1, schema.Json)],
            FieldIds = fieldIds,
            IndexIds = schema.Indexes.Select(static (index, i) => (index.Name, Id: i + 1)).ToDictionary(static p => p.Name, static p => p.Id, StringComparer.Ordinal),
            NextFieldId = fieldIds.Count + 1,
            NextIndexId = schema.Indexes.Length + 1,
        };
        CatalogTree.Put(transaction, schema.Name, entry);
        transaction.GetOrCreateTree(entry.PrimaryTree);
        foreach (IndexSchema index in schema.Indexes) transaction.GetOrCreateTree(entry.IndexTree(index.Name));
        return entry;
    }

    // A failure in the user's transaction must not leave half of it there.
    private static CatalogEntry ReplaceIndexes(WriteTransaction transaction, CollectionLayout layout, CollectionSchema stored, CatalogEntry entry)
    {
        Savepoint before = transaction.Savepoint();
        try
        {
            entry = PendingBuild.Begin(transaction, entry, stored, layout);
            while (entry.Pending!.Next is { } index) entry = PendingBuild.Continue(transaction, entry, layout, index, int.MaxValue, MostWaiting);
            entry = PendingBuild.Finish(transaction, entry, stored, layout);
        }
        catch
        {
            transaction.RollbackTo(before);
            transaction.Release(before);
            throw;
        }

        transaction.Release(before);
        return entry;
    }
}
