using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;

namespace ModelVault.Generators.Parsing;

/// <summary>Parses the validation of an object as a whole: attributes on the type, and <c>IValidatableObject</c>.</summary>
internal static class TypeConstraints
{
    /// <summary>The checks; null where there are none.</summary>
    public static ObjectChecksModel? Parse(ParseContext context)
    {
        bool isValidatable = context.Type.AllInterfaces.Any(static i => i.Is(SymbolExtensions.DataAnnotations, "IValidatableObject"));
        List<ObjectAttributeModel> attributes = [];
        foreach (AttributeData attribute in AttributesOf(context.Type))
        {
            (string? code, string? error) = AttributeCode.Of(attribute, context);
            string rule = attribute.AttributeClass!.RuleName();
            if (error is null) attributes.Add(new ObjectAttributeModel(rule, code!));
            else context.Report(Rules.Validation, attribute.SourceLocation(context.CancellationToken), rule, context.Type.Name, error);
        }

        return isValidatable || attributes.Count > 0 ? new ObjectChecksModel(attributes.ToEquatableArray(), isValidatable) : null;
    }

    /// <summary>Whether the attribute validates.</summary>
    public static bool IsValidation(INamedTypeSymbol? attribute)
    {
        for (INamedTypeSymbol? t = attribute; t is not null; t = t.BaseType)
            if (t.Is(SymbolExtensions.DataAnnotations, "ValidationAttribute")) return true;
        return false;
    }

    /// <summary>The attribute's name without its suffix, by which violations name it.</summary>
    public static string RuleName(this INamedTypeSymbol attribute)
    {
        string name = attribute.Name;
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - 9) : name;
    }

    // Those of base classes are inherited, unless the class has one of the kind itself.
    private static List<AttributeData> AttributesOf(INamedTypeSymbol type)
    {
        List<AttributeData> attributes = [];
        foreach (INamedTypeSymbol t in type.Lineage().Reverse())
        {
            List<AttributeData> own = [.. t.GetAttributes().Where(static a => IsValidation(a.AttributeClass))];
            attributes.InsertRange(0, own.Where(o => !attributes.Any(a => SymbolEqualityComparer.Default.Equals(a.AttributeClass, o.AttributeClass))));
        }

        return attributes;
    }
}
