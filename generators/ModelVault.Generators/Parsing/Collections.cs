using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;

namespace ModelVault.Generators.Parsing;

/// <summary>The list, set and dictionary types that members can have.</summary>
internal static class Collections
{
    private const string Generic = "System.Collections.Generic";
    private const string Immutable = "System.Collections.Immutable";

    private static readonly (string Namespace, string Name, ListShape Shape, bool CanAdd)[] Lists =
    [
        (Generic, "List", ListShape.List, true), (Generic, "IList", ListShape.List, true), (Generic, "ICollection", ListShape.List, true),
        (Generic, "IReadOnlyList", ListShape.List, false), (Generic, "IReadOnlyCollection", ListShape.List, false),
        (Generic, "HashSet", ListShape.HashSet, true), (Generic, "ISet", ListShape.HashSet, true), (Generic, "IReadOnlySet", ListShape.HashSet, false),
        (Generic, "SortedSet", ListShape.SortedSet, true),
        (Immutable, "ImmutableArray", ListShape.ImmutableArray, false),
        (Immutable, "ImmutableList", ListShape.ImmutableList, false), (Immutable, "IImmutableList", ListShape.ImmutableList, false),
        (Immutable, "ImmutableHashSet", ListShape.ImmutableHashSet, false), (Immutable, "IImmutableSet", ListShape.ImmutableHashSet, false),
        (Immutable, "ImmutableSortedSet", ListShape.ImmutableSortedSet, false),
    ];

    private static readonly (string Namespace, string Name, MapShape Shape, bool CanAdd)[] Maps =
    [
        (Generic, "Dictionary", MapShape.Dictionary, true), (Generic, "IDictionary", MapShape.Dictionary, true), (Generic, "IReadOnlyDictionary", MapShape.Dictionary, false),
        (Generic, "SortedDictionary", MapShape.SortedDictionary, true),
        (Immutable, "ImmutableDictionary", MapShape.ImmutableDictionary, false), (Immutable, "IImmutableDictionary", MapShape.ImmutableDictionary, false),
        (Immutable, "ImmutableSortedDictionary", MapShape.ImmutableSortedDictionary, false),
    ];

    /// <summary>What a list or set type is made of; null for any other type.</summary>
    public static (ITypeSymbol Element, ListShape Shape, bool CanAdd)? ListOf(INamedTypeSymbol type)
    {
        if (type.TypeArguments.Length != 1) return null;
        foreach ((string @namespace, string name, ListShape shape, bool canAdd) in Lists)
            if (type.Is(@namespace, name)) return (type.TypeArguments[0], shape, canAdd);
        return null;
    }

    /// <summary>What a dictionary type is made of; null for any other type.</summary>
    public static (ITypeSymbol Key, ITypeSymbol Value, MapShape Shape, bool CanAdd)? MapOf(INamedTypeSymbol type)
    {
        if (type.TypeArguments.Length != 2) return null;
        foreach ((string @namespace, string name, MapShape shape, bool canAdd) in Maps)
            if (type.Is(@namespace, name)) return (type.TypeArguments[0], type.TypeArguments[1], shape, canAdd);
        return null;
    }

    /// <summary>Whether a sorted collection of this type has an order without being given one.</summary>
    public static bool IsComparable(ITypeSymbol type) => type.AllInterfaces.Any(static i => i.Is("System", "IComparable"));
}
