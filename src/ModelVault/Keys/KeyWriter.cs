using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace ModelVault.Runtime;

/// <summary>
/// Writes keys whose byte order is the order of their values, each component self-delimiting. The encoding is part of the
/// file format and pinned by golden vectors (docs/file-format.md). Starts in the caller's buffer, grows into a pooled one;
/// dispose it to give that back.
/// </summary>
public ref struct KeyWriter : IDisposable
{
    /// <summary>Precedes a null component; sorts before every present one.</summary>
    internal const byte NullTag = 0x00;

    /// <summary>Precedes a component that is there, where it might be null.</summary>
    internal const byte PresentTag = 0x01;

    private const byte Escape = 0x00, EscapedZero = 0xff, Terminator = 0x01;

    private Span<byte> _buffer;
    private byte[]? _rented;
    private int _length;

    /// <summary>Makes a writer that starts in this buffer.</summary>
    public KeyWriter(Span<byte> buffer) => _buffer = buffer;

    /// <summary>The key so far; valid until the next write.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[.._length];

    /// <summary>How many bytes the key has so far.</summary>
    public readonly int Length => _length;

    /// <summary>Begins again with an empty key.</summary>
    public void Clear() => _length = 0;

    /// <summary>Cuts the key back to its first bytes.</summary>
    internal void Truncate(int length) => _length = length;

    /// <summary>Writes the tag of a component that may be null.</summary>
    public void WriteTag(bool present) => Take(1)[0] = present ? PresentTag : NullTag;

    /// <summary>One byte: false before true.</summary>
    public void WriteBoolean(bool value) => Take(1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>Eight bytes, big-endian, sign flipped.</summary>
    public void WriteInt64(long value) => BinaryPrimitives.WriteUInt64BigEndian(Take(8), (ulong)value ^ 1UL << 63);

    /// <summary>Eight bytes, big-endian.</summary>
    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Take(8), value);

    /// <summary>Sixteen bytes, big-endian, sign flipped.</summary>
    public void WriteInt128(Int128 value) => BinaryPrimitives.WriteUInt128BigEndian(Take(16), (UInt128)value ^ UInt128.One << 127);

    /// <summary>Sixteen bytes, big-endian.</summary>
    public void WriteUInt128(UInt128 value) => BinaryPrimitives.WriteUInt128BigEndian(Take(16), value);

    /// <summary>Four bytes in total order; NaN first, −0 as 0.</summary>
    public void WriteSingle(float value)
    {
        uint bits = BitConverter.SingleToUInt32Bits(value == 0 ? 0f : value);
        uint ordered = float.IsNaN(value) ? 0 : bits ^ (bits >> 31 != 0 ? uint.MaxValue : 1u << 31);
        BinaryPrimitives.WriteUInt32BigEndian(Take(4), ordered);
    }

    /// <summary>Eight bytes in total order; NaN first, −0 as 0.</summary>
    public void WriteDouble(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value == 0 ? 0d : value);
        ulong ordered = double.IsNaN(value) ? 0 : bits ^ (bits >> 63 != 0 ? ulong.MaxValue : 1UL << 63);
        BinaryPrimitives.WriteUInt64BigEndian(Take(8), ordered);
    }

    /// <summary>Fifteen bytes: sign class, exponent, digits normalised to 29, so that 1.0 and 1.00 are one key.</summary>
    public void WriteDecimal(decimal value)
    {
        Span<byte> to = Take(15);
        to.Clear();
        if (value == 0)
        {
            to[0] = 0x80;
            return;
        }

        Span<int> words = stackalloc int[4];
        decimal.GetBits(value, words);
        UInt128 digits = new((uint)words[2], (ulong)(uint)words[1] << 32 | (uint)words[0]);
        int exponent = 29 - (words[3] >> 16 & 0xff);
        for (; digits < DigitsMin; exponent--) digits *= 10;

        to[0] = 0xc0;
        to[1] = (byte)(exponent + 64);
        for (int i = 14; i > 1; i--, digits >>= 8) to[i] = (byte)digits;
        if (value < 0)
            foreach (ref byte b in to) b = (byte)~b;
    }

    private static readonly UInt128 DigitsMin = UInt128.Parse("10000000000000000000000000000", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>UTF-8 with 0x00 escaped as 0x00 0xFF, ended by 0x00 0x01: ordered by code point. Throws <see cref="VaultValidationException"/> on an unpaired surrogate.</summary>
    public void WriteString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        int worst = checked(value.Length * 3);
        byte[]? rented = worst > 512 ? ArrayPool<byte>.Shared.Rent(worst) : null;
        Span<byte> utf8 = rented ?? stackalloc byte[512];
        OperationStatus status = Utf8.FromUtf16(value, utf8, out _, out int written, replaceInvalidSequences: false);
        if (status == OperationStatus.Done) WriteBytes(utf8[..written]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        if (status != OperationStatus.Done) throw VaultValidationException.UnpairedSurrogate("key", value);
    }

    /// <summary>Bytes (or UTF-8) with 0x00 escaped as 0x00 0xFF, ended by 0x00 0x01.</summary>
    public void WriteBytes(scoped ReadOnlySpan<byte> value)
    {
        WriteEscaped(value);
        Span<byte> end = Take(2);
        end[0] = Escape;
        end[1] = Terminator;
    }

    /// <summary>A text in UTF-8 as bytes, folded so that case does not count.</summary>
    internal void WriteIgnoringCase(scoped ReadOnlySpan<byte> utf8)
    {
        int most = OrdinalCase.MaxLength(utf8.Length);
        byte[]? rented = most > 512 ? ArrayPool<byte>.Shared.Rent(most) : null;
        Span<byte> folded = rented ?? stackalloc byte[512];
        WriteBytes(folded[..OrdinalCase.Fold(utf8, folded)]);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Bytes without the end: what all values that start with this one have in common.</summary>
    internal void WriteEscaped(scoped ReadOnlySpan<byte> value)
    {
        while (true)
        {
            int zero = value.IndexOf(Escape);
            ReadOnlySpan<byte> run = zero < 0 ? value : value[..zero];
            run.CopyTo(Take(run.Length));
            if (zero < 0) return;
            Span<byte> escaped = Take(2);
            escaped[0] = Escape;
            escaped[1] = EscapedZero;
            value = value[(zero + 1)..];
        }
    }

    /// <summary>Sixteen bytes in RFC 9562 order, which is the order of <see cref="Guid.CompareTo(Guid)"/>.</summary>
    public void WriteGuid(Guid value) => value.TryWriteBytes(Take(16), bigEndian: true, out _);

    /// <summary>The ticks of the UTC instant for Utc and Local, the ticks as they are for Unspecified.</summary>
    public void WriteDateTime(DateTime value) => WriteInt64(FieldTypes.KeyTicks(value));

    /// <summary>The ticks of the UTC instant.</summary>
    public void WriteDateTimeOffset(DateTimeOffset value) => WriteInt64(value.UtcTicks);

    /// <summary>Four numbers of four bytes, big-endian, each one more than the part, so that a part that is not there is 0: the order of <see cref="Version.CompareTo(Version)"/>.</summary>
    public void WriteVersion(Version value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Span<byte> to = Take(16);
        BinaryPrimitives.WriteUInt32BigEndian(to, (uint)value.Major + 1);
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], (uint)value.Minor + 1);
        BinaryPrimitives.WriteUInt32BigEndian(to[8..], unchecked((uint)value.Build + 1));
        BinaryPrimitives.WriteUInt32BigEndian(to[12..], unchecked((uint)value.Revision + 1));
    }

    /// <summary>Bytes that are a key already.</summary>
    internal void WriteRaw(scoped ReadOnlySpan<byte> key) => key.CopyTo(Take(key.Length));

    /// <summary>Turns the order of what was written since a position around.</summary>
    internal readonly void Complement(int from)
    {
        foreach (ref byte b in _buffer[from.._length]) b = (byte)~b;
    }

    /// <summary>Makes the component at a position, a tag and what is behind it, sort behind all that are present if it is null.</summary>
    internal readonly void MoveNullLast(int tag)
    {
        if (_buffer[tag] == NullTag) _buffer[tag] = PresentTag + 1;
    }

    /// <summary>Gives a pooled buffer back.</summary>
    public void Dispose()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
        _buffer = default;
        _length = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Take(int count)
    {
        if (_buffer.Length - _length < count) Grow(count);
        Span<byte> to = _buffer.Slice(_length, count);
        _length += count;
        return to;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(_buffer.Length * 2, _length + count)));
        _buffer[.._length].CopyTo(larger);
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        _buffer = _rented = larger;
    }
}
