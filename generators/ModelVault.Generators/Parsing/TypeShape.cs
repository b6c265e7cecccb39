using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Parsing;

/// <summary>Checks that a type is of a kind that can be stored, and names it.</summary>
internal static class TypeShape
{
    /// <summary>Reports what stands in the way of adding members to the type.</summary>
    public static void Check(ParseContext context, bool isCollection)
    {
        INamedTypeSymbol type = context.Type;
        if (WhyNot(type, isCollection) is { } why) context.Report(Rules.KindNotSupported, context.TypeLocation, type.Name, why);
        if (!IsPartial(type, context.CancellationToken)) context.Report(Rules.NotPartial, context.TypeLocation, type.Name);
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            if (!IsPartial(outer, context.CancellationToken)) context.Report(Rules.ContainingTypeNotPartial, outer.SourceLocation(), outer.Name, type.Name);
    }

    /// <summary>The type's names and place.</summary>
    public static TypeName NameOf(INamedTypeSymbol type)
    {
        List<INamedTypeSymbol> containing = [];
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType) containing.Insert(0, outer);
        return new TypeName(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(NamespaceFormat),
            type.Name,
            type.ToDisplayString(CSharpText.TypeFormat),
            type.ToDisplayString(PathFormat),
            Declaration(type),
            containing.Select(Declaration).ToEquatableArray(),
            string.Concat(containing.Select(static c => c.Name)),
            containing.Append(type).All(static t => t.DeclaredAccessibility == Accessibility.Public) ? "public" : "internal",
            type.IsValueType,
            type.IsRecord)
        {
            StorageClass = StorageClassOf(type, $"{string.Concat(containing.Select(static c => c.Name))}{type.Name}Storage"),
        };
    }

    // What the class is called must mean nothing else inside the type: neither a member nor a type beside it.
    private static string StorageClassOf(INamedTypeSymbol type, string name)
    {
        bool isTaken = type.ContainingNamespace.GetTypeMembers(name).Any(static t => t.SourceLocation() is not null);
        for (INamedTypeSymbol? t = type; t is not null && !isTaken; t = t.ContainingType) isTaken = t.Lineage().Any(b => !b.GetMembers(name).IsEmpty);
        return isTaken ? StorageClassOf(type, name + "_") : name;
    }

    private static readonly SymbolDisplayFormat PathFormat = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private static readonly SymbolDisplayFormat NamespaceFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    private static string? WhyNot(INamedTypeSymbol type, bool isCollection)
    {
        if (isCollection && type.IsVaultObject()) return "it is both a [VaultCollection] and a [VaultObject]";
        if (isCollection && type.IsValueType) return "a collection is a class or a record class; a struct can be a [VaultObject]";
        if (type.IsStatic) return "it is static";
        if (type.GetAttributes().IsObsoleteAsError()) return "it is obsolete as an error, so that generated code can't use it either";
        if (type.IsAbstract) return "it is abstract, so no record could become one; annotate the types that derive from it";
        if (type.IsRefLikeType) return "it is a ref struct";
        if (type.IsFileLocal) return "it is local to its file, where generated code can't reach it";
        for (INamedTypeSymbol? t = type; t is not null; t = t.ContainingType)
        {
            if (t.IsGenericType) return "it is generic, or inside a generic type; annotate a type that closes it";
            if (t.ContainingType is not null && t.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
                return "it is private or protected, where generated code can't reach it";
        }

        for (INamedTypeSymbol? b = type.BaseType; isCollection && b is not null; b = b.BaseType)
            if (b.IsVaultCollection()) return $"its base class '{b.Name}' is a collection of its own; move what they share to a base class that is none";
        return null;
    }

    private static bool IsPartial(INamedTypeSymbol type, CancellationToken cancellationToken) => type.DeclaringSyntaxReferences
        .Select(r => r.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>().All(static d => d.Modifiers.Any(SyntaxKind.PartialKeyword));

    private static string Declaration(INamedTypeSymbol type)
    {
        string keyword = type switch
        {
            { TypeKind: TypeKind.Interface } => "interface",
            { IsRecord: true, IsValueType: true } => "record struct",
            { IsRecord: true } => "record",
            { IsValueType: true } => "struct",
            _ => "class",
        };
        return $"partial {keyword} {CSharpText.Identifier(type.Name)}";
    }
}
