using System.Text;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Turns stored scalars into key components by their schema type, and finds where a component ends.</summary>
internal static class KeyTranscoder
{
    /// <summary>Reads a scalar that is not null and writes it as a key component.</summary>
    public static void Write(FieldTypeSchema type, ref MessagePackReader reader, ref KeyWriter key)
    {
        switch (type.Kind)
        {
            case FieldKind.Bool: key.WriteBoolean(reader.ReadBoolean()); break;
            case FieldKind.Int64 or FieldKind.Duration: key.WriteInt64(reader.ReadInt64()); break;
            case FieldKind.UInt64 or FieldKind.Char or FieldKind.Date or FieldKind.Time: key.WriteUInt64(reader.ReadUInt64()); break;
            case FieldKind.Int128: key.WriteInt128(reader.ReadInt128()); break;
            case FieldKind.UInt128: key.WriteUInt128(reader.ReadUInt128()); break;
            case FieldKind.Float16 or FieldKind.Float32: key.WriteSingle(reader.ReadSingle()); break;
            case FieldKind.Float64: key.WriteDouble(reader.ReadDouble()); break;
            case FieldKind.Decimal: key.WriteDecimal(reader.ReadDecimal()); break;
            case FieldKind.String or FieldKind.Uri: key.WriteBytes(reader.ReadUtf8()); break;
            case FieldKind.Bytes: key.WriteBytes(reader.ReadBytesSpan()); break;
            case FieldKind.Uuid: key.WriteGuid(reader.ReadGuid()); break;
            case FieldKind.DateTime: key.WriteDateTime(reader.ReadDateTime()); break;
            case FieldKind.TimestampTz: key.WriteDateTimeOffset(reader.ReadDateTimeOffset()); break;
            case FieldKind.Version: key.WriteVersion(reader.ReadVersion()); break;
            case FieldKind.Enum: WriteEnum(type, ref reader, ref key); break;
            default: throw new VaultSchemaException($"A {type.Kind} cannot be part of a key.");
        }
    }

    /// <summary>How many bytes the component at the front of a key has.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="key">The key.</param>
    /// <param name="isDescending">Whether its bytes are complemented.</param>
    public static int LengthOf(FieldTypeSchema type, ReadOnlySpan<byte> key, bool isDescending = false) =>
        TryLengthOf(type, key, isDescending, out int length) ? length : throw new VaultCorruptionException("An index key ends too early.");

    /// <summary>The same. False where the key ends before it does.</summary>
    public static bool TryLengthOf(FieldTypeSchema type, ReadOnlySpan<byte> key, bool isDescending, out int length)
    {
        length = WidthOf(type.Kind);
        if (length == 0) length = key.IndexOf(isDescending ? DescendingTerminator : Terminator) is >= 0 and int end ? end + Terminator.Length : int.MaxValue;
        return length <= key.Length;
    }

    /// <summary>How many bytes all components of a kind have; 0 where they differ.</summary>
    public static int WidthOf(FieldKind kind) => kind switch
    {
        FieldKind.Bool => 1,
        FieldKind.Float16 or FieldKind.Float32 => 4,
        FieldKind.Uuid or FieldKind.Int128 or FieldKind.UInt128 or FieldKind.Version => 16,
        FieldKind.Decimal => 15,
        FieldKind.String or FieldKind.Bytes or FieldKind.Uri => 0,
        _ => 8,
    };

    // The end of an escaped string: 0x00 stands before 0x01 nowhere else, for inside the string it stands before 0xFF.
    private static ReadOnlySpan<byte> Terminator => [0x00, 0x01];

    private static ReadOnlySpan<byte> DescendingTerminator => [0xff, 0xfe];

    private static void WriteEnum(FieldTypeSchema type, ref MessagePackReader reader, ref KeyWriter key)
    {
        long value = reader.NextIsString() ? ValueOf(type, reader.ReadUtf8()) : type.IsUnsignedEnum ? (long)reader.ReadUInt64() : reader.ReadInt64();
        if (type.IsUnsignedEnum) key.WriteUInt64((ulong)value);
        else key.WriteInt64(value);
    }

    private static long ValueOf(FieldTypeSchema type, ReadOnlySpan<byte> name)
    {
        Span<byte> known = stackalloc byte[256];
        foreach ((string text, long value) in type.Cases)
        {
            if (Encoding.UTF8.GetByteCount(text) != name.Length) continue;
            bool isSame = name.Length <= known.Length ? known[..Encoding.UTF8.GetBytes(text, known)].SequenceEqual(name) : Encoding.UTF8.GetString(name) == text;
            if (isSame) return value;
        }

        throw new VaultCorruptionException("A stored enum value has a name that its schema lacks.", found: Encoding.UTF8.GetString(name));
    }
}
