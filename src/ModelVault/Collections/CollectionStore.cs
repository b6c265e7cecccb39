using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// One collection's records and indexes as bytes, on any source. Knows the schema, not the CLR type; the typed collection
/// serialises for it. Thread-safe: the last binding is kept and replaced as a whole.
/// </summary>
/// <param name="layout">The schema with its paths resolved.</param>
/// <param name="followsFile">Whether the schema was read from the file: where the file's is another, it is to be read anew.</param>
internal sealed class CollectionStore(CollectionLayout layout, bool followsFile = false)
{
    private CollectionBinding? _last;
    private InstalledEntry? _installed;

    // Weak, because a binding holds its transaction, and that every page it has changed.
    private WeakReference? _lastWrite;

    public CollectionLayout Layout => layout;

    public string Name => layout.Schema.Name;

    /// <summary>The collection's trees in a source. For a source that only reads, an index that it lacks is left out.</summary>
    public CollectionBinding Bind(TreeSource source) => source is Snapshot ? BindSnapshot(source) : BindTransaction(source);

    /// <summary>The collection's trees in a write transaction, brought to the model's schema first.</summary>
    public CollectionBinding BindForWrite(WriteTransaction transaction)
    {
        if (LastIn(transaction) is { IsOutdated: false } last) return last;
        if (followsFile) return Bind(transaction);
        return KeepForTransaction(Bind(transaction, 0, Install(transaction)));
    }

    /// <summary>Whether the source holds the collection under another schema than the model's.</summary>
    public bool NeedsInstall(TreeSource source) => Bind(source).IsOutdated;

    private CollectionBinding BindSnapshot(TreeSource source)
    {
        CollectionBinding? last = Volatile.Read(ref _last);
        if (last is not null && ReferenceEquals(last.Source, source)) return last;

        ulong catalogId = source.TryGetTree(CatalogTree.Name, out Tree? catalog) ? catalog.ContentId : 0;
        CatalogEntry? entry = last is not null && last.CatalogId == catalogId ? last.Entry : catalog is null ? null : CatalogTree.Find(catalog, Name);
        CollectionBinding binding = Bind(source, catalogId, entry);
        Volatile.Write(ref _last, binding);
        return binding;
    }

    // A collection that the transaction does not have yet may come at any moment, so only one that is there is kept.
    private CollectionBinding BindTransaction(TreeSource source)
    {
        if (LastIn(source) is { } last) return last;
        return CatalogTree.TryGet(source, Name, out CatalogEntry? entry) ? KeepForTransaction(Bind(source, 0, entry)) : Bind(source, 0, null);
    }

    private CollectionBinding? LastIn(TreeSource transaction) =>
        _lastWrite?.Target is CollectionBinding last && ReferenceEquals(last.Source, transaction) && last.IsCurrent ? last : null;

    private CollectionBinding KeepForTransaction(CollectionBinding binding)
    {
        _lastWrite = new WeakReference(binding);
        return binding;
    }

    // The entry is the same as long as the catalog's content is.
    private CatalogEntry Install(WriteTransaction transaction)
    {
        ulong catalogId = transaction.TryGetTree(CatalogTree.Name, out Tree? catalog) ? catalog.ContentId : 0;
        if (_installed is { } known && known.CatalogId == catalogId) return known.Entry;
        CatalogEntry entry = SchemaInstaller.Install(transaction, layout);
        if (catalog is not null && catalog.ContentId == catalogId) _installed = new InstalledEntry(catalogId, entry);
        return entry;
    }

    private CollectionBinding Bind(TreeSource source, ulong catalogId, CatalogEntry? entry)
    {
        if (followsFile && entry?.SchemaJson != layout.Schema.Json) throw new StaleSchemaException(Name);
        if (entry is null) return new CollectionBinding(source, catalogId, null, false, null, []);
        bool isOutdated = entry.SchemaJson != layout.Schema.Json;
        CollectionSchema stored = isOutdated ? CollectionSchema.Parse(entry.SchemaJson) : layout.Schema;
        if (isOutdated) SchemaDifferences.ThrowUnlessIndexesOnly(stored, layout.Schema);
        Tree primary = GetTree(source, entry.PrimaryTree);
        List<IndexBinding> indexes = [];
        foreach (IndexLayout index in layout.Indexes)
            if (stored.Indexes.Contains(index.Schema))
                indexes.Add(new IndexBinding(index, GetTree(source, entry.IndexTree(index.Schema.Name))));
        KeySequence? sequence = source is WriteTransaction tx && layout.Generated?.Key?.Sequence is { } numbers ? new KeySequence(tx, entry.Id, Name, (WritableTree)primary, numbers) : null;
        return new CollectionBinding(source, catalogId, entry, isOutdated, primary, [.. indexes], sequence);
    }

    private Tree GetTree(TreeSource source, string name) =>
        source is WriteTransaction transaction ? transaction.GetOrCreateTree(name)
        : source.TryGetTree(name, out Tree? tree) ? tree
        : throw new VaultCorruptionException($"The catalog names the tree '{name}' of '{Name}', which is not in the file.");

    private sealed record InstalledEntry(ulong CatalogId, CatalogEntry Entry);
}
