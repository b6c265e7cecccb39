using System.Text.Json;
using System.Text.Json.Nodes;

namespace ModelVault;

/// <summary>
/// Reads the vocabulary in which collections without a model are registered (docs/dynamic-api.md). It is that of the schema JSON, but for three things:
/// a path of several names puts the field into an object, <c>timestamp</c> stands for <c>timestamptz</c>, and an index names one path and may leave out its name.
/// </summary>
internal static class FieldsJson
{
    /// <summary>The schema. Throws <see cref="VaultSchemaException"/> where it is not well-formed.</summary>
    public static CollectionSchema Parse(string name, string fieldsJson, string primaryField, string? indexesJson)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(fieldsJson);
        ArgumentNullException.ThrowIfNull(primaryField);
        string trimmed = name.Trim();
        if (trimmed.Length == 0) throw new VaultSchemaException("A collection's name must not be empty.");
        string[] key = primaryField.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (key.Length == 0) throw new VaultSchemaException($"The collection '{trimmed}' needs a primary field.");

        try
        {
            JsonObject schema = new()
            {
                ["collection"] = trimmed,
                ["fields"] = Fields(Array(fieldsJson, "fields")),
                ["indexes"] = Indexes(indexesJson is null ? [] : Array(indexesJson, "indexes")),
                ["key"] = new JsonArray([.. key.Select(static k => (JsonNode)JsonValue.Create(k))]),
            };
            return CollectionSchema.Parse(schema.ToJsonString());
        }
        catch (ArgumentException e)
        {
            throw new VaultSchemaException($"A member is given twice: {e.Message}", e);
        }
    }

    private static JsonArray Array(string json, string what)
    {
        try
        {
            return JsonNode.Parse(json) as JsonArray ?? throw new VaultSchemaException($"The {what} must be a JSON array.");
        }
        catch (JsonException e)
        {
            throw new VaultSchemaException($"The {what} are not well-formed JSON: {e.Message}", e);
        }
    }

    // ["profile", "city"] is the field city of an object profile, which comes into being by its fields.
    private static JsonArray Fields(JsonArray fields)
    {
        JsonArray result = [];
        Dictionary<string, JsonArray> objects = new(StringComparer.Ordinal);
        foreach (JsonNode? node in fields)
        {
            JsonObject field = node as JsonObject ?? throw new VaultSchemaException($"A field must be a JSON object, not {node?.ToJsonString() ?? "null"}.");
            string[] path = Path(field["path"], field);
            JsonArray level = result;
            for (int i = 0; i < path.Length - 1; i++) level = ObjectAt(objects, level, path.AsSpan(0, i + 1));
            JsonObject stored = new() { ["path"] = new JsonArray(path[^1]), ["type"] = Type(field["type"] ?? throw Lacks("type", field)) };
            foreach ((string member, JsonNode? value) in field)
            {
                if (member is "path" or "type") continue;
                if (member is not ("constraints" or "default" or "generated")) throw new VaultSchemaException($"Unknown member '{member}' of the field '{string.Join('.', path)}'.");
                stored[member] = value?.DeepClone();
            }

            level.Add((JsonNode)stored);
        }

        return result;
    }

    private static JsonArray ObjectAt(Dictionary<string, JsonArray> objects, JsonArray level, ReadOnlySpan<string> path)
    {
        string key = string.Join('\0', path.ToArray());
        if (objects.TryGetValue(key, out JsonArray? known)) return known;
        JsonArray members = [];
        level.Add((JsonNode)new JsonObject { ["path"] = new JsonArray(path[^1]), ["type"] = new JsonObject { ["object"] = members } });
        return objects[key] = members;
    }

    private static JsonNode Type(JsonNode type)
    {
        if (type is JsonValue word) return word.TryGetValue(out string? name) && name == "timestamp" ? JsonValue.Create("timestamptz") : word.DeepClone();
        if (type is not JsonObject composite) throw new VaultSchemaException($"Unknown type {type.ToJsonString()}.");
        JsonObject result = [];
        foreach ((string member, JsonNode? value) in composite)
        {
            result[member] = (member, value) switch
            {
                (_, null) => null,
                ("optional" or "list" or "set", _) => Type(value),
                ("object", JsonArray fields) => Fields(fields),
                ("map", JsonObject map) => Map(map),
                _ => value.DeepClone(),
            };
        }

        return result;
    }

    private static JsonObject Map(JsonObject map)
    {
        JsonObject result = [];
        foreach ((string member, JsonNode? value) in map) result[member] = value is null ? null : Type(value);
        return result;
    }

    private static JsonArray Indexes(JsonArray indexes) => new([.. indexes.Select(static node =>
    {
        JsonObject index = node as JsonObject ?? throw new VaultSchemaException($"An index must be a JSON object, not {node?.ToJsonString() ?? "null"}.");
        string[][] paths = index["paths"] is JsonArray several ? [.. several.Select(p => Path(p, index))] : [Path(index["path"], index)];
        bool isUnique = Kind(index) == "unique";
        string name = index["name"] is JsonValue given && given.TryGetValue(out string? text) ? text.Trim() : $"{string.Join('_', paths.SelectMany(static p => p).Select(static s => s.EndsWith("[]", StringComparison.Ordinal) ? s[..^2] : s))}_{(isUnique ? "unique" : "idx")}";
        if (name.Length == 0) throw new VaultSchemaException("An index's name must not be empty.");
        JsonObject stored = new()
        {
            ["kind"] = isUnique ? "unique" : "index",
            ["name"] = name,
            ["paths"] = new JsonArray([.. paths.Select(static p => (JsonNode)new JsonArray([.. p.Select(static s => (JsonNode)JsonValue.Create(s))]))]),
        };
        foreach ((string member, JsonNode? value) in index)
            if (member is not ("kind" or "name" or "path" or "paths")) stored[member] = value?.DeepClone();
        return (JsonNode)stored;
    })]);

    private static string Kind(JsonObject index) => index["kind"] is not { } kind ? "index"
        : kind is JsonValue word && word.TryGetValue(out string? name) && name is "unique" or "index" or "non_unique" ? word.GetValue<string>()
        : throw new VaultSchemaException($"Unknown kind of index {kind.ToJsonString()}: it is \"index\", \"non_unique\" or \"unique\".");

    private static string[] Path(JsonNode? path, JsonObject of)
    {
        if (path is not JsonArray { Count: > 0 } segments) throw Lacks("path", of);
        return [.. segments.Select(s => s is JsonValue value && value.TryGetValue(out string? name) && name.Trim().Length > 0 ? name : throw Lacks("path", of))];
    }

    private static VaultSchemaException Lacks(string member, JsonObject of) => new($"{of.ToJsonString()} has no proper '{member}'.");
}
