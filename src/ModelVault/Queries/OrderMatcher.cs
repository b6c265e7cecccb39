using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Tells whether a key's own order is the one a query asks for, ties by primary key included.</summary>
internal static class OrderMatcher
{
    /// <summary>The way to read the key so that the order holds, or null if none does.</summary>
    public static ScanOrder? Match(KeyCandidate candidate, IReadOnlyList<OrderTerm> terms, CollectionLayout layout, bool keyDescends)
    {
        // What a scan delivers: the components that are not fixed, then (of an index) the primary key.
        List<string> delivered = [.. candidate.Paths.Skip(candidate.Match.Equalities)];
        int components = delivered.Count;
        if (candidate.Index is not null) delivered.AddRange(layout.KeyPaths.Where(p => !delivered.Contains(p)));

        // What is asked for: the terms, then the primary key where it is not among them.
        List<(string Path, bool IsDescending)> wanted = [.. terms.Select(static t => (t.Field.Path.ToString(), t.IsDescending))];
        if (terms.Any(static t => !t.Field.IsIndexable)) return null;
        foreach (string path in layout.KeyPaths)
            if (!wanted.Exists(w => w.Path == path)) wanted.Add((path, keyDescends));

        return Direction(candidate, delivered, components, wanted);
    }

    private static ScanOrder? Direction(KeyCandidate candidate, List<string> delivered, int components, List<(string Path, bool IsDescending)> wanted)
    {
        // Behind the whole primary key nothing can differ any more; a fixed key component is not delivered and need not be.
        wanted.RemoveAll(w => !delivered.Contains(w.Path) && candidate.Paths.Take(candidate.Match.Equalities).Contains(w.Path));
        if (wanted.Count < delivered.Count || !wanted.Take(delivered.Count).Select(static w => w.Path).SequenceEqual(delivered)) return null;
        if (wanted.Count > delivered.Count && candidate.Index is null && delivered.Count == 0) return null;

        if (delivered.Count == 0) return ScanOrder.Forward;
        IEnumerable<bool> ofComponents = wanted.Take(components).Select(static w => w.IsDescending);
        IEnumerable<bool> ofKey = wanted.Take(delivered.Count).Skip(components).Select(static w => w.IsDescending);
        bool componentsAscend = ofComponents.All(static d => !d), componentsDescend = ofComponents.All(static d => d);
        bool keyAscends = ofKey.All(static d => !d), keyDescends = ofKey.All(static d => d);
        if (componentsAscend && keyAscends) return ScanOrder.Forward;
        if (componentsDescend && keyDescends) return ScanOrder.Backward;
        return componentsDescend && keyAscends && candidate.Index is not null ? ScanOrder.BackwardByValue : null;
    }
}
