using ModelVault.Runtime;

namespace ModelVault;

/// <summary>In which order an access path delivers records.</summary>
internal enum ScanOrder
{
    /// <summary>Ascending by components, then by primary key.</summary>
    Forward,

    /// <summary>Descending by both.</summary>
    Backward,

    /// <summary>Descending by components, records with equal ones ascending by primary key.</summary>
    BackwardByValue,
}

/// <summary>How the records of a query are reached, and what is left to do with them.</summary>
internal sealed class AccessPath
{
    /// <summary>KeyLookup, KeyRange, IndexLookup, IndexRange or CollectionScan.</summary>
    public required PlanNodeKind Kind { get; init; }

    /// <summary>The index, or null for the primary key.</summary>
    public IndexLayout? Index { get; init; }

    /// <summary>The intervals to read, ascending and apart. For a <see cref="PlanNodeKind.KeyLookup"/> their starts are the keys.</summary>
    public required KeyRange[] Ranges { get; init; }

    public ScanOrder Order { get; init; }

    /// <summary>The conditions that the intervals answer.</summary>
    public IReadOnlyList<IFieldCondition> Served { get; init; } = [];

    /// <summary>The conditions to be checked on each record.</summary>
    public VaultFilter[] Residual { get; init; } = [];

    /// <summary>The terms to sort by, or empty where the path delivers the order asked for.</summary>
    public OrderTerm[] Sort { get; init; } = [];

    /// <summary>Whether records must be put into primary-key order: the query asks for no other, and the path delivers another.</summary>
    public bool SortByKey { get; init; }

    /// <summary>Whether the primary key, as the last term, descends.</summary>
    public bool KeyDescends { get; init; }
}
