namespace ModelVault.Runtime;

/// <summary>One step from a stored value into it: to an object's field or to a map's entry.</summary>
internal readonly struct FieldStep
{
    private readonly int _ordinal;

    public FieldStep(int ordinal) => _ordinal = ordinal;

    /// <summary>The place of an object's field.</summary>
    public int Ordinal => _ordinal;

    private FieldStep(byte[] mapKey) => MapKey = mapKey;

    /// <summary>The key as MessagePack, for a map's entry; else null.</summary>
    public byte[]? MapKey { get; }

    public static FieldStep ForMapKey<TKey>(TKey key) where TKey : notnull
    {
        MessagePackWriter writer = new(new byte[64]);
        switch (key)
        {
            case string s: writer.WriteMapKey(s); break;
            case Guid g: writer.WriteMapKey(g); break;
            case ulong u: writer.WriteMapKey(u); break;
            default: writer.WriteMapKey(Convert.ToInt64(key, System.Globalization.CultureInfo.InvariantCulture)); break;
        }

        return new FieldStep(writer.Written.ToArray());
    }

    /// <summary>Moves the reader to the field or entry. False if it is not there.</summary>
    public bool TryEnter(ref MessagePackReader reader) =>
        MapKey is null ? reader.TryEnterField(_ordinal) : TryEnterEntry(ref reader, MapKey);

    // Equal keys have equal bytes: the writer uses the shortest form.
    private static bool TryEnterEntry(ref MessagePackReader reader, ReadOnlySpan<byte> key)
    {
        int count = reader.BeginMap();
        for (int i = 0; i < count; i++)
        {
            if (reader.ReadRaw().SequenceEqual(key)) return true;
            reader.Skip();
        }

        return false;
    }
}
