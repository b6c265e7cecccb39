using System.Collections.Immutable;
using System.Text.Json;

namespace ModelVault;

/// <summary>Reads schema JSON (docs/schema-json.md).</summary>
internal static class SchemaParser
{
    private const int MaxDepth = 32;

    public static CollectionSchema Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            CheckMembers(root, "The schema", "collection", "fields", "indexes", "key");
            ImmutableArray<FieldSchema> fields = ParseFields(root.GetProperty("fields"), 0);
            ImmutableArray<string> key = [.. root.GetProperty("key").EnumerateArray().Select(Text)];
            string name = Text(root.GetProperty("collection"));
            CollectionSchema schema = new(name, fields, key, IndexSchemaParser.Parse(root.GetProperty("indexes"), name, fields, key));
            Check(schema);
            return schema;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new VaultSchemaException($"The schema JSON is not well-formed: {e.Message}", e);
        }
    }

    private static ImmutableArray<FieldSchema> ParseFields(JsonElement fields, int depth)
    {
        if (depth > MaxDepth) throw new VaultSchemaException($"Types nest deeper than {MaxDepth} levels.");
        ImmutableArray<FieldSchema> parsed = [.. fields.EnumerateArray().Select(f => ParseField(f, depth)).OrderBy(static f => f.Name, StringComparer.Ordinal)];
        for (int i = 1; i < parsed.Length; i++)
            if (parsed[i].Name == parsed[i - 1].Name) throw new VaultSchemaException($"Two fields are called '{parsed[i].Name}'.");
        ConstraintParser.CheckReferences(parsed);
        return parsed;
    }

    private static FieldSchema ParseField(JsonElement field, int depth)
    {
        JsonElement path = field.GetProperty("path");
        if (path.GetArrayLength() != 1) throw new VaultSchemaException($"The path {path.GetRawText()} of a field is not one name; a field inside another belongs to an object.");
        string name = Text(path[0]);
        if (name.Length == 0 || name.AsSpan().ContainsAny('.', '[', ']')) throw new VaultSchemaException($"The field name '{name}' is empty, or has a '.', '[' or ']', which paths are made of.");
        CheckMembers(field, $"The field '{name}'", "constraints", "default", "generated", "path", "type");
        FieldTypeSchema type = ParseType(field.GetProperty("type"), depth);
        FieldSchema parsed = new(name, type)
        {
            Constraints = field.TryGetProperty("constraints", out JsonElement constraints) ? ConstraintParser.Parse(constraints, name, type) : [],
            Default = field.TryGetProperty("default", out JsonElement value) && value.ValueKind != JsonValueKind.Null ? FieldDefault.Parse(value, type) : null,
            Generated = field.TryGetProperty("generated", out JsonElement generated) ? SchemaWords.Generated(Text(generated)) : GeneratedValue.None,
        };
        FieldCheck.ThrowUnlessDefaultHolds(parsed);
        return parsed;
    }

    private static FieldTypeSchema ParseType(JsonElement type, int depth)
    {
        if (type.ValueKind == JsonValueKind.String) return new FieldTypeSchema { Kind = SchemaWords.Kind(type.GetString()!) };
        CheckMembers(type, "A type", type.TryGetProperty("enum", out _) ? ["as", "enum", "unsigned", "values"] : [type.EnumerateObject().FirstOrDefault().Name]);
        if (type.TryGetProperty("optional", out JsonElement inner)) return ParseType(inner, depth + 1) with { IsOptional = true };
        if (type.TryGetProperty("list", out JsonElement item)) return new FieldTypeSchema { Kind = FieldKind.List, Element = ParseType(item, depth + 1) };
        if (type.TryGetProperty("set", out JsonElement member)) return new FieldTypeSchema { Kind = FieldKind.Set, Element = ParseType(member, depth + 1) };
        if (type.TryGetProperty("object", out JsonElement fields)) return new FieldTypeSchema { Kind = FieldKind.Object, Fields = ParseFields(fields, depth + 1) };
        if (type.TryGetProperty("union", out JsonElement cases)) return ParseUnion(cases, depth + 1);
        if (type.TryGetProperty("enum", out JsonElement names)) return ParseEnum(type, names);
        if (type.TryGetProperty("map", out JsonElement map)) return ParseMap(map, depth + 1);
        throw new VaultSchemaException($"Unknown type {type.GetRawText()}.");
    }

    private static FieldTypeSchema ParseMap(JsonElement map, int depth)
    {
        CheckMembers(map, "A map", "key", "value");
        FieldTypeSchema key = ParseType(map.GetProperty("key"), depth);
        if (key is not { IsOptional: false, Kind: FieldKind.String or FieldKind.Int64 or FieldKind.UInt64 or FieldKind.Uuid })
            throw new VaultSchemaException($"The keys of a map are string, int64, uint64 or uuid, not {SchemaWriter.Write(key)}.");
        return new FieldTypeSchema { Kind = FieldKind.Map, MapKey = key, Element = ParseType(map.GetProperty("value"), depth) };
    }

    private static FieldTypeSchema ParseUnion(JsonElement cases, int depth)
    {
        ImmutableArray<UnionCaseSchema> parsed =
            [.. cases.EnumerateArray().Select(c => new UnionCaseSchema(Text(c.GetProperty("case")), ParseFields(c.GetProperty("object"), depth))).OrderBy(static c => c.Name, StringComparer.Ordinal)];
        if (parsed.IsEmpty) throw new VaultSchemaException("A union has no cases.");
        for (int i = 1; i < parsed.Length; i++)
            if (parsed[i].Name == parsed[i - 1].Name) throw new VaultSchemaException($"Two cases of a union are called '{parsed[i].Name}'.");
        return new FieldTypeSchema { Kind = FieldKind.Union, UnionCases = parsed };
    }

    private static FieldTypeSchema ParseEnum(JsonElement type, JsonElement names)
    {
        JsonElement values = default;
        bool hasValues = type.TryGetProperty("values", out values);
        if (hasValues && values.GetArrayLength() != names.GetArrayLength()) throw new VaultSchemaException("An enum has another number of values than of names.");
        bool isUnsigned = type.TryGetProperty("unsigned", out JsonElement unsigned) && unsigned.GetBoolean();
        ImmutableArray<(string, long)> cases = [.. names.EnumerateArray().Select((n, i) => (Text(n), !hasValues ? i : isUnsigned ? (long)values[i].GetUInt64() : values[i].GetInt64()))];
        bool byNumber = type.TryGetProperty("as", out JsonElement form) && Text(form) == "number";
        return new FieldTypeSchema { Kind = FieldKind.Enum, Cases = cases, IsUnsignedEnum = isUnsigned, IsEnumStoredByNumber = byNumber };
    }

    /// <summary>Throws <see cref="VaultSchemaException"/> if an object has other members: a misspelt word must not pass for one that is not there.</summary>
    public static void CheckMembers(JsonElement element, string what, params ReadOnlySpan<string> known)
    {
        foreach (JsonProperty member in element.EnumerateObject())
            if (!known.Contains(member.Name)) throw new VaultSchemaException($"{what} has an unknown member '{member.Name}'.");
    }

    /// <summary>A string that is there.</summary>
    public static string Text(JsonElement element) => element.GetString() ?? throw new VaultSchemaException("A name is null.");

    private static void Check(CollectionSchema schema)
    {
        if (schema.Key.IsEmpty) throw new VaultSchemaException($"The collection '{schema.Name}' has no key.");
        foreach (string name in schema.Key)
        {
            FieldTypeSchema type = schema.Resolve(new FieldPath(name)).Type;
            if (!type.IsScalar || type.IsOptional) throw new VaultSchemaException($"The key field '{name}' of '{schema.Name}' is not a scalar that is always there.");
        }

        GeneratedFields.Check(schema);
    }
}
