using Microsoft.CodeAnalysis;

namespace ModelVault.Generators.Parsing;

/// <summary>The list and dictionary types that members can have.</summary>
internal static class Collections
{
    private const string Generic = "System.Collections.Generic";

    /// <summary>The item type of a list type; null for any other type.</summary>
    public static (ITypeSymbol Element, bool CanAdd)? ListOf(INamedTypeSymbol type)
    {
        if (type.TypeArguments.Length != 1) return null;
        bool canAdd = type.Is(Generic, "List") || type.Is(Generic, "IList") || type.Is(Generic, "ICollection");
        bool isList = canAdd || type.Is(Generic, "IReadOnlyList") || type.Is(Generic, "IReadOnlyCollection");
        return isList ? (type.TypeArguments[0], canAdd) : null;
    }

    /// <summary>The key and value types of a dictionary type; null for any other type.</summary>
    public static (ITypeSymbol Key, ITypeSymbol Value, bool CanAdd)? MapOf(INamedTypeSymbol type)
    {
        if (type.TypeArguments.Length != 2) return null;
        bool canAdd = type.Is(Generic, "Dictionary") || type.Is(Generic, "IDictionary");
        bool isMap = canAdd || type.Is(Generic, "IReadOnlyDictionary");
        return isMap ? (type.TypeArguments[0], type.TypeArguments[1], canAdd) : null;
    }
}
