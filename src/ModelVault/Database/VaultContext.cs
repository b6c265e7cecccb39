using System.Collections.Concurrent;
using System.ComponentModel;
using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>Where collections are read and written: a database, a transaction or a snapshot. <c>x.Books</c> means the same on each.</summary>
public abstract class VaultContext
{
    private readonly ConcurrentDictionary<Type, object> _collections = [];

    private protected VaultContext()
    {
    }

    /// <summary>The stored names of the collections that are in the file, sorted.</summary>
    public IReadOnlyList<string> CollectionNames
    {
        get
        {
            using ReadView scope = BeginRead(null);
            return CatalogTree.CollectionNames(scope.Source);
        }
    }

    /// <summary>The collection of a model. Generated accessors call this; the instance is made once per context.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public TCollection GetCollection<TCollection>(Func<VaultContext, TCollection> create)
        where TCollection : class
    {
        ArgumentNullException.ThrowIfNull(create);
        return (TCollection)_collections.GetOrAdd(typeof(TCollection), static (_, state) => state.Create(state.Context), (Create: create, Context: this));
    }

    /// <summary>The collection of a model by its types: what generic code uses in place of the accessor.</summary>
    public VaultCollection<TModel, TKey> Collection<TModel, TKey>()
        where TModel : IVaultModel<TModel>
        where TKey : notnull
    {
        if (TModel.Model is not VaultModel<TModel, TKey> model)
            throw new ArgumentException($"The key of {typeof(TModel).Name} is {TModel.Model.KeyType.Name}, not {typeof(TKey).Name}.");
        return (VaultCollection<TModel, TKey>)_collections.GetOrAdd(typeof(VaultCollection<TModel, TKey>), static (_, state) => state.Model.CreateCollection(state.Context), (Model: model, Context: this));
    }

    /// <summary>A collection without a model, by its stored name. Throws <see cref="VaultSchemaException"/> if there is none.</summary>
    public VaultRecordCollection Collection(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return new VaultRecordCollection(this, name.Trim());
    }

    /// <summary>
    /// Registers a collection without a model. Returns its id and the version of its schema, which is 1. Throws
    /// <see cref="VaultSchemaException"/> if the name is taken or the schema is not well-formed.
    /// </summary>
    /// <param name="name">The stored name; white space around it is cut off.</param>
    /// <param name="fieldsJson">The fields: a JSON array of <c>{"path": […], "type": …, "constraints": […]}</c> (docs/dynamic-api.md).</param>
    /// <param name="primaryField">The primary key's field; several, separated by commas, for a composite key.</param>
    /// <param name="indexesJson">The indexes: a JSON array of <c>{"name": …, "path": […], "kind": "index" or "unique"}</c>; null for none.</param>
    public (int Id, int Version) RegisterCollection(string name, string fieldsJson, string primaryField, string? indexesJson = null)
    {
        CollectionLayout layout = new(FieldsJson.Parse(name, fieldsJson, primaryField, indexesJson));
        return WriteAlone(null, layout, static (tx, layout) => IdAndVersion(SchemaInstaller.Register(tx, layout)));
    }

    /// <summary>
    /// Registers a collection without a model, or brings the one that is there to this schema: the same leaves it as it is, other indexes are
    /// built, of a large collection in batches between which others write, unless this is a transaction, or dropped; other constraints, defaults and generated values hold for later writes. Returns its id and the version of its schema. Throws
    /// <see cref="VaultSchemaException"/> for another key and other fields or types.
    /// </summary>
    /// <inheritdoc cref="RegisterCollection"/>
    public (int Id, int Version) EnsureCollection(string name, string fieldsJson, string primaryField, string? indexesJson = null)
    {
        CollectionLayout layout = new(FieldsJson.Parse(name, fieldsJson, primaryField, indexesJson));
        using (ReadView view = BeginRead(null))
        {
            if (CatalogTree.TryGet(view.Source, layout.Schema.Name, out CatalogEntry? entry) && entry.SchemaJson == layout.Schema.Json
                && (entry.Pending is null || Builds.IsActive(layout.Schema.Name))) return IdAndVersion(entry);
        }

        BuildIndexes(layout);
        return WriteAlone(null, layout, static (tx, layout) => IdAndVersion(SchemaInstaller.Install(tx, layout)));
    }

    private static (int Id, int Version) IdAndVersion(CatalogEntry entry) => (entry.Id, entry.Version);

    /// <summary>Where the values come from that writes generate.</summary>
    internal abstract ValueSource Values { get; }

    /// <summary>Is told of queries that scan.</summary>
    internal abstract ScanMonitor ScanMonitor { get; }

    /// <summary>The builds of indexes that the handle has under way.</summary>
    internal abstract IndexBuilds Builds { get; }

    /// <summary>Brings a collection's indexes to a schema, as far as that can be done outside of the transaction that follows.</summary>
    private protected virtual void BuildIndexes(CollectionLayout layout)
    {
    }

    /// <summary>What a read stands on. With a collection: after its stored schema has been brought to the model's, where that can be done here.</summary>
    internal abstract ReadView BeginRead(CollectionStore? store);

    /// <summary>Runs a write that may share its commit with others. With a collection: after its stored schema has been brought to the model's, where that takes long.</summary>
    internal abstract TResult Write<TState, TResult>(CollectionStore? store, TState state, Func<WriteTransaction, TState, TResult> write);

    /// <summary>The same, without holding a thread while it waits.</summary>
    internal abstract ValueTask<TResult> WriteAsync<TState, TResult>(CollectionStore? store, TState state, Func<WriteTransaction, TState, TResult> write, CancellationToken ct);

    /// <summary>Runs a write that calls the user's code, once, in a transaction of its own.</summary>
    internal abstract TResult WriteAlone<TState, TResult>(CollectionStore? store, TState state, Func<WriteTransaction, TState, TResult> write);

    /// <summary>The same, without holding a thread while it waits.</summary>
    internal abstract Task<TResult> WriteAloneAsync<TState, TResult>(CollectionStore? store, TState state, Func<WriteTransaction, TState, CancellationToken, Task<TResult>> write, CancellationToken ct);
}
