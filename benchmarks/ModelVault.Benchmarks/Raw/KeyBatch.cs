namespace ModelVault.Benchmarks;

/// <summary>The keys of rows drawn at random, made before the clock runs.</summary>
internal sealed class KeyBatch(RawRows rows, int seed)
{
    /// <summary>The most keys of a batch; reading more of them begins again at the first.</summary>
    public const int Size = 1 << 20;

    private readonly Random _random = new(seed);
    private readonly byte[] _keys = new byte[Size * rows.KeySize];

    /// <summary>Draws new ones.</summary>
    public void Draw()
    {
        for (int i = 0; i < Size; i++) rows.WriteKey(2L * _random.Next(rows.Count), _keys.AsSpan(i * rows.KeySize, rows.KeySize));
    }

    public ReadOnlySpan<byte> Key(int number) => _keys.AsSpan((number & (Size - 1)) * rows.KeySize, rows.KeySize);
}
