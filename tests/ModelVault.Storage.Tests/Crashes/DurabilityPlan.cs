namespace ModelVault.Storage.Tests.Crashes;

/// <summary>Which commits of a workload wait for the disk, and when it is flushed in between.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Of">The durability of a commit, by its number from 0.</param>
/// <param name="FlushEvery">After how many commits the file is flushed; 0 for never.</param>
/// <param name="InBackground">Whether that is the flush of the engine's own thread, or one that is asked for.</param>
internal sealed record DurabilityPlan(string Name, Func<int, Durability> Of, int FlushEvery = 0, bool InBackground = false)
{
    public static DurabilityPlan Full { get; } = new("full", static _ => Durability.Full);

    /// <summary>The plans under which a power failure may take commits.</summary>
    public static IReadOnlyList<DurabilityPlan> Loose { get; } =
    [
        new("none", static _ => Durability.None),
        new("relaxed", static _ => Durability.Relaxed, FlushEvery: 3, InBackground: true),
        new("mixed", static number => (number % 5) switch { 0 => Durability.Full, 3 => Durability.Relaxed, _ => Durability.None }, FlushEvery: 4),
    ];

    public static DurabilityPlan Named(string name) => name == Full.Name ? Full : Loose.Single(plan => plan.Name == name);

    public override string ToString() => Name;
}
