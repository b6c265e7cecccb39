using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// Brings a collection's stored schema to a model's, inside a write transaction: registers a new collection, builds indexes
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
        if (entry.SchemaJson == schema.Json) return entry;

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

    private static CatalogEntry ReplaceIndexes(WriteTransaction transaction, CollectionLayout layout, CollectionSchema stored, CatalogEntry old)
    {
        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        int nextId = old.NextIndexId;
        List<IndexLayout> added = [];
        foreach (IndexLayout index in layout.Indexes)
        {
            bool kept = stored.Indexes.Contains(index.Schema);
            ids.Add(index.Schema.Name, kept ? old.IndexIds[index.Schema.Name] : nextId++);
            if (!kept) added.Add(index);
        }

        foreach (IndexSchema dropped in stored.Indexes.Where(s => !layout.Schema.Indexes.Contains(s)))
            transaction.DropTree(old.IndexTree(dropped.Name));

        CatalogEntry entry = old with
        {
            Schemas = [.. old.Schemas, (old.Version + 1, layout.Schema.Json)],
            IndexIds = ids,
            NextIndexId = nextId,
        };
        CatalogTree.Put(transaction, layout.Schema.Name, entry);
        foreach (IndexLayout index in added) Build(transaction, entry, layout.Schema.Name, index);
        return entry;
    }

    // Fills a new index from the records: so many at a time, each time in the order of its keys.
    private static void Build(WriteTransaction transaction, CatalogEntry entry, string collection, IndexLayout index)
    {
        IndexBatch batch = new(transaction.GetOrCreateTree(entry.IndexTree(index.Schema.Name)));
        IndexEntries entries = new();
        using TreeCursor records = transaction.GetOrCreateTree(entry.PrimaryTree).OpenCursor();
        for (bool more = records.SeekFirst(); more; more = records.MoveNext())
        {
            entries.Fill(index, records.Value, records.Key);
            for (int i = 0; i < entries.Count; i++)
            {
                if (entries.Key(i).Length > Tree.MaxKeyLength) throw KeyTooLong(collection, index, entries.Key(i).Length);
                batch.Add(entries.Key(i), entries.Value);
            }

            if (batch.Size > MostWaiting) Write(batch, collection, index);
        }

        Write(batch, collection, index);
    }

    private static VaultSchemaException KeyTooLong(string collection, IndexLayout index, int length) => new(
        $"The index '{index.Schema.Name}' cannot be added to '{collection}': with the values of '{string.Join(", ", index.Paths)}' that one record has, the encoded key is {length} bytes long, at most {Tree.MaxKeyLength} fit.");

    private static void Write(IndexBatch entries, string collection, IndexLayout index)
    {
        if (!entries.TryWrite())
            throw new VaultSchemaException($"The unique index '{index.Schema.Name}' cannot be added to '{collection}': two records hold the same value.");
    }
}
