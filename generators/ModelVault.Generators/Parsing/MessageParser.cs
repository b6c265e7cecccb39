using System.Globalization;
using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Parsing;

/// <summary>Parses the user's message of a validation attribute: a constant, or a static property of a resource class.</summary>
internal static class MessageParser
{
    /// <summary>The message; null where the attribute has none.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="member">The member it is on, which is <c>{0}</c>.</param>
    /// <param name="arguments">What the attribute says, <c>{1}</c> and so on, as <c>FormatErrorMessage</c> has it.</param>
    public static MessageModel? Parse(AttributeData attribute, Member member, object[] arguments)
    {
        string name = DisplayName(member);
        if (PropertyOf(attribute) is { } property)
        {
            string source = $"{property.ContainingType.ToDisplayString(CSharpText.TypeFormat)}.{CSharpText.Identifier(property.Name)}";
            string[] values = [CSharpText.Literal(name), .. arguments.Select(static a => CSharpText.Constant(a))];
            return new MessageModel($"new(static () => {source}, {string.Join(", ", values)})", IsStored: true);
        }

        return attribute.Named<string>("ErrorMessage") is { } text ? new MessageModel(CSharpText.Literal(Format(text, [name, .. arguments])), IsStored: false) : null;
    }

    /// <summary>Why the attribute's message can't be had; null where it can.</summary>
    public static string? Check(AttributeData attribute, ParseContext context)
    {
        if (!attribute.NamedArguments.Any(static a => a.Key is "ErrorMessageResourceName" or "ErrorMessageResourceType")) return null;
        if (PropertyOf(attribute) is not { } property) return "its message is no static property of its resource type";
        if (property.Type.SpecialType != SpecialType.System_String) return $"its message '{property.Name}' is not a string";
        return context.Compilation.IsSymbolAccessibleWithin(property, context.Compilation.Assembly) && property.GetMethod is { } getter && context.Compilation.IsSymbolAccessibleWithin(getter, context.Compilation.Assembly)
            ? null
            : $"generated code can't reach its message '{property.Name}'; make it public or internal";
    }

    /// <summary>The name that messages give the member.</summary>
    public static string DisplayName(Member member)
    {
        AttributeData? display = member.Attributes.Find(SymbolExtensions.DataAnnotations, "DisplayAttribute");
        return display?.Named<INamedTypeSymbol>("ResourceType") is null && display?.Named<string>("Name") is { Length: > 0 } given ? given : member.Name;
    }

    private static IPropertySymbol? PropertyOf(AttributeData attribute) =>
        attribute.Named<INamedTypeSymbol>("ErrorMessageResourceType") is { } type && attribute.Named<string>("ErrorMessageResourceName") is { } name
            ? type.GetMembers(name).OfType<IPropertySymbol>().FirstOrDefault(static p => p.IsStatic)
            : null;

    private static string Format(string text, object[] arguments)
    {
        try
        {
            return string.Format(CultureInfo.InvariantCulture, text, arguments);
        }
        catch (FormatException)
        {
            return text;
        }
    }
}
