namespace ModelVault;

/// <summary>An interval of keys: from <see cref="Start"/>, included, to <see cref="End"/>, not included; a null end is open.</summary>
internal readonly record struct KeyRange(byte[] Start, byte[]? End)
{
    /// <summary>Every key.</summary>
    public static KeyRange All { get; } = new([], null);

    /// <summary>Whether nothing can be in it.</summary>
    public bool IsEmpty => End is not null && Start.AsSpan().SequenceCompareTo(End) >= 0;

    /// <summary>The keys that begin with a prefix.</summary>
    public static KeyRange Prefix(ReadOnlySpan<byte> prefix) => new(prefix.ToArray(), After(prefix));

    /// <summary>
    /// The same interval where everything from a position on is stored complemented, as a descending component is. Start and end
    /// are whole components or beginnings of them, and the end is not open.
    /// </summary>
    public KeyRange Complemented(int from) => new(AfterComplement(End!, from)!, AfterComplement(Start, from));

    /// <summary>Whether it ends before another begins or begins where that ends; no key is in both.</summary>
    public bool IsBefore(KeyRange other) => End is not null && End.AsSpan().SequenceCompareTo(other.Start) <= 0;

    /// <summary>The first key behind all keys that begin with a prefix, or null if there is none.</summary>
    public static byte[]? After(ReadOnlySpan<byte> prefix)
    {
        int length = prefix.Length;
        while (length > 0 && prefix[length - 1] == byte.MaxValue) length--;
        if (length == 0) return null;
        byte[] after = prefix[..length].ToArray();
        after[length - 1]++;
        return after;
    }

    private static byte[]? AfterComplement(byte[] key, int from)
    {
        byte[] complement = key.ToArray();
        foreach (ref byte b in complement.AsSpan(from)) b = (byte)~b;
        return After(complement);
    }
}
