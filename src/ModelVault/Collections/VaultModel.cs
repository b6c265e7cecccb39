using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ModelVault.Runtime;

/// <summary>A model's run-time description: what <c>VaultModels.All</c> lists.</summary>
public abstract class VaultModel
{
    private CollectionLayout? _layout;

    private protected VaultModel(CollectionSchema schema) => Schema = schema;

    /// <summary>The collection's schema.</summary>
    public CollectionSchema Schema { get; }

    /// <summary>The schema with its paths resolved.</summary>
    internal CollectionLayout Layout => _layout ??= new CollectionLayout(Schema);

    /// <summary>Whether the schema is the file's own rather than a type's, so that another one in the file is not to be changed to this one.</summary>
    internal virtual bool FollowsFile => false;

    /// <summary>The types that <see cref="CreateJsonConverter"/> serves.</summary>
    internal virtual IReadOnlyList<Type> JsonTypes => [];

    /// <summary>The description of one of <see cref="JsonTypes"/> for System.Text.Json.</summary>
    internal virtual JsonTypeInfo CreateJsonTypeInfo(Type type, JsonSerializerOptions options) => throw new NotSupportedException($"The model has no JSON of the type {type}.");

    /// <summary>The converter of one of <see cref="JsonTypes"/>.</summary>
    internal virtual JsonConverter CreateJsonConverter(Type type, JsonSerializerOptions options) => throw new NotSupportedException($"The model has no JSON of the type {type}.");

    /// <summary>The model type.</summary>
    public abstract Type ModelType { get; }

    /// <summary>The key's type.</summary>
    public abstract Type KeyType { get; }

    /// <summary>Makes a model's description. Called by generated code, once.</summary>
    /// <param name="key">The key's type; for a composite key a tuple's.</param>
    /// <param name="getKey">Reads the key from a model.</param>
    /// <param name="create">Makes the generated collection on a context.</param>
    /// <param name="receive">Sets what the database generates on an instance; null where there is nothing to set.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public static VaultModel<TModel, TKey> Create<TModel, TKey>(
        FieldType<TKey> key, Func<TModel, TKey> getKey, Func<VaultContext, VaultCollection<TModel, TKey>> create, GeneratedValueReceiver<TModel>? receive = null)
        where TModel : IVaultModel<TModel>
        where TKey : notnull => new GeneratedModel<TModel, TKey>(TModel.Schema, key, getKey, create, receive);
}

/// <summary>A model's run-time description, typed.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class VaultModel<TModel, TKey> : VaultModel
    where TModel : notnull
    where TKey : notnull
{
    private protected VaultModel(CollectionSchema schema, FieldType<TKey> key, GeneratedValueReceiver<TModel>? receive)
        : base(schema)
    {
        Key = key;
        Receive = receive;
    }

    /// <inheritdoc/>
    public sealed override Type ModelType => typeof(TModel);

    /// <inheritdoc/>
    public sealed override Type KeyType => typeof(TKey);

    /// <summary>How keys are written.</summary>
    internal FieldType<TKey> Key { get; }

    /// <summary>Sets what the database has generated on an instance; null where there is nothing to set.</summary>
    internal GeneratedValueReceiver<TModel>? Receive { get; }

    internal abstract TKey GetKey(TModel model);

    /// <summary>Checks a model and, where nothing is wrong with it, writes its fields.</summary>
    internal abstract void Write(TModel model, ref MessagePackWriter writer, ref VaultValidator validator);

    internal abstract TModel Read(ref MessagePackReader reader);

    /// <summary>Reads what <see cref="SparseRecord"/> makes. Throws <see cref="VaultValidationException"/> if something is missing.</summary>
    internal virtual TModel ReadSparse(ReadOnlySpan<byte> record) => throw new NotSupportedException("Records without a model have no patches and inputs.");

    internal abstract VaultCollection<TModel, TKey> CreateCollection(VaultContext context);
}

/// <summary>Stands between the library, which knows a model only as a type argument, and the static methods generated on it.</summary>
internal sealed class GeneratedModel<TModel, TKey>(
    CollectionSchema schema, FieldType<TKey> key, Func<TModel, TKey> getKey, Func<VaultContext, VaultCollection<TModel, TKey>> create, GeneratedValueReceiver<TModel>? receive)
    : VaultModel<TModel, TKey>(schema, key, receive)
    where TModel : IVaultModel<TModel>
    where TKey : notnull
{
    internal override TKey GetKey(TModel model) => getKey(model);

    internal override void Write(TModel model, ref MessagePackWriter writer, ref VaultValidator validator)
    {
        TModel.Validate(in model, ref validator);
        if (validator.Violations is null) TModel.Write(in model, ref writer);
    }

    internal override TModel Read(ref MessagePackReader reader) => TModel.Read(ref reader);

    internal override IReadOnlyList<Type> JsonTypes => [typeof(VaultPatch<TModel>), typeof(VaultInput<TModel>), typeof(VaultPage<TModel>)];

    internal override JsonTypeInfo CreateJsonTypeInfo(Type type, JsonSerializerOptions options) =>
        type == typeof(VaultPatch<TModel>) ? JsonMetadataServices.CreateValueInfo<VaultPatch<TModel>>(options, CreateJsonConverter(type, options))
        : type == typeof(VaultInput<TModel>) ? JsonMetadataServices.CreateValueInfo<VaultInput<TModel>>(options, CreateJsonConverter(type, options))
        : JsonMetadataServices.CreateValueInfo<VaultPage<TModel>>(options, CreateJsonConverter(type, options));

    internal override JsonConverter CreateJsonConverter(Type type, JsonSerializerOptions options) =>
        type == typeof(VaultPatch<TModel>) ? new VaultPatchConverter<TModel>(Schema, TModel.Members, options)
        : type == typeof(VaultInput<TModel>) ? new VaultInputConverter<TModel>(Schema, TModel.Members, options)
        : new VaultPageConverter<TModel>(options);

    internal override TModel ReadSparse(ReadOnlySpan<byte> record) => SparseModel.Read<TModel>(Schema, record);

    internal override VaultCollection<TModel, TKey> CreateCollection(VaultContext context) => create(context);
}
