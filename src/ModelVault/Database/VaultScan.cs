namespace ModelVault;

/// <summary>A kind of query that has read whole collections.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Query">The query without its values: <c>rating >= ? order by title limit</c>. Queries that differ in values only are one.</param>
/// <param name="Count">How often it has run.</param>
/// <param name="Records">How many records the collection had each time, added up: the most that can have been read.</param>
public sealed record VaultScan(string Collection, string Query, long Count, long Records);
