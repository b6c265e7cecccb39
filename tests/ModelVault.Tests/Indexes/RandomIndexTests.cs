using ModelVault.Runtime;
using ModelVault.Tests.Json;

namespace ModelVault.Tests.Indexes;

/// <summary>Random indexes of random schemas under random writes: after each the trees hold what the records say, and a refused write has changed nothing.</summary>
public sealed class RandomIndexTests
{
    private static readonly double Scale = TestScale.Or(1);

    [Fact]
    public void Every_index_holds_the_entries_of_the_records_after_every_write()
    {
        int first = Environment.TickCount;
        int violations = 0, entries = 0;
        for (int seed = first; seed < first + 25 * Scale; seed++)
        {
            Run run = new(seed);
            run.Write(40);
            violations += run.Violations;
            entries += run.Entries;
        }

        Assert.True(violations > 5 * Scale && entries > 1000 * Scale, $"only {violations} violations, {entries} entries");
    }

    private sealed class Run
    {
        private readonly int _seed;
        private readonly Random _random;
        private readonly RandomSchema _schemas;
        private readonly FieldTypeSchema _schema;
        private readonly RecordType _type;
        private readonly List<VaultRecord> _samples;
        private readonly string _fields;

        public Run(int seed)
        {
            _seed = seed;
            _random = new Random(seed);
            _schemas = new RandomSchema(seed);
            _schema = _schemas.Object(3);
            _type = RecordType.Of(_schema);
            _samples = [.. Enumerable.Range(0, 8).Select(_ => Fresh())];
            _fields = $$"""[{"path":["id"],"type":"int64"},{{SchemaWriter.Write(_schema)["{\"object\":[".Length..^2]}}]""";
        }

        public int Violations { get; private set; }

        public int Entries { get; private set; }

        public void Write(int writes)
        {
            using VaultDatabase db = VaultDatabase.OpenInMemory();
            db.RegisterCollection("things", _fields, "id", Indexes());
            VaultRecordCollection things = db.Collection("things");
            for (int i = 0; i < writes; i++)
            {
                List<string> before = IndexOracle.Actual(db, "things");
                string write = $"seed {_seed}, write {i}: ";
                try
                {
                    write += Write(db, things);
                }
                catch (Exception e) when (e is UniqueConstraintException or DuplicateKeyException || (e is VaultSchemaException && e.Message.Contains("hold the same value", StringComparison.Ordinal)))
                {
                    Violations += e is DuplicateKeyException ? 0 : 1;
                    Same(before, IndexOracle.Actual(db, "things"), $"{write} was refused");
                }

                List<string> actual = IndexOracle.Actual(db, "things");
                Entries += actual.Count;
                Same(IndexOracle.Expected(db, "things"), actual, $"{write}, {db.Collection("things").Schema.Json}");
            }
        }

        private string Write(VaultDatabase db, VaultRecordCollection things)
        {
            switch (_random.Next(9))
            {
                case 0: things.Delete((long)_random.Next(20)); return "delete";
                case 1: things.Insert(Record()); return "insert";
                case 2: things.Update(Record()); return "update";
                case 3: things.InsertMany(Enumerable.Range(0, _random.Next(6)).Select(_ => Record())); return "insert many";
                case 4: things.UpsertMany(Enumerable.Range(0, _random.Next(6)).Select(_ => Record())); return "upsert many";
                case 5 when _random.Next(4) == 0: db.EnsureCollection("things", _fields, "id", Indexes()); return "other indexes";
                case 6: return InTransaction(db);
                default: things.Upsert(Record()); return "upsert";
            }
        }

        private string InTransaction(VaultDatabase db)
        {
            using VaultTransaction transaction = db.BeginTransaction();
            VaultRecordCollection things = transaction.Collection("things");
            for (int i = 0; i < 3; i++)
            {
                things.Upsert(Record());
                things.Delete((long)_random.Next(20));
            }

            if (_random.Next(3) > 0) transaction.Commit();
            return "transaction";
        }

        private string Indexes() => new RandomIndexes(_random, _schema, _samples).Next(_random.Next(1, 5));

        // Made of parts of the samples, so that values come again.
        private VaultRecord Record()
        {
            VaultRecord record = new() { ["id"] = (long)_random.Next(20) };
            VaultRecord fresh = Fresh();
            foreach (FieldSchema field in _schema.Fields) record[field.Name] = (_random.Next(4) == 0 ? fresh : _samples[_random.Next(_samples.Count)])[field.Name];
            return record;
        }

        private VaultRecord Fresh()
        {
            MessagePackReader reader = new(_schemas.Value(_schema));
            return (VaultRecord)_type.Read(ref reader)!;
        }

        private static void Same(List<string> expected, List<string> actual, string context) =>
            Assert.True(expected.SequenceEqual(actual), $"{context}\nmissing: {string.Join("\n", expected.Except(actual))}\ntoo many: {string.Join("\n", actual.Except(expected))}");
    }
}
