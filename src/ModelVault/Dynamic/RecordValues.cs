using System.Collections;

namespace ModelVault;

/// <summary>Compares the values that records hold.</summary>
internal static class RecordValues
{
    /// <summary>Whether two values are equal: records, lists, maps and bytes by content, everything else by <see cref="object.Equals(object)"/>.</summary>
    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (byte[] l, byte[] r) => l.AsSpan().SequenceEqual(r),
        (string, _) or (VaultRecord, _) => left.Equals(right),
        (IDictionary l, IDictionary r) => AreEqual(l, r),
        (IEnumerable l, IEnumerable r) => AreEqual(l, r),
        _ => left.Equals(right),
    };

    private static bool AreEqual(IDictionary left, IDictionary right)
    {
        if (left.Count != right.Count) return false;
        foreach (DictionaryEntry entry in left)
            if (!right.Contains(entry.Key) || !AreEqual(entry.Value, right[entry.Key])) return false;
        return true;
    }

    private static bool AreEqual(IEnumerable left, IEnumerable right)
    {
        IEnumerator l = left.GetEnumerator(), r = right.GetEnumerator();
        while (l.MoveNext())
            if (!r.MoveNext() || !AreEqual(l.Current, r.Current)) return false;
        return !r.MoveNext();
    }
}
