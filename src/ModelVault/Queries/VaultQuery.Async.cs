namespace ModelVault;

// The asynchronous forms of the terminals.
public readonly partial struct VaultQuery<TModel, TFields>
{
    /// <summary>The records as a list.</summary>
    public Task<List<TModel>> ToListAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, ct) => q.ToList(ct), ct);

    /// <summary>The records as an array.</summary>
    public Task<TModel[]> ToArrayAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, ct) => q.ToList(ct).ToArray(), ct);

    /// <summary>The records by a field. Throws <see cref="ArgumentException"/> where two have one value.</summary>
    public Task<Dictionary<T, TModel>> ToDictionaryAsync<T>(Func<TFields, IField<TModel, T>> key, CancellationToken ct = default)
        where T : notnull => CompletedTask.Of((Query: this, Key: key), static (s, ct) => s.Query.ToDictionary(s.Key, ct), ct);

    /// <summary>How many records there are.</summary>
    public Task<int> CountAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.Count(), ct);

    /// <summary>How many records pass.</summary>
    public Task<int> CountAsync(Func<TFields, VaultFilter<TModel>> predicate, CancellationToken ct = default) => Where(predicate).CountAsync(ct);

    /// <summary>How many records there are.</summary>
    public Task<long> LongCountAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.LongCount(), ct);

    /// <summary>How many records pass.</summary>
    public Task<long> LongCountAsync(Func<TFields, VaultFilter<TModel>> predicate, CancellationToken ct = default) => Where(predicate).LongCountAsync(ct);

    /// <summary>Whether there is a record.</summary>
    public Task<bool> AnyAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.Any(), ct);

    /// <summary>Whether a record passes.</summary>
    public Task<bool> AnyAsync(Func<TFields, VaultFilter<TModel>> predicate, CancellationToken ct = default) => Where(predicate).AnyAsync(ct);

    /// <summary>The first record. Throws <see cref="InvalidOperationException"/> if there is none.</summary>
    public Task<TModel> FirstAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.First(), ct);

    /// <summary>The first record that passes. Throws <see cref="InvalidOperationException"/> if there is none.</summary>
    public Task<TModel> FirstAsync(Func<TFields, VaultFilter<TModel>> predicate, CancellationToken ct = default) => Where(predicate).FirstAsync(ct);

    /// <summary>The first record, or the default.</summary>
    public Task<TModel?> FirstOrDefaultAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.FirstOrDefault(), ct);

    /// <summary>The first record that passes, or the default.</summary>
    public Task<TModel?> FirstOrDefaultAsync(Func<TFields, VaultFilter<TModel>> predicate, CancellationToken ct = default) => Where(predicate).FirstOrDefaultAsync(ct);

    /// <summary>The only record. Throws <see cref="InvalidOperationException"/> if there is none or more than one.</summary>
    public Task<TModel> SingleAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.Single(), ct);

    /// <summary>The only record that passes. Throws <see cref="InvalidOperationException"/> if there is none or more than one.</summary>
    public Task<TModel> SingleAsync(Func<TFields, VaultFilter<TModel>> predicate, CancellationToken ct = default) => Where(predicate).SingleAsync(ct);

    /// <summary>The only record, or the default. Throws <see cref="InvalidOperationException"/> if there is more than one.</summary>
    public Task<TModel?> SingleOrDefaultAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.SingleOrDefault(), ct);

    /// <summary>The only record that passes, or the default. Throws <see cref="InvalidOperationException"/> if there is more than one.</summary>
    public Task<TModel?> SingleOrDefaultAsync(Func<TFields, VaultFilter<TModel>> predicate, CancellationToken ct = default) => Where(predicate).SingleOrDefaultAsync(ct);
}
