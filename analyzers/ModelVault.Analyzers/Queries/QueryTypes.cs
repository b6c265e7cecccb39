using Microsoft.CodeAnalysis;

namespace ModelVault.Analyzers.Queries;

/// <summary>The library's types that queries are made of, as one compilation sees them.</summary>
internal sealed class QueryTypes
{
    private readonly INamedTypeSymbol _collection;
    private readonly INamedTypeSymbol _filter;
    private readonly INamedTypeSymbol _fieldsAttribute;
    private readonly INamedTypeSymbol _fieldExtensions;

    private QueryTypes(INamedTypeSymbol collection, INamedTypeSymbol filter, INamedTypeSymbol fieldsAttribute, INamedTypeSymbol fieldExtensions)
    {
        _collection = collection;
        _filter = filter;
        _fieldsAttribute = fieldsAttribute;
        _fieldExtensions = fieldExtensions;
    }

    /// <summary>Finds the types. Null in a compilation that does not refer to ModelVault.</summary>
    public static QueryTypes? Find(Compilation compilation)
    {
        if (compilation.GetTypeByMetadataName("ModelVault.VaultQuery`2") is null
            || compilation.GetTypeByMetadataName("ModelVault.VaultCollection`2") is not { } collection
            || compilation.GetTypeByMetadataName("ModelVault.VaultFilter`1") is not { } filter
            || compilation.GetTypeByMetadataName("ModelVault.Runtime.VaultFieldsAttribute") is not { } fieldsAttribute
            || compilation.GetTypeByMetadataName("ModelVault.VaultFieldExtensions") is not { } fieldExtensions)
        {
            return null;
        }

        return new QueryTypes(collection, filter, fieldsAttribute, fieldExtensions);
    }

    /// <summary>Whether the type is a query that has not run yet. What sets those apart is that they can explain themselves.</summary>
    public bool IsQuery(ITypeSymbol? type) => IsLibraryType(type) && !type!.OriginalDefinition.GetMembers("Explain").IsEmpty;

    /// <summary>Whether the type is a collection, the library's or a generated one.</summary>
    public bool IsCollection(ITypeSymbol? type) => CollectionOf(type) is not null;

    /// <summary>The model of a collection; null if it is none, or generic code's.</summary>
    public INamedTypeSymbol? ModelOf(ITypeSymbol? collection) => CollectionOf(collection)?.TypeArguments[0] as INamedTypeSymbol;

    /// <summary>Whether the method is one of the library's on queries and collections, as opposed to a generated or hand-written one.</summary>
    public bool IsQueryMethod(IMethodSymbol method) =>
        IsLibraryType(method.ContainingType) && (IsQuery(method.ContainingType) || IsCollection(method.ContainingType));

    /// <summary>Whether the type is a filter; its fields of type bool are filters too.</summary>
    public bool IsFilter(ITypeSymbol? type)
    {
        for (INamedTypeSymbol? t = type as INamedTypeSymbol; t is not null; t = t.BaseType)
            if (SymbolEqualityComparer.Default.Equals(t.OriginalDefinition, _filter)) return true;
        return false;
    }

    /// <summary>Whether the type is the library's.</summary>
    public bool IsLibraryType(ITypeSymbol? type) =>
        type is not null && SymbolEqualityComparer.Default.Equals(type.OriginalDefinition.ContainingAssembly, _filter.ContainingAssembly);

    /// <summary>Whether the type has the forms in which the values come first.</summary>
    public bool IsFieldExtensions(ITypeSymbol type) => SymbolEqualityComparer.Default.Equals(type, _fieldExtensions);

    /// <summary>The type whose members the properties of a generated fields struct stand for; null for any other type.</summary>
    public INamedTypeSymbol? MembersBehind(ITypeSymbol? fields) => fields?.OriginalDefinition.GetAttributes()
        .FirstOrDefault(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, _fieldsAttribute))?.ConstructorArguments[0].Value as INamedTypeSymbol;

    private INamedTypeSymbol? CollectionOf(ITypeSymbol? type)
    {
        for (INamedTypeSymbol? t = type as INamedTypeSymbol; t is not null; t = t.BaseType)
            if (SymbolEqualityComparer.Default.Equals(t.OriginalDefinition, _collection)) return t;
        return null;
    }
}
