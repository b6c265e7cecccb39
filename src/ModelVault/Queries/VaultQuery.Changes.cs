namespace ModelVault;

// Writes of all of a query's records, in one transaction. Update is among VaultUpdates, because its form depends on the model.
public readonly partial struct VaultQuery<TModel, TFields>
{
    /// <summary>Removes the records, all or none, and returns how many there were. Skip and Take count.</summary>
    public int Delete() => _source.Delete(_spec);

    /// <summary>Removes the records, all or none; completes when durable.</summary>
    public Task<int> DeleteAsync(CancellationToken ct = default) => _source.DeleteAsync(_spec, ct);

    /// <summary>
    /// Changes some fields of each record, all or none, and returns how many there were. Which ones is settled before the first is changed. Throws
    /// <see cref="VaultValidationException"/> for what a record would become, and <see cref="UniqueConstraintException"/> where another one has a unique value at that moment: nothing is changed then. The key can't be changed.
    /// </summary>
    public int Patch(VaultPatch<TModel> patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return _source.Change(_spec, _source.Patching(patch.Changes));
    }

    /// <summary>Changes some fields of each record, all or none; completes when durable. Throws as <see cref="Patch"/> does.</summary>
    public Task<int> PatchAsync(VaultPatch<TModel> patch, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return _source.ChangeAsync(_spec, _source.Patching(patch.Changes), ct);
    }

    internal int Change(Func<TModel, TModel> change) => _source.Change(_spec, Changing(change));

    internal Task<int> ChangeAsync(Func<TModel, TModel> change, CancellationToken ct) => _source.ChangeAsync(_spec, Changing(change), ct);

    private RecordChange<TModel> Changing(Func<TModel, TModel> change)
    {
        QuerySource<TModel> source = _source;
        return record => change(source.Decode(record));
    }
}
