using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A collection of one model: keyed reads and writes.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
public abstract class VaultCollection<TModel, TKey>
    where TModel : notnull
    where TKey : notnull
{
    private protected VaultCollection(VaultContext context, VaultModel<TModel, TKey> model)
    {
        Context = context;
        Model = model;
    }

    /// <summary>The collection's schema.</summary>
    public CollectionSchema Schema => Model.Schema;

    internal VaultContext Context { get; }

    internal VaultModel<TModel, TKey> Model { get; }
}

/// <summary>A collection of one model with its typed fields: starts queries. The generated collection derives from it.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
/// <typeparam name="TFields">Its generated fields.</typeparam>
public abstract class VaultCollection<TModel, TKey, TFields> : VaultCollection<TModel, TKey>
    where TModel : notnull
    where TKey : notnull
    where TFields : struct
{
    /// <summary>Called by the generated collection.</summary>
    protected VaultCollection(VaultContext context, VaultModel<TModel, TKey> model)
        : base(context, model)
    {
    }
}
