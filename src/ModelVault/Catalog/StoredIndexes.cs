namespace ModelVault;

/// <summary>
/// The indexes that a catalog entry names, as one model sees them: those that its queries may use, and those that every write has
/// to keep. They differ while the file's schema is another than the model's, and while indexes are being added.
/// </summary>
internal sealed class StoredIndexes
{
    private readonly CollectionLayout _layout;
    private readonly CollectionSchema _stored;
    private StoredIndex[]? _kept;

    /// <summary>Throws <see cref="VaultSchemaException"/> where more than the indexes differ.</summary>
    public StoredIndexes(CatalogEntry entry, CollectionLayout layout)
    {
        Entry = entry;
        _layout = layout;
        IsOutdated = entry.SchemaJson != layout.Schema.Json;
        _stored = IsOutdated ? CollectionSchema.Parse(entry.SchemaJson) : layout.Schema;
        if (IsOutdated) SchemaDifferences.ThrowUnlessIndexesOnly(_stored, layout.Schema);
        Served = [.. layout.Indexes.Where(i => _stored.Indexes.Contains(i.Schema)).Select(i => new StoredIndex(i, entry.IndexTree(i.Schema.Name), null))];
    }

    public CatalogEntry Entry { get; }

    /// <summary>Whether the file's schema is another than the model's.</summary>
    public bool IsOutdated { get; }

    /// <summary>What the model's queries may use: its indexes that are complete, in the schema's order.</summary>
    public StoredIndex[] Served { get; }

    /// <summary>What a write keeps: those first, then the indexes that the model does not have, then those that are being added.</summary>
    public StoredIndex[] Kept => _kept ??= IsOutdated || Entry.Pending is not null ? [.. Served, .. NotInModel(), .. BeingAdded()] : Served;

    private IEnumerable<StoredIndex> NotInModel() => _stored.Indexes
        .Where(i => !_layout.Schema.Indexes.Contains(i))
        .Select(i => new StoredIndex(IndexLayout.Of(_stored, i), Entry.IndexTree(i.Name), null));

    private IEnumerable<StoredIndex> BeingAdded()
    {
        if (Entry.Pending is not { } pending) return [];
        CollectionLayout target = pending.SchemaJson == _layout.Schema.Json ? _layout : pending.Target(_stored);
        return pending.Indexes.Select(i => new StoredIndex(PendingIndexes.LayoutOf(i, target), Entry.IndexTree(i.Id), i.IsComplete ? null : i));
    }
}

/// <summary>An index of the file.</summary>
/// <param name="Layout">How its entries are made.</param>
/// <param name="Tree">The name of its tree.</param>
/// <param name="Pending">How far it is built; null where it is complete.</param>
internal readonly record struct StoredIndex(IndexLayout Layout, string Tree, PendingIndex? Pending);
