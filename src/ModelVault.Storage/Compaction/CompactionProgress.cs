namespace ModelVault.Storage;

/// <summary>How far a compaction is.</summary>
/// <param name="Rows">Rows copied.</param>
/// <param name="TotalRows">Rows that there were when it began.</param>
public readonly record struct CompactionProgress(long Rows, long TotalRows);
