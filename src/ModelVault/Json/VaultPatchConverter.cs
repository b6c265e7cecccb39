using System.Text.Json;
using System.Text.Json.Serialization;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>The JSON of a <see cref="VaultPatch{TModel}"/> under some options.</summary>
internal sealed class VaultPatchConverter<TModel>(CollectionSchema schema, VaultMembers members, JsonSerializerOptions options) : JsonConverter<VaultPatch<TModel>>
    where TModel : notnull
{
    private readonly FieldChangesJson _json = new(schema, members, options, $"patch of '{schema.Name}'", static _ => false);

    public override VaultPatch<TModel> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        VaultPatch<TModel> patch = new();
        _json.Read(ref reader, patch.Changes);
        return patch;
    }

    public override void Write(Utf8JsonWriter writer, VaultPatch<TModel> value, JsonSerializerOptions options) => _json.Write(value.Changes, writer);
}

/// <summary>The JSON of a <see cref="VaultInput{TModel}"/> under some options.</summary>
internal sealed class VaultInputConverter<TModel>(CollectionSchema schema, VaultMembers members, JsonSerializerOptions options) : JsonConverter<VaultInput<TModel>>
    where TModel : notnull
{
    private readonly FieldChangesJson _json = new(schema, members, options, $"input for '{schema.Name}'", static f => f.Generated != GeneratedValue.None);

    public override VaultInput<TModel> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        VaultInput<TModel> input = new();
        _json.Read(ref reader, input.Changes);
        return input;
    }

    public override void Write(Utf8JsonWriter writer, VaultInput<TModel> value, JsonSerializerOptions options) => _json.Write(value.Changes, writer);
}
