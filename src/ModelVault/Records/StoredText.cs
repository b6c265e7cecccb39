using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Writes stored scalars as text for messages.</summary>
internal static class StoredText
{
    /// <summary>Reads a value and returns it as text, the same under every culture.</summary>
    public static string Of(FieldTypeSchema type, ref MessagePackReader reader)
    {
        if (reader.TryReadNull()) return "null";
        return FilterText.Of(type.Kind switch
        {
            FieldKind.Bool => reader.ReadBoolean(),
            FieldKind.Int64 => reader.ReadInt64(),
            FieldKind.UInt64 => reader.ReadUInt64(),
            FieldKind.Int128 => reader.ReadInt128(),
            FieldKind.UInt128 => reader.ReadUInt128(),
            FieldKind.Float16 => reader.ReadHalf(),
            FieldKind.Float32 => reader.ReadSingle(),
            FieldKind.Float64 => reader.ReadDouble(),
            FieldKind.Decimal => reader.ReadDecimal(),
            FieldKind.Char => Narrow.ToChar(reader.ReadUInt64()),
            FieldKind.String => reader.ReadString(),
            FieldKind.Bytes => reader.ReadBytes(),
            FieldKind.Uuid => reader.ReadGuid(),
            FieldKind.DateTime => reader.ReadDateTime(),
            FieldKind.TimestampTz => reader.ReadDateTimeOffset(),
            FieldKind.Date => reader.ReadDateOnly(),
            FieldKind.Time => reader.ReadTimeOnly(),
            FieldKind.Duration => reader.ReadTimeSpan(),
            FieldKind.Uri => reader.ReadUri(),
            FieldKind.Version => reader.ReadVersion(),
            FieldKind.Enum => reader.NextIsString() ? reader.ReadString() : reader.ReadInt64(),
            _ => type.Kind,
        });
    }
}
