using System.Globalization;

namespace ModelVault;

/// <summary>Makes the structured plan of an access path.</summary>
internal readonly struct PlanDescriber(AccessPath path, QuerySpec spec, string collection, PlanMeter? meter, bool isEmpty)
{
    public QueryPlan Describe(string? projection, PlanLog log)
    {
        PlanNode node = Access(path, path.SortByKey && !path.HasInputs ? ScanOrder.Forward : path.Order);
        if (path.SortByKey && !path.HasInputs) node = Step(PlanNodeKind.Sort, path.KeyDescends ? "by key desc" : "by key", node, path.Rows, PlanStep.Collect);
        if (path.Residual.Length > 0) node = Step(PlanNodeKind.Filter, string.Join(" && ", (object[])path.Residual), node, path.PassingRows, PlanStep.Filter);
        if (path.SortsRecords) node = SortStep(node);
        if (spec.Skip > 0) node = Step(PlanNodeKind.Skip, Number(spec.Skip), node, Math.Max(0, node.EstimatedRows - spec.Skip), PlanStep.Skip);
        if (spec.IsLimited && node.Kind != PlanNodeKind.TopN) node = Step(PlanNodeKind.Limit, Number(spec.Take), node, Math.Min(node.EstimatedRows, spec.Take), PlanStep.Limit);
        if (projection is not null) node = Step(PlanNodeKind.Project, projection, node, node.EstimatedRows, PlanStep.Limit);
        return new QueryPlan(node) { Considered = log.Candidates };
    }

    private PlanNode Access(AccessPath access, ScanOrder order)
    {
        string detail = access.HasInputs ? ""
            : access.Served != 0 || access.Inputs.Length > 0 ? access.Describe()
            : access.Index is null ? collection
            : "all";
        bool descends = access.HasInputs ? access.KeyDescends && access.SortByKey : order != ScanOrder.Forward;
        string covered = access.CountedComponents > 0 ? ", counted by group" : access.IsCovered ? ", covered" : "";
        string direction = descends ? (detail.Length == 0 ? "descending" : ", descending") : "";
        PlanDescriber self = this;
        PlanNode[] inputs = access.HasInputs ? Array.ConvertAll(access.Inputs, i => self.Access(i, ScanOrder.Forward)) : [];
        PlanNode node = new(access.Kind, detail + direction + covered, access.Index?.Schema.Name, inputs) { EstimatedRows = Rows(access.Rows) };
        return meter is null ? node : meter.Complete(node, access);
    }

    private PlanNode SortStep(PlanNode input)
    {
        string by = path.Sort.Length > 0 ? string.Join(", ", (object[])path.Sort) : path.KeyDescends ? "key desc" : "key";
        return spec.IsLimited
            ? Step(PlanNodeKind.TopN, $"{Number(spec.Skip + spec.Take)} by {by}", input, Math.Min(input.EstimatedRows, (double)spec.Skip + spec.Take), PlanStep.Sort)
            : Step(PlanNodeKind.Sort, by, input, input.EstimatedRows, PlanStep.Sort);
    }

    private PlanNode Step(PlanNodeKind kind, string detail, PlanNode input, double rows, PlanStep step)
    {
        PlanNode node = new(kind, detail, null, [input]) { EstimatedRows = Rows(rows) };
        return meter is null ? node : meter.Complete(node, step);
    }

    private long Rows(double rows) => isEmpty ? 0 : (long)Math.Round(rows);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
