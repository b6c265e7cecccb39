using System.Text.Json;
using ModelVault.Runtime;
using ModelVault.Tests.Interop;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Records;

/// <summary>A model's record as it is stored, behind its header, cut into its fields, and every way to read it.</summary>
internal abstract class StoredSample
{
    private readonly Range[] _fields;
    private readonly RecordModel _model;
    private readonly JsonType _json;
    private readonly RecordValidator _validator;

    private StoredSample(CollectionSchema schema, byte[] bytes)
    {
        Fields = schema.Fields;
        Bytes = bytes;
        _model = new RecordModel(schema);
        _json = JsonType.Of(schema);
        _validator = new RecordValidator(schema);
        MessagePackReader reader = new(Bytes);
        _fields = new Range[reader.BeginObject()];
        for (int i = 0; i < _fields.Length; i++)
        {
            int start = reader.Position;
            reader.Skip();
            _fields[i] = start..reader.Position;
        }
    }

    /// <summary>A sample of each model that has a member of every kind, and a value in each.</summary>
    public static IReadOnlyList<StoredSample> All { get; } = [Of(Samples.Full()), Of(Specimen.Plain())];

    /// <summary>The sample of <see cref="Everything"/>.</summary>
    public static StoredSample OfEverything => All[0];

    public byte[] Bytes { get; }

    public IReadOnlyList<FieldSchema> Fields { get; }

    /// <summary>A field's place.</summary>
    public int this[string field] => Fields.Select(static f => f.Name).ToList().IndexOf(field);

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
    public abstract void Read(byte[] record);

    /// <summary>Reads a record by its schema alone.</summary>
    public void ReadDynamic(byte[] record)
    {
        MessagePackReader reader = new(record);
        _model.Read(ref reader);
    }

    /// <summary>Turns a record into JSON.</summary>
    public void WriteJson(byte[] record)
    {
        using Utf8JsonWriter json = new(Stream.Null);
        RecordJson.Write(_json, record, json);
        json.Reset();
    }

    /// <summary>Checks a record's constraints.</summary>
    public void Validate(byte[] record)
    {
        VaultValidator validator = default;
        _validator.Validate(record, 0, ref validator);
    }

    /// <summary>Reads past a record.</summary>
    public static void Skip(byte[] record)
    {
        MessagePackReader reader = new(record);
        reader.Skip();
    }

    private static OfModel<T> Of<T>(T value)
        where T : IVaultModel<T>
    {
        MessagePackWriter writer = new(new byte[256]);
        VaultObjects.Write(value, ref writer);
        return new OfModel<T>(writer.Written.ToArray());
    }

    private sealed class OfModel<T>(byte[] bytes) : StoredSample(T.Schema, bytes)
        where T : IVaultModel<T>
    {
        public override void Read(byte[] record)
        {
            MessagePackReader reader = new(record);
            VaultObjects.Read<T, MessagePackReader>(ref reader);
        }
    }
}
