using ModelVault.Storage;

namespace ModelVault;

/// <summary>Reads an index's entries where they stand.</summary>
internal sealed class EntryReader(IndexLayout index)
{
    private byte[] _key = [];

    /// <summary>The primary key an entry points to; valid until the next one is read.</summary>
    public ReadOnlySpan<byte> PrimaryKey(in TreeRow entry)
    {
        if (index.Schema.IsUnique) return index.PrimaryKey(KeyOf(entry), entry.Value);

        // It ends the entry's key, so one of a known length need not be looked for.
        int width = index.KeyWidth;
        return width == 0 || entry.KeyLength < width ? index.PrimaryKey(KeyOf(entry), default)
            : width <= entry.KeySuffix.Length ? entry.KeySuffix[^width..]
            : KeyOf(entry)[^width..];
    }

    /// <summary>What an entry of a covering index holds of its record.</summary>
    public ReadOnlySpan<byte> Record(in TreeRow entry) => index.CoveredRecord(entry.Value);

    private ReadOnlySpan<byte> KeyOf(in TreeRow entry)
    {
        if (entry.KeyPrefix.IsEmpty) return entry.KeySuffix;
        if (_key.Length < entry.KeyLength) _key = new byte[Math.Max(entry.KeyLength, 64)];
        return _key.AsSpan(0, entry.CopyKey(_key));
    }
}
