using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ModelVault;

/// <summary>Writes canonical schema JSON (docs/schema-json.md): equal schemas are equal texts, and equal to what the generator writes.</summary>
internal static class SchemaWriter
{
    /// <summary>The schema of a collection.</summary>
    public static string Write(CollectionSchema schema) => $"{{\"collection\":{CanonicalJson.String(schema.Name)},{Contents(schema)}}}";

    /// <summary>The SHA-256 of the schema's JSON without the collection's name, in lower-case hexadecimal.</summary>
    public static string Fingerprint(CollectionSchema schema) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{{{Contents(schema)}}}")));

    /// <summary>A type.</summary>
    public static string Write(FieldTypeSchema type)
    {
        if (type.IsOptional) return $"{{\"optional\":{Write(type with { IsOptional = false })}}}";
        return type.Kind switch
        {
            FieldKind.Enum => Enum(type),
            FieldKind.Object => $"{{\"object\":{Fields(type.Fields)}}}",
            FieldKind.Union => $"{{\"union\":[{string.Join(",", type.UnionCases.Select(static c => $"{{\"case\":{CanonicalJson.String(c.Name)},\"object\":{Fields(c.Fields)}}}"))}]}}",
            FieldKind.Set => $"{{\"set\":{Write(type.Element!)}}}",
            FieldKind.List => $"{{\"list\":{Write(type.Element!)}}}",
            FieldKind.Map => $"{{\"map\":{{\"key\":{Write(type.MapKey!)},\"value\":{Write(type.Element!)}}}}}",
            _ => $"\"{SchemaWords.Of(type.Kind)}\"",
        };
    }

    /// <summary>An index. What is as it mostly is is left out.</summary>
    public static string Write(IndexSchema index)
    {
        StringBuilder json = new("{");
        if (index.Descending.Contains(true)) json.Append("\"descending\":[").AppendJoin(',', index.Descending.Select(static d => d ? "true" : "false")).Append("],");
        if (index.IgnoreCase) json.Append("\"ignore_case\":true,");
        if (!index.Included.IsEmpty) json.Append("\"include\":").Append(Paths(index.Included)).Append(',');
        json.Append("\"kind\":\"").Append(index.IsUnique ? "unique" : "index").Append("\",\"name\":").Append(CanonicalJson.String(index.Name));
        json.Append(",\"paths\":").Append(Paths(index.Paths));
        if (!index.Where.IsEmpty) json.Append(",\"where\":[").AppendJoin(',', index.Where.Select(Write)).Append(']');
        return json.Append('}').ToString();
    }

    /// <summary>A condition of a partial index.</summary>
    public static string Write(IndexCondition condition) =>
        $"{{\"op\":\"{SchemaWords.Of(condition.Operator)}\",\"path\":{CanonicalJson.Strings(condition.Path.Segments)}{(condition.Value is null ? "" : $",\"value\":{SchemaScalar.Write(condition.Value)}")}}}";

    private static string Contents(CollectionSchema schema) =>
        $"\"fields\":{Fields(schema.Fields)},\"indexes\":[{string.Join(",", schema.Indexes.Select(Write))}],\"key\":{CanonicalJson.Strings(schema.Key)}";

    private static string Fields(IEnumerable<FieldSchema> fields) => $"[{string.Join(",", fields.Select(Field))}]";

    private static string Field(FieldSchema field)
    {
        StringBuilder json = new("{");
        if (!field.Constraints.IsEmpty) json.Append("\"constraints\":[").AppendJoin(',', field.Constraints).Append("],");
        if (field.Default is { } value) json.Append("\"default\":").Append(value.Json).Append(',');
        if (field.Generated != GeneratedValue.None) json.Append("\"generated\":\"").Append(SchemaWords.Of(field.Generated)).Append("\",");
        return json.Append("\"path\":[").Append(CanonicalJson.String(field.Name)).Append("],\"type\":").Append(Write(field.Type)).Append('}').ToString();
    }

    // The numbers are left out where they count from 0.
    private static string Enum(FieldTypeSchema type)
    {
        StringBuilder json = new("{");
        if (type.IsEnumStoredByNumber) json.Append("\"as\":\"number\",");
        json.Append("\"enum\":").Append(CanonicalJson.Strings(type.Cases.Select(static c => c.Name)));
        if (type.IsUnsignedEnum) json.Append(",\"unsigned\":true");
        bool countsFromZero = type.Cases.Select(static (c, i) => c.Value == i).All(static same => same);
        if (!countsFromZero) json.Append(",\"values\":[").AppendJoin(',', type.Cases.Select(c => Number(c.Value, type.IsUnsignedEnum))).Append(']');
        return json.Append('}').ToString();
    }

    private static string Number(long value, bool isUnsigned) =>
        isUnsigned ? ((ulong)value).ToString(CultureInfo.InvariantCulture) : value.ToString(CultureInfo.InvariantCulture);

    private static string Paths(IEnumerable<FieldPath> paths) => $"[{string.Join(",", paths.Select(static p => CanonicalJson.Strings(p.Segments)))}]";
}
