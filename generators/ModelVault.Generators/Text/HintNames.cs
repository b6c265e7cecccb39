using System.Text;

namespace ModelVault.Generators.Text;

/// <summary>The names of generated files: unique without regard to case, short enough for every file system, the same on every machine.</summary>
internal static class HintNames
{
    private const int MaxLength = 100;

    /// <summary>The file of a type, from its full name.</summary>
    /// <param name="fullName">Namespace, containing types and name, joined by dots.</param>
    /// <param name="isAmbiguous">Whether another one's name differs in nothing but case.</param>
    public static string For(string fullName, bool isAmbiguous)
    {
        StringBuilder safe = new(fullName.Length);
        foreach (char c in fullName) safe.Append(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '.' or '_' ? c : '_');
        string name = safe.ToString();
        if (name.Length > MaxLength) name = name.Substring(name.Length - MaxLength).TrimStart('.');
        return name == fullName && !isAmbiguous ? $"{name}.g.cs" : $"{name}.{Fingerprint(fullName):x8}.g.cs";
    }

    // FNV-1a: string.GetHashCode differs from process to process.
    private static uint Fingerprint(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text) hash = (hash ^ c) * 16777619;
        return hash;
    }
}
