using ModelVault.Runtime;
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
        WritableTree tree = transaction.GetOrCreateTree(entry.IndexTree(index.Schema.Name));
        IndexBatch entries = new(tree);
        using TreeCursor records = transaction.GetOrCreateTree(entry.PrimaryTree).OpenCursor();
        KeyWriter key = new(stackalloc byte[256]);
        for (bool more = records.SeekFirst(); more; more = records.MoveNext())
        {
            RecordHeader.Read(records.Value, out int start);
            key.Clear();
            index.WriteEntry(records.Value, start, records.Key, ref key);
            ReadOnlySpan<byte> value = index.Schema.IsUnique ? records.Key : [];
            entries.Add(key.Written, value);
            if (entries.Size > MostWaiting) Write(entries, collection, index);
        }

        key.Dispose();
        Write(entries, collection, index);
    }

    private static void Write(IndexBatch entries, string collection, IndexLayout index)
    {
        if (!entries.TryWrite())
            throw new VaultSchemaException($"The unique index '{index.Schema.Name}' cannot be added to '{collection}': two records hold the same value.");
    }
}
