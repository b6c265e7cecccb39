using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace ModelVault.Runtime;

/// <summary>Turns stored text into strings. Bytes that are no UTF-8 are damage: replacement characters in their place would be lost data.</summary>
internal static class Utf8Text
{
    // Texts of these lengths are in one or two vectors, or two halves of one: most names and titles are.
    private const int ShortestInVectors = sizeof(ulong);
    private const int LongestInVectors = 2 * VectorLength;
    private const int VectorLength = 16;
    private const ulong HighBits = 0x8080808080808080;

    /// <summary>The string of a text.</summary>
    public static string Decode(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is >= ShortestInVectors and <= LongestInVectors && IsAsciiInVectors(utf8))
            return string.Create(utf8.Length, utf8, static (text, ascii) => WidenInVectors(ascii, MemoryMarshal.Cast<char, ushort>(text)));
        // ASCII is Latin 1 too, which takes less work to decode.
        if (Ascii.IsValid(utf8)) return Encoding.Latin1.GetString(utf8);
        ThrowUnlessValid(utf8);
        return Encoding.UTF8.GetString(utf8);
    }

    /// <summary>The bytes of a text that has some.</summary>
    public static byte[] Encode(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Whether a text has bytes: one with an unpaired surrogate has none.</summary>
    public static bool CanEncode(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out _, out int length) != System.Buffers.OperationStatus.Done) return false;
            text = text[length..];
        }

        return true;
    }

    /// <summary>Throws <see cref="VaultCorruptionException"/> if there are bytes that are no UTF-8.</summary>
    public static void ThrowUnlessValid(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8)) throw new VaultCorruptionException("A stored text is not valid UTF-8.");
    }

    // The first bytes and the last ones, which may be the same in part: every byte is in one of the two.
    private static bool IsAsciiInVectors(ReadOnlySpan<byte> text)
    {
        if (text.Length < VectorLength) return ((MemoryMarshal.Read<ulong>(text) | MemoryMarshal.Read<ulong>(text[^sizeof(ulong)..])) & HighBits) == 0;
        return (Vector128.Create(text) | Vector128.Create(text[^VectorLength..])).ExtractMostSignificantBits() == 0;
    }

    private static void WidenInVectors(ReadOnlySpan<byte> ascii, Span<ushort> characters)
    {
        if (ascii.Length < VectorLength)
        {
            WidenHalf(ascii, characters);
            WidenHalf(ascii[^sizeof(ulong)..], characters[^sizeof(ulong)..]);
            return;
        }

        Widen(ascii, characters);
        Widen(ascii[^VectorLength..], characters[^VectorLength..]);
    }

    private static void WidenHalf(ReadOnlySpan<byte> ascii, Span<ushort> characters) =>
        Vector128.WidenLower(Vector128.CreateScalarUnsafe(MemoryMarshal.Read<ulong>(ascii)).AsByte()).CopyTo(characters);

    private static void Widen(ReadOnlySpan<byte> ascii, Span<ushort> characters)
    {
        (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(Vector128.Create(ascii));
        lower.CopyTo(characters);
        upper.CopyTo(characters[Vector128<ushort>.Count..]);
    }
}
