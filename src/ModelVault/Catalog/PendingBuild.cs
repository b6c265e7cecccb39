using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// The steps from a collection's stored indexes to a model's, each inside a write transaction. What a step needs to know it
/// reads from the catalog, so that the next one may be another thread's, or come after a crash.
/// </summary>
internal static class PendingBuild
{
    /// <summary>
    /// Notes the model's schema as the one to come and makes the trees of the indexes it adds. What was begun for another schema is
    /// kept where that index is the same, and dropped where not.
    /// </summary>
    public static CatalogEntry Begin(WriteTransaction transaction, CatalogEntry entry, CollectionSchema stored, CollectionLayout layout)
    {
        if (entry.Pending?.SchemaJson == layout.Schema.Json) return entry;
        CollectionSchema? before = entry.Pending?.Target(stored).Schema;
        List<PendingIndex> left = [.. entry.Pending?.Indexes ?? []];
        List<PendingIndex> indexes = [];
        int nextId = entry.NextIndexId;
        foreach (IndexSchema index in layout.Schema.Indexes)
        {
            if (stored.Indexes.Contains(index)) continue;
            PendingIndex? begun = before is not null && before.Indexes.Contains(index) ? left.Find(i => i.Name == index.Name) : null;
            if (begun is null) transaction.GetOrCreateTree(entry.IndexTree(nextId));
            else left.Remove(begun);
            indexes.Add(begun ?? new PendingIndex(index.Name, nextId++));
        }

        foreach (PendingIndex other in left) transaction.DropTree(entry.IndexTree(other.Id));
        return Put(transaction, layout, entry with { Pending = new PendingIndexes(layout.Schema.Json, indexes), NextIndexId = nextId });
    }

    /// <summary>Adds the entries of the next records to an index. Throws <see cref="VaultSchemaException"/> where a record cannot be in it.</summary>
    public static CatalogEntry Continue(WriteTransaction transaction, CatalogEntry entry, CollectionLayout layout, PendingIndex pending, int mostRecords, long mostBytes)
    {
        IndexLayout index = PendingIndexes.LayoutOf(pending, layout);
        IndexBatch batch = new((WritableTree)CatalogTree.Open(transaction, layout.Schema.Name, entry.IndexTree(pending.Id)));
        Tree primary = CatalogTree.Open(transaction, layout.Schema.Name, entry.PrimaryTree);
        byte[]? last = Fill(batch, layout, index, primary, pending.Progress, mostRecords, mostBytes);
        if (!batch.TryWrite()) throw Refused(layout, index, primary, batch.Duplicate!.Value);
        return Put(transaction, layout, entry with { Pending = entry.Pending!.With(pending with { Progress = last ?? pending.Progress, IsComplete = last is null }) });
    }

    /// <summary>Makes the new schema the collection's, all of whose indexes are complete, and drops the trees of those it no longer has.</summary>
    public static CatalogEntry Finish(WriteTransaction transaction, CatalogEntry entry, CollectionSchema stored, CollectionLayout layout)
    {
        Dictionary<string, int> ids = entry.Pending!.Indexes.ToDictionary(static i => i.Name, static i => i.Id, StringComparer.Ordinal);
        foreach (IndexSchema index in stored.Indexes)
        {
            if (layout.Schema.Indexes.Contains(index)) ids.Add(index.Name, entry.IndexIds[index.Name]);
            else transaction.DropTree(entry.IndexTree(index.Name));
        }

        return Put(transaction, layout, entry with { Schemas = [.. entry.Schemas, (entry.Version + 1, layout.Schema.Json)], IndexIds = ids, Pending = null });
    }

    /// <summary>Gives up what was begun, if anything was.</summary>
    public static CatalogEntry Drop(WriteTransaction transaction, CatalogEntry entry, CollectionLayout layout)
    {
        if (entry.Pending is not { } pending) return entry;
        foreach (PendingIndex index in pending.Indexes) transaction.DropTree(entry.IndexTree(index.Id));
        return Put(transaction, layout, entry with { Pending = null });
    }

    // The key of the last record whose entries it took; null when it took those of the collection's last.
    private static byte[]? Fill(IndexBatch batch, CollectionLayout layout, IndexLayout index, Tree primary, byte[]? after, int mostRecords, long mostBytes)
    {
        IndexEntries entries = new();
        using TreeCursor records = primary.OpenCursor();
        bool more = after is null ? records.SeekFirst() : records.Seek(after) && (!records.Key.SequenceEqual(after) || records.MoveNext());
        for (int count = 1; more; more = records.MoveNext(), count++)
        {
            entries.Fill(index, records.Value, records.Key);
            for (int i = 0; i < entries.Count; i++)
            {
                if (entries.Key(i).Length > Tree.MaxKeyLength) throw KeyTooLong(layout, index, records.Value, entries.Key(i).Length);
                batch.Add(entries.Key(i), entries.Value);
            }

            if (count >= mostRecords || batch.Size >= mostBytes) return records.Key.ToArray();
        }

        return null;
    }

    private static CatalogEntry Put(WriteTransaction transaction, CollectionLayout layout, CatalogEntry entry)
    {
        CatalogTree.Put(transaction, layout.Schema.Name, entry);
        return entry;
    }

    private static VaultSchemaException KeyTooLong(CollectionLayout layout, IndexLayout index, ReadOnlySpan<byte> record, int length) => new(
        $"The index '{index.Schema.Name}' cannot be added to '{layout.Schema.Name}': with the values of '{string.Join(", ", index.Paths)}' that the record {layout.KeyText(record)} has, the encoded key is {length} bytes long, at most {Tree.MaxKeyLength} fit.");

    private static VaultException Refused(CollectionLayout layout, IndexLayout index, Tree primary, DuplicateEntry entry)
    {
        byte[] key = index.PrimaryKey(entry.Key, entry.Value).ToArray();
        byte[] other = index.PrimaryKey(entry.Key, entry.OtherValue).ToArray();
        if (key.AsSpan().SequenceEqual(other) || primary.Get(key) is not { } record || primary.Get(other) is not { } otherRecord)
            return new VaultCorruptionException($"The index '{index.Schema.Name}' of '{layout.Schema.Name}', which is being built, holds an entry that nobody has put there.");
        return new VaultSchemaException(
            $"The unique index '{index.Schema.Name}' cannot be added to '{layout.Schema.Name}': the records {layout.KeyText(otherRecord)} and {layout.KeyText(record)} hold the same value of '{string.Join(", ", index.Paths)}', {index.TextOf(record, key, entry.Key)}.");
    }
}
