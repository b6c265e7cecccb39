using ModelVault.Planning;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>The primary key or an index, held against one query's conditions: which it answers, and how.</summary>
internal readonly struct KeyCandidate
{
    private readonly CollectionLayout _layout;
    private readonly Conjunction _conditions;

    public KeyCandidate(CollectionLayout layout, IndexLayout? index, Conjunction conditions)
    {
        _layout = layout;
        _conditions = conditions;
        Index = index;
        Missing = index is null || index.Conditions.IsEmpty ? null : PartialIndex.Missing(index, conditions);
        Match = conditions.Shapes.Length == 0 || Missing is not null ? default : IndexMatcher.Match(Parts, conditions.Shapes);
    }

    /// <summary>The condition of a partial index that does not follow from the query's, so that it may lack records; else null.</summary>
    public ResolvedCondition? Missing { get; }

    /// <summary>Whether it finds fewer records than there are: by conditions that it serves, or because it holds only those asked for.</summary>
    public bool IsServed => Match.IsServed || (Index is { Conditions.IsEmpty: false } && Missing is null);

    /// <summary>Whether every record that the query asks for can be found by it.</summary>
    public bool IsComplete => Missing is null && (Match.IsServed || Index is not { IsMultiEntry: true });

    /// <summary>The index, or null for the primary key.</summary>
    public IndexLayout? Index { get; }

    public IndexMatch Match { get; }

    /// <summary>The components as they are matched.</summary>
    public KeyPart[] Parts => Index?.Parts ?? _layout.KeyParts;

    /// <summary>The components' dotted paths.</summary>
    public string[] Paths => Index?.Paths ?? _layout.KeyPaths;

    /// <summary>The primary key's dotted paths.</summary>
    public string[] KeyPaths => _layout.KeyPaths;

    /// <summary>Whether every component is fixed, the last one perhaps to one of several values.</summary>
    public bool IsLookup => Match.Equalities == Parts.Length || (Match.Equalities == Parts.Length - 1 && Match.Last == ConditionClass.Values);

    /// <summary>Whether at most one record can be there.</summary>
    public bool IsSingle => Match.Equalities == Parts.Length && (Index is null || (Index.Schema.IsUnique && !Index.IsMultiEntry && !AsksForNull()));

    /// <summary>The conditions that the intervals answer exactly: those of the fixed components, then those on the one behind them.</summary>
    public ulong Served()
    {
        ulong served = 0;
        for (int i = 0; i < Match.Equalities; i++) served |= 1UL << Position(i, ConditionClass.Equality);
        if (Match.Last == ConditionClass.Values) served |= 1UL << Position(Match.Equalities, ConditionClass.Values);
        if (Match.Last != ConditionClass.Range) return served;
        for (int i = Position(Match.Equalities, ConditionClass.Range); i >= 0; i = Position(Match.Equalities, ConditionClass.Range, i + 1)) served |= 1UL << i;
        return served;
    }

    /// <summary>The way by this key to the records that meet its conditions.</summary>
    public AccessPath ToPath(ScanOrder? order)
    {
        ulong served = Served();
        return new AccessPath
        {
            Kind = (Index, Match.IsServed) switch
            {
                (null, false) => PlanNodeKind.CollectionScan,
                (null, true) => IsLookup ? PlanNodeKind.KeyLookup : PlanNodeKind.KeyRange,
                (_, true) when IsLookup => PlanNodeKind.IndexLookup,
                _ => PlanNodeKind.IndexRange,
            },
            Index = Index,
            Ranges = Match.IsServed ? new KeyIntervals(_layout, Index, Match, _conditions).ToRanges() : AccessPath.Everything,
            Conditions = _conditions,
            Served = served,
            Answered = _conditions.Answered(served) | (Index is { Conditions.IsEmpty: false } ? PartialIndex.Answered(Index, _conditions) : 0),
            OwnOrder = order,
        };
    }

    private int Position(int component, ConditionClass conditionClass, int from = 0) => _conditions.IndexOf(Parts[component], conditionClass, Match.Item, from);

    private bool AsksForNull()
    {
        for (int i = 0; i < Match.Equalities; i++)
            if (_conditions.Condition(Position(i, ConditionClass.Equality)).Operator == FilterOperator.IsNull) return true;
        return false;
    }
}
