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
    public static NumberField? Of(FieldSchema field) => field.Type.Kind switch
    {
        FieldKind.Int64 => new NumberField(field.Name, false, 1, long.MaxValue),
        FieldKind.UInt64 => new NumberField(field.Name, true, 1, ulong.MaxValue),
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
