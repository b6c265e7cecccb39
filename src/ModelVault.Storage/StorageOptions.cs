namespace ModelVault.Storage;

/// <summary>How a vault is opened. Handles of one process onto one file share what they have in common, so only <see cref="ReadOnly"/> may differ between them.</summary>
public sealed record StorageOptions
{
    /// <summary>The smallest cache, in bytes.</summary>
    public const long MinCacheSize = 256 << 10;

    private const long LargestDefaultCache = 1L << 30;
    private const long SmallestTransactionMemory = 4 << 20;
    private readonly long? _transactionMemory;
    private readonly TimeSpan _lockTimeout = TimeSpan.FromSeconds(5);
    private readonly Durability _durability;
    private readonly TimeSpan _relaxedFlushDelay = TimeSpan.FromMilliseconds(100);
    private readonly long _cacheSize = Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4, MinCacheSize, LargestDefaultCache);
    private readonly TimeProvider _timeProvider = TimeProvider.System;

    /// <summary>Opens for reading only; the file must exist.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>How long to wait for another process to close the file; 5 seconds unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative, or longer than a day.</exception>
    public TimeSpan LockTimeout
    {
        get => _lockTimeout;
        init => _lockTimeout = value >= TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The lock timeout lies between zero and one day.");
    }

    /// <summary>The budget of the page cache in bytes; a quarter of the available memory unless set, and at most 1 GiB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is smaller than <see cref="MinCacheSize"/>.</exception>
    public long CacheSize
    {
        get => _cacheSize;
        init => _cacheSize = value >= MinCacheSize
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"The cache needs at least {MinCacheSize} bytes.");
    }

    /// <summary>How soon after a commit under <see cref="Durability.Relaxed"/> the file is flushed; 100 ms unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not positive, or longer than a day.</exception>
    public TimeSpan RelaxedFlushDelay
    {
        get => _relaxedFlushDelay;
        init => _relaxedFlushDelay = value > TimeSpan.Zero && value <= TimeSpan.FromDays(1)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The delay of a relaxed flush is positive, and at most one day.");
    }

    /// <summary>What commits wait for unless they say otherwise; <see cref="Durability.Full"/> unless set.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such mode.</exception>
    public Durability Durability
    {
        get => _durability;
        init => _durability = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is no such mode of durability.");
    }

    /// <summary>How many bytes of changed pages and values a transaction keeps in memory.</summary>
    internal long TransactionMemory
    {
        get => _transactionMemory ?? Math.Max(CacheSize / 2, SmallestTransactionMemory);
        init => _transactionMemory = value;
    }

    /// <summary>How many pages at the end of the file must be free for it to be cut.</summary>
    internal int ShortestCut { get; init; } = 256;

    /// <summary>The clock: for the time stamps of commits and the age of snapshots, never for order.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public TimeProvider TimeProvider
    {
        get => _timeProvider;
        init => _timeProvider = value ?? throw new ArgumentNullException(nameof(value));
    }
}
