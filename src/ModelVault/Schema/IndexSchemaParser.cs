using System.Collections.Immutable;
using System.Text.Json;

namespace ModelVault;

/// <summary>Reads the indexes of schema JSON and checks them against the fields. Included fields and conditions are put into ordinal order, in which they mean the same.</summary>
internal sealed class IndexSchemaParser
{
    private readonly string _collection;
    private readonly ImmutableArray<FieldSchema> _fields;
    private readonly ImmutableArray<string> _key;
    private readonly JsonElement _index;
    private readonly string _name;

    private IndexSchemaParser(JsonElement index, string collection, ImmutableArray<FieldSchema> fields, ImmutableArray<string> key)
    {
        _collection = collection;
        _fields = fields;
        _key = key;
        _index = index;
        _name = SchemaParser.Text(index.GetProperty("name"));
    }

    /// <summary>The indexes by name. Throws <see cref="VaultSchemaException"/> where one is not well-formed or does not fit the fields.</summary>
    public static ImmutableArray<IndexSchema> Parse(JsonElement indexes, string collection, ImmutableArray<FieldSchema> fields, ImmutableArray<string> key)
    {
        ImmutableArray<IndexSchema> parsed =
            [.. indexes.EnumerateArray().Select(i => new IndexSchemaParser(i, collection, fields, key).Parse()).OrderBy(static i => i.Name, StringComparer.Ordinal)];
        for (int i = 1; i < parsed.Length; i++)
            if (parsed[i].Name == parsed[i - 1].Name) throw new VaultSchemaException($"Two indexes of '{collection}' are called '{parsed[i].Name}'.");
        return parsed;
    }

    private IndexSchema Parse()
    {
        SchemaParser.CheckMembers(_index, $"The index '{_name}'", "descending", "ignore_case", "include", "kind", "name", "paths", "where");
        ImmutableArray<FieldPath> paths = Paths("paths");
        ImmutableArray<ResolvedPath> components = [.. paths.Select(Component)];
        if (components.Select(static c => c.List?.Path).OfType<FieldPath>().Distinct().Skip(1).Any()) throw Refuse("covers the elements of several lists; it can cover those of one");
        return new IndexSchema(_name, paths, IsUnique())
        {
            Descending = Descending(paths.Length),
            IgnoreCase = IgnoreCase(components),
            Included = Included(paths),
            Where = Conditions(),
        };
    }

    private bool IsUnique() => SchemaParser.Text(_index.GetProperty("kind")) switch
    {
        "unique" => true,
        "index" => false,
        string other => throw new VaultSchemaException($"Unknown kind of index '{other}'."),
    };

    private ResolvedPath Component(FieldPath path)
    {
        ResolvedPath component = Resolve(path, "covers");
        return component.Field.Type.IsScalar ? component : throw Refuse($"covers '{path}', which is not a scalar");
    }

    private ImmutableArray<bool> Descending(int count)
    {
        if (Member("descending", JsonValueKind.Array) is not { } descending) return [];
        if (descending.EnumerateArray().Any(static d => d.ValueKind is not (JsonValueKind.True or JsonValueKind.False))) throw IllTyped("descending", "an array of true and false");
        ImmutableArray<bool> parsed = [.. descending.EnumerateArray().Select(static d => d.GetBoolean())];
        if (parsed.Length != count) throw Refuse($"has {count} paths, but {parsed.Length} of 'descending'");
        return parsed.Contains(true) ? parsed : [];
    }

    private bool IgnoreCase(ImmutableArray<ResolvedPath> components)
    {
        if (!_index.TryGetProperty("ignore_case", out JsonElement flag)) return false;
        if (flag.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) throw IllTyped("ignore_case", "true or false");
        if (!flag.GetBoolean()) return false;
        return components.Any(static c => c.Field.Type.Kind == FieldKind.String) ? true : throw Refuse("ignores case, but covers no string");
    }

    private ImmutableArray<FieldPath> Included(ImmutableArray<FieldPath> paths)
    {
        if (Member("include", JsonValueKind.Array) is null) return [];
        ImmutableArray<FieldPath> included = [.. Paths("include").OrderBy(static p => p.ToString(), StringComparer.Ordinal)];
        List<FieldPath> held = [.. paths, .. _key.Select(static k => new FieldPath(k))];
        foreach (FieldPath path in included)
        {
            if (Resolve(path, "includes").List is not null) throw Refuse($"includes '{path}'; of a list it can include all elements or none");
            if (held.Any(h => StartsWith(path, h))) throw Refuse($"includes '{path}', which its entries hold already");
            held.Add(path);
        }

        return included;
    }

    private ImmutableArray<IndexCondition> Conditions() => Member("where", JsonValueKind.Array) is not { } conditions ? []
        : [.. conditions.EnumerateArray().Select(Condition).DistinctBy(SchemaWriter.Write).OrderBy(SchemaWriter.Write, StringComparer.Ordinal)];

    private IndexCondition Condition(JsonElement condition)
    {
        if (condition.ValueKind != JsonValueKind.Object) throw IllTyped("where", "an array of objects");
        SchemaParser.CheckMembers(condition, $"A condition of the index '{_name}'", "op", "path", "value");
        FieldPath path = Path(condition.GetProperty("path"));
        ResolvedPath field = Resolve(path, "has a condition on");
        if (field.List is not null || !field.Field.Type.IsScalar) throw Refuse($"has a condition on '{path}', which is not a scalar of the record");
        string word = SchemaParser.Text(condition.GetProperty("op"));
        IndexOperator op = SchemaWords.IndexOperator(word) ?? throw Refuse($"compares '{path}' by the unknown operator '{word}'");
        bool hasValue = condition.TryGetProperty("value", out JsonElement json);
        if (op is IndexOperator.IsNull or IndexOperator.IsNotNull)
            return hasValue ? throw Refuse($"compares '{path}' by '{word}', which takes no value") : new IndexCondition(path, op, null);
        if (!hasValue) throw Refuse($"compares '{path}' by '{word}' without a value");
        return new IndexCondition(path, op, Value(json, field.Field, op));
    }

    private object Value(JsonElement json, ResolvedField field, IndexOperator op)
    {
        try
        {
            object value = SchemaScalar.Parse(json, field.Type);
            bool isUnordered = value is double.NaN or float.NaN || (value is Half half && Half.IsNaN(half));
            return isUnordered && op is not (IndexOperator.Equal or IndexOperator.NotEqual) ? throw new VaultSchemaException("No value is less or greater than NaN.") : value;
        }
        catch (VaultSchemaException e)
        {
            throw new VaultSchemaException($"The index '{_name}' of '{_collection}' compares '{field.Path}' with {json.GetRawText()}: {e.Message}", e);
        }
    }

    private ResolvedPath Resolve(FieldPath path, string how) =>
        SchemaPaths.Resolve(_fields, path) ?? throw Refuse($"{how} '{path}', but there is no such field");

    private ImmutableArray<FieldPath> Paths(string member)
    {
        ImmutableArray<FieldPath> paths = [.. _index.GetProperty(member).EnumerateArray().Select(Path)];
        return paths.IsEmpty && member == "paths" ? throw Refuse("covers no field") : paths;
    }

    private FieldPath Path(JsonElement path)
    {
        if (path.ValueKind != JsonValueKind.Array || path.GetArrayLength() == 0 || path.EnumerateArray().Any(static s => s.ValueKind != JsonValueKind.String))
            throw Refuse($"has a path {path.GetRawText()}, which is no array of names");
        return new FieldPath([.. path.EnumerateArray().Select(SchemaParser.Text)]);
    }

    private JsonElement? Member(string name, JsonValueKind kind) =>
        !_index.TryGetProperty(name, out JsonElement value) ? null : value.ValueKind == kind ? value : throw IllTyped(name, "an array");

    private static bool StartsWith(FieldPath path, FieldPath start) =>
        start.Segments.Count <= path.Segments.Count && start.Segments.SequenceEqual(path.Segments.Take(start.Segments.Count), StringComparer.Ordinal);

    private VaultSchemaException IllTyped(string member, string wanted) => Refuse($"has a member '{member}' that is not {wanted}");

    private VaultSchemaException Refuse(string what) => new($"The index '{_name}' of '{_collection}' {what}.");
}
