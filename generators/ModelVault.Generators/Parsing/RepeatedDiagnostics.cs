using Microsoft.CodeAnalysis;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Parsing;

/// <summary>Finds what the compiler says of the user's declarations and would say again of the generated code that names them.</summary>
internal static class RepeatedDiagnostics
{
    /// <summary>The identifiers, sorted.</summary>
    public static IEnumerable<string> Of(ParseContext context, IReadOnlyList<ParsedField> fields)
    {
        SortedSet<string> found = new(StringComparer.Ordinal);
        for (INamedTypeSymbol? type = context.Type; type is not null; type = type.ContainingType)
        {
            // CS8981: such a name may become a keyword. Where it is one already it is escaped.
            if (type.Name.All(static c => c is >= 'a' and <= 'z') && CSharpText.Identifier(type.Name) == type.Name) found.Add("CS8981");
            AddExperimental(type, found);
        }

        foreach (ParsedField field in fields)
        {
            AddExperimental(field.Member.Property, found);
            AddExperimentalTypes(field.Member.Property.Type, found);
        }

        return found;
    }

    private static void AddExperimentalTypes(ITypeSymbol type, SortedSet<string> found)
    {
        AddExperimental(type, found);
        if (type is IArrayTypeSymbol array) AddExperimentalTypes(array.ElementType, found);
        if (type is not INamedTypeSymbol named) return;
        foreach (ITypeSymbol argument in named.TypeArguments) AddExperimentalTypes(argument, found);
    }

    private static void AddExperimental(ISymbol symbol, SortedSet<string> found)
    {
        if (symbol.GetAttributes().Find("System.Diagnostics.CodeAnalysis", "ExperimentalAttribute")?.Argument(0)?.Value is string id) found.Add(id);
    }
}
