using System.Globalization;
using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Parsing;

/// <summary>Reads the constants of an index's conditions: literals, and members of enums.</summary>
internal static class IndexConstant
{
    // Greater integers have neighbours that Half does not tell apart.
    private const int LargestOfHalf = 2048;

    /// <summary>The constant as the schema JSON writes values of a member's type. Null, with the reason, where it is none.</summary>
    public static string? Json(ExpressionSyntax expression, ValueModel type, out string why)
    {
        string name = type.Type.Replace("global::", "");
        why = type.Kind == ValueKind.Enum ? $"'{expression}' is no member of the enum '{name}'" : $"'{expression}' is no literal that is a value of '{name}'";
        if (type.Kind == ValueKind.Enum) return EnumMember(expression, type);
        return Literal(expression) is { } value ? Json(value, type) : null;
    }

    // What the literal means; of a negative number the number.
    private static object? Literal(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal when !literal.IsKind(SyntaxKind.Utf8StringLiteralExpression) => literal.Token.Value,
        PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax number } minus when minus.IsKind(SyntaxKind.UnaryMinusExpression) => number.Token.Value switch
        {
            double d => -d,
            float f => -f,
            decimal m => -m,
            { } other => Integer(other) is { } integer ? -integer : null,
            null => null,
        },
        _ => null,
    };

    private static string? Json(object value, ValueModel type) => type.Kind switch
    {
        ValueKind.Bool => value is bool b ? CSharpText.Literal(b) : null,
        ValueKind.String => value is string s && Surrogates.ArePaired(s) ? CanonicalJson.String(s) : null,
        ValueKind.Char => value is char c && !char.IsSurrogate(c) ? CanonicalJson.String(c.ToString()) : null,
        ValueKind.Decimal => value is decimal m ? CSharpText.Number(m) : Integer(value) is { } n && BigInteger.Abs(n) <= new BigInteger(decimal.MaxValue) ? CSharpText.Number(n) : null,
        ValueKind.Half or ValueKind.Single or ValueKind.Double => Float(value, type.Kind),
        ValueKind.Int128 or ValueKind.UInt128 => Integer(value) is { } n && n >= WideInteger.Limits(type.Kind).Min && n <= WideInteger.Limits(type.Kind).Max ? CSharpText.Number(n) : null,
        _ => NumberRange.Of(type.Kind) is { } range && Integer(value) is { } n && n >= new BigInteger(range.Min) && n <= new BigInteger(range.Max) ? CSharpText.Number(n) : null,
    };

    // A literal that the member's type would round is not the number that the condition says.
    private static string? Float(object value, ValueKind kind)
    {
        if (value is decimal || (value is not (double or float) && Integer(value) is null)) return null;
        double number = value is BigInteger integer ? (double)integer : Convert.ToDouble(value, CultureInfo.InvariantCulture);
        bool isExact = kind switch
        {
            ValueKind.Double => value is double or float || new BigInteger(number) == Integer(value),
            ValueKind.Single => (float)number == number && (value is double or float || new BigInteger(number) == Integer(value)),
            _ => number == Math.Floor(number) && Math.Abs(number) <= LargestOfHalf,
        };
        return !isExact || double.IsInfinity(number) ? null : number == 0 ? "0" : CanonicalJson.Number(number);
    }

    private static BigInteger? Integer(object value) => value switch
    {
        BigInteger integer => integer,
        int or uint or long or ulong => new BigInteger(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        _ => null,
    };

    // "Open" of "Status.Open", "Book.Status.Open": what stands before it has to be the end of the enum's name.
    private static string? EnumMember(ExpressionSyntax expression, ValueModel type)
    {
        if (expression is not MemberAccessExpressionSyntax { Name: IdentifierNameSyntax name } access) return null;
        string qualifier = Plain(access.Expression.ToString()), full = Plain(type.Type);
        if (qualifier != full && !full.EndsWith($".{qualifier}", StringComparison.Ordinal)) return null;
        if (type.Enum!.Members.FirstOrDefault(m => m.Name == name.Identifier.ValueText) is not { } member) return null;

        // Of several members of one number the first stands for all, as in stored records.
        return type.Enum.AsNumber ? member.Number : CanonicalJson.String(type.Enum.Members.First(m => m.Number == member.Number).Name);
    }

    private static string Plain(string name) => name.Replace("global::", "").Replace("@", "").Replace(" ", "");
}
