using Microsoft.CodeAnalysis;

namespace ModelVault.Generators.Parsing;

/// <summary>Finds validation on the type itself, which the generated code does not run.</summary>
internal static class TypeConstraints
{
    /// <summary>Reports it.</summary>
    public static void Check(ParseContext context)
    {
        INamedTypeSymbol type = context.Type;
        if (type.AllInterfaces.Any(static i => i.Is(SymbolExtensions.DataAnnotations, "IValidatableObject")))
            context.Report(Rules.Validation, context.TypeLocation, "IValidatableObject", type.Name, "it is not supported");
        foreach (AttributeData attribute in type.Lineage().SelectMany(static t => t.GetAttributes()).Where(static a => IsValidation(a.AttributeClass)))
            context.Report(Rules.Validation, attribute.SourceLocation(context.CancellationToken), attribute.AttributeClass!.Name, type.Name, "validation attributes on types are not supported");
    }

    /// <summary>Whether the attribute validates.</summary>
    public static bool IsValidation(INamedTypeSymbol? attribute)
    {
        for (INamedTypeSymbol? t = attribute; t is not null; t = t.BaseType)
            if (t.Is(SymbolExtensions.DataAnnotations, "ValidationAttribute")) return true;
        return false;
    }
}
