using ModelVault.Runtime;

namespace ModelVault;

/// <summary>One field that the database sets.</summary>
internal sealed class GeneratedField(FieldSchema schema, ResolvedField place)
{
    private readonly NumberField? _number = NumberField.Of(schema);

    public int Ordinal => place.Ordinals[0];

    public bool IsKey => schema.Generated is GeneratedValue.AutoIncrement or GeneratedValue.GuidV7;

    /// <summary>The numbers of an auto-increment key; else null.</summary>
    public NumberField? Sequence => schema.Generated == GeneratedValue.AutoIncrement ? _number : null;

    /// <summary>The field's bytes; none where the record lacks it.</summary>
    public ReadOnlySpan<byte> Locate(ReadOnlySpan<byte> record, int start) =>
        place.TryLocate(record, start, out MessagePackReader reader) ? reader.ReadRaw() : default;

    /// <summary>Whether a record leaves the field to the database.</summary>
    public bool IsDefault(ReadOnlySpan<byte> fields) => IsDefaultValue(Locate(fields, 0));

    /// <summary>Whether a value that can be generated is null or its type's default.</summary>
    public static bool IsDefault(FieldTypeSchema type, MessagePackReader value) => value.TryReadNull() || type.Kind switch
    {
        FieldKind.Uuid => value.ReadGuid() == Guid.Empty,
        FieldKind.DateTime => value.ReadDateTime() == default,
        FieldKind.TimestampTz => value.ReadDateTimeOffset() == default,
        FieldKind.UInt64 => value.ReadUInt64() == 0,
        _ => value.ReadInt64() == 0,
    };

    /// <summary>The key of a stored record.</summary>
    public byte[] ReadKey(ReadOnlySpan<byte> record)
    {
        RecordHeader.Read(record, out int start);
        scoped MessagePackReader reader = new(Locate(record, start));
        KeyWriter key = new(stackalloc byte[16]);
        KeyTranscoder.Write(schema.Type, ref reader, ref key);
        return key.Written.ToArray();
    }

    /// <summary>Says how a record's concurrency token differs from that of the record which it is to replace; null if it does not.</summary>
    public TokenConflict? FindConflict(ReadOnlySpan<byte> fields, ReadOnlySpan<byte> old, int oldStart)
    {
        if (schema.Generated != GeneratedValue.ConcurrencyToken) return null;
        Int128 expected = ReadNumber(Locate(fields, 0)), actual = ReadNumber(Locate(old, oldStart));
        return expected == actual ? null : new TokenConflict(_number!.Box(expected), _number.Box(actual));
    }

    /// <summary>Writes the value to store.</summary>
    /// <param name="given">What the record gives.</param>
    /// <param name="old">What the record that it replaces has; nothing where it replaces none.</param>
    /// <param name="binding">The trees of the transaction.</param>
    /// <param name="now">The time of the write.</param>
    /// <param name="values">Where Guids come from.</param>
    /// <param name="writer">Takes the value.</param>
    public void Write(ReadOnlySpan<byte> given, ReadOnlySpan<byte> old, CollectionBinding binding, DateTimeOffset now, ValueSource values, ref MessagePackWriter writer)
    {
        switch (schema.Generated)
        {
            case GeneratedValue.AutoIncrement:
                _number!.Write(_number.Decode(binding.Sequence!.Next()), ref writer);
                break;
            case GeneratedValue.GuidV7:
                writer.WriteGuid(values.NextGuid(now));
                break;
            case GeneratedValue.CreatedAt when !old.IsEmpty && !IsDefaultValue(old):
                writer.WriteRaw(old);
                break;
            case GeneratedValue.CreatedAt when !old.IsEmpty || !IsDefaultValue(given):
                writer.WriteRaw(given);
                break;
            case GeneratedValue.ConcurrencyToken:
                _number!.Write(old.IsEmpty ? _number.Least : _number.Following(ReadNumber(old)), ref writer);
                break;
            default:
                WriteTime(now, ref writer);
                break;
        }
    }

    private void WriteTime(DateTimeOffset now, ref MessagePackWriter writer)
    {
        if (schema.Type.Kind == FieldKind.DateTime) writer.WriteDateTime(now.UtcDateTime);
        else writer.WriteDateTimeOffset(now);
    }

    private Int128 ReadNumber(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty) return 0;
        MessagePackReader reader = new(value);
        return _number!.Read(ref reader);
    }

    private bool IsDefaultValue(ReadOnlySpan<byte> value) => value.IsEmpty || IsDefault(schema.Type, new MessagePackReader(value));
}
