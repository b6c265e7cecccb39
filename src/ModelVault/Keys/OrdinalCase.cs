using System.Buffers;
using System.Text;

namespace ModelVault;

/// <summary>
/// Text without regard to case: two texts fold to the same bytes exactly where they are equal under
/// <see cref="StringComparison.OrdinalIgnoreCase"/>. The table is a part of the file format: it is that of Unicode 15, on every machine,
/// whereas what .NET knows of case depends on the ICU that it finds, and keys must mean the same wherever a file is read.
/// </summary>
internal static partial class OrdinalCase
{
    /// <summary>The most bytes that a text of a length folds to: some letters of two bytes have capitals of three.</summary>
    public static int MaxLength(int utf8Length) => checked(utf8Length + (utf8Length / 2));

    /// <summary>Folds UTF-8 into a buffer of at least <see cref="MaxLength"/> bytes. Returns how many it took. Throws <see cref="VaultCorruptionException"/> for what is no UTF-8.</summary>
    public static int Fold(ReadOnlySpan<byte> utf8, Span<byte> to)
    {
        int length = 0;
        while (true)
        {
            Ascii.ToUpper(utf8, to[length..], out int folded);
            length += folded;
            utf8 = utf8[folded..];
            if (utf8.IsEmpty) return length;
            if (Rune.DecodeFromUtf8(utf8, out Rune rune, out int consumed) != OperationStatus.Done) throw new VaultCorruptionException("A stored text is not valid UTF-8.");
            length += Fold(rune).EncodeToUtf8(to[length..]);
            utf8 = utf8[consumed..];
        }
    }

    /// <summary>The bytes that a text folds to.</summary>
    public static byte[] Fold(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        byte[] folded = new byte[MaxLength(utf8.Length)];
        return folded[..Fold(utf8, folded)];
    }

    /// <summary>The capital that stands for a letter in all its forms.</summary>
    public static Rune Fold(Rune rune)
    {
        // The last range that does not begin behind it.
        ReadOnlySpan<int> ranges = Ranges;
        int low = 0, high = (ranges.Length / 4) - 1;
        while (low <= high)
        {
            int middle = (low + high) / 2;
            if (ranges[4 * middle] <= rune.Value) low = middle + 1;
            else high = middle - 1;
        }

        if (high < 0) return rune;
        (int first, int last, int step, int difference) = (ranges[4 * high], ranges[(4 * high) + 1], ranges[(4 * high) + 2], ranges[(4 * high) + 3]);
        return rune.Value <= last && (rune.Value - first) % step == 0 ? new Rune(rune.Value + difference) : rune;
    }
}
