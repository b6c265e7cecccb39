using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Writes a set whose items are stored values already: in the order in which models write it, what is there twice once.</summary>
internal static class StoredSet
{
    /// <summary>Writes the set.</summary>
    /// <param name="element">The items' type.</param>
    /// <param name="items">A list of them.</param>
    /// <param name="writer">The target.</param>
    public static void Write(FieldTypeSchema element, byte[] items, ref MessagePackWriter writer)
    {
        MessagePackReader reader = new(items);
        byte[][] bytes = new byte[reader.BeginList()][];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = reader.ReadRaw().ToArray();
        int count = element.IsScalar ? OrderScalars(RecordType.Of(element), bytes) : OrderObjects(bytes);
        writer.BeginList(count);
        foreach (byte[] item in bytes.AsSpan(0, count)) writer.WriteRaw(item);
        writer.EndList();
    }

    private static int OrderScalars(RecordType type, byte[][] bytes)
    {
        object?[] values = Array.ConvertAll(bytes, b =>
        {
            MessagePackReader reader = new(b);
            return type.Read(ref reader);
        });
        Array.Sort(values, bytes, Comparer<object?>.Create(type.CompareStored));
        int kept = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            if (kept > 0 && type.CompareStored(values[kept - 1], values[i]) == 0) continue;
            values[kept] = values[i];
            bytes[kept++] = bytes[i];
        }

        return kept;
    }

    private static int OrderObjects(byte[][] bytes)
    {
        Array.Sort(bytes, static (a, b) => a.AsSpan().SequenceCompareTo(b));
        int kept = 0;
        foreach (byte[] item in bytes)
            if (kept == 0 || !item.AsSpan().SequenceEqual(bytes[kept - 1])) bytes[kept++] = item;
        return kept;
    }
}
