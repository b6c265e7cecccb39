namespace ModelVault;

/// <summary>Finds ways to the primary keys of the records that meet a conjunction or one of several, without fetching any.</summary>
internal readonly ref struct KeySetPlanner(CollectionLayout layout, ReadOnlySpan<IndexLayout> indexes, Cardinality cardinality)
{
    private readonly ReadOnlySpan<IndexLayout> _indexes = indexes;

    /// <summary>
    /// A way to the keys of the records that meet a conjunct which is an <c>||</c>: each of its sides by the key or index that
    /// serves it best. Null where one side is served by none.
    /// </summary>
    public AccessPath? Union(Conjunction conditions, int conjunct)
    {
        List<VaultFilter> sides = [];
        AddSides(conditions.Conjuncts[conjunct], sides);
        AccessPath[] inputs = new AccessPath[sides.Count];
        bool isExact = true;
        double rows = 0;
        for (int i = 0; i < inputs.Length; i++)
        {
            Conjunction side = Conjunction.Within(conditions, sides[i]);
            if (Cheapest(side) is not { } path) return null;
            inputs[i] = path;
            rows += path.Rows;
            isExact &= side.OwnCount < 64 && (~path.Answered & ((1UL << side.OwnCount) - 1)) == 0;
        }

        ulong answered = isExact && conjunct < 64 ? 1UL << conjunct : 0;
        return KeyRangeUnion.TryMerge(inputs, conditions, answered, rows) ?? new AccessPath
        {
            Kind = PlanNodeKind.IndexUnion,
            Inputs = inputs,
            Conditions = conditions,
            Answered = answered,
            Rows = Math.Min(rows, cardinality.Total),
        };
    }

    /// <summary>What collecting the keys costs.</summary>
    public static double CostOf(AccessPath path)
    {
        if (!path.HasInputs) return (path.Ranges.Length * PlanCosts.Seek) + (path.Rows * ((path.IsIndexed ? PlanCosts.Entry : PlanCosts.ScannedRecord) + PlanCosts.CollectedKey));
        double cost = 0;
        foreach (AccessPath input in path.Inputs) cost += CostOf(input);
        return cost;
    }

    private AccessPath? Cheapest(Conjunction conditions)
    {
        AccessPath? best = null;
        Consider(null, conditions, ref best);
        foreach (IndexLayout index in _indexes) Consider(index, conditions, ref best);
        if (!conditions.HasDisjunction) return best;
        for (int i = 0; i < conditions.Conjuncts.Length; i++)
        {
            if (conditions.Conjuncts[i] is IDisjunction && Union(conditions, i) is { } union && (best is null || CostOf(union) < CostOf(best))) best = union;
        }

        return best;
    }

    private void Consider(IndexLayout? index, Conjunction conditions, ref AccessPath? best)
    {
        KeyCandidate candidate = new(layout, index, conditions);
        if (!candidate.IsComplete || !candidate.IsServed) return;
        AccessPath path = candidate.ToPath(null);
        path.Rows = candidate.IsSingle ? 1 : cardinality.RowsOf(path);
        if (best is null || CostOf(path) < CostOf(best)) best = path;
    }

    private static void AddSides(VaultFilter filter, List<VaultFilter> sides)
    {
        if (filter is IDisjunction either)
        {
            AddSides(either.Left, sides);
            AddSides(either.Right, sides);
        }
        else
        {
            sides.Add(filter);
        }
    }
}
