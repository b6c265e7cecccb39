using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelVault.Generators.Text;

/// <summary>Names and literals as C# writes them, whatever the culture.</summary>
internal static class CSharpText
{
    /// <summary>A type with its namespace and the nullability of its arguments.</summary>
    public static readonly SymbolDisplayFormat TypeFormat = SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(
        SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    /// <summary>An identifier, escaped where it is a keyword.</summary>
    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>A string literal.</summary>
    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary>A string literal, or <c>null</c>.</summary>
    public static string LiteralOrNull(string? text) => text is null ? "null" : Literal(text);

    /// <summary>A bool literal.</summary>
    public static string Literal(bool value) => value ? "true" : "false";

    /// <summary>A number in the invariant culture.</summary>
    public static string Number(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    /// <summary>A double literal.</summary>
    public static string Literal(double value) => value switch
    {
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        _ when double.IsNaN(value) => "double.NaN",
        _ => CanonicalJson.Number(value) + "D",
    };

    /// <summary>A float literal.</summary>
    public static string Literal(float value) => value switch
    {
        float.PositiveInfinity => "float.PositiveInfinity",
        float.NegativeInfinity => "float.NegativeInfinity",
        _ when float.IsNaN(value) => "float.NaN",
        _ => value.ToString("G9", CultureInfo.InvariantCulture) + "F",
    };

    /// <summary>A constant as an attribute or a parameter's default gives it.</summary>
    /// <param name="value">Its value; of an enum its number.</param>
    /// <param name="enumType">The enum that it belongs to, or null.</param>
    public static string Constant(object? value, string? enumType = null) => value switch
    {
        null => "default!",
        string s => Literal(s),
        char c => SymbolDisplay.FormatLiteral(c, quote: true),
        bool b => Literal(b),
        double d => Literal(d),
        float f => Literal(f),
        decimal m => Number(m) + "M",
        IFormattable n => enumType is null ? Number(n) : $"({enumType})({Number(n)})",
        _ => throw new NotSupportedException($"A constant of type {value.GetType()} has no literal."),
    };

    /// <summary>Text inside an XML comment.</summary>
    public static string Xml(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>A parameter's name for a member: <c>OrderId</c> → <c>orderId</c>, <c>ISBNCode</c> → <c>isbnCode</c>.</summary>
    public static string Parameter(string member)
    {
        char[] name = member.ToCharArray();
        for (int i = 0; i < name.Length && char.IsUpper(name[i]); i++)
        {
            bool startsNextWord = i > 0 && i + 1 < name.Length && char.IsLower(name[i + 1]);
            if (startsNextWord) break;
            name[i] = char.ToLowerInvariant(name[i]);
        }

        return Identifier(new string(name));
    }
}
