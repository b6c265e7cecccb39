using System.Globalization;
using ModelVault.Planning;

namespace ModelVault;

/// <summary>Keeps what the planner considers and says why it was chosen or not, for <see cref="QueryPlan.Considered"/>.</summary>
internal sealed class PlanLog
{
    /// <summary>What the primary key is called.</summary>
    public const string PrimaryKey = "primary key";

    /// <summary>What reading everything is called.</summary>
    public const string EveryRecord = "every record";

    private readonly List<(string Name, AccessPath? Path, string Reason)> _seen = [];

    /// <summary>What was considered, what was chosen first.</summary>
    public IReadOnlyList<PlanCandidate> Candidates { get; private set; } = [];

    /// <summary>A way that can be gone.</summary>
    public void Add(string name, AccessPath path) => _seen.Add((name, path, ""));

    /// <summary>A key that serves no condition and not the order either.</summary>
    public void Reject(in KeyCandidate candidate, Conjunction conditions, OrderTerm[] terms)
    {
        if (candidate.Missing is { } missing)
        {
            _seen.Add((candidate.Index!.Schema.Name, null, $"partial; its condition {missing} does not follow"));
            return;
        }

        KeyPart first = candidate.Parts[0];
        VaultFilter? unserved = conditions.On(first.Path).FirstOrDefault();
        string reason = unserved is not null ? $"it can't look up {unserved}"
            : conditions.Conjuncts.Length > 0 || terms.Length == 0 ? $"no condition on its first field '{first.Path}'"
            : "its order is not the one asked for";
        _seen.Add((candidate.Index?.Schema.Name ?? PrimaryKey, null, reason));
    }

    /// <summary>A condition that is an <c>||</c> with a side that nothing serves.</summary>
    public void RejectUnion(VaultFilter filter) => _seen.Add((filter.ToString()!, null, "nothing serves each side of it"));

    /// <summary>What was chosen, which gives all others their reasons.</summary>
    public void Choose(AccessPath chosen, Cardinality cardinality)
    {
        bool isServed = _seen.Exists(static s => s.Path is { Kind: not PlanNodeKind.CollectionScan });
        List<PlanCandidate> candidates = [];
        foreach ((string name, AccessPath? path, string reason) in _seen)
        {
            if (ReferenceEquals(path, chosen)) candidates.Insert(0, new PlanCandidate(name, true, ReasonFor(chosen, isServed, cardinality)));
            else candidates.Add(new PlanCandidate(name, false, path is null ? reason : ReasonAgainst(path, chosen)));
        }

        Candidates = candidates;
    }

    /// <summary>What a union is called: after its keys.</summary>
    public static string NameOf(AccessPath path) =>
        path.Inputs.Length == 0 || !path.HasInputs ? path.Index?.Schema.Name ?? PrimaryKey : string.Join(" or ", path.Inputs.Select(NameOf).Distinct(StringComparer.Ordinal));

    private static string ReasonFor(AccessPath chosen, bool isServed, Cardinality cardinality)
    {
        if (chosen.IsSingle) return "finds one record at most";
        string rows = $"about {Rows(chosen.Rows)}";
        return chosen.Kind switch
        {
            _ when chosen.CountedComponents > 0 => $"holds the records group by group, {rows}",
            PlanNodeKind.CollectionScan when isServed => $"reading all {Number(cardinality.Total)} records in one go costs less",
            PlanNodeKind.CollectionScan => chosen.Conditions.Conjuncts.Length == 0 ? "every record is asked for" : "no key or index answers a condition",
            PlanNodeKind.IndexUnion => $"answers each side of ||, {rows}",
            PlanNodeKind.IndexIntersection => $"only records that are in all of them are fetched, {rows}",
            _ when chosen.Inputs.Length > 0 => $"answers each side of ||, {rows}",
            _ when chosen.Served == 0 && chosen.OwnOrder is null => $"partial; holds only records asked for, {rows}",
            _ when chosen.Served == 0 => "delivers the order asked for",
            _ => $"answers {Conditions(System.Numerics.BitOperations.PopCount(chosen.Served))}{(chosen.OwnOrder is null ? "" : " in the order asked for")}, {rows}",
        };
    }

    private static string ReasonAgainst(AccessPath path, AccessPath chosen)
    {
        if (path.Kind == PlanNodeKind.CollectionScan) return $"reads all {Number(path.Rows)} records";
        if (chosen.IsSingle) return "one record at most is found at once";
        return path.Rows > chosen.Rows && chosen.Kind != PlanNodeKind.CollectionScan ? $"about {Rows(path.Rows)} against {Number(chosen.Rows)}"
            : path.OwnOrder is null && chosen.OwnOrder is not null && chosen.Kind != PlanNodeKind.CollectionScan ? $"about {Rows(path.Rows)}, in another order"
            : $"about {Rows(path.Rows)}, but fetching each costs more";
    }

    private static string Conditions(int count) => count == 1 ? "1 condition" : string.Create(CultureInfo.InvariantCulture, $"{count} conditions");

    /// <summary>How many rows, in words.</summary>
    public static string Rows(double count) => $"{Number(count)} {(Math.Round(count) == 1 ? "row" : "rows")}";

    private static string Number(double rows) => Math.Round(rows).ToString("N0", CultureInfo.InvariantCulture);
}
