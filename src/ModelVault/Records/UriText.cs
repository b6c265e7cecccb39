namespace ModelVault.Runtime;

/// <summary>
/// The text of a URI: what it was made of, from which the same is made on every machine. A text that begins with a slash is a
/// relative URI; that Unix takes it for a path to a file when nobody says which is meant must not depend on who reads.
/// </summary>
internal static class UriText
{
    /// <summary>The text that is stored and compared.</summary>
    public static string Of(Uri value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.IsAbsoluteUri && value.OriginalString.StartsWith('/') ? value.AbsoluteUri : value.OriginalString;
    }

    /// <summary>The URI of a text; null if there is none.</summary>
    public static Uri? Parse(string text) =>
        Uri.TryCreate(text, text.StartsWith('/') ? UriKind.Relative : UriKind.RelativeOrAbsolute, out Uri? value) ? value : null;
}
