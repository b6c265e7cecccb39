using ModelVault.Storage;

namespace ModelVault;

/// <summary>Counts a query's records, reading as little of them as the conditions need.</summary>
internal static class RowCounter
{
    /// <summary>How many records the query has.</summary>
    public static long Count(VaultContext context, CollectionStore store, QuerySpec spec)
    {
        QuerySpec unordered = spec with { Order = null, IsReversed = false };
        using ReadView scope = context.BeginRead(store);
        CollectionBinding binding = store.Bind(scope.Source);
        if (binding.Primary is not { } primary) return 0;
        AccessPath path = QueryPlanner.Plan(store.Layout, binding.IndexLayouts, unordered);
        if (path.Residual.Length > 0 || path.Kind == PlanNodeKind.KeyLookup) return CountRecords(context, store, unordered);
        long count = path.Kind == PlanNodeKind.CollectionScan ? primary.Count : CountEntries(binding, primary, path);
        return Math.Min(Math.Max(0, count - spec.Skip), spec.IsLimited ? spec.Take : long.MaxValue);
    }

    private static long CountEntries(CollectionBinding binding, Tree primary, AccessPath path)
    {
        Tree tree = path.Index is null ? primary : binding.IndexOf(path.Index).Tree;
        using RangeCursor cursor = new(tree, path.Ranges, backward: false);
        long count = 0;
        while (cursor.MoveNext()) count++;
        return count;
    }

    private static long CountRecords(VaultContext context, CollectionStore store, in QuerySpec spec)
    {
        using RowCursor cursor = new(context, store, spec);
        long count = 0;
        while (cursor.TryNext(out _)) count++;
        return count;
    }
}
