using System.Reflection;
using Microsoft.CodeAnalysis;

namespace ModelVault.Generators.Tests.Harness;

/// <summary>What a user's compiler is given: the targeting pack's reference assemblies and ModelVault's own. Loaded once.</summary>
internal static class References
{
    /// <summary>The references.</summary>
    public static IReadOnlyList<MetadataReference> All { get; } = Load();

    private static List<MetadataReference> Load()
    {
        string folder = typeof(References).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "NetCoreReferenceFolder").Value!;
        return
        [
            .. Directory.EnumerateFiles(folder, "*.dll").Order(StringComparer.Ordinal).Select(p => MetadataReference.CreateFromFile(p)),
            MetadataReference.CreateFromFile(typeof(VaultDatabase).Assembly.Location),
            MetadataReference.CreateFromFile(typeof(VaultException).Assembly.Location),
        ];
    }
}
