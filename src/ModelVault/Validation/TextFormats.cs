using System.Buffers.Text;

namespace ModelVault.Runtime;

/// <summary>What the validation attributes accept as an e-mail address and the like, each as the attribute itself checks it.</summary>
internal static class TextFormats
{
    /// <summary>One @, neither first nor last, and no line break.</summary>
    public static bool IsEmailAddress(string text)
    {
        int at = text.IndexOf('@');
        return at > 0 && at != text.Length - 1 && at == text.LastIndexOf('@') && text.AsSpan().IndexOfAny('\r', '\n') < 0;
    }

    /// <summary>Begins with http://, https:// or ftp://.</summary>
    public static bool IsUrl(string text) =>
        text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
        || text.StartsWith("ftp://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Base64 with its padding; white space is passed over.</summary>
    public static bool IsBase64(string text) => Base64.IsValid(text);

    /// <summary>Digits, hyphens and spaces; the digits have a valid Luhn checksum.</summary>
    public static bool IsCreditCard(string text)
    {
        int sum = 0;
        bool isDoubled = false;
        for (int i = text.Length - 1; i >= 0; i--)
        {
            if (text[i] is '-' or ' ') continue;
            if (!char.IsAsciiDigit(text[i])) return false;
            int digit = (text[i] - '0') * (isDoubled ? 2 : 1);
            sum += digit / 10 + digit % 10;
            isDoubled = !isDoubled;
        }

        return sum % 10 == 0;
    }

    /// <summary>At least one digit; else white space and + - . ( ); at the end it may have an extension: <c>ext. 12</c>, <c>ext 12</c>, <c>x 12</c>.</summary>
    public static bool IsPhone(string text)
    {
        string number = text.Replace("+", "", StringComparison.Ordinal).TrimEnd();
        bool hasDigit = false;
        foreach (char c in WithoutExtension(number))
        {
            hasDigit |= char.IsDigit(c);
            if (!char.IsDigit(c) && !char.IsWhiteSpace(c) && c is not ('-' or '.' or '(' or ')')) return false;
        }

        return hasDigit;
    }

    private static ReadOnlySpan<char> WithoutExtension(ReadOnlySpan<char> number)
    {
        foreach (string mark in (ReadOnlySpan<string>)["ext.", "ext", "x"])
        {
            int at = number.LastIndexOf(mark, StringComparison.OrdinalIgnoreCase);
            if (at >= 0 && IsExtension(number[(at + mark.Length)..])) return number[..at];
        }

        return number;
    }

    private static bool IsExtension(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> digits = text.TrimStart();
        foreach (char c in digits)
            if (!char.IsDigit(c)) return false;
        return digits.Length > 0;
    }
}
