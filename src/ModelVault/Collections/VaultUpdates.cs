namespace ModelVault;

/// <summary>Atomic changes of one record: read, change, write, as one. Classes are changed in place, records by <c>with</c>; never both.</summary>
public static class VaultUpdates
{
    /// <summary>Changes the record with a key in place. False, and nothing is called, if there is none.</summary>
    public static bool Update<TModel, TKey>(this VaultCollection<TModel, TKey> collection, TKey key, Action<TModel> change)
        where TModel : class, IChangedInPlace
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(change);
        return collection.Change(key, InPlace(change));
    }

    /// <summary>Replaces the record with a key by what is made of it. False, and nothing is called, if there is none.</summary>
    public static bool Update<TModel, TKey>(this VaultCollection<TModel, TKey> collection, TKey key, Func<TModel, TModel> change)
        where TModel : IChangedByWith
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(change);
        return collection.Change(key, change);
    }

    /// <summary>Not there: a change cannot await.</summary>
    [Obsolete("A change runs inside the transaction and cannot await.", error: true)]
    public static bool Update<TModel, TKey>(this VaultCollection<TModel, TKey> collection, TKey key, Func<TModel, Task> change)
        where TModel : class
        where TKey : notnull => throw new InvalidOperationException("A change runs inside the transaction and cannot await.");

    /// <summary>Changes the record with a key in place. False, and nothing is called, if there is none.</summary>
    public static Task<bool> UpdateAsync<TModel, TKey>(this VaultCollection<TModel, TKey> collection, TKey key, Action<TModel> change, CancellationToken ct = default)
        where TModel : class, IChangedInPlace
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(change);
        return collection.ChangeAsync(key, InPlace(change), ct);
    }

    /// <summary>Replaces the record with a key by what is made of it. False, and nothing is called, if there is none.</summary>
    public static Task<bool> UpdateAsync<TModel, TKey>(this VaultCollection<TModel, TKey> collection, TKey key, Func<TModel, TModel> change, CancellationToken ct = default)
        where TModel : IChangedByWith
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(change);
        return collection.ChangeAsync(key, change, ct);
    }

    private static Func<TModel, TModel> InPlace<TModel>(Action<TModel> change) => model =>
    {
        change(model);
        return model;
    };
}
