using System.Globalization;
using System.Text;

namespace ModelVault;

/// <summary>How a query is answered: a tree of steps, the outermost first, and what else was considered.</summary>
/// <param name="Root">The outermost step.</param>
public sealed record QueryPlan(PlanNode Root)
{
    /// <summary>What the planner considered: keys, indexes, their combinations, reading everything. What was chosen comes first.</summary>
    public IReadOnlyList<PlanCandidate> Considered { get; init; } = [];

    /// <summary>The step that reads the file: the tree's leaf, or the one that unites or intersects several.</summary>
    public PlanNode Access
    {
        get
        {
            PlanNode node = Root;
            while (node is { Kind: PlanNodeKind.Filter or PlanNodeKind.Sort or PlanNodeKind.TopN or PlanNodeKind.Skip or PlanNodeKind.Limit or PlanNodeKind.Project, Input: { } input }) node = input;
            return node;
        }
    }

    /// <summary>Whether every record of the collection is read.</summary>
    public bool IsScan => Access.Kind == PlanNodeKind.CollectionScan;

    /// <summary>The tree alone, a step a line. It holds no numbers but the query's own, so tests can compare it.</summary>
    public string Tree
    {
        get
        {
            StringBuilder text = new();
            Append(text, Root, "", "", static _ => "");
            return text.ToString();
        }
    }

    /// <summary>The same, of which some at the beginning and the end are left out.</summary>
    internal QueryPlan Windowed(int skip, int take)
    {
        PlanNode root = Root;
        if (skip > 0) root = Above(root, PlanNodeKind.Skip, skip.ToString(CultureInfo.InvariantCulture), static (rows, skip) => Math.Max(0, rows - skip), skip);
        if (take != int.MaxValue) root = Above(root, PlanNodeKind.Limit, take.ToString(CultureInfo.InvariantCulture), Math.Min, take);
        return this with { Root = root };
    }

    /// <summary>The same, each result once.</summary>
    internal QueryPlan Distinct() => this with { Root = new PlanNode(PlanNodeKind.Project, "distinct", null, [Root]) { EstimatedRows = Root.EstimatedRows, Pages = Root.Pages, Time = Root.Time } };

    // A step that works on what was made of records, which analyzing does not do: how many come out of it follows from what goes in.
    private static PlanNode Above(PlanNode input, PlanNodeKind kind, string detail, Func<long, long, long> rows, long number) =>
        new(kind, detail, null, [input]) { EstimatedRows = rows(input.EstimatedRows, number), ActualRows = input.ActualRows is { } actual ? rows(actual, number) : null, Pages = input.Pages, Time = input.Time };

    /// <summary>The tree, a step a line with its rows, then what was considered.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        Append(text, Root, "", "", static n => $"  ({n.Rows()})");
        if (Considered.Count > 0) text.Append("\nconsidered");
        foreach (PlanCandidate candidate in Considered) text.Append("\n   ").Append(candidate);
        return text.ToString();
    }

    /// <summary>
    /// The plan as JSON for tools: <c>{"root": {"kind", "detail", "index", "estimatedRows", "actualRows", "pages", "milliseconds", "inputs"},
    /// "considered": [{"name", "isChosen", "reason"}]}</c>. What is not known is left out.
    /// </summary>
    public string ToJson() => PlanJson.Write(this);

    private static void Append(StringBuilder text, PlanNode node, string first, string rest, Func<PlanNode, string> rows)
    {
        text.Append(first).Append(node).Append(rows(node));
        for (int i = 0; i < node.Inputs.Count; i++)
        {
            bool isLast = i == node.Inputs.Count - 1;
            text.Append('\n');
            Append(text, node.Inputs[i], $"{rest}{(isLast ? "└─ " : "├─ ")}", $"{rest}{(isLast ? "   " : "│  ")}", rows);
        }
    }
}

/// <summary>A way of answering a query that the planner considered.</summary>
/// <param name="Name">The index, <c>primary key</c>, <c>every record</c>, several of them, or a condition.</param>
/// <param name="IsChosen">Whether the query is answered by it.</param>
/// <param name="Reason">Why, or why not.</param>
public sealed record PlanCandidate(string Name, bool IsChosen, string Reason)
{
    /// <summary>One line.</summary>
    public override string ToString() => $"{Name}: {(IsChosen ? "chosen" : "rejected")}: {Reason}";
}

/// <summary>The kinds of steps.</summary>
public enum PlanNodeKind
{
    /// <summary>Reads single records by primary key.</summary>
    KeyLookup,

    /// <summary>Reads an interval of the primary key.</summary>
    KeyRange,

    /// <summary>Reads the entries of an index for given values of all its components.</summary>
    IndexLookup,

    /// <summary>Reads an interval of an index.</summary>
    IndexRange,

    /// <summary>Reads several keys or indexes and merges what they find, each record once.</summary>
    IndexUnion,

    /// <summary>Reads every record.</summary>
    CollectionScan,

    /// <summary>Lets through the records that pass a condition.</summary>
    Filter,

    /// <summary>Collects all records and sorts them.</summary>
    Sort,

    /// <summary>Collects and sorts, keeping only the first so many.</summary>
    TopN,

    /// <summary>Leaves out the first so many.</summary>
    Skip,

    /// <summary>Ends after so many.</summary>
    Limit,

    /// <summary>Reads only some fields of each record.</summary>
    Project,

    /// <summary>Reads several indexes and keeps the records that all of them find.</summary>
    IndexIntersection,
}

/// <summary>One step.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Detail">With what: conditions, fields, a number.</param>
/// <param name="Index">The index it reads, or null.</param>
/// <param name="Inputs">The steps it takes its records from; none where it reads the file.</param>
public sealed record PlanNode(PlanNodeKind Kind, string Detail, string? Index, IReadOnlyList<PlanNode> Inputs)
{
    /// <summary>The step it takes its records from, the first of several, or null where it reads the file.</summary>
    public PlanNode? Input => Inputs.Count > 0 ? Inputs[0] : null;

    /// <summary>How many rows it is expected to deliver if it is read to its end. 0 while the collection is not in the file.</summary>
    public long EstimatedRows { get; init; }

    /// <summary>How many rows it delivered; null where the query was not run.</summary>
    public long? ActualRows { get; init; }

    /// <summary>How many different pages of trees it read, its inputs included; null where the query was not run. The pages of values that are too large for a tree's own are not among them.</summary>
    public long? Pages { get; init; }

    /// <summary>How long it took, its inputs included; null where the query was not run.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The step without its input.</summary>
    public override string ToString() => (Index, Detail) switch
    {
        (null, "") => $"{Kind}",
        (null, _) => $"{Kind} {Detail}",
        (_, "") => $"{Kind} {Index}",
        _ => $"{Kind} {Index}: {Detail}",
    };

    /// <summary>The estimate and, where the query was run, what became of it.</summary>
    internal string Rows() => ActualRows is null
        ? $"about {PlanLog.Rows(EstimatedRows)}"
        : string.Create(CultureInfo.InvariantCulture, $"about {PlanLog.Rows(EstimatedRows)}; {PlanLog.Rows(ActualRows.Value)}, {Pages:N0} pages, {Time?.TotalMilliseconds:0.000} ms");
}
