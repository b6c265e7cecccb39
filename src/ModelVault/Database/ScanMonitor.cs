using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ModelVault;

/// <summary>Counts the queries of one database handle that scan, by their shapes, and does what <see cref="VaultOptions.OnScan"/> says. Thread-safe.</summary>
internal sealed class ScanMonitor(ScanPolicy policy)
{
    // What comes after so many shapes is counted together: queries may be put together at run time without end.
    private const int MostShapes = 256;
    private const string Others = "(others)";

    private static readonly Meter Meter = new("ModelVault");
    private static readonly Counter<long> Scans = Meter.CreateCounter<long>("modelvault.query.scans", "{query}", "Queries that read a whole collection because no key or index answers them.");

    private readonly ConcurrentDictionary<(string Collection, string Query), Tally> _tallies = [];

    /// <summary>What has been counted, the most frequent first.</summary>
    public IReadOnlyList<VaultScan> Counted =>
    [
        .. _tallies.Select(static t => new VaultScan(t.Key.Collection, t.Key.Query, Interlocked.Read(ref t.Value.Count), Interlocked.Read(ref t.Value.Records)))
            .OrderByDescending(static s => s.Count).ThenBy(static s => s.Collection, StringComparer.Ordinal).ThenBy(static s => s.Query, StringComparer.Ordinal),
    ];

    /// <summary>Notes a query that is about to be run, on a collection whose indexes are the model's. Throws <see cref="VaultQueryException"/> if it scans and must not.</summary>
    public void Note(AccessPath path, in QuerySpec spec, string collection, long records)
    {
        if (!path.IsUnserved || spec.AllowsScan) return;
        string shape = QueryShape.Of(spec);
        Count(collection, shape, records);
        if (policy == ScanPolicy.Log) ScanEventSource.Log.QueryScan(collection, shape, ScanAdvice.For(spec));
        if (policy == ScanPolicy.Throw) throw new VaultQueryException($"No key or index answers this query on '{collection}': {shape}. {ScanAdvice.For(spec)}");
    }

    private void Count(string collection, string shape, long records)
    {
        if (Scans.Enabled) Scans.Add(1, new TagList { { "collection", collection }, { "query", shape } });
        if (!_tallies.TryGetValue((collection, shape), out Tally? tally))
            tally = _tallies.GetOrAdd(_tallies.Count < MostShapes ? (collection, shape) : (collection, Others), static _ => new Tally());
        Interlocked.Increment(ref tally.Count);
        Interlocked.Add(ref tally.Records, records);
    }

    private sealed class Tally
    {
        public long Count;
        public long Records;
    }
}
