using ModelVault.Storage;

namespace ModelVault;

/// <summary>A collection's trees as one source (a snapshot or a transaction) sees them.</summary>
internal sealed class CollectionBinding
{
    private readonly Tree? _catalog;

    // A savepoint that the transaction has gone back to since may have taken the entry or a tree with it.
    private readonly int _rollbacks;

    public CollectionBinding(TreeSource source, Tree? catalog, CatalogEntry? entry, bool isOutdated, Tree? primary, IndexBinding[] indexes, IndexBinding[] kept, KeySequence? sequence = null)
    {
        Source = source;
        _rollbacks = source is WriteTransaction transaction ? transaction.RollbackCount : 0;
        _catalog = catalog;
        CatalogId = catalog?.ContentId ?? 0;
        Entry = entry;
        IsOutdated = isOutdated;
        Primary = primary;
        Indexes = indexes;
        Kept = kept;
        Sequence = sequence;
        IndexLayouts = Array.ConvertAll(indexes, static i => i.Layout);
    }

    public TreeSource Source { get; }

    /// <summary>Whether it still holds for its source.</summary>
    public bool IsCurrent => Source is not WriteTransaction transaction || (transaction.RollbackCount == _rollbacks && _catalog?.ContentId == CatalogId);

    /// <summary>The content of the catalog that the entry was read from.</summary>
    public ulong CatalogId { get; }

    /// <summary>The catalog's entry, or null where the collection is not in the file yet.</summary>
    public CatalogEntry? Entry { get; }

    /// <summary>Whether the collection is in the file under another schema than the model's.</summary>
    public bool IsOutdated { get; }

    /// <summary>The records, or null where the collection is not in the file yet.</summary>
    public Tree? Primary { get; }

    /// <summary>The model's indexes that are there and complete, in the schema's order: those that queries may use.</summary>
    public IndexBinding[] Indexes { get; }

    /// <summary>
    /// The indexes that a write keeps, of a transaction: those first, then what the file has beyond the model, complete or being added. The same
    /// array where there is nothing beyond.
    /// </summary>
    public IndexBinding[] Kept { get; }

    /// <summary>The numbers of the auto-increment key; null where the key is none, and where nothing can be written.</summary>
    public KeySequence? Sequence { get; }

    /// <summary>The layouts of <see cref="Indexes"/>.</summary>
    public IndexLayout[] IndexLayouts { get; }

    /// <summary>The same trees, for one reading of which the pages are noted.</summary>
    public CollectionBinding Observed(PageVisits visits) => new(Source, _catalog, Entry, IsOutdated, Primary?.Observed(visits), Array.ConvertAll(Indexes, i => i with { Tree = i.Tree.Observed(visits) }), Kept);

    /// <summary>Room for a record's entries before and after a write. One flow at a time writes.</summary>
    public (IndexEntries Before, IndexEntries After) Scratch => _scratch ??= (new IndexEntries(), new IndexEntries());

    private (IndexEntries, IndexEntries)? _scratch;

    /// <summary>The index with a layout that is one of <see cref="IndexLayouts"/>.</summary>
    public IndexBinding IndexOf(IndexLayout layout) => Indexes[Array.IndexOf(IndexLayouts, layout)];
}

/// <summary>An index and its tree.</summary>
/// <param name="Layout">How its entries are made.</param>
/// <param name="Tree">Its entries.</param>
/// <param name="Pending">How far it is built; null where it is complete.</param>
internal readonly record struct IndexBinding(IndexLayout Layout, Tree Tree, PendingIndex? Pending = null)
{
    /// <summary>Whether the index holds the entries of the record with a key, or is to hold them as soon as it is written.</summary>
    public bool Holds(ReadOnlySpan<byte> primaryKey) => Pending is null || Pending.Covers(primaryKey);
}
