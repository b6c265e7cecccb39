namespace ModelVault.Benchmarks;

/// <summary>What a run measures and how often.</summary>
/// <param name="Rows">The sizes of the collection, each measured by itself.</param>
/// <param name="Rounds">How often each contender is measured, in turns.</param>
/// <param name="WarmUp">How long each workload runs before it counts.</param>
/// <param name="Batch">How long one contender's turn should take.</param>
/// <param name="Only">Part of the names of the workloads to run, or null for all.</param>
internal sealed record BenchmarkOptions(int[] Rows, int Rounds, TimeSpan WarmUp, TimeSpan Batch, string? Only)
{
    /// <summary>The page cache of each contender.</summary>
    public const long CacheBytes = 512L << 20;

    /// <summary>Whether a workload is to be run.</summary>
    public bool Wants(string name) => Only is null || name.Contains(Only, StringComparison.OrdinalIgnoreCase);
}
