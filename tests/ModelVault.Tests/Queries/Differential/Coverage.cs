namespace ModelVault.Tests.Queries.Differential;

/// <summary>How many queries were asked, and by which plans they were answered.</summary>
internal sealed class Coverage
{
    private readonly SortedDictionary<string, int> _questions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _indexes = new(StringComparer.Ordinal);

    public long Queries { get; private set; }

    /// <summary>How many plans were looked at.</summary>
    public int Plans { get; private set; }

    public IEnumerable<string> Kinds => _kinds.Select(static k => $"{k.Key} {k.Value}");

    public IEnumerable<string> Questions => _questions.Select(static q => $"{q.Key} {q.Value}");

    public IEnumerable<string> Indexes => _indexes.Select(static i => $"{i.Key} {i.Value}");

    public void Count(string question)
    {
        Queries++;
        _questions[question] = _questions.GetValueOrDefault(question) + 1;
    }

    public void Look(QueryPlan plan)
    {
        Plans++;
        Count(plan.Access);
        for (PlanNode? node = plan.Root; node is not null && node != plan.Access; node = node.Input) CountKind(node.Kind.ToString());
    }

    /// <summary>Of a query for some fields: whether an index alone answers it.</summary>
    public void LookWhetherCovered(QueryPlan plan)
    {
        if (plan.Access.Detail.EndsWith(", covered", StringComparison.Ordinal)) CountKind("covered");
    }

    public int Of(PlanNodeKind kind) => _kinds.GetValueOrDefault(kind.ToString());

    public int OfCovered => _kinds.GetValueOrDefault("covered");

    public int OfIndex(string name) => _indexes.GetValueOrDefault(name);

    private void Count(PlanNode access)
    {
        CountKind(access.Kind.ToString());
        if (access.Index is { } index) _indexes[index] = _indexes.GetValueOrDefault(index) + 1;
        foreach (PlanNode input in access.Inputs) Count(input);
    }

    private void CountKind(string kind) => _kinds[kind] = _kinds.GetValueOrDefault(kind) + 1;
}
