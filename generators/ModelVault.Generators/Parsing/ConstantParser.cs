using System.Globalization;
using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Parsing;

/// <summary>Turns an attribute's constant into a value of the member's type, as C# and as JSON.</summary>
internal static class ConstantParser
{
    /// <summary>The constant; null where it is no value of the type.</summary>
    public static (string Code, string Json)? Parse(TypedConstant constant, ValueModel value)
    {
        if (constant.IsNull) return value.IsNullable ? ("null", "null") : null;
        return value.Kind switch
        {
            ValueKind.String => constant.Value is string s ? (CSharpText.Literal(s), CanonicalJson.String(s)) : null,
            ValueKind.Char => constant.Value is char c ? (CSharpText.Constant(c), CanonicalJson.String(c.ToString())) : null,
            ValueKind.Bool => constant.Value is bool b ? (CSharpText.Literal(b), CSharpText.Literal(b)) : null,
            ValueKind.Enum => ParseEnum(constant, value),
            ValueKind.Half or ValueKind.Single or ValueKind.Double => constant.Value is IConvertible n and not (string or char or bool) && constant.Kind == TypedConstantKind.Primitive ? ParseFloat(n, value.Kind) : null,
            _ => ParseInteger(constant, value.Kind),
        };
    }

    private static (string, string)? ParseEnum(TypedConstant constant, ValueModel value)
    {
        if (constant.Kind != TypedConstantKind.Enum || constant.Type!.ToDisplayString(CSharpText.TypeFormat) != value.Type) return null;
        string number = CSharpText.Number((IFormattable)constant.Value!);
        EnumMemberModel? member = value.Enum!.Members.FirstOrDefault(m => m.Number == number);
        return ($"({value.Type})({number})", member is null || value.Enum.AsNumber ? number : CanonicalJson.String(member.Name));
    }

    private static (string, string) ParseFloat(IConvertible number, ValueKind kind) => kind == ValueKind.Half
        ? ($"(global::System.Half)({CSharpText.Literal(number.ToDouble(CultureInfo.InvariantCulture))})", CanonicalJson.Number(number.ToDouble(CultureInfo.InvariantCulture)))
        : kind == ValueKind.Single ? (CSharpText.Literal(number.ToSingle(CultureInfo.InvariantCulture)), CanonicalJson.Number(number.ToDouble(CultureInfo.InvariantCulture)))
        : (CSharpText.Literal(number.ToDouble(CultureInfo.InvariantCulture)), CanonicalJson.Number(number.ToDouble(CultureInfo.InvariantCulture)));

    private static (string, string)? ParseInteger(TypedConstant constant, ValueKind kind)
    {
        if (kind is ValueKind.Int128 or ValueKind.UInt128) return ParseWideInteger(constant, kind);
        if (NumberRange.Of(kind) is not { } limits || constant.Kind != TypedConstantKind.Primitive) return null;
        if (constant.Value is not (sbyte or byte or short or ushort or int or uint or long or ulong)) return null;
        decimal number = Convert.ToDecimal(constant.Value, CultureInfo.InvariantCulture);
        return number < limits.Min || number > limits.Max ? null : (CSharpText.Number(number), CSharpText.Number(number));
    }

    private static (string, string)? ParseWideInteger(TypedConstant constant, ValueKind kind)
    {
        if (constant.Kind != TypedConstantKind.Primitive || constant.Value is not (sbyte or byte or short or ushort or int or uint or long or ulong)) return null;
        decimal number = Convert.ToDecimal(constant.Value, CultureInfo.InvariantCulture);
        return kind == ValueKind.UInt128 && number < 0 ? null : (WideInteger.Code(kind, new System.Numerics.BigInteger(number)), CSharpText.Number(number));
    }
}
