using System.Buffers.Binary;
using System.Numerics;

namespace ModelVault.Benchmarks;

/// <summary>What the rows of bytes have as keys.</summary>
internal enum RawKey
{
    /// <summary>A 64-bit number; 8 bytes, big-endian.</summary>
    Number,

    /// <summary>A text: <c>user/</c> and 16 hexadecimal digits.</summary>
    Text,
}

/// <summary>
/// Rows of a key and 100 bytes. The rows that a store is loaded with are the even numbers, so that the odd ones are free to be
/// inserted between them; texts come from the numbers in an order of their own.
/// </summary>
internal sealed class RawRows(int count, RawKey kind)
{
    public const int ValueSize = 100;

    private const ulong Mixer = 0x9E3779B97F4A7C15;
    private static readonly byte[] Template = MakeTemplate();

    /// <summary>How many rows a store is loaded with: the numbers 0, 2, 4 and so on.</summary>
    public int Count => count;

    public RawKey Kind => kind;

    public int KeySize => kind == RawKey.Number ? 8 : 21;

    /// <summary>Writes the key of a number.</summary>
    public void WriteKey(long number, Span<byte> key)
    {
        if (kind == RawKey.Number)
        {
            BinaryPrimitives.WriteInt64BigEndian(key, number);
            return;
        }

        "user/"u8.CopyTo(key);
        // Different numbers give different texts: the multiplier is odd, and rotating loses nothing.
        Convert.TryToHexStringLower(BitConverter.GetBytes(BitOperations.RotateLeft((ulong)number * Mixer, 32) * Mixer), key[5..], out _);
    }

    /// <summary>Writes the value of a number.</summary>
    public static void WriteValue(long number, Span<byte> value)
    {
        Template.CopyTo(value);
        BinaryPrimitives.WriteInt64LittleEndian(value, number);
        BinaryPrimitives.WriteInt64LittleEndian(value[(ValueSize - 8)..], number * 31);
    }

    /// <summary>What reading a row takes from its value.</summary>
    public static long Digest(ReadOnlySpan<byte> value) => value.Length + value[0] + ((long)value[^8] << 8);

    /// <summary>The numbers of the rows that a store is loaded with, ascending.</summary>
    public long[] Ascending() => [.. Enumerable.Range(0, count).Select(static i => 2L * i)];

    /// <summary>The same in any order.</summary>
    public long[] Shuffled()
    {
        long[] numbers = Ascending();
        new Random(4).Shuffle(numbers);
        return numbers;
    }

    private static byte[] MakeTemplate()
    {
        byte[] template = new byte[ValueSize];
        new Random(8).NextBytes(template);
        return template;
    }
}
