using System.Globalization;
using ModelVault.Runtime;
using ModelVault.Tests.Json;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Dynamic;

/// <summary>Random values of random schemas, of every kind there is, through records, their JSON, a collection and its indexes.</summary>
public sealed class RandomSchemaTests
{
    private static readonly double Scale = TestScale.Or(1);

    private static readonly string[] Operators = ["==", "!=", "<", "<=", ">", ">="];

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

    [Fact]
    public void Indexed_and_scanned_conditions_agree_on_every_kind()
    {
        int first = Environment.TickCount;
        for (int seed = first; seed < first + 40 * Scale; seed++)
        {
            RandomSchema random = new(seed);
            FieldTypeSchema schema = random.Object(2);
            RecordType type = RecordType.Of(schema);
            List<VaultRecord> records = [.. Enumerable.Range(0, 25).Select(i => Read(type, random.Value(schema)).With(r => r["id"] = i))];
            List<FieldSchema> scalars = [.. schema.Fields.Where(static f => f.Type.IsScalar)];
            using VaultDatabase db = VaultDatabase.OpenInMemory();
            VaultRecordCollection scanned = Register(db, "scanned", schema, []);
            VaultRecordCollection indexed = Register(db, "indexed", schema, scalars);
            scanned.InsertMany(records);
            indexed.InsertMany(records);

            foreach (FieldSchema field in scalars)
            {
                FieldPath path = new(field.Name);
                Assert.True(Ids(scanned.All().OrderBy(path)).SequenceEqual(Ids(indexed.All().OrderBy(path))), $"seed {seed}: order by {field.Name} ({field.Type.Kind})");
                foreach (object? value in records.Take(6).Select(r => r[field.Name]))
                {
                    foreach (string operation in Operators)
                    {
                        if (field.Type.Kind == FieldKind.Bytes && operation[0] is '<' or '>') continue;
                        string context = $"seed {seed}: {field.Name} ({field.Type.Kind}) {operation} {FilterText.Of(value)}";
                        List<int> expected = [.. records.Where(r => Meaning(operation, r[field.Name], value)).Select(static r => r.GetInt32("id"))];
                        Assert.True(expected.SequenceEqual(Ids(scanned.Where(path, operation, value))), $"scanned, {context}");
                        Assert.True(expected.SequenceEqual(Ids(indexed.Where(path, operation, value))), $"indexed, {context}");
                    }
                }
            }
        }
    }

    // The contract's comparison, stated anew on CLR values.
    private static bool Meaning(string operation, object? found, object? value)
    {
        bool areEqual = found is null || value is null ? found is null && value is null : Order(found, value) == 0;
        if (operation == "==") return areEqual;
        if (operation == "!=") return !areEqual;
        if (found is null || value is null || IsNaN(found) || IsNaN(value)) return false;
        int order = Order(found, value);
        return operation switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };
    }

    private static bool IsNaN(object value) => value is double.NaN or float.NaN || (value is Half h && Half.IsNaN(h));

    private static int Order(object left, object right) => (left, right) switch
    {
        (byte[] l, byte[] r) => l.AsSpan().SequenceCompareTo(r),
        (DateTime l, DateTime r) => Ticks(l).CompareTo(Ticks(r)),
        (Uri l, Uri r) => Queries.RowConditions.Order(l.OriginalString, r.OriginalString),
        (long l, string r) => l.CompareTo(CaseOf(r)),
        (string l, long r) => CaseOf(l).CompareTo(r),
        (string l, string r) when l is "One" or "Two" or "Minus" && r is "One" or "Two" or "Minus" => CaseOf(l).CompareTo(CaseOf(r)),
        (string l, string r) => Queries.RowConditions.Order(l, r),
        _ => Comparer<object>.Default.Compare(left, right),
    };

    private static long Ticks(DateTime time) => time.Kind == DateTimeKind.Local ? time.ToUniversalTime().Ticks : time.Ticks;

    private static long CaseOf(string name) => name switch { "One" => 1, "Two" => 2, _ => -1 };

    private static VaultRecordCollection Register(VaultDatabase db, string name, FieldTypeSchema schema, List<FieldSchema> indexes)
    {
        string fields = SchemaWriter.Write(schema)["{\"object\":[".Length..^2];
        string paths = string.Join(",", indexes.Select(static (f, i) => $$"""{"name":"i{{i}}","path":[{{System.Text.Json.JsonSerializer.Serialize(f.Name)}}]}"""));
        db.RegisterCollection(name, $$"""[{"path":["id"],"type":"int64"},{{fields}}]""", "id", $"[{paths}]");
        return db.Collection(name);
    }

    private static List<int> Ids(VaultRecordQuery query) => [.. query.All().Select(static r => r.GetInt32("id"))];

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
