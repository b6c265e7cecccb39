namespace ModelVault;

/// <summary>How far a long operation is.</summary>
/// <param name="Done">What is done, in <paramref name="Total"/>'s unit: rows for a compaction, those of indexes included.</param>
/// <param name="Total">What there was to do when it began.</param>
/// <param name="Stage">What it is doing.</param>
public sealed record VaultProgress(long Done, long Total, string Stage);
