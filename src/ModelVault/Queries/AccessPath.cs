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
    /// <summary>The intervals of a path that answers nothing.</summary>
    public static readonly KeyRange[] Everything = [KeyRange.All];

    /// <summary>KeyLookup, KeyRange, IndexLookup, IndexRange, IndexUnion, IndexIntersection or CollectionScan.</summary>
    public required PlanNodeKind Kind { get; init; }

    /// <summary>The index, or null for the primary key and for what has inputs.</summary>
    public IndexLayout? Index { get; init; }

    /// <summary>The intervals to read, ascending and apart. For a <see cref="PlanNodeKind.KeyLookup"/> their starts are the keys.</summary>
    public KeyRange[] Ranges { get; set; } = [];

    /// <summary>The paths whose keys are united or intersected; of a path with an index or key of its own, those whose intervals it reads together.</summary>
    public AccessPath[] Inputs { get; init; } = [];

    /// <summary>The conditions that <see cref="Served"/> counts in.</summary>
    public required Conjunction Conditions { get; init; }

    /// <summary>Which of the conditions narrow the intervals.</summary>
    public ulong Served { get; init; }

    /// <summary>Which of the query's conjuncts need not be checked on the records.</summary>
    public ulong Answered { get; set; }

    /// <summary>The way to read it so that the query's order holds, or null where there is none.</summary>
    public ScanOrder? OwnOrder { get; set; }

    /// <summary>Whether it finds one record at most, whatever is in the collection.</summary>
    public bool IsSingle { get; set; }

    /// <summary>How many entries or records are likely to be read.</summary>
    public double Rows { get; set; }

    /// <summary>How many of them are likely to pass the residual.</summary>
    public double PassingRows { get; set; }

    /// <summary>What reading it costs, in the unit of <see cref="PlanCosts"/>.</summary>
    public double Cost { get; set; }

    public ScanOrder Order { get; set; }

    /// <summary>The conditions to be checked on each record.</summary>
    public VaultFilter[] Residual { get; set; } = [];

    /// <summary>The terms to sort by, or empty where the path delivers the order asked for.</summary>
    public OrderTerm[] Sort { get; set; } = [];

    /// <summary>Whether all primary keys are collected first and the records fetched in their order.</summary>
    public bool SortByKey { get; set; }

    /// <summary>Whether the primary key, as the last term, descends.</summary>
    public bool KeyDescends { get; set; }

    /// <summary>Whether the index's entries hold all that is read of a record, so that none is fetched.</summary>
    public bool IsCovered { get; set; }

    /// <summary>How many of the index's first components make a group whose entries are only counted; 0 where records are read.</summary>
    public int CountedComponents { get; set; }

    /// <summary>Whether records are sorted: by <see cref="Sort"/>, or, where the index covers them, by their keys.</summary>
    public bool SortsRecords { get; set; }

    /// <summary>Whether everything is read because nothing answers the query's conditions, or delivers the first records of its order.</summary>
    public bool IsUnserved { get; set; }

    /// <summary>Whether it narrows what is read.</summary>
    public bool IsServed => Served != 0 || Inputs.Length > 0 || Index is { Conditions.IsEmpty: false };

    /// <summary>Whether it finds records by the entries of indexes.</summary>
    public bool IsIndexed => Kind is PlanNodeKind.IndexLookup or PlanNodeKind.IndexRange or PlanNodeKind.IndexUnion or PlanNodeKind.IndexIntersection;

    /// <summary>Whether it is put together from others, by their primary keys.</summary>
    public bool HasInputs => Kind is PlanNodeKind.IndexUnion or PlanNodeKind.IndexIntersection;

    /// <summary>Whether it may come upon a record more than once, or upon keys in no order: then they are collected first, whatever the order.</summary>
    public bool MustCollect => HasInputs || (Index is { IsMultiEntry: true } && (Kind != PlanNodeKind.IndexLookup || Ranges.Length > 1));

    /// <summary>The conditions it answers, as in C#.</summary>
    public string Describe() => Inputs.Length == 0
        ? Conditions.Describe(Served)
        : string.Join(Kind == PlanNodeKind.IndexIntersection ? " && " : " || ", Inputs.Select(static i => i.Describe()));
}
