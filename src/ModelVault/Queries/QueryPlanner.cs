using ModelVault.Planning;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// Chooses how a query reaches its records: the key or index that answers the most conditions, an order served by it before
/// one that is not, and an index that only serves the order where none answers a condition. What is not answered is filtered
/// and sorted afterwards, so the choice can cost time but never change the result.
/// </summary>
/// <remarks>Every query is planned anew, so candidates are compared without allocating; only the chosen one is spelled out.</remarks>
internal static class QueryPlanner
{
    private static readonly KeyRange[] Everything = [KeyRange.All];

    public static AccessPath Plan(CollectionLayout layout, ReadOnlySpan<IndexLayout> indexes, in QuerySpec spec)
    {
        Conjunction conditions = Conjunction.Of(spec.Filter);
        OrderTerm[] terms = RemainingTerms(spec, conditions);

        KeyCandidate best = new(layout, null, conditions);
        ScanOrder? bestOrder = OrderMatcher.Match(best, terms, spec.IsReversed);
        foreach (IndexLayout index in indexes)
        {
            if (!index.IsPlain) continue;
            KeyCandidate candidate = new(layout, index, conditions);
            ScanOrder? order = OrderMatcher.Match(candidate, terms, spec.IsReversed);
            if (Score(candidate, order, terms) <= Score(best, bestOrder, terms)) continue;
            best = candidate;
            bestOrder = order;
        }

        return Describe(best, bestOrder, terms, conditions, spec);
    }

    // Single records first, then by how far the conditions are answered, then by whether the order is.
    private static int Score(in KeyCandidate candidate, ScanOrder? order, OrderTerm[] terms)
    {
        bool orders = order is not null && (terms.Length > 0 || candidate.Match.IsServed);
        int single = candidate.IsSingle ? 1000 : 0;
        return single + candidate.Match.Rank * 2 + (orders ? 1 : 0);
    }

    private static AccessPath Describe(in KeyCandidate candidate, ScanOrder? order, OrderTerm[] terms, Conjunction conditions, in QuerySpec spec)
    {
        PlanNodeKind kind = (candidate.Index, candidate.Match.IsServed) switch
        {
            (null, false) => PlanNodeKind.CollectionScan,
            (null, true) => candidate.IsLookup ? PlanNodeKind.KeyLookup : PlanNodeKind.KeyRange,
            (_, true) when candidate.IsLookup => PlanNodeKind.IndexLookup,
            _ => PlanNodeKind.IndexRange,
        };
        List<IFieldCondition> served = candidate.Served();
        return new AccessPath
        {
            Kind = kind,
            Index = candidate.Index,
            Ranges = candidate.Match.IsServed ? candidate.Ranges(served) : Everything,
            Order = order ?? ScanOrder.Forward,
            Served = served,
            Residual = conditions.Without(served),
            Sort = order is null ? terms : [],
            SortByKey = order is null && terms.Length == 0,
            KeyDescends = spec.IsReversed,
        };
    }

    // A field fixed to one value orders nothing; a second mention of a field neither.
    private static OrderTerm[] RemainingTerms(in QuerySpec spec, Conjunction conditions)
    {
        OrderTerm[] terms = spec.Terms();
        int kept = 0;
        foreach (OrderTerm term in terms)
            if (!conditions.Fixes(term.Field) && !Mentions(terms.AsSpan(0, kept), term)) terms[kept++] = term;
        return kept == terms.Length ? terms : terms[..kept];
    }

    private static bool Mentions(ReadOnlySpan<OrderTerm> terms, OrderTerm wanted)
    {
        foreach (OrderTerm term in terms)
            if (term.Field.Path.Equals(wanted.Field.Path)) return true;
        return false;
    }
}
