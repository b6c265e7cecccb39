using ModelVault.Storage;

namespace ModelVault;

/// <summary>Opens what reads an access path.</summary>
internal static class RowSources
{
    /// <summary>The records of a path, those that do not pass its residual among them.</summary>
    /// <param name="binding">The trees.</param>
    /// <param name="path">The path.</param>
    /// <param name="meter">Counts what the steps do; null where nobody asks.</param>
    /// <param name="wanted">How many records are likely to be asked for.</param>
    public static RowSource Records(CollectionBinding binding, AccessPath path, PlanMeter? meter, int wanted)
    {
        if (binding.Primary is null) return new EmptySource();
        if (!path.SortByKey) return Entries(binding, path, meter, wanted);
        KeySetSource source = new(binding, path, meter, wanted);
        return meter is null ? source : meter.Measure(source, path.HasInputs ? path : PlanStep.Collect);
    }

    /// <summary>The records in the order in which the path's own key has them, as often as it has them.</summary>
    /// <inheritdoc cref="Records"/>
    public static RowSource Entries(CollectionBinding binding, AccessPath path, PlanMeter? meter, int wanted = int.MaxValue)
    {
        RowSource source = IsScanned(path) ? Scan(binding, path, [], wanted) : Lookup(binding, path, wanted);
        return meter is null ? source : meter.Measure(source, path);
    }

    /// <summary>The records of a path that pass its residual, where they can be checked in place; null where they cannot.</summary>
    /// <inheritdoc cref="Records"/>
    public static RowSource? Passing(CollectionBinding binding, AccessPath path, int wanted) =>
        binding.Primary is not null && !path.SortByKey && IsScanned(path) ? Scan(binding, path, path.Residual, wanted) : null;

    private static bool IsScanned(AccessPath path) =>
        path.Kind != PlanNodeKind.KeyLookup && (path.Index is null || (path.IsCovered && path.Order != ScanOrder.BackwardByValue));

    private static ScanSource Scan(CollectionBinding binding, AccessPath path, VaultFilter[] residual, int wanted)
    {
        Tree tree = path.Index is null ? binding.Primary! : binding.IndexOf(path.Index).Tree;
        return new ScanSource(tree, path.Ranges, path.Order == ScanOrder.Backward, path.Index, residual, wanted);
    }

    private static RowSource Lookup(CollectionBinding binding, AccessPath path, int wanted) => path.Index is null
        ? new KeyLookupSource(binding.Primary!, path.Ranges, path.Order == ScanOrder.Backward, wanted)
        : new IndexSource(binding.IndexOf(path.Index), binding.Primary!, path.Ranges, path.Order, wanted);
}
