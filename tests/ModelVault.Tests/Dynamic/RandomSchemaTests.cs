using System.Globalization;
using ModelVault.Runtime;
using ModelVault.Tests.Json;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Dynamic;

/// <summary>Random values of random schemas, of every kind there is, through records and their JSON.</summary>
public sealed class RandomSchemaTests
{
    private static readonly double Scale = TestScale.Or(1);

    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    [InlineData("fa-IR")]
    public void A_value_becomes_a_record_and_JSON_and_comes_back_byte_for_byte(string culture)
    {
        using CultureScope scope = new(culture);
        int first = Environment.TickCount;
        for (int seed = first; seed < first + 300 * Scale; seed++)
        {
            RandomSchema random = new(seed);
            FieldTypeSchema schema = random.Object(4);
            RecordType type = RecordType.Of(schema);
            byte[] value = random.Value(schema);
            VaultRecord record = Read(type, value);

            Assert.True(value.AsSpan().SequenceEqual(Encode(type, record)), $"seed {seed}, culture '{culture}'");
            Assert.True(record.Equals(Read(type, value)), $"seed {seed}: equality");
            VaultRecord parsed = Read(type, Encode(type, VaultRecord.Parse(record.ToJson())));
            string? lost = record.Fields.FirstOrDefault(f => !RecordValues.AreEqual(record[f], parsed[f]));
            Assert.True(lost is null, $"seed {seed}, culture '{culture}', {lost}: {(lost is null ? "" : new VaultRecord { ["x"] = record[lost], ["y"] = parsed[lost] }.ToString())}");
            Assert.True(value.AsSpan().SequenceEqual(Encode(type, parsed)), $"seed {seed}, culture '{culture}': bytes");
        }
    }

    private static VaultRecord Read(RecordType type, byte[] value)
    {
        MessagePackReader reader = new(value);
        return (VaultRecord)type.Read(ref reader)!;
    }

    private static byte[] Encode(RecordType type, VaultRecord record)
    {
        RecordEncoder encoder = new(new MessagePackWriter(new byte[16]));
        encoder.Encode(type, record);
        Assert.Null(encoder.Violations);
        return encoder.Writer.Written.ToArray();
    }
}
