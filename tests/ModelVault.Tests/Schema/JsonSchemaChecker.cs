using System.Text.Json;
using System.Text.RegularExpressions;

namespace ModelVault.Tests.Schema;

/// <summary>Evaluates a JSON Schema with the keywords that ours uses; any other is an error, so that none is passed over.</summary>
internal sealed class JsonSchemaChecker(JsonElement root)
{
    /// <summary>Whether a value satisfies the schema.</summary>
    public bool IsValid(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return IsValid(root, document.RootElement);
    }

    private bool IsValid(JsonElement schema, JsonElement value) => schema.EnumerateObject().All(keyword => Holds(keyword.Name, keyword.Value, schema, value));

    private bool Holds(string keyword, JsonElement operand, JsonElement schema, JsonElement value) => keyword switch
    {
        "$schema" or "$id" or "$defs" or "title" or "description" => true,
        "$ref" => IsValid(Resolve(operand.GetString()!), value),
        "type" => operand.ValueKind == JsonValueKind.Array ? operand.EnumerateArray().Any(t => HasType(t.GetString()!, value)) : HasType(operand.GetString()!, value),
        "const" => JsonElement.DeepEquals(operand, value),
        "enum" => operand.EnumerateArray().Any(o => JsonElement.DeepEquals(o, value)),
        "oneOf" => operand.EnumerateArray().Count(o => IsValid(o, value)) == 1,
        "properties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(p => !operand.TryGetProperty(p.Name, out JsonElement s) || IsValid(s, p.Value)),
        "additionalProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().All(p => schema.GetProperty("properties").TryGetProperty(p.Name, out _)),
        "required" => value.ValueKind != JsonValueKind.Object || operand.EnumerateArray().All(r => value.TryGetProperty(r.GetString()!, out _)),
        "minProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() >= operand.GetInt32(),
        "maxProperties" => value.ValueKind != JsonValueKind.Object || value.EnumerateObject().Count() <= operand.GetInt32(),
        "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(i => IsValid(operand, i)),
        "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= operand.GetInt32(),
        "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= operand.GetInt32(),
        "minLength" => value.ValueKind != JsonValueKind.String || value.GetString()!.Length >= operand.GetInt32(),
        "pattern" => value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, operand.GetString()!, RegexOptions.ECMAScript),
        "minimum" => value.ValueKind != JsonValueKind.Number || value.GetDouble() >= operand.GetDouble(),
        _ => throw new NotSupportedException($"The keyword '{keyword}' is not evaluated."),
    };

    private JsonElement Resolve(string reference) => reference.Split('/').Skip(1).Aggregate(root, static (element, name) => element.GetProperty(name));

    private static bool HasType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.GetRawText().IndexOfAny(['.', 'e', 'E']) < 0,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"The type '{type}' is not evaluated."),
    };
}
