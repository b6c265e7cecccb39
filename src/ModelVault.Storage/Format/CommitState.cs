namespace ModelVault.Storage;

/// <summary>A run of pages that a one-flush commit wrote, with the checksum that shows whether all of it reached the disk.</summary>
internal readonly record struct ManifestRun(Extent Run, ulong Checksum);

/// <summary>Everything that one commit says of the file: the content of its slot. Immutable.</summary>
internal sealed record CommitState
{
    /// <summary>Commits are numbered from 1, without gaps; the first 16 are empty and come with the file.</summary>
    public required long Id { get; init; }

    /// <summary>When it was made, in UTC ticks: told to people, never used for order.</summary>
    public long WallClockTicks { get; init; }

    /// <summary>The newest commit that was known to be durable when this one was written.</summary>
    public required long DurableId { get; init; }

    /// <summary>How many commits right before this one may have been lost with it: it counts only if they are all there and whole.</summary>
    public int ChainLength { get; init; }

    /// <summary>It was published before it was flushed, so that a later one may have been begun though this one is not durable.</summary>
    public bool IsUnflushed { get; init; }

    /// <summary>Commits that are not flushed before they are published may follow.</summary>
    public bool AnnouncesUnflushed { get; init; }

    /// <summary>Once this one is durable, recovery needs nothing of this commit any more but what later ones have of it.</summary>
    public long SettledId => Id - 1 - ChainLength;

    /// <summary>The file was closed in order after this commit: nothing is in flight and nothing needs healing.</summary>
    public bool IsClean { get; init; }

    /// <summary>The named trees: name to <see cref="TreeRecord"/>.</summary>
    public TreeRecord Catalog { get; init; }

    /// <summary>The space map as it was last written; <see cref="SpaceEvents"/> lead from there to this commit.</summary>
    public TreeRecord SpaceMap { get; init; }

    /// <summary>Tree numbers are never used twice.</summary>
    public required uint NextTreeId { get; init; }

    /// <summary>The high-water mark: every page in use has a smaller number.</summary>
    public required long PageCount { get; init; }

    /// <summary>Pages below the high-water mark that no tree of this commit uses.</summary>
    public long FreePages { get; init; }

    /// <summary>The pages this commit wrote before its only flush; empty where a flush of their own had made them durable.</summary>
    public IReadOnlyList<ManifestRun> Manifest { get; init; } = [];

    /// <summary>The changes to the space map since it was last written, oldest first.</summary>
    public IReadOnlyList<SpaceEvent> SpaceEvents { get; init; } = [];
}
