namespace ModelVault.Generators;

/// <summary>Tells text that can be stored from text that cannot.</summary>
internal static class Surrogates
{
    /// <summary>Whether every surrogate of a text has its other half, so that it is UTF-8 too.</summary>
    public static bool ArePaired(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1])) return false;
            i++;
        }

        return true;
    }
}
