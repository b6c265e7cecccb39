using ModelVault.Storage;

namespace ModelVault;

/// <summary>A collection's trees as one source (a snapshot or a transaction) sees them.</summary>
internal sealed class CollectionBinding
{
    public CollectionBinding(TreeSource source, ulong catalogId, CatalogEntry? entry, bool isOutdated, Tree? primary, IndexBinding[] indexes, KeySequence? sequence = null)
    {
        Source = source;
        _rollbacks = source is WriteTransaction transaction ? transaction.RollbackCount : 0;
        CatalogId = catalogId;
        Entry = entry;
        IsOutdated = isOutdated;
        Primary = primary;
        Indexes = indexes;
        Sequence = sequence;
        IndexLayouts = Array.ConvertAll(indexes, static i => i.Layout);
    }

    public TreeSource Source { get; }

    // A savepoint that the transaction has gone back to since may have taken the entry or a tree with it.
    private readonly int _rollbacks;

    /// <summary>Whether it still holds for its source.</summary>
    public bool IsCurrent => Source is not WriteTransaction transaction || transaction.RollbackCount == _rollbacks;

    /// <summary>The content of the catalog that the entry was read from.</summary>
    public ulong CatalogId { get; }

    /// <summary>The catalog's entry, or null where the collection is not in the file yet.</summary>
    public CatalogEntry? Entry { get; }

    /// <summary>Whether the collection is in the file under another schema than the model's.</summary>
    public bool IsOutdated { get; }

    /// <summary>The records, or null where the collection is not in the file yet.</summary>
    public Tree? Primary { get; }

    /// <summary>The indexes that are there, in the schema's order.</summary>
    public IndexBinding[] Indexes { get; }

    /// <summary>The numbers of the auto-increment key; null where the key is none, and where nothing can be written.</summary>
    public KeySequence? Sequence { get; }

    /// <summary>The layouts of the indexes that are there.</summary>
    public IndexLayout[] IndexLayouts { get; }

    /// <summary>The same trees, for one reading of which the pages are noted.</summary>
    public CollectionBinding Observed(PageVisits visits) => new(Source, CatalogId, Entry, IsOutdated, Primary?.Observed(visits), Array.ConvertAll(Indexes, i => i with { Tree = i.Tree.Observed(visits) }));

    /// <summary>Room for a record's entries before and after a write. One flow at a time writes.</summary>
    public (IndexEntries Before, IndexEntries After) Scratch => _scratch ??= (new IndexEntries(), new IndexEntries());

    private (IndexEntries, IndexEntries)? _scratch;

    /// <summary>The index with a layout that is one of <see cref="IndexLayouts"/>.</summary>
    public IndexBinding IndexOf(IndexLayout layout) => Indexes[Array.IndexOf(IndexLayouts, layout)];
}

/// <summary>An index and its tree.</summary>
/// <param name="Layout">How its entries are made.</param>
/// <param name="Tree">Its entries.</param>
internal readonly record struct IndexBinding(IndexLayout Layout, Tree Tree);
