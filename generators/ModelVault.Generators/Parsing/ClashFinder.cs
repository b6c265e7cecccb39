using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;

namespace ModelVault.Generators.Parsing;

/// <summary>Finds members and types whose names the generated code takes.</summary>
internal static class ClashFinder
{
    private static readonly string[] Contexts = ["VaultDatabase", "VaultTransaction", "VaultSnapshot", "VaultContext"];

    /// <summary>Reports the clashes of a collection.</summary>
    public static void CheckCollection(ParseContext context, IReadOnlyList<ParsedField> fields, CollectionModel collection)
    {
        string type = context.Type.Name;
        foreach (string name in (string[])["Schema", "SchemaJson", "Fields"])
        {
            if (MemberNamed(context.Type, name) is { } member)
                context.Report(Rules.NameClash, member.SourceLocation(), $"'{type}.{name}' has the name of a generated member; rename it");
        }

        CheckSibling(context, $"{type}Fields");
        if (context.Type.ContainingType is null) CheckSibling(context, $"{type}VaultExtensions");
        if (Sibling(context, $"{type}Collection") is { IsStatic: true } or { TypeKind: not TypeKind.Class }) CheckSibling(context, $"{type}Collection");
        CheckMembers(context, fields, [$"{type}Fields"]);
        CheckAccessor(context, collection.Accessor);
    }

    /// <summary>Reports the clashes of an object.</summary>
    public static void CheckObject(ParseContext context, IReadOnlyList<ParsedField> fields)
    {
        string type = context.Type.Name;
        CheckSibling(context, $"{type}Fields");
        CheckSibling(context, $"Nullable{type}Fields");
        CheckMembers(context, fields, [$"{type}Fields", $"Nullable{type}Fields", "TModel", "IsNull"]);
        CheckCase(context);
    }

    // Of two cases with one name the later one says it.
    private static void CheckCase(ParseContext context)
    {
        INamedTypeSymbol type = context.Type;
        string name = Unions.NameOf(type);
        if (name.Length == 0) context.Report(Rules.NameClash, context.TypeLocation, $"The stored name of '{type.Name}' is empty");
        foreach (INamedTypeSymbol union in Unions.Of(type))
        {
            if (Unions.CasesOf(union).FirstOrDefault(c => Unions.NameOf(c) == name) is { } first && !SymbolEqualityComparer.Default.Equals(first, type))
                context.Report(Rules.NameClash, context.TypeLocation, $"'{first.Name}' and '{type.Name}' are cases of '{union.Name}' with the same stored name '{name}'; give one another with [VaultObject(\"…\")]");
        }
    }

    private static ISymbol? MemberNamed(INamedTypeSymbol type, string name) =>
        type.Lineage().SelectMany(t => t.GetMembers(name)).LastOrDefault(m => m.DeclaredAccessibility != Accessibility.Private || SymbolEqualityComparer.Default.Equals(m.ContainingType, type));

    private static INamedTypeSymbol? Sibling(ParseContext context, string name)
    {
        INamespaceOrTypeSymbol container = context.Type.ContainingType ?? (INamespaceOrTypeSymbol)context.Type.ContainingNamespace;
        return container.GetTypeMembers(name).FirstOrDefault(static t => t.SourceLocation() is not null);
    }

    private static void CheckSibling(ParseContext context, string name)
    {
        if (Sibling(context, name) is { } sibling)
            context.Report(Rules.NameClash, sibling.SourceLocation(), $"'{name}' has the name of the type that is generated for '{context.Type.Name}'; rename it");
    }

    // The fields structs have a property per member, beside names of their own.
    private static void CheckMembers(ParseContext context, IReadOnlyList<ParsedField> fields, string[] taken)
    {
        foreach (Member member in fields.Select(static f => f.Member))
        {
            if (taken.Contains(member.Name) || member.Name is "Equals" or "GetHashCode" or "ToString" or "GetType" or "MemberwiseClone" or "ReferenceEquals")
                context.Report(Rules.NameClash, member.Location, $"'{context.Type.Name}.{member.Name}' has a name that the generated fields need; rename it");
        }
    }

    private static void CheckAccessor(ParseContext context, string accessor)
    {
        AttributeData? attribute = context.Type.GetAttributes().Find(SymbolExtensions.ModelVault, "VaultCollectionAttribute");
        Location? location = attribute?.NamedArguments.Any(static a => a.Key == "Accessor") == true ? attribute.SourceLocation(context.CancellationToken) : null;
        if (!Microsoft.CodeAnalysis.CSharp.SyntaxFacts.IsValidIdentifier(accessor))
        {
            context.Report(Rules.NameClash, location, $"'{accessor}', the accessor of '{context.Type.Name}', is not a C# name");
            return;
        }

        foreach (string name in Contexts)
        {
            for (INamedTypeSymbol? t = context.Compilation.GetTypeByMetadataName($"ModelVault.{name}"); t is not null; t = t.BaseType)
            {
                if (!t.GetMembers(accessor).Any(static m => m.DeclaredAccessibility == Accessibility.Public)) continue;
                context.Report(Rules.NameClash, location, $"'{accessor}', the accessor of '{context.Type.Name}', is hidden by {name}.{accessor}; name another with [VaultCollection(Accessor = \"…\")]");
                return;
            }
        }
    }
}
