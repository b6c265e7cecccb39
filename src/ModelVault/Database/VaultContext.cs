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

    /// <summary>Where the values come from that writes generate.</summary>
    internal abstract ValueSource Values { get; }

    /// <summary>What a read stands on. With a collection: after its stored schema has been brought to the model's, where that can be done here.</summary>
    internal abstract ReadView BeginRead(CollectionStore? store);

    /// <summary>Runs a write that may share its commit with others.</summary>
    internal abstract TResult Write<TState, TResult>(TState state, Func<WriteTransaction, TState, TResult> write);

    /// <summary>Runs a write that may share its commit with others, without holding a thread while it waits.</summary>
    internal abstract ValueTask<TResult> WriteAsync<TState, TResult>(TState state, Func<WriteTransaction, TState, TResult> write, CancellationToken ct);

    /// <summary>Runs a write that calls the user's code, once, in a transaction of its own.</summary>
    internal abstract TResult WriteAlone<TState, TResult>(TState state, Func<WriteTransaction, TState, TResult> write);

    /// <summary>Runs a write that calls the user's code, once, in a transaction of its own.</summary>
    internal abstract Task<TResult> WriteAloneAsync<TState, TResult>(TState state, Func<WriteTransaction, TState, CancellationToken, Task<TResult>> write, CancellationToken ct);
}
