using System.Text;
using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>
/// Emits the canonical schema JSON (docs/schema-json.md): no spaces, keys and fields in ordinal order, so that equal schemas
/// are equal texts.
/// </summary>
internal static class SchemaJsonEmitter
{
    /// <summary>The schema of a collection.</summary>
    public static string Emit(TypeModel model)
    {
        CollectionModel collection = model.Collection!;
        string indexes = string.Join(",", collection.Indexes.Select(Index));
        return $"{{\"collection\":{CanonicalJson.String(collection.StoredName)},\"fields\":{Fields(model.Fields)},\"indexes\":[{indexes}],\"key\":{CanonicalJson.Strings(collection.Key.Select(static k => k.StoredName))}}}";
    }

    private static string Fields(IEnumerable<FieldModel> fields) => $"[{string.Join(",", fields.Select(Field))}]";

    private static string Field(FieldModel field)
    {
        string constraints = string.Join(",", field.SchemaConstraints.Select(static c => $"{{\"{c.Key}\":{c.Json}}}"));
        string prefix = constraints.Length == 0 ? "" : $"\"constraints\":[{constraints}],";
        ValueModel value = field.IsRequired ? field.Value with { IsNullable = false } : field.Value;
        if (field.Default is not null) prefix += $"\"default\":{field.Default},";
        if (GeneratedWord(field.Generated) is { } generated) prefix += $"\"generated\":\"{generated}\",";
        return $"{{{prefix}\"path\":[{CanonicalJson.String(field.StoredName)}],\"type\":{Type(value)}}}";
    }

    private static string? GeneratedWord(GeneratedValue generated) => generated switch
    {
        GeneratedValue.AutoIncrement => "auto_increment",
        GeneratedValue.GuidV7 => "guid_v7",
        GeneratedValue.CreatedAt => "created_at",
        GeneratedValue.UpdatedAt => "updated_at",
        GeneratedValue.ConcurrencyToken => "concurrency_token",
        _ => null,
    };

    private static string Type(ValueModel value)
    {
        if (value.IsNullable) return $"{{\"optional\":{Type(value with { IsNullable = false })}}}";
        return value.Kind switch
        {
            ValueKind.Enum => Enum(value.Enum!),
            ValueKind.Wrapper => Type(value.Wrapper!.Inner),
            ValueKind.Converted => Type(value.Converter!.Stored),
            ValueKind.Object => $"{{\"object\":{Fields(value.Object!.Fields)}}}",
            ValueKind.Union => $"{{\"union\":[{string.Join(",", value.Union!.Cases.Select(static c => $"{{\"case\":{CanonicalJson.String(c.Name)},\"object\":{Fields(c.Fields)}}}"))}]}}",
            ValueKind.List when value.List!.IsSet => $"{{\"set\":{Type(value.List.Element)}}}",
            ValueKind.List => $"{{\"list\":{Type(value.List!.Element)}}}",
            ValueKind.Map => $"{{\"map\":{{\"key\":{Type(value.Map!.Key)},\"value\":{Type(value.Map.Value)}}}}}",
            _ => $"\"{Scalar(value)}\"",
        };
    }

    private static string Scalar(ValueModel value) => value.Kind switch
    {
        _ when value.IsSigned => "int64",
        _ when value.IsUnsigned => "uint64",
        ValueKind.Bool => "bool",
        ValueKind.Int128 => "int128",
        ValueKind.UInt128 => "uint128",
        ValueKind.Half => "float16",
        ValueKind.Single => "float32",
        ValueKind.Double => "float64",
        ValueKind.Decimal => "decimal",
        ValueKind.Char => "char",
        ValueKind.String => "string",
        ValueKind.Bytes or ValueKind.Memory => "bytes",
        ValueKind.Guid => "uuid",
        ValueKind.DateTime => "datetime",
        ValueKind.DateTimeOffset => "timestamptz",
        ValueKind.DateOnly => "date",
        ValueKind.TimeOnly => "time",
        ValueKind.TimeSpan => "duration",
        ValueKind.Uri => "uri",
        ValueKind.Version => "version",
        _ => throw new NotSupportedException($"{value.Kind} is not a scalar."),
    };

    // The numbers are left out where they count from 0.
    private static string Enum(EnumModel @enum)
    {
        StringBuilder json = new("{");
        if (@enum.AsNumber) json.Append("\"as\":\"number\",");
        json.Append("\"enum\":").Append(CanonicalJson.Strings(@enum.Members.Select(static m => m.Name)));
        if (@enum.IsUnsigned) json.Append(",\"unsigned\":true");
        bool countsFromZero = @enum.Members.Select(static (m, i) => m.Number == CSharpText.Number(i)).All(static same => same);
        if (!countsFromZero) json.Append(",\"values\":[").Append(string.Join(",", @enum.Members.Select(static m => m.Number))).Append(']');
        return json.Append('}').ToString();
    }

    // What is as it mostly is is left out.
    private static string Index(IndexModel index)
    {
        StringBuilder json = new("{");
        if (index.Descending.Count > 0) json.Append("\"descending\":[").Append(string.Join(",", index.Descending.Select(CSharpText.Literal))).Append("],");
        if (index.IgnoreCase) json.Append("\"ignore_case\":true,");
        if (index.Included.Count > 0) json.Append("\"include\":").Append(Paths(index.Included)).Append(',');
        json.Append("\"kind\":\"").Append(index.IsUnique ? "unique" : "index").Append("\",\"name\":").Append(CanonicalJson.String(index.StoredName));
        json.Append(",\"paths\":").Append(Paths(index.Members));
        if (index.Where.Count > 0) json.Append(",\"where\":[").Append(string.Join(",", index.Where)).Append(']');
        return json.Append('}').ToString();
    }

    private static string Paths(IEnumerable<IndexMember> members) => $"[{string.Join(",", members.Select(static m => CanonicalJson.Strings(m.StoredPath)))}]";
}
