using System.Globalization;
using System.Numerics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Parsing;

/// <summary>
/// Finds the value that a member has in a record which does not store it, as the schema says it: the default of the constructor's
/// parameter, or a constant initializer. What breaks the member's own constraints is a placeholder, no default.
/// </summary>
internal sealed class DefaultParser(ParseContext context, IMethodSymbol constructor)
{
    private static readonly string[] JudgedConstraints = ["min_length", "max_length", "nonblank", "min_i64", "max_i64", "min_u64", "max_u64"];

    /// <summary>The default as JSON; null where there is none, or where it is null.</summary>
    public string? Parse(ParsedField field)
    {
        FieldModel model = field.Model;
        if (model.Generated != GeneratedValue.None || field.Member.Property.IsRequired || model.SchemaConstraints.Any(static c => !JudgedConstraints.Contains(c.Key))) return null;
        object? value = constructor.Parameters.FirstOrDefault(p => Constructors.Matches(p, field.Member.Property)) is { } parameter
            ? parameter.HasExplicitDefaultValue ? parameter.ExplicitDefaultValue : null
            : OfInitializer(field.Member.Property, model.Value);
        return value is not null && IsValid(value, model) ? Json(value, model.Value) : null;
    }

    private object? OfInitializer(IPropertySymbol property, ValueModel type)
    {
        foreach (SyntaxReference reference in property.OriginalDefinition.DeclaringSyntaxReferences)
            if (reference.GetSyntax(context.CancellationToken) is PropertyDeclarationSyntax { Initializer.Value: { } expression }) return Constant(expression, type);
        return null;
    }

    // The commonest forms are read off the syntax; only names need the semantic model.
    private object? Constant(ExpressionSyntax expression, ValueModel type) => expression switch
    {
        _ when type.Kind is ValueKind.List or ValueKind.Map or ValueKind.Bytes or ValueKind.Memory => IsEmpty(expression) ? EmptyCollection.Value : null,
        LiteralExpressionSyntax literal => literal.Token.Value,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" } when type.Kind == ValueKind.String => "",
        PrefixUnaryExpressionSyntax or MemberAccessExpressionSyntax or IdentifierNameSyntax or BinaryExpressionSyntax or CastExpressionSyntax or ParenthesizedExpressionSyntax =>
            context.Compilation.GetSemanticModel(expression.SyntaxTree).GetConstantValue(expression, context.CancellationToken).Value,
        _ => null,
    };

    private static bool IsEmpty(ExpressionSyntax expression) => expression switch
    {
        CollectionExpressionSyntax collection => collection.Elements.Count == 0,
        BaseObjectCreationExpressionSyntax { Initializer: null } creation => creation.ArgumentList is not { Arguments.Count: > 0 },
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" } => true,
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Empty" } } => true,
        _ => false,
    };

    private static bool IsValid(object value, FieldModel field)
    {
        int? length = value is string text ? text.Length : value is EmptyCollection ? 0 : null;
        foreach (SchemaConstraint constraint in field.SchemaConstraints)
        {
            if (constraint.Key == "nonblank" && string.IsNullOrWhiteSpace(value as string)) return false;
            if (!BigInteger.TryParse(constraint.Json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger limit)) continue;
            BigInteger? measured = length ?? Integer(value);
            if (measured < limit && constraint.Key.StartsWith("min_", StringComparison.Ordinal)) return false;
            if (measured > limit && constraint.Key.StartsWith("max_", StringComparison.Ordinal)) return false;
        }

        return true;
    }

    private static string? Json(object value, ValueModel type) => type.Kind switch
    {
        ValueKind.List => value is EmptyCollection ? "[]" : null,
        ValueKind.Map => value is EmptyCollection ? "{}" : null,
        ValueKind.Bytes or ValueKind.Memory => value is EmptyCollection ? "\"\"" : null,
        ValueKind.Bool => value is bool b ? CSharpText.Literal(b) : null,
        ValueKind.String => value is string s && Surrogates.ArePaired(s) ? CanonicalJson.String(s) : null,
        ValueKind.Char => value is char c && !char.IsSurrogate(c) ? CanonicalJson.String(c.ToString()) : null,
        ValueKind.Enum => Integer(value) is { } number ? EnumJson(CSharpText.Number(number), type.Enum!) : null,
        ValueKind.Half or ValueKind.Single or ValueKind.Double => FloatJson(value, type.Kind),
        ValueKind.Decimal => value is decimal m ? CSharpText.Number(m) : Integer(value) is { } number ? CSharpText.Number(number) : null,
        _ => Integer(value) is { } number && IsInteger(type) ? CSharpText.Number(number) : null,
    };

    private static bool IsInteger(ValueModel type) => type.IsSigned || type.IsUnsigned || type.Kind is ValueKind.Int128 or ValueKind.UInt128;

    private static string EnumJson(string number, EnumModel type) =>
        type.Members.FirstOrDefault(m => m.Number == number) is { } member && !type.AsNumber ? CanonicalJson.String(member.Name) : number;

    private static string? FloatJson(object value, ValueKind kind)
    {
        if (value is not (float or double) && Integer(value) is null) return null;
        double number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
        if (kind == ValueKind.Single) number = (float)number;
        if (double.IsNaN(number)) return "\"NaN\"";
        if (double.IsInfinity(number)) return number > 0 ? "\"Infinity\"" : "\"-Infinity\"";
        // Hosts of the compiler differ in how they write the negative zero.
        return number == 0 ? "0" : kind == ValueKind.Half && number != Math.Floor(number) ? null : CanonicalJson.Number(number);
    }

    private static BigInteger? Integer(object value) => value is sbyte or byte or short or ushort or int or uint or long or ulong
        ? new BigInteger(Convert.ToDecimal(value, CultureInfo.InvariantCulture))
        : null;

    private sealed class EmptyCollection
    {
        public static readonly EmptyCollection Value = new();
    }
}
