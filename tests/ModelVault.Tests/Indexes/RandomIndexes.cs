using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModelVault.Tests.Indexes;

/// <summary>Makes random indexes of a random schema, with constants from given records.</summary>
internal sealed class RandomIndexes(Random random, FieldTypeSchema root, IReadOnlyList<VaultRecord> samples)
{
    /// <summary>So many indexes, as the dynamic API takes them.</summary>
    public string Next(int count) => new JsonArray([.. Enumerable.Range(0, count).Select(i => (JsonNode?)Index($"i{i}")).Where(static i => i is not null)]).ToJsonString();

    private JsonObject? Index(string name)
    {
        List<(string[] Path, string? List, FieldTypeSchema Type)> fields = [.. Fields([], root.Fields, null)];
        string? list = fields.Where(static f => f.List is not null).Select(static f => f.List).Distinct().OrderBy(_ => random.Next()).FirstOrDefault();
        if (random.Next(3) == 0) list = null;
        (string[] Path, string? List, FieldTypeSchema Type)[] candidates = [.. fields.Where(f => f.Type.IsScalar && (f.List is null || f.List == list))];
        if (candidates.Length == 0) return null;
        random.Shuffle(candidates);
        (string[] Path, string? List, FieldTypeSchema Type)[] components = candidates[..Math.Min(candidates.Length, random.Next(1, 4))];
        JsonObject index = new()
        {
            ["name"] = name,
            ["kind"] = random.Next(3) == 0 ? "unique" : "index",
            ["paths"] = new JsonArray([.. components.Select(static c => Path(c.Path))]),
        };
        if (random.Next(2) == 0) index["descending"] = new JsonArray([.. components.Select(_ => (JsonNode)JsonValue.Create(random.Next(2) == 0))]);
        if (random.Next(2) == 0 && components.Any(static c => c.Type.Kind == FieldKind.String)) index["ignore_case"] = true;
        if (random.Next(3) == 0) index["include"] = Included(fields, components);
        if (random.Next(3) == 0) index["where"] = Conditions(fields);
        return index;
    }

    private JsonArray Included(List<(string[] Path, string? List, FieldTypeSchema Type)> fields, (string[] Path, string? List, FieldTypeSchema Type)[] components)
    {
        List<string[]> held = [.. components.Where(static c => c.List is null).Select(static c => c.Path), ["id"]];
        JsonArray included = [];
        foreach ((string[] path, string? list, FieldTypeSchema _) in fields.OrderBy(static f => string.Join('.', f.Path), StringComparer.Ordinal))
        {
            if (list is not null || random.Next(3) != 0 || held.Any(h => path.AsSpan().StartsWith(h))) continue;
            held.Add(path);
            included.Add((JsonNode)Path(path));
        }

        return included;
    }

    private JsonArray Conditions(List<(string[] Path, string? List, FieldTypeSchema Type)> fields)
    {
        JsonArray conditions = [];
        foreach ((string[] path, string? list, FieldTypeSchema type) in fields)
        {
            if (list is not null || !type.IsScalar || random.Next(4) != 0) continue;
            object? value = path.Aggregate((object?)samples[random.Next(samples.Count)], static (value, name) => (value as VaultRecord)?[name]);
            IndexOperator op = (IndexOperator)random.Next(8);
            bool isUnordered = value is double.NaN or float.NaN || (value is Half half && Half.IsNaN(half));
            if (isUnordered) op = IndexOperator.NotEqual;
            // JSON has no half of a surrogate pair.
            if (value is null or char and >= '\ud800' and < '\ue000') op = random.Next(2) == 0 ? IndexOperator.IsNull : IndexOperator.IsNotNull;
            JsonObject condition = new() { ["op"] = SchemaWords.Of(op), ["path"] = Path(path) };
            if (op is not (IndexOperator.IsNull or IndexOperator.IsNotNull)) condition["value"] = JsonNode.Parse(SchemaScalar.Write(value));
            conditions.Add((JsonNode)condition);
        }

        return conditions;
    }

    private static JsonArray Path(string[] path) => new([.. path.Select(static s => (JsonNode)JsonValue.Create(s))]);

    // Every field that is reached through objects and at most one list.
    private static IEnumerable<(string[] Path, string? List, FieldTypeSchema Type)> Fields(string[] prefix, IEnumerable<FieldSchema> fields, string? list)
    {
        foreach (FieldSchema field in fields)
        {
            string[] path = [.. prefix, field.Name];
            yield return (path, list, field.Type);
            foreach ((string[], string?, FieldTypeSchema) inside in Fields(path, field.Type.Fields, list)) yield return inside;
            if (list is not null || field.Type.Kind is not (FieldKind.List or FieldKind.Set)) continue;
            string[] element = [.. prefix, $"{field.Name}[]"];
            yield return (element, string.Join('.', path), field.Type.Element!);
            foreach ((string[], string?, FieldTypeSchema) inside in Fields(element, field.Type.Element!.Fields, string.Join('.', path))) yield return inside;
        }
    }
}
