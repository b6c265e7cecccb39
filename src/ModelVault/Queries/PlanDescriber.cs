using System.Globalization;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Makes the structured plan of an access path.</summary>
internal static class PlanDescriber
{
    public static QueryPlan Describe(AccessPath path, in QuerySpec spec, string? projection, string collection)
    {
        string detail = path.Served.Count > 0 ? string.Join(" && ", path.Served)
            : path.Index is null ? collection
            : "all";
        string direction = path.Order == ScanOrder.Forward ? "" : ", descending";
        PlanNode node = new(path.Kind, detail + direction, path.Index?.Schema.Name, null);
        if (path.Residual.Length > 0) node = new PlanNode(PlanNodeKind.Filter, string.Join(" && ", (object[])path.Residual), null, node);
        if (path.SortByKey) node = new PlanNode(PlanNodeKind.Sort, path.KeyDescends ? "by key desc" : "by key", null, node);
        if (path.Sort.Length > 0) node = SortNode(path, spec, node);
        if (spec.Skip > 0) node = new PlanNode(PlanNodeKind.Skip, Number(spec.Skip), null, node);
        if (spec.IsLimited && node.Kind != PlanNodeKind.TopN) node = new PlanNode(PlanNodeKind.Limit, Number(spec.Take), null, node);
        if (projection is not null) node = new PlanNode(PlanNodeKind.Project, projection, null, node);
        return new QueryPlan(node);
    }

    private static PlanNode SortNode(AccessPath path, in QuerySpec spec, PlanNode input)
    {
        string by = string.Join(", ", (object[])path.Sort);
        return spec.IsLimited
            ? new PlanNode(PlanNodeKind.TopN, $"{Number(spec.Skip + spec.Take)} by {by}", null, input)
            : new PlanNode(PlanNodeKind.Sort, by, null, input);
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
