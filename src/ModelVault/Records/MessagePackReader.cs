using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace ModelVault.Runtime;

/// <summary>
/// Reads MessagePack from a span. Every length is checked against what is left before it is used, so damaged input ends in a
/// <see cref="VaultCorruptionException"/>, never in a read past the end, a huge allocation or a deep recursion. Values that others
/// wrote in longer forms are read wherever nothing of them is lost; what would lose something is damage.
/// </summary>
public ref partial struct MessagePackReader : IRecordReader
{
    private readonly ReadOnlySpan<byte> _data;
    private int _position;
    private int _depth;
    private long _promised;

    /// <summary>Makes a reader that starts at a position of the data.</summary>
    public MessagePackReader(ReadOnlySpan<byte> data, int position = 0)
    {
        _data = data;
        _position = position;
    }

    /// <summary>Where the next value begins.</summary>
    public readonly int Position => _position;

    /// <inheritdoc/>
    public int BeginObject() => BeginList();

    /// <inheritdoc/>
    public readonly bool NextField(FieldNames names, int index, int count, out int ordinal)
    {
        ordinal = index < names.Count ? index : -1;
        return index < count;
    }

    /// <inheritdoc/>
    public void EndObject() => _depth--;

    /// <inheritdoc/>
    public int BeginList()
    {
        Enter();
        byte code = Next();
        long count = code switch
        {
            >= MessagePackCode.FixArray and < MessagePackCode.FixString => code & 0x0f,
            MessagePackCode.Array16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            MessagePackCode.Array32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            _ => throw Unexpected("an array", code),
        };
        return CheckedCount(count, bytesEach: 1);
    }

    /// <inheritdoc/>
    public void EndList() => _depth--;

    /// <inheritdoc/>
    public int BeginMap()
    {
        Enter();
        byte code = Next();
        long count = code switch
        {
            >= MessagePackCode.FixMap and < MessagePackCode.FixArray => code & 0x0f,
            MessagePackCode.Map16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            MessagePackCode.Map32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            _ => throw Unexpected("a map", code),
        };
        return CheckedCount(count, bytesEach: 2);
    }

    /// <inheritdoc/>
    public void EndMap() => _depth--;

    /// <inheritdoc/>
    public readonly bool NextItem(int index, int count) => index < count;

    /// <inheritdoc/>
    public string ReadMapKeyString() => ReadString();

    /// <inheritdoc/>
    public long ReadMapKeyInt64() => ReadInt64();

    /// <inheritdoc/>
    public ulong ReadMapKeyUInt64() => ReadUInt64();

    /// <inheritdoc/>
    public Guid ReadMapKeyGuid() => ReadGuid();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadNull()
    {
        if ((uint)_position >= (uint)_data.Length || _data[_position] != MessagePackCode.Nil) return false;
        _position++;
        return true;
    }

    /// <inheritdoc/>
    public bool ReadBoolean()
    {
        byte code = Next();
        return code switch
        {
            MessagePackCode.True => true,
            MessagePackCode.False => false,
            _ => throw Unexpected("a boolean", code),
        };
    }

    /// <inheritdoc/>
    public long ReadInt64()
    {
        // The small ones, of either sign, are bytes of their own.
        byte code = Next();
        if ((sbyte)code >= -32) return (sbyte)code;
        // The next common ones, without a table of all.
        if (code == MessagePackCode.UInt16) return BinaryPrimitives.ReadUInt16BigEndian(Take(2));
        if (code == MessagePackCode.UInt32) return BinaryPrimitives.ReadUInt32BigEndian(Take(4));
        return ReadWideInt64(code);
    }

    /// <inheritdoc/>
    public ulong ReadUInt64()
    {
        if (_position < _data.Length && _data[_position] == MessagePackCode.UInt64)
        {
            _position++;
            return BinaryPrimitives.ReadUInt64BigEndian(Take(8));
        }

        int start = _position;
        long value = ReadInt64();
        return value >= 0 ? (ulong)value : throw Unexpected("an unsigned integer", _data[start]);
    }

    /// <inheritdoc/>
    public float ReadSingle()
    {
        if (!NextIs(MessagePackCode.Float32)) return ReadSingleOfOthers();
        _position++;
        return BinaryPrimitives.ReadSingleBigEndian(Take(4));
    }

    /// <inheritdoc/>
    public double ReadDouble()
    {
        if (!NextIs(MessagePackCode.Float64)) return ReadDoubleOfOthers();
        _position++;
        return BinaryPrimitives.ReadDoubleBigEndian(Take(8));
    }

    /// <summary>Reads one number where it stands, for what reads nothing else: without a reader wherever it has the usual form.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double ReadDouble(ReadOnlySpan<byte> data, int position)
    {
        if (position <= data.Length - 9 && data[position] == MessagePackCode.Float64) return BinaryPrimitives.ReadDoubleBigEndian(data[(position + 1)..]);
        MessagePackReader reader = new(data, position);
        return reader.ReadDouble();
    }

    /// <inheritdoc cref="ReadDouble(ReadOnlySpan{byte}, int)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static long ReadInt64(ReadOnlySpan<byte> data, int position)
    {
        if (position < data.Length && (sbyte)data[position] >= -32) return (sbyte)data[position];
        if (position <= data.Length - 3 && data[position] == MessagePackCode.UInt16) return BinaryPrimitives.ReadUInt16BigEndian(data[(position + 1)..]);
        MessagePackReader reader = new(data, position);
        return reader.ReadInt64();
    }

    /// <inheritdoc/>
    public decimal ReadDecimal()
    {
        ReadOnlySpan<byte> from = ReadExtension(MessagePackCode.DecimalType, 16);
        int flags = BinaryPrimitives.ReadInt32BigEndian(from);
        int scale = (flags >> 16) & 0xff;
        if ((flags & 0x7f00ffff) != 0 || scale > 28) throw Damaged("A decimal's flags are damaged.");
        return new decimal(
            BinaryPrimitives.ReadInt32BigEndian(from[12..]), BinaryPrimitives.ReadInt32BigEndian(from[8..]),
            BinaryPrimitives.ReadInt32BigEndian(from[4..]), flags < 0, (byte)scale);
    }

    /// <inheritdoc/>
    public string ReadString() => Utf8Text.Decode(ReadUtf8());

    /// <summary>Reads a string as the bytes it is stored in, whether or not they are valid UTF-8.</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        byte code = Next();
        return Take(code is >= MessagePackCode.FixString and < MessagePackCode.Nil ? (uint)code & 0x1f : ReadStringLength(code));
    }

    /// <inheritdoc/>
    public TEnum ReadEnum<TEnum>(EnumNames<TEnum> names) where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(names);
        if (!NextIsString()) return EnumNames<TEnum>.ReadNumber(ref this);
        ReadOnlySpan<byte> name = ReadUtf8();
        return names.TryGetValue(name, out TEnum value)
            ? value
            : throw new VaultCorruptionException($"A stored value of the enum {typeof(TEnum).Name} has a name that the enum lacks.", found: Encoding.UTF8.GetString(name));
    }

    /// <inheritdoc/>
    public byte[] ReadBytes() => ReadBytesSpan().ToArray();

    /// <summary>Reads bytes where they lie.</summary>
    public ReadOnlySpan<byte> ReadBytesSpan()
    {
        byte code = Next();
        uint length = code switch
        {
            MessagePackCode.Bin8 => Next(),
            MessagePackCode.Bin16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            MessagePackCode.Bin32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            _ => throw Unexpected("bytes", code),
        };
        return Take(length);
    }

    /// <inheritdoc/>
    public Guid ReadGuid()
    {
        ReadOnlySpan<byte> bytes = ReadBytesSpan();
        return bytes.Length == 16 ? new Guid(bytes, bigEndian: true) : throw Damaged("A Guid does not have 16 bytes.");
    }

    /// <inheritdoc/>
    public DateTime ReadDateTime()
    {
        (sbyte type, ReadOnlySpan<byte> data) = ReadExtension();
        return type switch
        {
            MessagePackCode.TimestampType => new DateTime(TimestampTicks(data), DateTimeKind.Utc),
            MessagePackCode.UnspecifiedDateTimeType => new DateTime(CheckedTicks(data, 8), DateTimeKind.Unspecified),
            MessagePackCode.LocalDateTimeType => new DateTime(CheckedTicks(data, 8), DateTimeKind.Utc).ToLocalTime(),
            _ => throw Damaged($"Expected a date and time, found an extension of type {type}."),
        };
    }

    /// <inheritdoc/>
    public DateTimeOffset ReadDateTimeOffset()
    {
        ReadOnlySpan<byte> data = ReadExtension(MessagePackCode.DateTimeOffsetType, 10);
        long utcTicks = CheckedTicks(data, 10);
        short minutes = BinaryPrimitives.ReadInt16BigEndian(data[8..]);
        long localTicks = utcTicks + minutes * TimeSpan.TicksPerMinute;
        if (Math.Abs((int)minutes) > 14 * 60 || localTicks < 0 || localTicks > DateTime.MaxValue.Ticks) throw Damaged("A date's offset is damaged.");
        return new DateTimeOffset(localTicks, TimeSpan.FromMinutes(minutes));
    }

    /// <inheritdoc/>
    public DateOnly ReadDateOnly()
    {
        ulong day = ReadUInt64();
        return day <= (ulong)DateOnly.MaxValue.DayNumber ? DateOnly.FromDayNumber((int)day) : throw Damaged("A date is out of range.");
    }

    /// <inheritdoc/>
    public TimeOnly ReadTimeOnly()
    {
        ulong ticks = ReadUInt64();
        return ticks <= (ulong)TimeOnly.MaxValue.Ticks ? new TimeOnly((long)ticks) : throw Damaged("A time of day is out of range.");
    }

    /// <inheritdoc/>
    public TimeSpan ReadTimeSpan() => new(ReadInt64());

    internal readonly bool NextIsString() =>
        _position < _data.Length && _data[_position] is (>= MessagePackCode.FixString and < MessagePackCode.Nil) or (>= MessagePackCode.String8 and <= MessagePackCode.String32);

    internal readonly bool NextIsMap() =>
        _position < _data.Length && _data[_position] is (>= MessagePackCode.FixMap and < MessagePackCode.FixArray) or MessagePackCode.Map16 or MessagePackCode.Map32;

    private long ReadWideInt64(byte code) => code switch
    {
        MessagePackCode.UInt8 => Next(),
        MessagePackCode.UInt16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        MessagePackCode.UInt32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        MessagePackCode.Int8 => (sbyte)Next(),
        MessagePackCode.Int16 => BinaryPrimitives.ReadInt16BigEndian(Take(2)),
        MessagePackCode.Int32 => BinaryPrimitives.ReadInt32BigEndian(Take(4)),
        MessagePackCode.Int64 => BinaryPrimitives.ReadInt64BigEndian(Take(8)),
        MessagePackCode.UInt64 when BinaryPrimitives.ReadUInt64BigEndian(Take(8)) is var value and <= long.MaxValue => (long)value,
        _ => throw Unexpected("a signed integer", code),
    };

    private uint ReadStringLength(byte code) => code switch
    {
        MessagePackCode.String8 => Next(),
        MessagePackCode.String16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
        MessagePackCode.String32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
        _ => throw Unexpected("a string", code),
    };

    private ReadOnlySpan<byte> ReadExtension(sbyte expected, int length)
    {
        (sbyte type, ReadOnlySpan<byte> data) = ReadExtension();
        return type == expected && data.Length == length
            ? data
            : throw Damaged($"Expected an extension of type {expected} with {length} bytes, found type {type} with {data.Length}.");
    }

    private ExtensionData ReadExtension()
    {
        byte code = Next();
        uint length = code switch
        {
            MessagePackCode.FixExt1 => 1,
            MessagePackCode.FixExt2 => 2,
            MessagePackCode.FixExt4 => 4,
            MessagePackCode.FixExt8 => 8,
            MessagePackCode.FixExt16 => 16,
            MessagePackCode.Ext8 => Next(),
            MessagePackCode.Ext16 => BinaryPrimitives.ReadUInt16BigEndian(Take(2)),
            MessagePackCode.Ext32 => BinaryPrimitives.ReadUInt32BigEndian(Take(4)),
            _ => throw Unexpected("an extension", code),
        };
        sbyte type = (sbyte)Next();
        return new ExtensionData(type, Take(length));
    }

    private static long TimestampTicks(ReadOnlySpan<byte> data)
    {
        (long seconds, long nanoseconds) = data.Length switch
        {
            4 => (BinaryPrimitives.ReadUInt32BigEndian(data), 0),
            8 => ((long)(BinaryPrimitives.ReadUInt64BigEndian(data) & 0x3_ffff_ffff), (long)(BinaryPrimitives.ReadUInt64BigEndian(data) >> 34)),
            12 => (BinaryPrimitives.ReadInt64BigEndian(data[4..]), BinaryPrimitives.ReadUInt32BigEndian(data)),
            _ => throw Damaged("A timestamp has an unknown length."),
        };
        const long minSeconds = -62135596800, maxSeconds = 253402300799;
        if (seconds is < minSeconds or > maxSeconds || nanoseconds > 999_999_999) throw Damaged("A timestamp is out of range.");
        if (nanoseconds % TimeSpan.NanosecondsPerTick != 0) throw Damaged("A timestamp is finer than 100 ns.");
        return DateTime.UnixEpoch.Ticks + seconds * TimeSpan.TicksPerSecond + nanoseconds / TimeSpan.NanosecondsPerTick;
    }

    private static long CheckedTicks(ReadOnlySpan<byte> data, int length)
    {
        long ticks = data.Length == length ? BinaryPrimitives.ReadInt64BigEndian(data) : -1;
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks ? ticks : throw Damaged("A date and time is out of range.");
    }

    private void Enter()
    {
        if (++_depth > MessagePackCode.MaxDepth) throw TooDeep();
    }

    // Callers allocate for the counts that they get. Each value has a byte of its own, so the counts of all arrays and maps together
    // cannot exceed the data's length either: without that, each level of nested lists could ask for room for all that is left.
    private int CheckedCount(long count, int bytesEach)
    {
        long least = count * bytesEach;
        _promised += least;
        return least <= _data.Length - _position && _promised < _data.Length ? (int)count : throw Damaged("A count is larger than the rest of the record.");
    }

    // Through locals, so that the second check of each goes.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte Next()
    {
        ReadOnlySpan<byte> data = _data;
        int position = _position;
        if ((uint)position >= (uint)data.Length) ThrowTruncated();
        _position = position + 1;
        return data[position];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Take(uint count)
    {
        ReadOnlySpan<byte> data = _data;
        int position = _position;
        if (count > (uint)(data.Length - position)) ThrowTruncated();
        _position = position + (int)count;
        return data.Slice(position, (int)count);
    }

    private static void ThrowTruncated() => throw Damaged("A record ends too early.");

    private static VaultCorruptionException Unexpected(string expected, byte found) =>
        new("A record holds a value of another type than its schema says.", expected: expected, found: $"the type code 0x{found:x2}");

    private static VaultCorruptionException TooDeep() => Damaged("A record nests too deep.");

    private static VaultCorruptionException Damaged(string what) => new(what);

    private readonly ref struct ExtensionData(sbyte type, ReadOnlySpan<byte> data)
    {
        private readonly ReadOnlySpan<byte> _data = data;

        public void Deconstruct(out sbyte type1, out ReadOnlySpan<byte> data)
        {
            type1 = type;
            data = _data;
        }
    }
}
