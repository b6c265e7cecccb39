using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Parsing;

/// <summary>The integers from one to another, both included.</summary>
internal sealed record NumberRange(decimal Min, decimal Max)
{
    /// <summary>What an integer type can hold; null for any other type.</summary>
    public static NumberRange? Of(ValueKind kind) => kind switch
    {
        ValueKind.SByte => new(sbyte.MinValue, sbyte.MaxValue),
        ValueKind.Byte => new(byte.MinValue, byte.MaxValue),
        ValueKind.Int16 => new(short.MinValue, short.MaxValue),
        ValueKind.UInt16 => new(ushort.MinValue, ushort.MaxValue),
        ValueKind.Int32 => new(int.MinValue, int.MaxValue),
        ValueKind.UInt32 => new(uint.MinValue, uint.MaxValue),
        ValueKind.Int64 => new(long.MinValue, long.MaxValue),
        ValueKind.UInt64 => new(ulong.MinValue, ulong.MaxValue),
        _ => null,
    };

    /// <summary>What both ranges contain.</summary>
    public NumberRange Intersect(NumberRange other) => new(Math.Max(Min, other.Min), Math.Min(Max, other.Max));

    /// <summary>The limits as the schema says them. Those of its widest integers go without saying.</summary>
    public IEnumerable<SchemaConstraint> ForSchema(bool isSigned)
    {
        string suffix = isSigned ? "i64" : "u64";
        if (Max != (isSigned ? long.MaxValue : ulong.MaxValue)) yield return new SchemaConstraint($"max_{suffix}", CSharpText.Number(Max));
        if (Min != (isSigned ? long.MinValue : ulong.MinValue)) yield return new SchemaConstraint($"min_{suffix}", CSharpText.Number(Min));
    }
}
