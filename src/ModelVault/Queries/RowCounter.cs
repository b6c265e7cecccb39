using ModelVault.Storage;

namespace ModelVault;

/// <summary>Counts a query's records, reading as little of them as the conditions need.</summary>
internal static class RowCounter
{
    /// <summary>How many records the query has.</summary>
    public static long Count(VaultContext context, CollectionStore store, QuerySpec spec)
    {
        QuerySpec unordered = spec with { Order = null, IsReversed = false, Skip = 0, Take = int.MaxValue, IsKeysOnly = true };
        using ReadView scope = context.BeginRead(store);
        CollectionBinding binding = store.Bind(scope.Source);
        if (binding.Primary is not { } primary) return 0;
        AccessPath path = QueryPlanner.Plan(store.Layout, binding, unordered);
        if (!binding.IsOutdated) context.ScanMonitor.Note(path, unordered, store.Name, primary.Count);
        bool isByRanges = path.Residual.Length == 0 && path.Kind != PlanNodeKind.KeyLookup && !path.MustCollect;
        long count = isByRanges ? CountRanges(path.Index is null ? primary : binding.IndexOf(path.Index).Tree, path.Ranges) : CountRecords(binding, path, Wanted(spec));
        return Math.Min(Math.Max(0, count - spec.Skip), spec.IsLimited ? spec.Take : long.MaxValue);
    }

    private static long Wanted(in QuerySpec spec) => spec.IsLimited ? (long)spec.Skip + spec.Take : long.MaxValue;

    private static long CountRanges(Tree tree, KeyRange[] ranges)
    {
        long count = 0;
        foreach (KeyRange range in ranges)
            if (!range.IsEmpty) count += tree.CountRange(range.Start, range.End);
        return count;
    }

    private static long CountRecords(CollectionBinding binding, AccessPath path, long wanted)
    {
        if (wanted == long.MaxValue && RowSources.Passing(binding, path, int.MaxValue) is { } source) return CountAll(source);
        using RowCursor cursor = new(binding, path, 0, int.MaxValue);
        long count = 0;
        while (count < wanted && cursor.TryNextKey()) count++;
        return count;
    }

    private static long CountAll(RowSource source)
    {
        using RowSource passing = source;
        Counter counter = new();
        passing.DeliverTo(counter);
        return counter.Count;
    }

    private sealed class Counter : IRecordConsumer
    {
        public long Count { get; private set; }

        public bool Take(ReadOnlySpan<byte> record, ReadOnlySpan<byte> keyStart, ReadOnlySpan<byte> keyEnd) => ++Count > 0;
    }
}
