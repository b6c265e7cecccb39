using ModelVault.Generators.Models;

namespace ModelVault.Generators.Parsing;

/// <summary>Finds what can only be seen of all collections together.</summary>
internal static class CollectionClashes
{
    /// <summary>The diagnostics, in source order of the types.</summary>
    public static IEnumerable<LocatedDiagnostic> Find(IReadOnlyList<CollectionIdentity> collections, GeneratorOptions options)
    {
        if (collections.Count == 0) return [];
        List<CollectionIdentity> sorted = [.. collections.OrderBy(static c => c.Location.GetLineSpan().Path, StringComparer.Ordinal).ThenBy(static c => c.Location.SourceSpan.Start)];
        if (!options.IsLanguageSupported)
            return [LocatedDiagnostic.Of(Rules.LanguageVersion, sorted[0].Location, $"{options.LanguageVersion / 100}{(options.LanguageVersion % 100 == 0 ? "" : $".{options.LanguageVersion % 100}")}")];
        return Repeated(sorted, static c => c.StoredName, static (a, b) => $"'{a.TypeName}' and '{b.TypeName}' have the same stored name '{a.StoredName}'; give one another with [VaultCollection(\"…\")]")
            .Concat(Repeated(sorted, static c => $"{c.Namespace}.{c.Accessor}", static (a, b) => $"'{a.TypeName}' and '{b.TypeName}' have the same accessor '{a.Accessor}'; name another with [VaultCollection(Accessor = \"…\")]"));
    }

    private static IEnumerable<LocatedDiagnostic> Repeated(IEnumerable<CollectionIdentity> collections, Func<CollectionIdentity, string> name, Func<CollectionIdentity, CollectionIdentity, string> message) =>
        collections.GroupBy(name, StringComparer.Ordinal)
            .SelectMany(g => g.Skip(1).Select(c => LocatedDiagnostic.Of(Rules.NameClash, c.Location, message(g.First(), c))));
}
