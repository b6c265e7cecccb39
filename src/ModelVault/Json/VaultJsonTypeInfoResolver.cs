using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// Gives System.Text.Json the library's types over models, <see cref="VaultPatch{TModel}"/>, <see cref="VaultInput{TModel}"/> and <see cref="VaultPage{T}"/>,
/// without reflection and without a JSON context of their own: <c>options.TypeInfoResolverChain.Add(new
/// VaultJsonTypeInfoResolver(VaultModels.All))</c>. Members have the names that they have in the model itself under the same options.
/// Thread-safe.
/// </summary>
public sealed class VaultJsonTypeInfoResolver : IJsonTypeInfoResolver
{
    private readonly Dictionary<Type, VaultModel> _models = [];

    /// <summary>Makes a resolver for the types over some models.</summary>
    /// <param name="models">The models: <c>VaultModels.All</c>, of one assembly or several.</param>
    public VaultJsonTypeInfoResolver(params IEnumerable<VaultModel> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        foreach (VaultModel model in models)
            foreach (Type type in model.JsonTypes) _models[type] = model;
    }

    /// <inheritdoc/>
    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(options);
        return _models.TryGetValue(type, out VaultModel? model) ? model.CreateJsonTypeInfo(type, options) : null;
    }

    internal JsonConverter? ConverterOf(Type type, JsonSerializerOptions options) =>
        _models.TryGetValue(type, out VaultModel? model) ? model.CreateJsonConverter(type, options) : null;
}

/// <summary>
/// Finds the converter where another resolver is asked first (reflection's, or a context that lists the type): it is that of the
/// <see cref="VaultJsonTypeInfoResolver"/> in the same options.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class VaultJsonConverterFactory : JsonConverterFactory
{
    /// <inheritdoc/>
    public override bool CanConvert(Type typeToConvert) => true;

    /// <inheritdoc/>
    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (IJsonTypeInfoResolver resolver in options.TypeInfoResolverChain)
            if (resolver is VaultJsonTypeInfoResolver vault && vault.ConverterOf(typeToConvert, options) is { } converter) return converter;
        throw new InvalidOperationException($"The JSON of {typeToConvert} comes from the models: add 'new VaultJsonTypeInfoResolver(VaultModels.All)' to the options' TypeInfoResolverChain.");
    }
}
