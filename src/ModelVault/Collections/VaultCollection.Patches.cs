using ModelVault.Runtime;

namespace ModelVault;

// Writes of some fields: patches and inputs.
public abstract partial class VaultCollection<TModel, TKey>
{
    /// <summary>
    /// Changes some fields of the record with a key: reads, changes, checks and writes it, as one. False, and nothing is changed, if
    /// there is none. Throws <see cref="VaultValidationException"/> with everything that is wrong with what the record would become;
    /// the key can't be changed.
    /// </summary>
    public bool Patch(TKey key, VaultPatch<TModel> patch)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return Change(key, Patching(patch.Changes));
    }

    /// <summary>Changes some fields of the record with a key, as one; completes when durable. False if there is none. Throws as <see cref="Patch"/> does.</summary>
    public Task<bool> PatchAsync(TKey key, VaultPatch<TModel> patch, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(patch);
        return ChangeAsync(key, Patching(patch.Changes), ct);
    }

    internal TModel ModelOf(VaultInput<TModel> input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return _model.ReadSparse(input.Changes.ForInsert(Schema));
    }

    internal RecordChange<TModel> Patching(FieldChanges changes) => record =>
    {
        RecordHeader.Read(record, out int start);
        try
        {
            return _model.ReadSparse(changes.Over(Schema, record[start..]));
        }
        catch (VaultValidationException)
        {
            // Where the record itself is damaged, that is the error.
            Source.Decode(record);
            throw;
        }
    };
}

/// <summary>Makes the model that a stored record is to become.</summary>
internal delegate TModel RecordChange<out TModel>(ReadOnlySpan<byte> record);
