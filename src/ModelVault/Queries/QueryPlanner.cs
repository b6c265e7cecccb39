using System.Numerics;
using ModelVault.Planning;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// Chooses how a query reaches its records, by what each way is likely to cost: the primary key, an index that answers
/// conditions or delivers the order, several indexes whose keys are united or intersected, or every record. What is not
/// answered is filtered and sorted afterwards, so the choice can cost time but never change the result.
/// </summary>
/// <remarks>
/// Every query is planned anew, on the trees it is about to read. Where one record at most can be meant nothing is estimated.
/// </remarks>
internal ref struct QueryPlanner
{
    // Below, reading everything is cheap whatever is chosen; so an index is used where there is one, and a plan seen in
    // development is the one that production will have.
    private const int SmallCollection = 512;

    // What is cheaper than fetching some dozens of records is not worth thinking longer about.
    private const double CheapEnough = 40 * PlanCosts.FetchedRecord;

    private readonly CollectionLayout _layout;
    private readonly ReadOnlySpan<IndexLayout> _indexes;
    private readonly CollectionBinding _binding;
    private readonly Cardinality _cardinality;
    private readonly QuerySpec _spec;
    private readonly Conjunction _conditions;
    private readonly OrderTerm[] _terms;
    private readonly PlanLog? _log;
    private readonly List<AccessPath> _paths = [];
    private ScanOrder? _keyOrder;
    private AccessPath? _single;

    private QueryPlanner(CollectionLayout layout, CollectionBinding binding, in QuerySpec spec, PlanLog? log)
    {
        _layout = layout;
        _indexes = binding.Entry is null ? layout.Indexes.AsSpan() : binding.IndexLayouts;
        _binding = binding;
        _cardinality = new Cardinality(binding);
        _spec = spec;
        _conditions = Conjunction.Of(spec.Filter);
        _terms = RemainingTerms(spec, _conditions);
        _log = log;
    }

    /// <summary>The way to the records of a query.</summary>
    /// <param name="layout">The collection.</param>
    /// <param name="binding">The trees that will be read. For a collection that is not in the file the plan is the one it would have.</param>
    /// <param name="spec">The query.</param>
    /// <param name="log">Is told of all that was considered; null where nobody asks.</param>
    public static AccessPath Plan(CollectionLayout layout, CollectionBinding binding, in QuerySpec spec, PlanLog? log = null)
    {
        QueryPlanner planner = new(layout, binding, spec, log);
        return planner.Finish(planner.Choose());
    }

    private AccessPath Choose()
    {
        if (_spec.CountsBy is { } field && GroupRuns.PathFor(_layout, _binding, _conditions, field) is { } runs)
        {
            runs.Rows = _cardinality.RowsOf(runs);
            _log?.Add(runs.Index!.Schema.Name, runs);
            _log?.Choose(runs, _cardinality);
            return runs;
        }

        Consider(null);
        if (_single is not null && _log is null) return _single;
        foreach (IndexLayout index in _indexes)
        {
            Consider(index);
            if (_single is not null && _log is null) return _single;
        }

        bool isLarge = _cardinality.IsKnown && _cardinality.Total >= SmallCollection;
        if (_paths.Count == 1 && _paths[0].IsServed && !isLarge && !_conditions.HasDisjunction && _log is null) return _paths[0];

        if (_log is null && _paths is [var only] && IsSurelyBest(only)) return only;

        foreach (AccessPath path in _paths) path.Rows = ReferenceEquals(path, _single) ? 1 : _cardinality.RowsOf(path);
        AccessPath? best = Cheapest();
        if (best is null || best.Cost > CheapEnough || _log is not null) best = Better(best, Intersection());
        if (best is null || best.Cost > CheapEnough || _log is not null || !_paths.Exists(static p => p.IsServed)) best = Unions(best);

        bool competes = isLarge || !_paths.Exists(static p => p.IsServed);
        AccessPath scan = Scan();
        _log?.Add(PlanLog.EveryRecord, scan);
        if (best is null || (competes && scan.Cost < best.Cost && !best.IsSingle)) best = scan;
        _log?.Choose(best, _cardinality);
        return best;
    }

    private void Consider(IndexLayout? index)
    {
        KeyCandidate candidate = new(_layout, index, _conditions);
        ScanOrder? order = OrderMatcher.Match(candidate, _terms, _spec.IsReversed);
        if (index is null) _keyOrder = order;
        bool isUseful = candidate.IsServed || (index is not null && order is not null && _terms.Length > 0);
        if (!candidate.IsComplete || !isUseful)
        {
            _log?.Reject(candidate, _conditions, _terms);
            return;
        }

        AccessPath path = candidate.ToPath(candidate.IsSingle ? ScanOrder.Forward : order);
        path.IsSingle = candidate.IsSingle;
        if (path.IsSingle) _single ??= path;
        _paths.Add(path);
        _log?.Add(index?.Schema.Name ?? PlanLog.PrimaryKey, path);
    }

    // The only way that narrows, with the few records asked for at its beginning, where all others would have to be sorted:
    // whatever the numbers are.
    private readonly bool IsSurelyBest(AccessPath path) =>
        path.IsServed && path.OwnOrder is not null && _keyOrder is null && !path.MustCollect && _conditions.IsAnswered(path.Answered) && !_conditions.HasDisjunction
        && (path.Ranges.Length * PlanCosts.Seek) + (((double)_spec.Skip + _spec.Take) * (PlanCosts.FetchedRecord + PlanCosts.Entry)) <= CheapEnough;

    private readonly AccessPath? Cheapest()
    {
        if (_single is not null)
        {
            foreach (AccessPath path in _paths) Weigh(path);
            return _single;
        }

        AccessPath? best = null;
        foreach (AccessPath path in _paths) best = Better(best, path);
        return best;
    }

    private readonly AccessPath? Better(AccessPath? best, AccessPath? path)
    {
        if (path is null) return best;
        Weigh(path);
        return best is null || (!best.IsSingle && path.Cost < best.Cost) ? path : best;
    }

    // Starts with the index that leaves the fewest records, and adds each that saves more fetches than it costs to read.
    private readonly AccessPath? Intersection()
    {
        List<AccessPath> served = [.. _paths.Where(static p => p.IsIndexed && p.Served != 0 && !p.IsSingle).OrderBy(static p => p.Rows)];
        if (served.Count < 2) return null;
        List<AccessPath> inputs = [served[0]];
        (ulong answers, ulong answered, double rows) = (served[0].Served, served[0].Answered, served[0].Rows);
        foreach (AccessPath path in served)
        {
            double left = rows * path.Rows / Math.Max(1, _cardinality.Total);
            if ((path.Served & answers) != 0 || KeySetPlanner.CostOf(path) > (rows - left) * PlanCosts.FetchedNeighbour) continue;
            inputs.Add(path);
            (answers, answered, rows) = (answers | path.Served, answered | path.Answered, left);
        }

        if (inputs.Count == 1) return null;
        AccessPath intersection = new() { Kind = PlanNodeKind.IndexIntersection, Inputs = [.. inputs], Conditions = _conditions, Answered = answered, Rows = rows };
        _log?.Add(string.Join(" and ", inputs.Select(static i => i.Index!.Schema.Name)), intersection);
        return intersection;
    }

    private readonly AccessPath? Unions(AccessPath? best)
    {
        if (!_conditions.HasDisjunction) return best;
        KeySetPlanner sets = new(_layout, _indexes, _cardinality);
        for (int i = 0; i < _conditions.Conjuncts.Length; i++)
        {
            if (_conditions.Conjuncts[i] is not IDisjunction) continue;
            AccessPath? union = sets.Union(_conditions, i);
            if (union is { HasInputs: false }) union.OwnOrder = union.Index is null ? _keyOrder : OrderMatcher.Match(new KeyCandidate(_layout, union.Index, Conjunction.Of(null)), _terms, _spec.IsReversed);
            if (union is null) _log?.RejectUnion(_conditions.Conjuncts[i]);
            else _log?.Add(PlanLog.NameOf(union), union);
            best = Better(best, union);
            if (union is not null) _paths.Add(union);
        }

        return best;
    }

    private readonly AccessPath Scan()
    {
        AccessPath scan = new() { Kind = PlanNodeKind.CollectionScan, Ranges = AccessPath.Everything, Conditions = _conditions, OwnOrder = _keyOrder, Rows = _cardinality.Total };
        Weigh(scan);
        return scan;
    }

    private readonly void Weigh(AccessPath path)
    {
        path.IsCovered = IsCoveredBy(path);
        double passing = path.Rows * ShareLeft(path.Answered);
        double wanted = _spec.IsLimited ? (double)_spec.Skip + _spec.Take : double.PositiveInfinity;
        bool collects = Collects(path), sorts = (collects ? _keyOrder : path.OwnOrder) is null;

        // Where nothing has to be sorted, reading ends with the last record asked for.
        double read = sorts ? path.Rows : path.Rows * Math.Min(1, wanted / Math.Max(passing, 1e-3));
        double cost = collects ? KeySetPlanner.CostOf(path) : path.Ranges.Length * PlanCosts.Seek;
        if (path.IsIndexed && !collects) cost += read * PlanCosts.Entry;
        if (!path.IsCovered && !(_spec.IsKeysOnly && _conditions.IsAnswered(path.Answered))) cost += read * CostOfRecord(path, collects);
        cost += (read + 1) * (_conditions.Conjuncts.Length - BitOperations.PopCount(path.Answered)) * PlanCosts.CheckedCondition;
        if (sorts) cost += PlanCosts.Sort(passing, wanted);
        path.PassingRows = passing;
        path.Cost = cost;
    }

    private static double CostOfRecord(AccessPath path, bool collects) => path.Kind switch
    {
        PlanNodeKind.CollectionScan or PlanNodeKind.KeyRange => PlanCosts.ScannedRecord,
        _ => collects ? PlanCosts.FetchedNeighbour : PlanCosts.FetchedRecord,
    };

    // Entries in an order that is not asked for: their keys are collected first where the order is the primary key's.
    private readonly bool Collects(AccessPath path) => path.MustCollect || (path.Index is not null && path.OwnOrder is null && _keyOrder is not null && !path.IsCovered);

    // Entries hold all that is read: then they are sorted themselves where that has to be.
    private readonly bool IsCoveredBy(AccessPath path)
    {
        if (path.Index?.Cut is not { } cut || path.MustCollect || path.OwnOrder == ScanOrder.BackwardByValue || (_spec.Reads is null && !_spec.IsKeysOnly)) return false;
        foreach (FieldInfo field in _spec.Reads ?? [])
            if (!cut.Holds(field.Path)) return false;
        for (int i = 0; i < _conditions.Conjuncts.Length; i++)
            if (!Masks.Has(path.Answered, i) && !_conditions.Conjuncts[i].ReadsOnly(cut)) return false;
        if (path.OwnOrder is not null) return true;
        foreach (OrderTerm term in _terms)
            if (!cut.Holds(term.Field.Path)) return false;
        return true;
    }

    // The share of records that pass the conjuncts which a path leaves unanswered. An index that answers one of them alone knows.
    private readonly double ShareLeft(ulong answered)
    {
        double share = 1;
        for (int i = 0; i < _conditions.Conjuncts.Length; i++)
        {
            if (Masks.Has(answered, i)) continue;
            share *= PathOf(i) is not { } known ? Selectivity.Of(_conditions.Conjuncts[i]) : Math.Min(1, known.Rows / Math.Max(1, _cardinality.Total));
        }

        return share;
    }

    // One that answers this conjunct and no other.
    private readonly AccessPath? PathOf(int conjunct)
    {
        foreach (AccessPath path in _paths)
            if (Masks.Has(path.Answered, conjunct) && BitOperations.IsPow2(path.Answered)) return path;
        return null;
    }

    // Where a page begins is no condition: its place is found by the order.
    private readonly bool HasConditions => _conditions.Conjuncts.Length > (_spec.After is null ? 0 : 1);

    private readonly AccessPath Finish(AccessPath path)
    {
        ScanOrder? order = path.OwnOrder;
        path.KeyDescends = _spec.IsReversed;
        path.IsCovered = IsCoveredBy(path);
        if (Collects(path))
        {
            path.SortByKey = true;
            order = _keyOrder is null ? null : ScanOrder.Forward;
            if (_keyOrder is { } keyOrder) path.KeyDescends = keyOrder == ScanOrder.Backward;
        }

        path.Order = order ?? ScanOrder.Forward;
        path.Sort = order is null ? _terms : [];
        path.SortsRecords = order is null;
        path.IsUnserved = path.Kind == PlanNodeKind.CollectionScan && !_paths.Exists(static p => p.IsServed) && (HasConditions || (path.SortsRecords && _spec.IsLimited));
        path.Residual = _conditions.Without(path.Answered);

        // Of single keys those before a page's cursor are looked at all the same.
        if (_spec.After is { } after && !path.HasInputs && path.Kind != PlanNodeKind.KeyLookup) path.Ranges = PageSeek.Narrow(path.Ranges, path.Index, after);
        return path;
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
