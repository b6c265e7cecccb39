using System.Collections.Concurrent;
using System.ComponentModel;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Where collections are read and written: a database, a transaction or a snapshot. <c>x.Books</c> means the same on each.</summary>
public abstract class VaultContext
{
    private readonly ConcurrentDictionary<Type, object> _collections = [];

    private protected VaultContext()
    {
    }

    /// <summary>The collection of a model. Generated accessors call this; the instance is made once per context.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public TCollection GetCollection<TCollection>(Func<VaultContext, TCollection> create)
        where TCollection : class
    {
        ArgumentNullException.ThrowIfNull(create);
        return (TCollection)_collections.GetOrAdd(typeof(TCollection), static (_, state) => state.Create(state.Context), (Create: create, Context: this));
    }
}
