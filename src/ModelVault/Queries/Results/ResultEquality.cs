using System.Collections;
using System.Runtime.CompilerServices;

namespace ModelVault;

/// <summary>
/// When two results are one to <c>Distinct</c>: what their type takes for equal, but byte strings and collections, which it tells apart by where they are in
/// memory, by their values.
/// </summary>
internal sealed class ResultEquality<TResult> : IEqualityComparer<TResult>
{
    /// <summary>The comparison; null where the type's own will do.</summary>
    public static ResultEquality<TResult>? Instance { get; } = ResultEquality.Holds(typeof(TResult)) ? new() : null;

    public bool Equals(TResult? x, TResult? y) => ResultEquality.AreEqual(x, y);

    public int GetHashCode(TResult obj) => ResultEquality.Hash(obj);
}

/// <summary>The comparison of values that hold others.</summary>
internal static class ResultEquality
{
    /// <summary>Whether a type is a byte string or a collection, or a tuple with one.</summary>
    public static bool Holds(Type type) =>
        type == typeof(ReadOnlyMemory<byte>) || type == typeof(ReadOnlyMemory<byte>?)
        || (type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type))
        || (typeof(ITuple).IsAssignableFrom(type) && Array.Exists(type.GetGenericArguments(), Holds));

    public static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (null, _) or (_, null) => left is null && right is null,
        (byte[] l, byte[] r) => l.AsSpan().SequenceEqual(r),
        (ReadOnlyMemory<byte> l, ReadOnlyMemory<byte> r) => l.Span.SequenceEqual(r.Span),
        (string, string) => left.Equals(right),
        (ITuple l, ITuple r) => AreItemsEqual(l, r),
        (IEnumerable l, IEnumerable r) => AreItemsEqual(l, r),
        (DictionaryEntry l, DictionaryEntry r) => AreEqual(l.Key, r.Key) && AreEqual(l.Value, r.Value),
        _ => left.Equals(right),
    };

    public static int Hash(object? value)
    {
        switch (value)
        {
            case null: return 0;
            case string: return value.GetHashCode();
            case byte[] bytes: return Hash(bytes);
            case ReadOnlyMemory<byte> bytes: return Hash(bytes.Span);
            case ITuple tuple:
                HashCode parts = default;
                for (int i = 0; i < tuple.Length; i++) parts.Add(Hash(tuple[i]));
                return parts.ToHashCode();
            case IEnumerable items:
                HashCode all = default;
                foreach (object? item in items is IDictionary map ? map.Keys : items) all.Add(Hash(item));
                return all.ToHashCode();
            default: return value.GetHashCode();
        }
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        HashCode hash = default;
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    private static bool AreItemsEqual(ITuple left, ITuple right)
    {
        for (int i = 0; i < left.Length; i++)
            if (!AreEqual(left[i], right[i])) return false;
        return left.Length == right.Length;
    }

    private static bool AreItemsEqual(IEnumerable left, IEnumerable right)
    {
        IEnumerator l = Entries(left), r = Entries(right);
        while (l.MoveNext())
            if (!r.MoveNext() || !AreEqual(l.Current, r.Current)) return false;
        return !r.MoveNext();
    }

    // A dictionary's entries as one type, whatever the types of its keys and values.
    private static IEnumerator Entries(IEnumerable items) => items is IDictionary map ? map.GetEnumerator() : items.GetEnumerator();
}
