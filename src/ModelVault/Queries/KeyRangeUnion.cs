namespace ModelVault;

/// <summary>Reads the intervals of several paths over one key together, so that its order is kept and nothing comes twice.</summary>
internal static class KeyRangeUnion
{
    /// <summary>One path for several, or null where they are not all over one key that holds a record once.</summary>
    public static AccessPath? TryMerge(AccessPath[] inputs, Conjunction conditions, ulong answered, double rows)
    {
        AccessPath first = inputs[0];
        if (first.Index is { IsMultiEntry: true } || !Array.TrueForAll(inputs, i => !i.HasInputs && ReferenceEquals(i.Index, first.Index))) return null;
        return new AccessPath
        {
            Kind = Array.TrueForAll(inputs, i => i.Kind == first.Kind) ? first.Kind : first.Index is null ? PlanNodeKind.KeyRange : PlanNodeKind.IndexRange,
            Index = first.Index,
            Ranges = Merge(inputs),
            Inputs = inputs,
            Conditions = conditions,
            Answered = answered,
            Rows = rows,
        };
    }

    private static KeyRange[] Merge(AccessPath[] inputs)
    {
        List<KeyRange> ranges = [];
        foreach (AccessPath input in inputs)
            foreach (KeyRange range in input.Ranges)
                if (!range.IsEmpty) ranges.Add(range);
        ranges.Sort(static (l, r) => l.Start.AsSpan().SequenceCompareTo(r.Start));

        int kept = 0;
        for (int i = 0; i < ranges.Count; i++)
        {
            if (kept == 0 || ranges[kept - 1].IsBefore(ranges[i])) ranges[kept++] = ranges[i];
            else if (ranges[kept - 1].End is { } end && (ranges[i].End is not { } other || other.AsSpan().SequenceCompareTo(end) > 0)) ranges[kept - 1] = new KeyRange(ranges[kept - 1].Start, ranges[i].End);
        }

        return [.. ranges[..kept]];
    }
}
