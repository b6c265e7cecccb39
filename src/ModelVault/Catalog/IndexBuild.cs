using ModelVault.Storage;

namespace ModelVault;

/// <summary>What a build's next transaction does.</summary>
internal enum BuildStage
{
    /// <summary>Notes what is to be built; or does everything, where that is little.</summary>
    First,

    /// <summary>Adds entries. May be lost: then what is noted of its progress is, too.</summary>
    Batch,

    /// <summary>Makes the new schema the collection's.</summary>
    Last,

    /// <summary>There is none.</summary>
    Over,
}

/// <summary>
/// Brings a collection's indexes to a model's in transactions of bounded size. Others write meanwhile, and may build the same
/// indexes. When another schema is asked for after it has begun, it ends: what was asked for last counts.
/// </summary>
internal sealed class IndexBuild(CollectionLayout layout, BuildLimits limits)
{
    /// <summary>What <see cref="Advance"/> does next.</summary>
    public BuildStage Stage { get; private set; }

    /// <summary>Does the next step in a transaction of its own. Throws <see cref="VaultSchemaException"/> where the model does not fit the file, or its indexes do not fit the records.</summary>
    public void Advance(WriteTransaction transaction) => Stage = Step(transaction);

    /// <summary>Drops what was built, after it has turned out that it can't be completed.</summary>
    public void Abandon(WriteTransaction transaction)
    {
        if (CatalogTree.TryGet(transaction, layout.Schema.Name, out CatalogEntry? entry) && entry.Pending?.SchemaJson == layout.Schema.Json) PendingBuild.Drop(transaction, entry, layout);
    }

    private BuildStage Step(WriteTransaction transaction)
    {
        bool isFirst = Stage == BuildStage.First;
        if (!CatalogTree.TryGet(transaction, layout.Schema.Name, out CatalogEntry? entry) || entry.SchemaJson == layout.Schema.Json || (isFirst && limits.IsSmall(transaction, entry)))
        {
            if (isFirst) SchemaInstaller.Install(transaction, layout);
            return BuildStage.Over;
        }

        if (!isFirst && entry.Pending?.SchemaJson != layout.Schema.Json) return BuildStage.Over;
        CollectionSchema stored = CollectionSchema.Parse(entry.SchemaJson);
        SchemaDifferences.ThrowUnlessIndexesOnly(stored, layout.Schema);
        entry = PendingBuild.Begin(transaction, entry, stored, layout);
        if (entry.Pending!.Next is not { } index)
        {
            if (Stage == BuildStage.Batch) return BuildStage.Last;
            PendingBuild.Finish(transaction, entry, stored, layout);
            return BuildStage.Over;
        }

        if (isFirst) return BuildStage.Batch;
        entry = PendingBuild.Continue(transaction, entry, layout, index, limits.Records, limits.Bytes);
        return entry.Pending!.Next is null ? BuildStage.Last : BuildStage.Batch;
    }
}

/// <summary>How much of a build one transaction does.</summary>
internal sealed record BuildLimits
{
    /// <summary>A collection of at most so many records gets its indexes in one transaction.</summary>
    public long SmallCollection { get; init; } = 10_000;

    /// <summary>The most records of a batch.</summary>
    public int Records { get; init; } = 50_000;

    /// <summary>The bytes of entries with which a batch ends.</summary>
    public long Bytes { get; init; } = 16 << 20;

    /// <summary>Whether a collection's indexes are to be built in one transaction.</summary>
    public bool IsSmall(TreeSource source, CatalogEntry entry) => !source.TryGetTree(entry.PrimaryTree, out Tree? primary) || primary.Count <= SmallCollection;
}
