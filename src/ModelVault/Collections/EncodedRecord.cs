using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A model as it is stored: its key and its record. The record begins with one byte for the schema version, set when the version is known.</summary>
internal sealed class EncodedRecord
{
    private EncodedRecord(byte[] key, byte[] record)
    {
        Key = key;
        Bytes = record;
    }

    public byte[] Key { get; }

    /// <summary>The record without what stands before its fields.</summary>
    public ReadOnlySpan<byte> Fields => Bytes.AsSpan(1);

    /// <summary>The record with its first byte unset.</summary>
    private byte[] Bytes { get; }

    /// <summary>Validates a model and writes it out. Throws <see cref="VaultValidationException"/>.</summary>
    public static EncodedRecord Of<TModel, TKey>(VaultModel<TModel, TKey> model, TModel value)
        where TModel : notnull
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(value);
        byte[] record = EncodeFields(model, value);
        return new EncodedRecord(EncodeKey(model, model.GetKey(value)), record);
    }

    /// <summary>A record that is written out already; its first byte is the version's place.</summary>
    public static EncodedRecord OfBytes(byte[] key, byte[] record) => new(key, record);

    /// <summary>A primary key's bytes.</summary>
    public static byte[] EncodeKey<TModel, TKey>(VaultModel<TModel, TKey> model, TKey key)
        where TModel : notnull
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(key);
        KeyWriter writer = new(stackalloc byte[256]);
        model.Key.WriteKey(ref writer, key);
        byte[] bytes = writer.Written.ToArray();
        writer.Dispose();
        return bytes;
    }

    /// <summary>The record under a version of the schema.</summary>
    public ReadOnlySpan<byte> Under(int version)
    {
        if (version <= MessagePackCode.PositiveFixIntMax)
        {
            Bytes[0] = (byte)version;
            return Bytes;
        }

        MessagePackWriter writer = new(new byte[Bytes.Length + 8]);
        RecordHeader.Write(ref writer, version);
        writer.WriteRaw(Bytes.AsSpan(1));
        return writer.Written;
    }

    private static byte[] EncodeFields<TModel, TKey>(VaultModel<TModel, TKey> model, TModel value)
        where TModel : notnull
        where TKey : notnull
    {
        MessagePackWriter writer = new(RecordBuffer.Take());
        RecordHeader.Write(ref writer, 0);
        VaultValidator validator = default;
        model.Write(value, ref writer, ref validator);
        if (validator.Violations is { } violations) throw new VaultValidationException(model.Schema.Name, violations);
        byte[] record = writer.Written.ToArray();
        RecordBuffer.Return(writer.Buffer);
        return record;
    }
}
