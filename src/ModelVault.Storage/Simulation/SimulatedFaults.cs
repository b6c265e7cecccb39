namespace ModelVault.Storage.Simulation;

/// <summary>The simulated machine lost its power: nothing more reaches the storage.</summary>
public sealed class SimulatedCrashException() : IOException("The simulated machine has lost its power.");

/// <summary>What goes wrong, and when. Calls are counted from 1, reads only where <see cref="CountReads"/> says so.</summary>
public sealed record SimulatedFaults
{
    /// <summary>The power fails at this call, before it has any effect but, for a write, a torn one; 0 for never.</summary>
    public long CrashAt { get; init; }

    /// <summary>This call fails with an <see cref="IOException"/>; 0 for none.</summary>
    public long FailAt { get; init; }

    /// <summary>Whether <see cref="FailAt"/> fails as on a full disk; reads and flushes then do not fail.</summary>
    public bool IsDiskFull { get; init; }

    /// <summary>Whether every call after <see cref="FailAt"/> fails too.</summary>
    public bool FailsFromThereOn { get; init; }

    /// <summary>Whether reads count, and can fail.</summary>
    public bool CountReads { get; init; }

    /// <summary>The flush with this number (from 1) fails once; 0 for none.</summary>
    public long FailingFlush { get; init; }

    /// <summary>Whether <see cref="FailingFlush"/> makes some of the blocks durable, instead of none.</summary>
    public bool FailingFlushKeepsSome { get; init; }

    /// <summary>The flush with this number (from 1) reports success and makes nothing durable; 0 for none.</summary>
    public long LyingFlush { get; init; }

    /// <summary>Whether every flush after <see cref="LyingFlush"/> lies too.</summary>
    public bool LiesFromThereOn { get; init; }

    /// <summary>Whether a lying flush forgets what it was to make durable, so that no later flush does either.</summary>
    public bool LiesForget { get; init; }

    /// <summary>The power fails at this many calls after <see cref="LyingFlush"/>; 0 for never.</summary>
    public long CrashAfterLie { get; init; }

    /// <summary>Whether the flush of this number lies.</summary>
    internal bool IsLie(long flush) => LyingFlush > 0 && (flush == LyingFlush || (LiesFromThereOn && flush > LyingFlush));
}
