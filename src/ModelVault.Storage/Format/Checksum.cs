using System.Buffers.Binary;
using System.Numerics;

namespace ModelVault.Storage;

/// <summary>
/// CRC32C in four lanes, folded to 64 bits. Guards against random damage, lost and misdirected writes (the seed carries the
/// place), not against an attacker.
/// </summary>
internal static class Checksum
{
    private const ulong FoldA = 0x9E3779B97F4A7C15;
    private const ulong FoldB = 0xD1B54A32D192ED03;

    /// <summary>The checksum of these bytes at the place that <paramref name="seed"/> stands for.</summary>
    public static ulong Compute(ReadOnlySpan<byte> data, ulong seed)
    {
        uint a = (uint)seed, b = (uint)(seed >> 32), c = ~a, d = ~b;
        var rest = data;
        while (rest.Length >= 32)
        {
            a = BitOperations.Crc32C(a, BinaryPrimitives.ReadUInt64LittleEndian(rest));
            b = BitOperations.Crc32C(b, BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]));
            c = BitOperations.Crc32C(c, BinaryPrimitives.ReadUInt64LittleEndian(rest[16..]));
            d = BitOperations.Crc32C(d, BinaryPrimitives.ReadUInt64LittleEndian(rest[24..]));
            rest = rest[32..];
        }

        foreach (var value in rest) a = BitOperations.Crc32C(a, value);
        var low = ((ulong)b << 32) | a;
        var high = ((ulong)d << 32) | c;
        return Fold(Fold(low ^ FoldA, high ^ FoldB) ^ seed, (ulong)data.Length ^ FoldA);
    }

    /// <summary>The seed of a page: its number mixed with the file's salt, so that a page of another place or file never passes.</summary>
    public static ulong PageSeed(ulong salt, long page) => Fold(salt ^ FoldA, (ulong)page ^ FoldB);

    private static ulong Fold(ulong x, ulong y)
    {
        var high = Math.BigMul(x, y, out var low);
        return high ^ low;
    }
}
