using Microsoft.CodeAnalysis;

namespace ModelVault.Generators.Parsing;

/// <summary>Finds what a converter stores a type as, or says why it does not.</summary>
internal static class Converters
{
    /// <summary>The converter that an attribute names, and the stored type; else the reason why there is none.</summary>
    public static (INamedTypeSymbol? Converter, ITypeSymbol? Stored, string? Error) Of(AttributeData attribute, ITypeSymbol type)
    {
        if (attribute.Argument(0)?.Value is not INamedTypeSymbol converter || converter.TypeKind == TypeKind.Error) return (null, null, "it names no converter");
        if (converter.TypeKind is not (TypeKind.Class or TypeKind.Struct) || converter.IsStatic || converter.IsUnboundGenericType)
            return (converter, null, "a converter is a class or struct that is neither static nor open");
        if (!IsReachable(converter)) return (converter, null, "generated code can't reach it; make it and what contains it public or internal");

        List<ITypeSymbol> stored = [.. converter.AllInterfaces.Where(i => i.Is(SymbolExtensions.ModelVault, "IVaultConverter") && SymbolEqualityComparer.Default.Equals(i.TypeArguments[0], type)).Select(static i => i.TypeArguments[1])];
        if (stored.Count == 0) return (converter, null, $"it does not implement IVaultConverter<{type.Display()}, TStored>");
        if (stored.Count > 1) return (converter, null, $"it implements IVaultConverter<{type.Display()}, TStored> more than once");
        bool isNullable = stored[0].NullableAnnotation == NullableAnnotation.Annotated || stored[0].OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;
        return isNullable ? (converter, null, "its stored type is nullable; null is stored without a converter") : (converter, stored[0], null);
    }

    private static bool IsReachable(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? t = type; t is not null; t = t.ContainingType)
            if (t.IsFileLocal || t.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal)) return false;
        return true;
    }
}
