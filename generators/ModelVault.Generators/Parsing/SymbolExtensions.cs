using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ModelVault.Generators.Parsing;

/// <summary>Questions about symbols that several parsers ask.</summary>
internal static class SymbolExtensions
{
    /// <summary>The namespace of ModelVault's attributes.</summary>
    public const string ModelVault = "ModelVault";

    /// <summary>The namespace of the validation attributes.</summary>
    public const string DataAnnotations = "System.ComponentModel.DataAnnotations";

    /// <summary>Whether this is the named type.</summary>
    public static bool Is(this ITypeSymbol? type, string @namespace, string name) =>
        type is not null && type.Name == name && type.ContainingType is null && IsNamed(type.ContainingNamespace, @namespace);

    // Asked of every attribute of every member at every edit, so it compares from the end and allocates nothing.
    private static bool IsNamed(INamespaceSymbol @namespace, string name)
    {
        int end = name.Length;
        for (INamespaceSymbol n = @namespace; !n.IsGlobalNamespace; n = n.ContainingNamespace)
        {
            int start = end - n.Name.Length;
            if (start < 0 || string.CompareOrdinal(name, start, n.Name, 0, n.Name.Length) != 0) return false;
            if (start == 0) return n.ContainingNamespace.IsGlobalNamespace;
            if (name[start - 1] != '.') return false;
            end = start - 1;
        }

        return false;
    }

    /// <summary>Whether this is an application of the attribute.</summary>
    public static bool Is(this AttributeData attribute, string @namespace, string name) => attribute.AttributeClass.Is(@namespace, name);

    /// <summary>The first application of an attribute, or null.</summary>
    public static AttributeData? Find(this ImmutableArray<AttributeData> attributes, string @namespace, string name)
    {
        foreach (AttributeData attribute in attributes)
            if (attribute.Is(@namespace, name)) return attribute;
        return null;
    }

    /// <summary>Whether the attributes forbid every use.</summary>
    public static bool IsObsoleteAsError(this ImmutableArray<AttributeData> attributes) =>
        attributes.Find("System", "ObsoleteAttribute") is { } obsolete && obsolete.Argument(1)?.Value is true;

    /// <summary>Whether the type is a <c>[VaultObject]</c>.</summary>
    public static bool IsVaultObject(this ITypeSymbol type) => type.GetAttributes().Find(ModelVault, "VaultObjectAttribute") is not null;

    /// <summary>Whether the type is a <c>[VaultCollection]</c>.</summary>
    public static bool IsVaultCollection(this ITypeSymbol type) => type.GetAttributes().Find(ModelVault, "VaultCollectionAttribute") is not null;

    /// <summary>Whether the type is a <c>[VaultUnion]</c>.</summary>
    public static bool IsVaultUnion(this ITypeSymbol type) => type.GetAttributes().Find(ModelVault, "VaultUnionAttribute") is not null;

    /// <summary>The type's <c>[VaultConverter]</c>, or null.</summary>
    public static AttributeData? VaultConverter(this ITypeSymbol type) => type.GetAttributes().Find(ModelVault, "VaultConverterAttribute");

    /// <summary>A named argument's value, or the default where it is not given.</summary>
    public static T? Named<T>(this AttributeData attribute, string name, T? otherwise = default) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value.Value is T value ? value : otherwise;

    /// <summary>A positional argument; null where there are fewer.</summary>
    public static TypedConstant? Argument(this AttributeData attribute, int index) =>
        index < attribute.ConstructorArguments.Length ? attribute.ConstructorArguments[index] : null;

    /// <summary>The strings of an attribute's <c>params</c> argument.</summary>
    public static string[] Strings(this AttributeData attribute) => attribute.Argument(0) is { Kind: TypedConstantKind.Array, IsNull: false } names
        ? [.. names.Values.Select(static v => v.Value as string ?? "")]
        : [];

    /// <summary>Where the symbol is named in source.</summary>
    public static Location? SourceLocation(this ISymbol symbol) => symbol.Locations.FirstOrDefault(static l => l.IsInSource);

    /// <summary>Where the attribute is written.</summary>
    public static Location? SourceLocation(this AttributeData attribute, CancellationToken cancellationToken) =>
        attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken).GetLocation();

    /// <summary>The base classes that may have members to store, outermost first, then the type itself.</summary>
    public static IReadOnlyList<INamedTypeSymbol> Lineage(this INamedTypeSymbol type)
    {
        List<INamedTypeSymbol> lineage = [];
        for (INamedTypeSymbol? t = type; t is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) }; t = t.BaseType) lineage.Insert(0, t);
        return lineage;
    }

    /// <summary>The type's name in messages.</summary>
    public static string Display(this ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat);
}
