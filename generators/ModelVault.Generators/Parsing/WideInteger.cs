using System.Globalization;
using System.Numerics;
using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Parsing;

/// <summary>Integers of 128 bits in attributes and as C#, which has no literals of them.</summary>
internal static class WideInteger
{
    /// <summary>The least and the greatest value of the type.</summary>
    public static (BigInteger Min, BigInteger Max) Limits(ValueKind kind) => kind == ValueKind.Int128
        ? (-BigInteger.Pow(2, 127), BigInteger.Pow(2, 127) - 1)
        : (BigInteger.Zero, BigInteger.Pow(2, 128) - 1);

    /// <summary>The limit of a range; null if it is no number. A fraction leaves the integers inside.</summary>
    public static BigInteger? Parse(object limit, bool isLowerLimit) => limit switch
    {
        int i => i,
        double d when double.IsNaN(d) => null,
        double d when double.IsInfinity(d) => d > 0 ? BigInteger.Pow(2, 200) : -BigInteger.Pow(2, 200),
        double d => new BigInteger(isLowerLimit ? Math.Ceiling(d) : Math.Floor(d)),
        string s => BigInteger.TryParse(s, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger parsed) ? parsed : null,
        _ => null,
    };

    /// <summary>The expression of a value.</summary>
    public static string Code(ValueKind kind, BigInteger value)
    {
        BigInteger bits = value.Sign < 0 ? value + BigInteger.Pow(2, 128) : value;
        string upper = CSharpText.Number((ulong)(bits >> 64)), lower = CSharpText.Number((ulong)(bits & ulong.MaxValue));
        return $"new global::System.{kind}({upper}UL, {lower}UL)";
    }
}
