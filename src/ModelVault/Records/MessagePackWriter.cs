using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace ModelVault.Runtime;

/// <summary>
/// Writes MessagePack in its shortest form, so that equal values have equal bytes. Objects are arrays in schema order.
/// The buffer grows as needed; <see cref="Written"/> is valid until the next write.
/// </summary>
public ref partial struct MessagePackWriter : IRecordWriter
{
    private const int MostInFixString = 31;

    private byte[] _buffer;
    private int _length;
    private int _depth;
    private ReadOnlySpan<byte> _field;

    /// <summary>Makes a writer over a buffer, which it may replace by a larger one.</summary>
    public MessagePackWriter(byte[] buffer)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        _buffer = buffer;
    }

    /// <summary>What has been written.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>The buffer as it is now, to be used again.</summary>
    public readonly byte[] Buffer => _buffer;

    /// <inheritdoc/>
    public void BeginObject(int fieldCount)
    {
        Enter();
        WriteArrayHeader(fieldCount);
    }

    /// <inheritdoc/>
    public void BeginField(ReadOnlySpan<byte> name) => _field = name;

    /// <inheritdoc/>
    public void EndObject() => _depth--;

    /// <inheritdoc/>
    public void BeginList(int count)
    {
        Enter();
        WriteArrayHeader(count);
    }

    /// <inheritdoc/>
    public void EndList() => _depth--;

    /// <inheritdoc/>
    public void BeginMap(int count)
    {
        Enter();
        WriteMapHeader(count);
    }

    /// <inheritdoc/>
    public void EndMap() => _depth--;

    /// <inheritdoc/>
    public void WriteMapKey(string key) => WriteString(key);

    /// <inheritdoc/>
    public void WriteMapKey(long key) => WriteInt64(key);

    /// <inheritdoc/>
    public void WriteMapKey(ulong key) => WriteUInt64(key);

    /// <inheritdoc/>
    public void WriteMapKey(Guid key) => WriteGuid(key);

    /// <inheritdoc/>
    public void WriteNull() => WriteByte(MessagePackCode.Nil);

    /// <inheritdoc/>
    public void WriteBoolean(bool value) => WriteByte(value ? MessagePackCode.True : MessagePackCode.False);

    /// <inheritdoc/>
    public void WriteInt64(long value)
    {
        if (value >= 0) WriteUInt64((ulong)value);
        else WriteNegative(value);
    }

    /// <inheritdoc/>
    public void WriteUInt64(ulong value)
    {
        if (value <= MessagePackCode.PositiveFixIntMax)
        {
            WriteByte((byte)value);
        }
        else if (value <= byte.MaxValue)
        {
            Span<byte> to = Take(2);
            to[0] = MessagePackCode.UInt8;
            to[1] = (byte)value;
        }
        else if (value <= ushort.MaxValue)
        {
            Span<byte> to = Take(3);
            to[0] = MessagePackCode.UInt16;
            BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)value);
        }
        else if (value <= uint.MaxValue)
        {
            Span<byte> to = Take(5);
            to[0] = MessagePackCode.UInt32;
            BinaryPrimitives.WriteUInt32BigEndian(to[1..], (uint)value);
        }
        else
        {
            Span<byte> to = Take(9);
            to[0] = MessagePackCode.UInt64;
            BinaryPrimitives.WriteUInt64BigEndian(to[1..], value);
        }
    }

    /// <inheritdoc/>
    public void WriteSingle(float value)
    {
        Span<byte> to = Take(5);
        to[0] = MessagePackCode.Float32;
        BinaryPrimitives.WriteSingleBigEndian(to[1..], value);
    }

    /// <inheritdoc/>
    public void WriteDouble(double value)
    {
        Span<byte> to = Take(9);
        to[0] = MessagePackCode.Float64;
        BinaryPrimitives.WriteDoubleBigEndian(to[1..], value);
    }

    /// <inheritdoc/>
    public void WriteDecimal(decimal value)
    {
        Span<int> words = stackalloc int[4];
        decimal.GetBits(value, words);
        Span<byte> to = Take(18);
        to[0] = MessagePackCode.FixExt16;
        to[1] = unchecked((byte)MessagePackCode.DecimalType);
        for (int i = 0; i < 4; i++) BinaryPrimitives.WriteInt32BigEndian(to[(2 + 4 * i)..], words[3 - i]);
    }

    /// <inheritdoc/>
    public void WriteString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);

        if (value.Length > byte.MaxValue)
        {
            WriteLongString(value);
            return;
        }

        // The header's size depends on the length in bytes, which is that in UTF-16 units for most text: so it is written behind the
        // header that it then has, and moved by a byte where it is longer.
        Span<byte> to = Peek(3 + 3 * value.Length);
        int header = value.Length <= MostInFixString ? 1 : 2;
        int length = Encode(value, to[header..]);
        if (length > (header == 1 ? MostInFixString : byte.MaxValue)) to.Slice(header, length).CopyTo(to[(header + 1)..]);
        WriteStringHeader(length);
        _length += length;
    }

    /// <inheritdoc/>
    public void WriteUtf8(scoped ReadOnlySpan<byte> value)
    {
        WriteStringHeader(value.Length);
        value.CopyTo(Take(value.Length));
    }

    /// <inheritdoc/>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        if (value.Length <= byte.MaxValue)
        {
            Span<byte> to = Take(2);
            to[0] = MessagePackCode.Bin8;
            to[1] = (byte)value.Length;
        }
        else
        {
            WriteLength(MessagePackCode.Bin16, MessagePackCode.Bin32, value.Length);
        }

        value.CopyTo(Take(value.Length));
    }

    /// <summary>Stored as 16 bytes in RFC 9562 order.</summary>
    /// <inheritdoc/>
    public void WriteGuid(Guid value)
    {
        Span<byte> to = Take(18);
        to[0] = MessagePackCode.Bin8;
        to[1] = 16;
        value.TryWriteBytes(to[2..], bigEndian: true, out _);
    }

    /// <inheritdoc/>
    public void WriteDateTime(DateTime value)
    {
        switch (value.Kind)
        {
            case DateTimeKind.Utc:
                WriteTimestamp(value.Ticks);
                break;
            case DateTimeKind.Local:
                WriteTicks(MessagePackCode.LocalDateTimeType, value.ToUniversalTime().Ticks);
                break;
            default:
                WriteTicks(MessagePackCode.UnspecifiedDateTimeType, value.Ticks);
                break;
        }
    }

    /// <inheritdoc/>
    public void WriteDateTimeOffset(DateTimeOffset value)
    {
        Span<byte> to = Take(13);
        to[0] = MessagePackCode.Ext8;
        to[1] = 10;
        to[2] = unchecked((byte)MessagePackCode.DateTimeOffsetType);
        BinaryPrimitives.WriteInt64BigEndian(to[3..], value.UtcTicks);
        BinaryPrimitives.WriteInt16BigEndian(to[11..], (short)value.TotalOffsetMinutes);
    }

    /// <summary>Stored as the number of days since 0001-01-01.</summary>
    /// <inheritdoc/>
    public void WriteDateOnly(DateOnly value) => WriteUInt64((ulong)value.DayNumber);

    /// <summary>Stored as ticks of 100 ns since midnight.</summary>
    /// <inheritdoc/>
    public void WriteTimeOnly(TimeOnly value) => WriteUInt64((ulong)value.Ticks);

    /// <summary>Stored as ticks of 100 ns.</summary>
    /// <inheritdoc/>
    public void WriteTimeSpan(TimeSpan value) => WriteInt64(value.Ticks);

    /// <summary>Copies a value that is MessagePack already.</summary>
    internal void WriteRaw(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    private void WriteNegative(long value)
    {
        if (value >= -32)
        {
            WriteByte(unchecked((byte)value));
        }
        else if (value >= sbyte.MinValue)
        {
            Span<byte> to = Take(2);
            to[0] = MessagePackCode.Int8;
            to[1] = unchecked((byte)value);
        }
        else if (value >= short.MinValue)
        {
            Span<byte> to = Take(3);
            to[0] = MessagePackCode.Int16;
            BinaryPrimitives.WriteInt16BigEndian(to[1..], (short)value);
        }
        else if (value >= int.MinValue)
        {
            Span<byte> to = Take(5);
            to[0] = MessagePackCode.Int32;
            BinaryPrimitives.WriteInt32BigEndian(to[1..], (int)value);
        }
        else
        {
            Span<byte> to = Take(9);
            to[0] = MessagePackCode.Int64;
            BinaryPrimitives.WriteInt64BigEndian(to[1..], value);
        }
    }

    private void WriteTimestamp(long ticks)
    {
        (long seconds, long rest) = Math.DivRem(ticks - DateTime.UnixEpoch.Ticks, TimeSpan.TicksPerSecond);
        if (rest < 0)
        {
            seconds--;
            rest += TimeSpan.TicksPerSecond;
        }

        uint nanoseconds = (uint)(rest * TimeSpan.NanosecondsPerTick);
        if (seconds >> 34 == 0)
        {
            if (nanoseconds == 0 && seconds <= uint.MaxValue)
            {
                Span<byte> to = Take(6);
                to[0] = MessagePackCode.FixExt4;
                to[1] = unchecked((byte)MessagePackCode.TimestampType);
                BinaryPrimitives.WriteUInt32BigEndian(to[2..], (uint)seconds);
            }
            else
            {
                Span<byte> to = Take(10);
                to[0] = MessagePackCode.FixExt8;
                to[1] = unchecked((byte)MessagePackCode.TimestampType);
                BinaryPrimitives.WriteUInt64BigEndian(to[2..], (ulong)nanoseconds << 34 | (ulong)seconds);
            }
        }
        else
        {
            Span<byte> to = Take(15);
            to[0] = MessagePackCode.Ext8;
            to[1] = 12;
            to[2] = unchecked((byte)MessagePackCode.TimestampType);
            BinaryPrimitives.WriteUInt32BigEndian(to[3..], nanoseconds);
            BinaryPrimitives.WriteInt64BigEndian(to[7..], seconds);
        }
    }

    private void WriteTicks(sbyte type, long ticks)
    {
        Span<byte> to = Take(10);
        to[0] = MessagePackCode.FixExt8;
        to[1] = unchecked((byte)type);
        BinaryPrimitives.WriteInt64BigEndian(to[2..], ticks);
    }

    private void WriteArrayHeader(int count)
    {
        if (count < 16) WriteByte((byte)(MessagePackCode.FixArray | count));
        else WriteLength(MessagePackCode.Array16, MessagePackCode.Array32, count);
    }

    private void WriteMapHeader(int count)
    {
        if (count < 16) WriteByte((byte)(MessagePackCode.FixMap | count));
        else WriteLength(MessagePackCode.Map16, MessagePackCode.Map32, count);
    }

    private void WriteStringHeader(int length)
    {
        if (length <= MostInFixString)
        {
            WriteByte((byte)(MessagePackCode.FixString | length));
        }
        else if (length <= byte.MaxValue)
        {
            Span<byte> to = Take(2);
            to[0] = MessagePackCode.String8;
            to[1] = (byte)length;
        }
        else
        {
            WriteLength(MessagePackCode.String16, MessagePackCode.String32, length);
        }
    }

    private void WriteLength(byte code16, byte code32, int length)
    {
        if (length <= ushort.MaxValue)
        {
            Span<byte> to = Take(3);
            to[0] = code16;
            BinaryPrimitives.WriteUInt16BigEndian(to[1..], (ushort)length);
        }
        else
        {
            Span<byte> to = Take(5);
            to[0] = code32;
            BinaryPrimitives.WriteUInt32BigEndian(to[1..], (uint)length);
        }
    }

    private void WriteLongString(string value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        WriteStringHeader(length);
        Encode(value, Take(length));
    }

    // Most text is ASCII, for which there is a faster way.
    private readonly int Encode(string value, Span<byte> to)
    {
        if (Ascii.FromUtf16(value, to, out int length) == OperationStatus.Done) return length;
        return Utf8.FromUtf16(value, to, out _, out length, replaceInvalidSequences: false) == OperationStatus.Done
            ? length
            : throw VaultValidationException.UnpairedSurrogate(Encoding.UTF8.GetString(_field), value);
    }

    private void Enter()
    {
        if (++_depth > MessagePackCode.MaxDepth) throw VaultValidationException.TooDeep(Encoding.UTF8.GetString(_field), MessagePackCode.MaxDepth);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void WriteByte(byte value)
    {
        if (_length == _buffer.Length) Grow(1);
        _buffer[_length++] = value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Take(int count)
    {
        Span<byte> to = Peek(count);
        _length += count;
        return to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Peek(int count)
    {
        if (_buffer.Length - _length < count) Grow(count);
        return _buffer.AsSpan(_length, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count) => Array.Resize(ref _buffer, checked((int)Math.Max(Math.Min(Array.MaxLength, _buffer.Length * 2L), (long)_length + count)));
}
