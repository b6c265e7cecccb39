using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ModelVault.Runtime;

/// <summary>
/// The names and values of an enum, as the generator read them from its declaration, so that nothing is reflected at run
/// time. A value with a name is stored by that name; any other (a combination of flags, say) by its number.
/// </summary>
/// <typeparam name="TEnum">The enum.</typeparam>
public sealed class EnumNames<TEnum> where TEnum : struct, Enum
{
    private readonly byte[][] _names;
    private readonly TEnum[] _values;

    /// <summary>Makes the table. Where two names share a value the first is the one that is stored; both are read.</summary>
    public EnumNames(params (string Name, TEnum Value)[] members)
    {
        ArgumentNullException.ThrowIfNull(members);
        _names = Array.ConvertAll(members, m => Encoding.UTF8.GetBytes(m.Name));
        _values = Array.ConvertAll(members, m => m.Value);
    }

    /// <summary>Whether the enum's numbers are unsigned.</summary>
    internal static bool IsUnsigned { get; } =
        Type.GetTypeCode(typeof(TEnum)) is TypeCode.Byte or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64;

    /// <summary>Writes a value by its name, or by its number where it has none.</summary>
    public void Write<TWriter>(TEnum value, ref TWriter writer) where TWriter : struct, IRecordWriter, allows ref struct
    {
        for (int i = 0; i < _values.Length; i++)
        {
            if (!EqualityComparer<TEnum>.Default.Equals(_values[i], value)) continue;
            writer.WriteUtf8(_names[i]);
            return;
        }

        WriteNumber(value, ref writer);
    }

    /// <summary>Writes a value by its number.</summary>
    public static void WriteNumber<TWriter>(TEnum value, ref TWriter writer) where TWriter : struct, IRecordWriter, allows ref struct
    {
        if (IsUnsigned) writer.WriteUInt64((ulong)ToInt64(value));
        else writer.WriteInt64(ToInt64(value));
    }

    /// <summary>Reads a value stored by its number.</summary>
    public static TEnum ReadNumber<TReader>(ref TReader reader) where TReader : struct, IRecordReader, allows ref struct =>
        IsUnsigned ? FromInt64((long)reader.ReadUInt64()) : FromInt64(reader.ReadInt64());

    /// <summary>The value of a stored name.</summary>
    public bool TryGetValue(ReadOnlySpan<byte> utf8Name, out TEnum value)
    {
        for (int i = 0; i < _names.Length; i++)
        {
            if (!utf8Name.SequenceEqual(_names[i])) continue;
            value = _values[i];
            return true;
        }

        value = default;
        return false;
    }

    /// <summary>The value's number; unsigned ones keep their bits.</summary>
    public static long ToInt64(TEnum value) => Unsafe.SizeOf<TEnum>() switch
    {
        1 => IsUnsigned ? Unsafe.BitCast<TEnum, byte>(value) : Unsafe.BitCast<TEnum, sbyte>(value),
        2 => IsUnsigned ? Unsafe.BitCast<TEnum, ushort>(value) : Unsafe.BitCast<TEnum, short>(value),
        4 => IsUnsigned ? Unsafe.BitCast<TEnum, uint>(value) : Unsafe.BitCast<TEnum, int>(value),
        _ => Unsafe.BitCast<TEnum, long>(value),
    };

    /// <summary>The value with this number. Throws <see cref="VaultCorruptionException"/> if the enum's type cannot hold it.</summary>
    public static TEnum FromInt64(long number)
    {
        TEnum value = Unsafe.SizeOf<TEnum>() switch
        {
            1 => Unsafe.BitCast<byte, TEnum>(unchecked((byte)number)),
            2 => Unsafe.BitCast<ushort, TEnum>(unchecked((ushort)number)),
            4 => Unsafe.BitCast<uint, TEnum>(unchecked((uint)number)),
            _ => Unsafe.BitCast<long, TEnum>(number),
        };
        return ToInt64(value) == number
            ? value
            : throw new VaultCorruptionException($"A stored enum value does not fit {typeof(TEnum).Name}.", found: number.ToString(CultureInfo.InvariantCulture));
    }
}
