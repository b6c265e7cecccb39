using System.Diagnostics.CodeAnalysis;

namespace ModelVault.Storage.Tests.Trees;

/// <summary>Rows with short and long keys, many of which begin alike, and values up to those that stand in pages of their own.</summary>
internal static class RandomRows
{
    public static void Fill(WritableTree tree, Oracle oracle, int rows, int seed)
    {
        var random = new Random(seed);
        while (oracle.Rows.Count < rows) Put(tree, oracle, random, Key(random));
    }

    /// <summary>Some changes, half of them next to a key.</summary>
    public static void Change(WritableTree tree, Oracle oracle, Random random, byte[] near)
    {
        for (var i = random.Next(1, 40); i > 0; i--)
        {
            var key = random.Next(4) switch
            {
                0 => near,
                1 => [.. near.Take(random.Next(near.Length + 1)), (byte)random.Next(256)],
                _ => Key(random),
            };
            if (random.Next(2) == 0)
            {
                Assert.Equal(oracle.Rows.Remove(key), tree.Delete(key));
            }
            else
            {
                Put(tree, oracle, random, key);
            }
        }
    }

    /// <summary>Two ends, one of which is sometimes open; sometimes the wrong way around.</summary>
    public static (byte[] From, byte[] To) Range(Random random) => (random.Next(4) == 0 ? [] : Key(random), random.Next(4) == 0 ? [] : Key(random));

    /// <summary>The rows in a range.</summary>
    public static List<(byte[] Key, byte[] Value)> Between(Oracle oracle, byte[] from, byte[] to) =>
        [.. oracle.Rows.Where(r => r.Key.AsSpan().SequenceCompareTo(from) >= 0 && (to.Length == 0 || r.Key.AsSpan().SequenceCompareTo(to) < 0)).Select(static r => (r.Key, r.Value))];

    public static byte[] Key(Random random)
    {
        var key = new byte[random.Next(1, random.Next(8) == 0 ? 60 : 7)];
        for (var i = 0; i < key.Length; i++) key[i] = (byte)(i < 3 ? random.Next(6) : random.Next(256));
        return key;
    }

    private static void Put(WritableTree tree, Oracle oracle, Random random, byte[] key)
    {
        var value = Bytes.Random(random.Next(200) == 0 ? random.Next(2000, 20_000) : random.Next(120), random.Next());
        tree.Put(key, value);
        oracle.Rows[key] = value;
    }
}

/// <summary>Whether two rows have the same bytes.</summary>
internal sealed class RowEquality : IEqualityComparer<(byte[] Key, byte[] Value)>
{
    public static RowEquality Instance { get; } = new();

    public bool Equals((byte[] Key, byte[] Value) x, (byte[] Key, byte[] Value) y) => x.Key.AsSpan().SequenceEqual(y.Key) && x.Value.AsSpan().SequenceEqual(y.Value);

    public int GetHashCode([DisallowNull] (byte[] Key, byte[] Value) row) => row.Key.Length;
}
