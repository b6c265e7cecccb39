namespace ModelVault;

/// <summary>Texts that stand for values which JSON has no form for.</summary>
internal static class ScalarText
{
    /// <summary>The number that is not finite and has this name; null where there is none.</summary>
    public static double? NotFinite(string text) => text switch
    {
        "NaN" => double.NaN,
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        _ => null,
    };

    /// <summary>The bytes of base64; null where it is none.</summary>
    public static byte[]? Base64(string text)
    {
        byte[] bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out int length) ? bytes[..length] : null;
    }
}
