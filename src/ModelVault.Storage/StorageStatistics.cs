namespace ModelVault.Storage;

/// <summary>What a vault looks like at one moment.</summary>
public sealed record StorageStatistics
{
    /// <summary>The length of the file in bytes.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Bytes in a page.</summary>
    public required int PageSize { get; init; }

    /// <summary>Pages below the high-water mark, the reserved first ones included.</summary>
    public required long PageCount { get; init; }

    /// <summary>Pages below the high-water mark that the newest commit does not use.</summary>
    public required long FreePages { get; init; }

    /// <summary>Those of the free pages that wait for an older snapshot to be released, or for one more commit.</summary>
    public required long PendingPages { get; init; }

    /// <summary>The newest commit.</summary>
    public required long CommitId { get; init; }

    /// <summary>The newest commit that is known to be on the disk: what a power failure would leave at least.</summary>
    public required long DurableCommitId { get; init; }

    /// <summary>The oldest commit that a snapshot in use stands on; the newest one when there is none older.</summary>
    public required long OldestSnapshotCommitId { get; init; }

    /// <summary>How long ago that commit was published.</summary>
    public required TimeSpan OldestSnapshotAge { get; init; }

    /// <summary>Bytes that the page cache takes.</summary>
    public required long CacheBytes { get; init; }

    /// <summary>Bytes that the page cache may take.</summary>
    public required long CacheBudget { get; init; }

    /// <summary>Pages read from storage since the vault was opened.</summary>
    public required long PagesRead { get; init; }

    /// <summary>Commits made since the vault was opened.</summary>
    public required long CommitCount { get; init; }

    /// <summary>How many transactions and operations wait for the writer.</summary>
    public required int WaitingWriters { get; init; }

    /// <summary>Whether a failed write or flush has stopped the writer.</summary>
    public required bool IsWriterPoisoned { get; init; }
}
