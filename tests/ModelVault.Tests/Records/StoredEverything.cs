using ModelVault.Runtime;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Records;

/// <summary>A record of <see cref="Everything"/> as it is stored, behind its header, cut into its fields.</summary>
internal sealed class StoredEverything
{
    private readonly Range[] _fields;

    public StoredEverything()
    {
        MessagePackWriter writer = new(new byte[256]);
        VaultObjects.Write(Samples.Full(), ref writer);
        Bytes = writer.Written.ToArray();
        MessagePackReader reader = new(Bytes);
        _fields = new Range[reader.BeginObject()];
        for (int i = 0; i < _fields.Length; i++)
        {
            int start = reader.Position;
            reader.Skip();
            _fields[i] = start..reader.Position;
        }
    }

    public byte[] Bytes { get; }

    public IReadOnlyList<FieldSchema> Fields { get; } = Everything.Schema.Fields;

    /// <summary>The record with another value in a field's place.</summary>
    public byte[] With(int field, ReadOnlySpan<byte> value) => [.. Bytes.AsSpan(0, _fields[field].Start.Value), .. value, .. Bytes.AsSpan(_fields[field].End.Value)];

    /// <summary>The record up to a field, and another value in that field's place at the end.</summary>
    public byte[] UpTo(int field, ReadOnlySpan<byte> value) => [.. Bytes.AsSpan(0, _fields[field].Start.Value), .. value];

    /// <summary>The record with one field more than its type has.</summary>
    public byte[] WithFieldBehind(ReadOnlySpan<byte> value)
    {
        byte[] bytes = [.. Bytes, .. value];
        bytes[2]++; // the low byte of an array 16's count
        return bytes;
    }

    /// <summary>Reads a record by the generated code.</summary>
    public static Everything Read(ReadOnlySpan<byte> record)
    {
        MessagePackReader reader = new(record);
        return VaultObjects.Read<Everything, MessagePackReader>(ref reader);
    }
}
