namespace ModelVault;

/// <summary>Atomic changes of one record, or of all of a query's: read, change, write, as one. Classes are changed in place, records by <c>with</c>; never both.</summary>
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

    /// <summary>
    /// Changes each of a query's records in place, all or none, and returns how many there were. Which ones is settled before the first is changed; the key can't be. Throws
    /// <see cref="VaultValidationException"/> for what a record would become, <see cref="UniqueConstraintException"/> where another one has a unique value at that moment,
    /// and whatever <paramref name="change"/> throws: nothing is changed then.
    /// </summary>
    public static int Update<TModel, TFields>(this VaultQuery<TModel, TFields> query, Action<TModel> change)
        where TModel : class, IChangedInPlace
        where TFields : struct
    {
        ArgumentNullException.ThrowIfNull(change);
        return query.Change(InPlace(change));
    }

    /// <summary>Replaces each of a query's records by what is made of it, all or none, and returns how many there were. Throws as the other form does.</summary>
    public static int Update<TModel, TFields>(this VaultQuery<TModel, TFields> query, Func<TModel, TModel> change)
        where TModel : IChangedByWith
        where TFields : struct
    {
        ArgumentNullException.ThrowIfNull(change);
        return query.Change(change);
    }

    /// <summary>Not there: a change cannot await.</summary>
    [Obsolete("A change runs inside the transaction and cannot await.", error: true)]
    public static int Update<TModel, TFields>(this VaultQuery<TModel, TFields> query, Func<TModel, Task> change)
        where TModel : class
        where TFields : struct => throw new InvalidOperationException("A change runs inside the transaction and cannot await.");

    /// <summary>Changes each of a query's records in place, all or none; completes when durable.</summary>
    public static Task<int> UpdateAsync<TModel, TFields>(this VaultQuery<TModel, TFields> query, Action<TModel> change, CancellationToken ct = default)
        where TModel : class, IChangedInPlace
        where TFields : struct
    {
        ArgumentNullException.ThrowIfNull(change);
        return query.ChangeAsync(InPlace(change), ct);
    }

    /// <summary>Replaces each of a query's records by what is made of it, all or none; completes when durable.</summary>
    public static Task<int> UpdateAsync<TModel, TFields>(this VaultQuery<TModel, TFields> query, Func<TModel, TModel> change, CancellationToken ct = default)
        where TModel : IChangedByWith
        where TFields : struct
    {
        ArgumentNullException.ThrowIfNull(change);
        return query.ChangeAsync(change, ct);
    }

    /// <summary>Not there: a change cannot await.</summary>
    [Obsolete("A change runs inside the transaction and cannot await.", error: true)]
    public static Task<int> UpdateAsync<TModel, TFields>(this VaultQuery<TModel, TFields> query, Func<TModel, Task> change, CancellationToken ct = default)
        where TModel : class
        where TFields : struct => throw new InvalidOperationException("A change runs inside the transaction and cannot await.");

    private static Func<TModel, TModel> InPlace<TModel>(Action<TModel> change) => model =>
    {
        change(model);
        return model;
    };
}
