namespace ModelVault;

/// <summary>
/// Ordinal string order by Unicode code point, which is the byte order of UTF-8. Differs from
/// <see cref="string.CompareOrdinal(string, string)"/> only where a surrogate pair meets a character from U+E000 up.
/// </summary>
internal static class CodePointOrder
{
    /// <summary>Compares two strings; null sorts first.</summary>
    public static int Compare(string? left, string? right)
    {
        if (left is null || right is null) return NullOrder.Compare(left, right);
        int same = left.AsSpan().CommonPrefixLength(right);
        if (same == left.Length || same == right.Length) return left.Length - right.Length;
        return Rank(left[same]) - Rank(right[same]);
    }

    // Surrogates stand for code points above every other char: rotate U+D800..U+DFFF behind U+E000..U+FFFF.
    private static int Rank(char c) => c < 0xd800 ? c : c < 0xe000 ? c + 0x2000 : c - 0x800;
}
