namespace ModelVault;

/// <summary>Some of a query's results, and where to go on.</summary>
/// <typeparam name="T">The results' type.</typeparam>
/// <param name="Items">The results, in the query's order.</param>
/// <param name="Next">The cursor to be given for the next page; null where this is the last.</param>
public sealed record VaultPage<T>(IReadOnlyList<T> Items, VaultCursor? Next);
