using System.Globalization;

namespace ModelVault.Runtime;

/// <summary>Turns stored 64-bit integers into the narrower types of members. A value that does not fit is a <see cref="VaultCorruptionException"/>.</summary>
public static class Narrow
{
    /// <summary>To byte.</summary>
    public static byte ToByte(ulong value) => value <= byte.MaxValue ? (byte)value : throw DoesNotFit(value, "byte");

    /// <summary>To sbyte.</summary>
    public static sbyte ToSByte(long value) => value == (sbyte)value ? (sbyte)value : throw DoesNotFit(value, "sbyte");

    /// <summary>To short.</summary>
    public static short ToInt16(long value) => value == (short)value ? (short)value : throw DoesNotFit(value, "short");

    /// <summary>To ushort.</summary>
    public static ushort ToUInt16(ulong value) => value <= ushort.MaxValue ? (ushort)value : throw DoesNotFit(value, "ushort");

    /// <summary>To int.</summary>
    public static int ToInt32(long value) => value == (int)value ? (int)value : throw DoesNotFit(value, "int");

    /// <summary>To uint.</summary>
    public static uint ToUInt32(ulong value) => value <= uint.MaxValue ? (uint)value : throw DoesNotFit(value, "uint");

    /// <summary>To char.</summary>
    public static char ToChar(ulong value) => value <= char.MaxValue ? (char)value : throw DoesNotFit(value, "char");

    private static VaultCorruptionException DoesNotFit(IFormattable value, string type) =>
        new("A stored integer does not fit its member.", expected: type, found: value.ToString(null, CultureInfo.InvariantCulture));
}
