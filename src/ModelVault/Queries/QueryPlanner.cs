using ModelVault.Planning;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// Chooses how a query reaches its records: the key or index that answers the most conditions, an order served by it before
/// one that is not, and an index that only serves the order where none answers a condition. What is not answered is filtered
/// and sorted afterwards, so the choice can cost time but never change the result.
/// </summary>
internal static class QueryPlanner
{
    public static AccessPath Plan(CollectionLayout layout, IEnumerable<IndexLayout> indexes, in QuerySpec spec)
    {
        List<VaultFilter> conjuncts = [];
        Flatten(spec.Filter, conjuncts);
        List<IFieldCondition> conditions = [.. conjuncts.OfType<IFieldCondition>()];
        List<ConditionShape> shapes = [.. conditions.Select(c => new ConditionShape(c.Field.Path.ToString(), Classify(c)))];
        List<OrderTerm> terms = RemainingTerms(spec, shapes);

        KeyCandidate best = new(null, layout.Key, layout.KeyPaths, conditions, shapes);
        ScanOrder? bestOrder = OrderMatcher.Match(best, terms, layout, spec.IsReversed);
        foreach (IndexLayout index in indexes)
        {
            KeyCandidate candidate = new(index, index.Components, index.Paths, conditions, shapes);
            ScanOrder? order = OrderMatcher.Match(candidate, terms, layout, spec.IsReversed);
            if (Score(candidate, order, terms) <= Score(best, bestOrder, terms)) continue;
            best = candidate;
            bestOrder = order;
        }

        return Describe(best, bestOrder, terms, conjuncts, spec);
    }

    // Single records first, then by how far the conditions are answered, then by whether the order is.
    private static int Score(KeyCandidate candidate, ScanOrder? order, List<OrderTerm> terms)
    {
        bool orders = order is not null && (terms.Count > 0 || candidate.Match.IsServed);
        int single = candidate.IsSingle ? 1000 : 0;
        return single + candidate.Match.Rank * 2 + (orders ? 1 : 0);
    }

    private static AccessPath Describe(KeyCandidate candidate, ScanOrder? order, List<OrderTerm> terms, List<VaultFilter> conjuncts, in QuerySpec spec)
    {
        bool isLookup = candidate.IsFull || (candidate.Match.Last == ConditionClass.Values && candidate.Match.Equalities == candidate.Paths.Count - 1);
        PlanNodeKind kind = (candidate.Index, candidate.Match.IsServed) switch
        {
            (null, false) => PlanNodeKind.CollectionScan,
            (null, true) => isLookup ? PlanNodeKind.KeyLookup : PlanNodeKind.KeyRange,
            (_, true) when isLookup => PlanNodeKind.IndexLookup,
            _ => PlanNodeKind.IndexRange,
        };
        return new AccessPath
        {
            Kind = kind,
            Index = candidate.Index,
            Ranges = candidate.Match.IsServed ? candidate.Ranges() : [KeyRange.All],
            Order = order ?? ScanOrder.Forward,
            Served = candidate.Served,
            Residual = [.. conjuncts.Where(c => c is not IFieldCondition f || !candidate.Served.Contains(f))],
            Sort = order is null ? terms : [],
            SortByKey = order is null && terms.Count == 0,
            KeyDescends = spec.IsReversed,
        };
    }

    private static void Flatten(VaultFilter? filter, List<VaultFilter> conjuncts)
    {
        if (filter is IConjunction both)
        {
            Flatten(both.Left, conjuncts);
            Flatten(both.Right, conjuncts);
        }
        else if (filter is not null)
        {
            conjuncts.Add(filter);
        }
    }

    private static ConditionClass Classify(IFieldCondition condition)
    {
        if (!condition.Field.IsIndexable || !condition.IsServable) return ConditionClass.None;
        return condition.Operator switch
        {
            FilterOperator.Equal or FilterOperator.IsNull => ConditionClass.Equality,
            FilterOperator.In => ConditionClass.Values,
            FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater or FilterOperator.GreaterOrEqual or FilterOperator.StartsWith => ConditionClass.Range,
            _ => ConditionClass.None,
        };
    }

    // A field fixed to one value orders nothing; a second mention of a field neither.
    private static List<OrderTerm> RemainingTerms(in QuerySpec spec, List<ConditionShape> shapes)
    {
        List<OrderTerm> terms = [];
        foreach (OrderTerm term in spec.Terms())
        {
            string path = term.Field.Path.ToString();
            bool isFixed = term.Field.IsIndexable && shapes.Exists(s => s.Class == ConditionClass.Equality && s.Path == path);
            if (!isFixed && !terms.Exists(t => t.Field.Path.Equals(term.Field.Path))) terms.Add(term);
        }

        return terms;
    }
}
