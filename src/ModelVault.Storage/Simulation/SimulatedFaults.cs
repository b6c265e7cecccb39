namespace ModelVault.Storage.Simulation;

/// <summary>The simulated machine lost its power: nothing more reaches the storage.</summary>
public sealed class SimulatedCrashException() : IOException("The simulated machine has lost its power.");

/// <summary>The kinds of call that a <see cref="SimulatedBlockStorage"/> counts and can fail.</summary>
public enum SimulatedOperation
{
    /// <summary><see cref="IBlockStorage.Read"/>.</summary>
    Read,

    /// <summary><see cref="IBlockStorage.Write"/>.</summary>
    Write,

    /// <summary><see cref="IBlockStorage.Flush"/>.</summary>
    Flush,

    /// <summary><see cref="IBlockStorage.SetLength"/>.</summary>
    SetLength,
}

/// <summary>What goes wrong, and when. Calls are counted from 1, reads only where <see cref="CountReads"/> says so.</summary>
public sealed record SimulatedFaults
{
    /// <summary>The power fails at this call, before it has any effect but, for a write, a torn one; 0 for never.</summary>
    public long CrashAt { get; init; }

    /// <summary>This call fails with an <see cref="IOException"/>; 0 for none.</summary>
    public long FailAt { get; init; }

    /// <summary>Whether every call after <see cref="FailAt"/> fails too.</summary>
    public bool FailsFromThereOn { get; init; }

    /// <summary>Whether reads count, and can fail.</summary>
    public bool CountReads { get; init; }

    /// <summary>The flush with this number (from 1) reports success and does nothing; 0 for none.</summary>
    public long LyingFlush { get; init; }
}
