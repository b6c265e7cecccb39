using ModelVault.Storage;

namespace ModelVault;

/// <summary>Opens what reads an access path.</summary>
internal static class RowSources
{
    /// <summary>The records of a path, those that do not pass its residual among them.</summary>
    /// <param name="binding">The trees.</param>
    /// <param name="path">The path.</param>
    /// <param name="meter">Counts what the steps do; null where nobody asks.</param>
    public static RowSource Records(CollectionBinding binding, AccessPath path, PlanMeter? meter = null)
    {
        if (binding.Primary is null) return new EmptySource();
        if (!path.SortByKey) return Entries(binding, path, meter);
        KeySetSource source = new(binding, path, meter);
        return meter is null ? source : meter.Measure(source, path.HasInputs ? path : PlanStep.Collect);
    }

    /// <summary>The records in the order in which the path's own key has them, as often as it has them.</summary>
    public static RowSource Entries(CollectionBinding binding, AccessPath path, PlanMeter? meter)
    {
        RowSource source = Open(binding, path, binding.Primary!);
        return meter is null ? source : meter.Measure(source, path);
    }

    private static RowSource Open(CollectionBinding binding, AccessPath path, Tree primary)
    {
        bool backward = path.Order == ScanOrder.Backward;
        if (path.Kind == PlanNodeKind.KeyLookup) return new KeyLookupSource(primary, path.Ranges, backward);
        if (path.Index is null) return new KeyRangeSource(primary, path.Ranges, backward);
        return new IndexSource(binding.IndexOf(path.Index), primary, path.Ranges, path.Order, path.IsCovered);
    }
}
