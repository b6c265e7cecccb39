using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Compaction;

/// <summary>A directory of a simulated machine: a vault, and what is to take its place.</summary>
internal sealed class SimulatedPlace(SimulatedBlockStorage vault) : IVaultPlace
{
    private SimulatedBlockStorage? _replaced; // as long as a power failure can bring it back

    public SimulatedBlockStorage Vault { get; private set; } = vault;

    public SimulatedBlockStorage? Replacement { get; private set; }

    /// <summary>What goes wrong with a replacement, from its first call on.</summary>
    public SimulatedFaults Faults { get; init; } = new();

    public bool FailsToCreate { get; init; }

    public bool FailsToReplace { get; init; }

    public bool FailsToFlush { get; init; }

    /// <summary>Runs at each step with its name; what it throws, the step throws.</summary>
    public Action<string> OnStep { get; set; } = static _ => { };

    public int Discarded { get; private set; }

    /// <summary>What the vault's name may lead to after a power failure now.</summary>
    public IEnumerable<DiskImage> Images(int seed) =>
        (_replaced is null ? (IEnumerable<SimulatedBlockStorage>)[Vault] : [Vault, _replaced]).SelectMany(storage => storage.CrashImages().Enumerate(seed, samples: 2, enumerated: 3));

    public IBlockStorage CreateReplacement()
    {
        OnStep("create");
        if (FailsToCreate) throw new IOException("Simulated error of creating.");
        return Replacement = new SimulatedBlockStorage(null, Faults);
    }

    public void Replace(IBlockStorage replacement)
    {
        OnStep("replace");
        if (FailsToReplace) throw new IOException("Simulated error of renaming.");
        (_replaced, Vault) = (Vault, (SimulatedBlockStorage)replacement);
        OnStep("replaced");
    }

    public void Flush()
    {
        OnStep("flush");
        if (FailsToFlush) throw new IOException("Simulated error of flushing the directory.");
        _replaced = null;
        OnStep("flushed");
    }

    public void Discard(IBlockStorage replacement)
    {
        Discarded++;
        replacement.Dispose();
    }
}
