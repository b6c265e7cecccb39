using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace ModelVault.Generators.Parsing;

/// <summary>Finds the cases of unions among the types of an assembly.</summary>
internal static class Unions
{
    // An assembly is searched once, however many members hold a union; a later compilation's is another one.
    private static readonly ConditionalWeakTable<IAssemblySymbol, Dictionary<ISymbol, List<INamedTypeSymbol>>> Known = new();

    /// <summary>The cases of a union: the objects that derive from it in its own assembly, by stored name.</summary>
    public static IReadOnlyList<INamedTypeSymbol> CasesOf(INamedTypeSymbol union) =>
        Known.GetValue(union.ContainingAssembly, static a => Search(a)).TryGetValue(union, out List<INamedTypeSymbol>? cases) ? cases : [];

    /// <summary>The unions that a type is a case of.</summary>
    public static IEnumerable<INamedTypeSymbol> Of(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? b = type.BaseType; b is not null; b = b.BaseType)
            if (b.IsVaultUnion() && SymbolEqualityComparer.Default.Equals(b.ContainingAssembly, type.ContainingAssembly)) yield return b;
    }

    /// <summary>A case's stored name.</summary>
    public static string NameOf(INamedTypeSymbol type) =>
        type.GetAttributes().Find(SymbolExtensions.ModelVault, "VaultObjectAttribute")?.Argument(0)?.Value is string given ? given.Trim() : StoredNames.Field(type.Name);

    private static Dictionary<ISymbol, List<INamedTypeSymbol>> Search(IAssemblySymbol assembly)
    {
        Dictionary<ISymbol, List<INamedTypeSymbol>> found = new(SymbolEqualityComparer.Default);
        foreach (INamedTypeSymbol type in Classes(assembly.GlobalNamespace))
        {
            if (type.IsAbstract || type.BaseType is null or { SpecialType: SpecialType.System_Object }) continue;
            foreach (INamedTypeSymbol union in Of(type))
            {
                if (!type.IsVaultObject()) break;
                if (!found.TryGetValue(union, out List<INamedTypeSymbol>? cases)) found[union] = cases = [];
                cases.Add(type);
            }
        }

        foreach (List<INamedTypeSymbol> cases in found.Values) cases.Sort(static (a, b) => Compare(a, b));
        return found;
    }

    /// <summary>Orders cases by stored name, and those of one name by their own.</summary>
    public static int Compare(INamedTypeSymbol left, INamedTypeSymbol right) => string.CompareOrdinal(NameOf(left), NameOf(right)) is not 0 and int order
        ? order
        : string.CompareOrdinal(left.ToDisplayString(), right.ToDisplayString());

    private static IEnumerable<INamedTypeSymbol> Classes(INamespaceOrTypeSymbol container)
    {
        foreach (INamespaceOrTypeSymbol member in container.GetMembers().OfType<INamespaceOrTypeSymbol>())
        {
            if (member is INamedTypeSymbol { TypeKind: TypeKind.Class } type) yield return type;
            foreach (INamedTypeSymbol nested in Classes(member)) yield return nested;
        }
    }
}
