using System.Buffers.Binary;

namespace ModelVault.Runtime;

// The types that MessagePack has no form for and that are stored as values of other types.
public ref partial struct MessagePackWriter
{
    /// <summary>Stored as an array of two: the case's name and its object.</summary>
    /// <inheritdoc/>
    public void BeginUnion(ReadOnlySpan<byte> caseName)
    {
        Enter();
        WriteArrayHeader(2);
        WriteUtf8(caseName);
    }

    /// <inheritdoc/>
    public void EndUnion() => _depth--;

    /// <summary>Stored as an integer where 64 bits are enough, else as 16 bytes, big-endian, in two's complement.</summary>
    /// <inheritdoc/>
    public void WriteInt128(Int128 value)
    {
        if (value >= 0 && value <= ulong.MaxValue) WriteUInt64((ulong)value);
        else if (value < 0 && value >= long.MinValue) WriteInt64((long)value);
        else BinaryPrimitives.WriteInt128BigEndian(TakeBytes(16), value);
    }

    /// <summary>Stored as an integer where 64 bits are enough, else as 16 bytes, big-endian.</summary>
    /// <inheritdoc/>
    public void WriteUInt128(UInt128 value)
    {
        if (value <= ulong.MaxValue) WriteUInt64((ulong)value);
        else BinaryPrimitives.WriteUInt128BigEndian(TakeBytes(16), value);
    }

    /// <summary>Stored as a 32-bit float, which holds every 16-bit one.</summary>
    /// <inheritdoc/>
    public void WriteHalf(Half value) => WriteSingle((float)value);

    /// <inheritdoc/>
    public void WriteUri(Uri value) => WriteString(UriText.Of(value));

    /// <summary>Stored as text: <c>1.2</c>, <c>1.2.3</c> and <c>1.2.3.0</c> are three versions.</summary>
    /// <inheritdoc/>
    public void WriteVersion(Version value)
    {
        ArgumentNullException.ThrowIfNull(value);
        WriteString(value.ToString());
    }

    private Span<byte> TakeBytes(byte length)
    {
        Span<byte> to = Take(2 + length);
        to[0] = MessagePackCode.Bin8;
        to[1] = length;
        return to[2..];
    }
}
