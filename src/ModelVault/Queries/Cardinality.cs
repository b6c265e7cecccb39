using ModelVault.Planning;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// How many rows there are in a collection and in intervals of its keys. Nothing is stored for it: trees know their counts, and
/// a descent to both ends of an interval tells about how many rows lie between them.
/// </summary>
internal readonly struct Cardinality(CollectionBinding binding)
{
    // With a list of a thousand values, a few stand for the rest.
    private const int MostDescents = 16;

    // A collection that is not in the file yet is planned as a large one.
    private const double Assumed = 1_000_000;

    /// <summary>Whether there is a tree to ask.</summary>
    public bool IsKnown => binding.Primary is not null;

    /// <summary>The records of the collection.</summary>
    public double Total => binding.Primary?.Count ?? Assumed;

    /// <summary>The rows in the intervals of a path's key.</summary>
    public double RowsOf(AccessPath path)
    {
        if (path.Kind == PlanNodeKind.KeyLookup) return path.Ranges.Length;
        if (binding.Primary is not { } primary) return AssumedRows(path);
        Tree tree = path.Index is null ? primary : binding.IndexOf(path.Index).Tree;
        return path.Served == 0 ? tree.Count : Estimate(tree, path.Ranges);
    }

    private static double Estimate(Tree tree, KeyRange[] ranges)
    {
        int asked = Math.Min(ranges.Length, MostDescents);
        long rows = 0;
        for (int i = 0; i < asked; i++)
        {
            // Evenly spread where they are too many.
            KeyRange range = ranges[(int)((long)i * ranges.Length / asked)];
            if (!range.IsEmpty) rows += tree.EstimateRange(range.Start, range.End);
        }

        return asked == ranges.Length ? rows : (double)rows * ranges.Length / asked;
    }

    private static double AssumedRows(AccessPath path)
    {
        double share = 1;
        for (int i = 0; i < 64; i++)
            if (Masks.Has(path.Served, i)) share *= Selectivity.Of((VaultFilter)path.Conditions.Condition(i));
        return Math.Max(path.Ranges.Length, Assumed * share);
    }
}
