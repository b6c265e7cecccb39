using ModelVault.Runtime;

namespace ModelVault;

/// <summary>An integer field whose numbers the database makes: how they are stored, and from where to where they go.</summary>
/// <param name="Path">The field's name.</param>
/// <param name="IsUnsigned">Whether it is stored unsigned.</param>
/// <param name="Least">The first number.</param>
/// <param name="Most">The last number.</param>
internal sealed record NumberField(string Path, bool IsUnsigned, Int128 Least, Int128 Most)
{
    private const ulong SignBit = 1UL << 63;

    /// <summary>The numbers of an integer field; null for any other.</summary>
    public static NumberField? Of(FieldSchema field)
    {
        if (field.Type.Kind is not (FieldKind.Int64 or FieldKind.UInt64)) return null;
        bool isUnsigned = field.Type.Kind == FieldKind.UInt64;
        Int128 least = Limit(field, FieldConstraintKind.Minimum) ?? 1, most = Limit(field, FieldConstraintKind.Maximum) ?? (isUnsigned ? ulong.MaxValue : long.MaxValue);
        return new NumberField(field.Name, isUnsigned, Int128.Max(least, 1), most);
    }

    private static Int128? Limit(FieldSchema field, FieldConstraintKind kind) => field.Constraints.FirstOrDefault(c => c.Kind == kind)?.Operand switch
    {
        long limit => limit,
        ulong limit => limit,
        _ => null,
    };

    /// <summary>The number's key, whose order is the number's.</summary>
    public ulong Encode(Int128 number) => IsUnsigned ? (ulong)number : (ulong)(long)number ^ SignBit;

    /// <summary>The number that a key stands for.</summary>
    public Int128 Decode(ulong key) => IsUnsigned ? key : (long)(key ^ SignBit);

    /// <summary>The number behind another; behind the last, the first.</summary>
    public Int128 Following(Int128 number) => number < Least || number >= Most ? Least : number + 1;

    public Int128 Read(ref MessagePackReader reader) => IsUnsigned ? reader.ReadUInt64() : reader.ReadInt64();

    public void Write(Int128 number, ref MessagePackWriter writer)
    {
        if (IsUnsigned) writer.WriteUInt64((ulong)number);
        else writer.WriteInt64((long)number);
    }

    /// <summary>The number as the type it is stored as.</summary>
    public object Box(Int128 number) => IsUnsigned ? (ulong)number : (long)number;
}
