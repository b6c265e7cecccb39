using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ModelVault;

/// <summary>
/// The JSON of a page of models under some options: an object of <c>items</c>, each as the options have the model, and <c>next</c>. The same as
/// that of the record <see cref="VaultPage{T}"/> by reflection or of a context that lists it.
/// </summary>
internal sealed class VaultPageConverter<TModel>(JsonSerializerOptions options) : JsonConverter<VaultPage<TModel>>
{
    private readonly string _items = options.PropertyNamingPolicy?.ConvertName(nameof(VaultPage<TModel>.Items)) ?? nameof(VaultPage<TModel>.Items);
    private readonly string _next = options.PropertyNamingPolicy?.ConvertName(nameof(VaultPage<TModel>.Next)) ?? nameof(VaultPage<TModel>.Next);

    public override VaultPage<TModel> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("A page is an object.");
        List<TModel>? items = null;
        VaultCursor? next = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            if (IsNamed(name, _items)) items = ReadItems(ref reader, options);
            else if (IsNamed(name, _next)) next = ReadCursor(ref reader);
            else reader.Skip();
        }

        return new VaultPage<TModel>(items ?? throw new JsonException($"A page has '{_items}'."), next);
    }

    public override void Write(Utf8JsonWriter writer, VaultPage<TModel> value, JsonSerializerOptions options)
    {
        JsonTypeInfo<TModel> model = ModelOf(options);
        writer.WriteStartObject();
        writer.WriteStartArray(_items);
        foreach (TModel item in value.Items) JsonSerializer.Serialize(writer, item, model);
        writer.WriteEndArray();
        if (value.Next is { } next) writer.WriteString(_next, next.ToString());
        else if (options.DefaultIgnoreCondition is not (JsonIgnoreCondition.WhenWritingNull or JsonIgnoreCondition.WhenWritingDefault)) writer.WriteNull(_next);
        writer.WriteEndObject();
    }

    private static JsonTypeInfo<TModel> ModelOf(JsonSerializerOptions options) => (JsonTypeInfo<TModel>)options.GetTypeInfo(typeof(TModel));

    private static List<TModel> ReadItems(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("A page's items are an array.");
        JsonTypeInfo<TModel> model = ModelOf(options);
        List<TModel> items = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(JsonSerializer.Deserialize(ref reader, model)!);
        return items;
    }

    private static VaultCursor? ReadCursor(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => new VaultCursor(reader.GetString()!),
        _ => throw new JsonException("A cursor is a string."),
    };

    private bool IsNamed(string found, string name) => string.Equals(found, name, options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
}
