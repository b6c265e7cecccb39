using System.Text;
using System.Text.Unicode;

namespace ModelVault.Runtime;

/// <summary>Turns stored text into strings. Bytes that are no UTF-8 are damage: replacement characters in their place would be lost data.</summary>
internal static class Utf8Text
{
    /// <summary>The string of a text.</summary>
    public static string Decode(ReadOnlySpan<byte> utf8)
    {
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
}
