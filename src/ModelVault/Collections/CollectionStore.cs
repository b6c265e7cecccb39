using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// One collection's records and indexes as bytes, on any source. Knows the schema, not the CLR type; the typed collection
/// serialises for it. Thread-safe: the last binding is kept and replaced as a whole.
/// </summary>
/// <param name="layout">The schema with its paths resolved.</param>
/// <param name="followsFile">Whether the schema was read from the file: where the file's is another, it is to be read anew.</param>
/// <param name="context">Whose collection it is; null where every transaction is to bring the file to the schema.</param>
internal sealed class CollectionStore(CollectionLayout layout, bool followsFile = false, VaultContext? context = null)
{
    private CollectionBinding? _last;
    private KnownEntry? _known;

    // Weak, because a binding holds its transaction, and that every page it has changed.
    private WeakReference? _lastWrite;
    private volatile bool _isInstalled;

    public CollectionLayout Layout => layout;

    public string Name => layout.Schema.Name;

    /// <summary>Whether the file has been seen to have the schema, so that a write need not look for it first. Another handle may still change it.</summary>
    public bool IsInstalled => followsFile || _isInstalled;

    /// <summary>The collection's trees in a source. For one that lacks an index, or has it only in parts, that index is left out.</summary>
    public CollectionBinding Bind(TreeSource source) => source is Snapshot ? BindSnapshot(source) : BindTransaction(source);

    /// <summary>The collection's trees in a write transaction, brought to the model's schema first where that can be done in it.</summary>
    public CollectionBinding BindForWrite(WriteTransaction transaction)
    {
        CollectionBinding binding = Bind(transaction);
        if (followsFile || !IsToInstall(binding)) return binding;
        if (!MayInstallIn(transaction, binding))
        {
            _isInstalled = false;
            return binding;
        }

        SchemaInstaller.Install(transaction, layout);
        return Bind(transaction);
    }

    /// <summary>Whether the source holds the collection under another schema than the model's.</summary>
    public bool IsOutdated(TreeSource source) => Bind(source).IsOutdated;

    /// <summary>Whether the collection is to be brought to the model's schema before a write that commits by itself, because that takes too long for its transaction.</summary>
    public bool IsToBuild(TreeSource source) => Bind(source) is { Entry: { } entry } binding && IsToInstall(binding) && context?.Builds.Limits.IsSmall(source, entry) == false;

    // A build that was there when this handle first saw the collection was given up by whoever then wanted other indexes. What comes later
    // is being built, by another handle.
    private bool IsToInstall(CollectionBinding binding) =>
        binding.Entry is null || binding.IsOutdated || (binding.Entry.Pending is not null && context?.Builds.HasSettled(Name) != true);

    // A write that commits by itself leaves what takes long to the build that comes before writes. A transaction cannot wait for
    // a build, which would wait for it; so it is completed in it, unless somebody is at it.
    private bool MayInstallIn(WriteTransaction transaction, CollectionBinding binding)
    {
        if (binding.Entry is null || context is null) return true;
        return !context.Builds.IsActive(Name) && (context is not VaultDatabase || context.Builds.Limits.IsSmall(transaction, binding.Entry));
    }

    private CollectionBinding BindSnapshot(TreeSource source)
    {
        CollectionBinding? last = Volatile.Read(ref _last);
        if (last is not null && ReferenceEquals(last.Source, source)) return last;
        CollectionBinding binding = BindAnew(source);
        Settle(binding);
        Volatile.Write(ref _last, binding);
        return binding;
    }

    // A collection that the transaction does not have yet may come at any moment, so only one that is there is kept.
    private CollectionBinding BindTransaction(TreeSource source)
    {
        if (_lastWrite?.Target is CollectionBinding last && ReferenceEquals(last.Source, source) && last.IsCurrent) return last;
        CollectionBinding binding = BindAnew(source);
        if (binding.Entry is null) return binding;
        if (source is WriteTransaction { ChangeCount: 0 }) Settle(binding);
        _lastWrite = new WeakReference(binding);
        return binding;
    }

    // Only what is committed counts.
    private void Settle(CollectionBinding binding)
    {
        if (IsInstalled || binding.IsOutdated || binding.Entry is null || binding.Entry.Pending is not null) return;
        context?.Builds.Settle(Name);
        _isInstalled = true;
    }

    private CollectionBinding BindAnew(TreeSource source)
    {
        source.TryGetTree(CatalogTree.Name, out Tree? catalog);
        StoredIndexes? stored = Find(catalog);
        if (followsFile && stored?.IsOutdated != false) throw new StaleSchemaException(Name);
        if (stored is null) return new CollectionBinding(source, catalog, null, false, null, [], []);
        CatalogEntry entry = stored.Entry;
        Tree primary = CatalogTree.Open(source, Name, entry.PrimaryTree);
        IndexBinding[] indexes = Open(source, stored.Served);
        if (source is not WriteTransaction transaction) return new CollectionBinding(source, catalog, entry, stored.IsOutdated, primary, indexes, indexes);
        IndexBinding[] kept = stored.Kept.Length == indexes.Length ? indexes : [.. indexes, .. Open(source, stored.Kept.AsSpan(indexes.Length))];
        KeySequence? sequence = layout.Generated?.Key?.Sequence is { } numbers ? new KeySequence(transaction, entry.Id, Name, (WritableTree)primary, numbers) : null;
        return new CollectionBinding(source, catalog, entry, stored.IsOutdated, primary, indexes, kept, sequence);
    }

    // The entry is the same as long as the catalog's content is.
    private StoredIndexes? Find(Tree? catalog)
    {
        if (catalog is null) return null;
        ulong catalogId = catalog.ContentId;
        if (Volatile.Read(ref _known) is { } known && known.CatalogId == catalogId) return known.Indexes;
        StoredIndexes? stored = CatalogTree.Find(catalog, Name) is not { } entry ? null
            : followsFile && entry.SchemaJson != layout.Schema.Json ? throw new StaleSchemaException(Name)
            : new StoredIndexes(entry, layout);
        Volatile.Write(ref _known, new KnownEntry(catalogId, stored));
        return stored;
    }

    private IndexBinding[] Open(TreeSource source, ReadOnlySpan<StoredIndex> indexes)
    {
        IndexBinding[] bindings = new IndexBinding[indexes.Length];
        for (int i = 0; i < bindings.Length; i++) bindings[i] = new IndexBinding(indexes[i].Layout, CatalogTree.Open(source, Name, indexes[i].Tree), indexes[i].Pending);
        return bindings;
    }

    private sealed record KnownEntry(ulong CatalogId, StoredIndexes? Indexes);
}
