using System.Collections.Immutable;
using ModelVault.Runtime;
using ModelVault.Tests.Indexes;
using ModelVault.Tests.Json;

namespace ModelVault.Tests.Queries.Differential;

/// <summary>A random schema with random indexes, asked through the dynamic API.</summary>
internal sealed class RecordCase : ModelCase<VaultRecord>
{
    private const string Collection = "things";

    private static readonly string[] Comparisons = ["==", "==", "==", "!=", "<", "<=", ">", ">=", "in", "not_in", "between", "is_null", "is_not_null"];
    private static readonly string[] Texts = ["starts_with", "starts_with", "ends_with", "contains"];

    private readonly FieldTypeSchema _schema;
    private readonly VaultRecord[] _samples;
    private readonly string _fieldsJson;
    private readonly string _indexesJson;
    private readonly VaultRecordCollection _plain;

    public RecordCase(int seed, VaultDatabase scratch)
        : base($"schema {seed}")
    {
        Random random = new(seed);
        RandomSchema schemas = new(seed);
        _schema = schemas.Object(2 + (seed % 2));
        RecordType type = RecordType.Of(_schema);
        _samples = [.. Enumerable.Range(0, 9).Select(_ => Read(type, schemas.Value(_schema)))];
        _fieldsJson = $$"""[{"path":["id"],"type":"int64"},{{SchemaWriter.Write(_schema)["{\"object\":[".Length..^2]}}]""";
        // Random values are seldom unique.
        _indexesJson = new RandomIndexes(random, _schema, _samples).Next(random.Next(1, 7)).Replace("\"unique\"", "\"index\"", StringComparison.Ordinal);
        string name = $"{Collection}{seed}";
        scratch.RegisterCollection(name, _fieldsJson, "id", _indexesJson);
        _plain = scratch.Collection(name);
        Indexes = _plain.Schema.Indexes;
        RecordFields fields = new RecordModel(_plain.Schema).Fields;

        AddScalar(fields, new RecordPath(["id"], new FieldTypeSchema { Kind = FieldKind.Int64 }), [0L, 1L, 7L, 40L, 200L]);
        foreach (RecordPath path in RecordPath.Of(_schema.Fields)) Add(fields, path);
        foreach (IndexSchema index in Indexes.Where(static i => !i.Where.IsEmpty)) Imply(index.Name, _ => Conditions(index));
        LeaveOut("Distinct", "Min", "Max", "GroupBy", "Patch");
        Ask("All", 6, static (c, side, _) => Difference.Of(c.Expected.Select(c.Model.Key), [.. Query(c, side).All().Select(c.Model.Key)], static (l, r) => l.Equals(r)));
        RecordPath[] paths = [.. RecordPath.Of(_schema.Fields).Where(static p => !p.IsInList)];
        Ask("All, some fields", 3, (c, side, random) => Selected(c, side, paths[random.Next(paths.Length)]));
        Ask("Count, as text", 1, static (c, side, _) => Difference.OfOne(c.Expected.Count, Query(c, side).Count(), static (l, r) => l == r));
    }

    public override ImmutableArray<IndexSchema> Indexes { get; }

    // They are large.
    public override int MostRecords => 120;

    public override ImmutableArray<string> KeyPaths => ["id"];

    public override object Key(VaultRecord model) => model["id"]!;

    public override int CompareKeys(VaultRecord left, VaultRecord right) => left.GetInt64("id").CompareTo(right.GetInt64("id"));

    // Made of parts of the samples, so that values come again.
    public override VaultRecord Make(Random random, int number)
    {
        VaultRecord record = new() { ["id"] = (long)number };
        foreach (FieldSchema field in _schema.Fields) record[field.Name] = _samples[random.Next(_samples.Length)][field.Name];
        return record;
    }

    public override Side<VaultRecord> Open(ImmutableArray<IndexSchema> indexes) => new RecordSide(Collection, _fieldsJson, indexes.IsEmpty ? null : _indexesJson);

    private static VaultRecordQuery Query(Case<VaultRecord> c, Side<VaultRecord> side)
    {
        VaultRecordQuery query = ((RecordSide)side).Records.All();
        if (c.Query.Condition is { } condition) query = query.AndWhere(condition.Filter);
        for (int i = 0; i < c.Query.Order.Count; i++)
        {
            (SortKey<VaultRecord> key, SortTerm term) = c.Query.Order[i];
            query = (i == 0, term.IsDescending) switch
            {
                (true, false) => query.OrderBy(key.Name, term.Nulls),
                (true, true) => query.OrderByDescending(key.Name, term.Nulls),
                (false, false) => query.ThenBy(key.Name, term.Nulls),
                (false, true) => query.ThenByDescending(key.Name, term.Nulls),
            };
        }

        if (c.Query.IsReversed) query = query.Reverse();
        if (c.Query.Skip > 0) query = query.Skip(c.Query.Skip);
        return c.Query.Take is { } take ? query.Limit(take) : query;
    }

    private static string? Selected(Case<VaultRecord> c, Side<VaultRecord> side, RecordPath path) =>
        Difference.Of(c.Expected.Select(path.In), [.. Query(c, side).All(path.Text, "id").Select(path.In)], RecordValues.AreEqual);

    private static VaultRecord Read(RecordType type, byte[] value)
    {
        MessagePackReader reader = new(value);
        return (VaultRecord)type.Read(ref reader)!;
    }

    private void Add(RecordFields fields, RecordPath path)
    {
        object?[] values = [.. _samples.SelectMany(path.Items).Where(static v => v is not null)];
        if (path.Type.IsScalar && !path.IsInList) AddScalar(fields, path, values);
        else if (path.Type.IsScalar && values.Length > 0) AddItems(path, values);
        else if (!path.IsInList) AddPredicates(Null(path));
        if (!path.IsInList && path.Type.Kind is FieldKind.List or FieldKind.Set) AddPredicates(Number(path));
    }

    private void AddScalar(RecordFields fields, RecordPath path, object?[] values)
    {
        RecordField field = fields[path.Text];
        AddField(field, path.In, RecordMeaning.Compare, RecordValues.AreEqual, EqualityComparer<object?>.Default, true, random =>
        {
            (string operation, object? value, StringComparison comparison) = Asked(path.Type, values, random);
            return new(_plain.Filter(path.Text, operation, value, comparison), found => RecordMeaning.Meets(operation, found, value, comparison));
        });
    }

    private void AddItems(RecordPath path, object?[] values) => AddPredicates(
        random =>
        {
            (string operation, object? value, StringComparison comparison) = Asked(path.Type, values, random);
            return new(_plain.Filter(path.Text, operation, value, comparison), r => path.Items(r).Any(found => RecordMeaning.Meets(operation, found, value, comparison)));
        },
        path.Text[..(path.Text.IndexOf("[]", StringComparison.Ordinal) + 2)]);

    private static (string Operation, object? Value, StringComparison Comparison) Asked(FieldTypeSchema type, object?[] values, Random random)
    {
        if (values.Length == 0) return (random.Next(2) == 0 ? "is_null" : "is_not_null", null, StringComparison.Ordinal);
        object? Next() => values[random.Next(values.Length)];
        StringComparison comparison = type.Kind == FieldKind.String && random.Next(3) == 0 ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (type.Kind == FieldKind.String && random.Next(3) == 0) return (Texts[random.Next(Texts.Length)], Part((string)Next()!, random), comparison);
        string operation = Comparisons[random.Next(Comparisons.Length)];
        if (type.Kind == FieldKind.Bytes && operation is "<" or "<=" or ">" or ">=" or "between") operation = "==";
        return operation switch
        {
            "in" or "not_in" => (operation, (object?[])[Next(), Next(), .. type.IsOptional && random.Next(2) == 0 ? [null] : (object?[])[]], StringComparison.Ordinal),
            "between" => (operation, (Next()!, Next()!), StringComparison.Ordinal),
            "is_null" or "is_not_null" => (operation, null, StringComparison.Ordinal),
            "==" or "!=" => (operation, Next(), comparison),
            _ => (operation, Next(), StringComparison.Ordinal),
        };
    }

    // Not in the middle of a character.
    private static string Part(string text, Random random)
    {
        int length = Math.Min(text.Length, random.Next(4));
        return length > 0 && char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];
    }

    private PredicateSource<VaultRecord, VaultRecord> Null(RecordPath path) => random => random.Next(2) == 0
        ? new(_plain.Filter(path.Text, "is_null", null), r => path.In(r) is null)
        : new(_plain.Filter(path.Text, "is_not_null", null), r => path.In(r) is not null);

    private PredicateSource<VaultRecord, VaultRecord> Number(RecordPath path)
    {
        RecordPath items = path with { Segments = [.. path.Segments[..^1], $"{path.Segments[^1]}[]"] };
        return random =>
        {
            int count = random.Next(20);
            return new(_plain.Filter($"{path.Text}.count", "<", count), r => items.Items(r).Count() < count);
        };
    }

    // What a partial index says itself.
    private Predicate<VaultRecord, VaultRecord> Conditions(IndexSchema index)
    {
        VaultFilter<VaultRecord>? all = null;
        List<Func<VaultRecord, bool>> meanings = [];
        foreach (IndexCondition condition in index.Where)
        {
            RecordPath path = new([.. condition.Path.Segments], new FieldTypeSchema { Kind = FieldKind.Int64 });
            string operation = condition.Operator switch
            {
                IndexOperator.Equal => "==",
                IndexOperator.NotEqual => "!=",
                IndexOperator.Less => "<",
                IndexOperator.LessOrEqual => "<=",
                IndexOperator.Greater => ">",
                IndexOperator.GreaterOrEqual => ">=",
                IndexOperator.IsNull => "is_null",
                _ => "is_not_null",
            };
            object? value = condition.Value is null ? null : _samples.Select(path.In).First(v => v is not null && SchemaScalar.Write(v) == SchemaScalar.Write(condition.Value));
            // Bytes have an order in keys alone.
            if (value is byte[] && operation is not ("==" or "!=")) operation = "==";
            VaultFilter<VaultRecord> filter = _plain.Filter(path.Text, operation, value);
            all = all is null ? filter : all & filter;
            meanings.Add(r => RecordMeaning.Meets(operation, path.In(r), value));
        }

        return new(all!, r => meanings.TrueForAll(m => m(r)));
    }
}
