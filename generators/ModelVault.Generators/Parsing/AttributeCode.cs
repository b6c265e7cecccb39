using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Parsing;

/// <summary>
/// Writes the application of an attribute as the C# that makes the same instance: <c>new global::Shop.EvenAttribute(2) { Strict = true }</c>.
/// So an attribute is called without being looked up by reflection.
/// </summary>
internal static class AttributeCode
{
    /// <summary>The expression, or why there is none.</summary>
    public static (string? Code, string? Error) Of(AttributeData attribute, ParseContext context)
    {
        INamedTypeSymbol type = attribute.AttributeClass!;
        if (attribute.AttributeConstructor is not { } constructor) return (null, "its constructor is not known");
        if (!IsAccessible(type, context) || !IsAccessible(constructor, context)) return (null, "generated code can't reach it; make it public or internal");
        if (RequiresReflection(type) || RequiresReflection(constructor)) return (null, "its constructor needs reflection, as its [RequiresUnreferencedCode] says");
        string[] arguments = [.. attribute.ConstructorArguments.Select(Constant)];
        string[] named = [.. attribute.NamedArguments.Select(static n => $"{CSharpText.Identifier(n.Key)} = {Constant(n.Value)}")];
        string initializer = named.Length == 0 ? "" : $" {{ {string.Join(", ", named)} }}";
        return ($"new {type.ToDisplayString(CSharpText.TypeFormat)}({string.Join(", ", arguments)}){initializer}", null);
    }

    private static bool IsAccessible(ISymbol symbol, ParseContext context) => context.Compilation.IsSymbolAccessibleWithin(symbol, context.Compilation.Assembly)
        && symbol is not INamedTypeSymbol { IsFileLocal: true };

    private static bool RequiresReflection(ISymbol symbol) =>
        symbol.GetAttributes().Any(static a => a.Is("System.Diagnostics.CodeAnalysis", "RequiresUnreferencedCodeAttribute") || a.Is("System.Diagnostics.CodeAnalysis", "RequiresDynamicCodeAttribute"));

    // With the constant's own type, so that the same constructor is chosen and an object parameter gets the same value.
    private static string Constant(TypedConstant constant)
    {
        if (constant.IsNull) return "null";
        string type = constant.Type!.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(CSharpText.TypeFormat);
        return constant.Kind switch
        {
            TypedConstantKind.Array => $"new {type} {{ {string.Join(", ", constant.Values.Select(Constant))} }}",
            TypedConstantKind.Type => $"typeof({((ITypeSymbol)constant.Value!).WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)})",
            TypedConstantKind.Enum => CSharpText.Constant(constant.Value, type),
            _ when constant.Value is string or bool or char or double or float => CSharpText.Constant(constant.Value),
            _ => $"({type})({CSharpText.Constant(constant.Value)})",
        };
    }
}
