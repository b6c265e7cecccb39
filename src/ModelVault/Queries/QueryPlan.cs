using System.Globalization;
using System.Text;

namespace ModelVault;

/// <summary>How a query is answered: a tree of steps, the outermost first.</summary>
/// <param name="Root">The outermost step.</param>
public sealed record QueryPlan(PlanNode Root)
{
    /// <summary>The step that reads the file: the tree's leaf.</summary>
    public PlanNode Access
    {
        get
        {
            PlanNode node = Root;
            while (node.Input is not null) node = node.Input;
            return node;
        }
    }

    /// <summary>Whether every record of the collection is read.</summary>
    public bool IsScan => Access.Kind == PlanNodeKind.CollectionScan;

    /// <summary>The same, of which some at the beginning and the end are left out.</summary>
    internal QueryPlan Windowed(int skip, int take)
    {
        PlanNode root = Root;
        if (skip > 0) root = new PlanNode(PlanNodeKind.Skip, skip.ToString(CultureInfo.InvariantCulture), null, root);
        if (take != int.MaxValue) root = new PlanNode(PlanNodeKind.Limit, take.ToString(CultureInfo.InvariantCulture), null, root);
        return new QueryPlan(root);
    }

    /// <summary>The same, each result once.</summary>
    internal QueryPlan Distinct() => new(new PlanNode(PlanNodeKind.Project, "distinct", null, Root));

    /// <summary>The tree, a step a line.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        int depth = 0;
        for (PlanNode? node = Root; node is not null; node = node.Input, depth++)
        {
            if (depth > 0) text.Append('\n').Append(' ', 3 * (depth - 1)).Append("└─ ");
            text.Append(node);
        }

        return text.ToString();
    }
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

    /// <summary>Reads several indexes and merges them.</summary>
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
}

/// <summary>One step.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Detail">With what: conditions, fields, a number.</param>
/// <param name="Index">The index it reads, or null.</param>
/// <param name="Input">The step it takes its records from, or null where it reads the file.</param>
public sealed record PlanNode(PlanNodeKind Kind, string Detail, string? Index, PlanNode? Input)
{
    /// <summary>The step without its input.</summary>
    public override string ToString() => (Index, Detail) switch
    {
        (null, "") => $"{Kind}",
        (null, _) => $"{Kind} {Detail}",
        (_, "") => $"{Kind} {Index}",
        _ => $"{Kind} {Index}: {Detail}",
    };
}
