using System.Buffers.Binary;
using System.Text;

namespace ModelVault.Runtime;

// The types that MessagePack has no form for and that are stored as values of other types.
public ref partial struct MessagePackReader
{
    /// <inheritdoc/>
    public int BeginUnion(UnionCases cases)
    {
        ArgumentNullException.ThrowIfNull(cases);
        if (BeginList() != 2) throw Damaged("A value of a union does not consist of a name and an object.");
        ReadOnlySpan<byte> name = ReadUtf8();
        int ordinal = cases.OrdinalOf(name);
        return ordinal >= 0 ? ordinal : throw RecordErrors.UnknownCase(Encoding.UTF8.GetString(name));
    }

    /// <inheritdoc/>
    public void EndUnion() => _depth--;

    /// <inheritdoc/>
    public Int128 ReadInt128()
    {
        if (NextIsBytes()) return BinaryPrimitives.ReadInt128BigEndian(ReadBytes(16));
        return NextIs(MessagePackCode.UInt64) ? ReadUInt64() : ReadInt64();
    }

    /// <inheritdoc/>
    public UInt128 ReadUInt128() => NextIsBytes() ? BinaryPrimitives.ReadUInt128BigEndian(ReadBytes(16)) : ReadUInt64();

    /// <inheritdoc/>
    public Half ReadHalf()
    {
        float stored = ReadSingle();
        Half value = (Half)stored;
        return (float)value == stored || float.IsNaN(stored) ? value : throw Damaged("A stored number is not a 16-bit float.");
    }

    /// <inheritdoc/>
    public Uri ReadUri() => UriText.Parse(ReadString()) ?? throw Damaged("A URI is damaged.");

    /// <inheritdoc/>
    public Version ReadVersion()
    {
        string text = ReadString();
        return Version.TryParse(text, out Version? version) && version.ToString() == text ? version : throw Damaged("A version is damaged.");
    }

    // Others write a number without a fraction as an integer, and any other as 64 bits.
    private float ReadSingleOfOthers()
    {
        double value = ReadDouble();
        return (float)value == value || double.IsNaN(value) ? (float)value : throw Damaged("A stored number is not a 32-bit float.");
    }

    private double ReadDoubleOfOthers()
    {
        if (NextIs(MessagePackCode.Float32))
        {
            _position++;
            return BinaryPrimitives.ReadSingleBigEndian(Take(4));
        }

        if (!NextIsInteger()) throw Unexpected("a floating-point number", Next());
        Int128 value = ReadInt128();
        double number = (double)value;
        return (Int128)number == value ? number : throw Damaged("A stored integer is not a 64-bit float.");
    }

    private readonly bool NextIs(byte code) => _position < _data.Length && _data[_position] == code;

    private readonly bool NextIsInteger() =>
        _position < _data.Length && _data[_position] is <= MessagePackCode.PositiveFixIntMax or >= MessagePackCode.NegativeFixInt or (>= MessagePackCode.UInt8 and <= MessagePackCode.Int64);

    private readonly bool NextIsBytes() => _position < _data.Length && _data[_position] is >= MessagePackCode.Bin8 and <= MessagePackCode.Bin32;

    private ReadOnlySpan<byte> ReadBytes(int length)
    {
        ReadOnlySpan<byte> bytes = ReadBytesSpan();
        return bytes.Length == length ? bytes : throw Damaged($"Expected {length} bytes, found {bytes.Length}.");
    }
}
