using System.ComponentModel;

namespace ModelVault.Runtime;

/// <summary>Writes a value that is not null to a stored record.</summary>
public delegate void RecordValueWriter<T>(in T value, ref MessagePackWriter writer);

/// <summary>Puts the items of sets into the order in which they are stored, for generated code.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SetItems
{
    /// <summary>Scalars in the order of their keys. Of those that are stored as the same value one is left.</summary>
    public static T[] Ordered<T>(IEnumerable<T> items, FieldType<T> type)
    {
        ArgumentNullException.ThrowIfNull(type);
        T[] ordered = Distinct(items);
        Array.Sort(ordered, type.CompareStored);
        int kept = 0;
        foreach (T item in ordered)
            if (kept == 0 || type.CompareStored(ordered[kept - 1], item) != 0) ordered[kept++] = item;
        return kept == ordered.Length ? ordered : ordered[..kept];
    }

    /// <summary>Objects in the order of their bytes.</summary>
    public static T[] Ordered<T>(IEnumerable<T> items, RecordValueWriter<T> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        T[] ordered = Distinct(items);
        byte[][] bytes = new byte[ordered.Length][];
        MessagePackWriter writer = new(new byte[256]);
        for (int i = 0; i < ordered.Length; i++)
        {
            int start = writer.Written.Length;
            write(in ordered[i], ref writer);
            bytes[i] = writer.Written[start..].ToArray();
        }

        Array.Sort(bytes, ordered, Comparer<byte[]>.Create(static (a, b) => a.AsSpan().SequenceCompareTo(b)));
        return ordered;
    }

    // A set with a comparer of its own may hold what will be the same item when it is read.
    private static T[] Distinct<T>(IEnumerable<T> items) =>
        items is HashSet<T> set && ReferenceEquals(set.Comparer, EqualityComparer<T>.Default) ? [.. set] : [.. new HashSet<T>(items)];
}
