using System.Globalization;
using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault;

// Writes. A model is validated and written out on the caller's thread; only bytes go into the write transaction, which may
// be one that several callers share. All return when durable.
public abstract partial class VaultCollection<TModel, TKey>
{
    /// <summary>How a single-record write treats a record that is there, or is not.</summary>
    private enum Mode
    {
        Insert,
        Upsert,
        Update,
    }

    /// <summary>
    /// Adds a record and returns its key. Throws <see cref="DuplicateKeyException"/> if the key is taken,
    /// <see cref="UniqueConstraintException"/> if a unique value is, <see cref="VaultValidationException"/> if the model is not valid.
    /// </summary>
    public TKey Insert(TModel model)
    {
        Put(model, Mode.Insert);
        return _model.GetKey(model);
    }

    /// <summary>Adds a record, or replaces the one with its key. Returns the key.</summary>
    public TKey Upsert(TModel model)
    {
        Put(model, Mode.Upsert);
        return _model.GetKey(model);
    }

    /// <summary>Replaces the record with the model's key. False, and nothing is changed, if there is none.</summary>
    public bool Update(TModel model) => Put(model, Mode.Update);

    /// <summary>Removes the record with a key. False if there is none.</summary>
    public bool Delete(TKey key) => _context.Write((Collection: this, Key: EncodedRecord.EncodeKey(_model, key)), static (tx, s) => s.Collection.Delete(tx, s.Key));

    /// <summary>Adds records in one transaction, reading them as it goes: all or none. Returns how many.</summary>
    public long InsertMany(IEnumerable<TModel> models) => PutMany(models, Mode.Insert);

    /// <summary>Adds or replaces records in one transaction, reading them as it goes: all or none. Returns how many.</summary>
    public long UpsertMany(IEnumerable<TModel> models) => PutMany(models, Mode.Upsert);

    /// <summary>Removes the records with given keys in one transaction. Returns how many were there.</summary>
    public long DeleteMany(IEnumerable<TKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return _context.WriteAlone((Collection: this, Keys: keys), static (tx, s) =>
        {
            long count = 0;
            foreach (TKey key in s.Keys)
                if (s.Collection.Delete(tx, EncodedRecord.EncodeKey(s.Collection._model, key))) count++;
            return count;
        });
    }

    /// <summary>Adds a record and returns its key; completes when durable.</summary>
    public async Task<TKey> InsertAsync(TModel model, CancellationToken ct = default)
    {
        await PutAsync(model, Mode.Insert, ct).ConfigureAwait(false);
        return _model.GetKey(model);
    }

    /// <summary>Adds a record, or replaces the one with its key; completes when durable.</summary>
    public async Task<TKey> UpsertAsync(TModel model, CancellationToken ct = default)
    {
        await PutAsync(model, Mode.Upsert, ct).ConfigureAwait(false);
        return _model.GetKey(model);
    }

    /// <summary>Replaces the record with the model's key; false if there is none.</summary>
    public Task<bool> UpdateAsync(TModel model, CancellationToken ct = default) => PutAsync(model, Mode.Update, ct).AsTask();

    /// <summary>Removes the record with a key; false if there is none.</summary>
    public Task<bool> DeleteAsync(TKey key, CancellationToken ct = default) =>
        _context.WriteAsync((Collection: this, Key: EncodedRecord.EncodeKey(_model, key)), static (tx, s) => s.Collection.Delete(tx, s.Key), ct).AsTask();

    /// <summary>Adds records in one transaction: all or none.</summary>
    public Task<long> InsertManyAsync(IEnumerable<TModel> models, CancellationToken ct = default) => PutManyAsync(models, Mode.Insert, ct);

    /// <summary>Adds records in one transaction, as they come: all or none.</summary>
    public Task<long> InsertManyAsync(IAsyncEnumerable<TModel> models, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        return _context.WriteAloneAsync((Collection: this, Models: models), static async (tx, s, ct) =>
        {
            IndexBatches? deferred = s.Collection.DeferIndexes(tx);
            long count = 0;
            await foreach (TModel model in s.Models.WithCancellation(ct).ConfigureAwait(false))
            {
                s.Collection.Put(tx, s.Collection.Encode(model), Mode.Insert, deferred);
                deferred?.Relieve();
                count++;
            }

            deferred?.Write();
            return count;
        }, ct);
    }

    /// <summary>Adds or replaces records in one transaction: all or none.</summary>
    public Task<long> UpsertManyAsync(IEnumerable<TModel> models, CancellationToken ct = default) => PutManyAsync(models, Mode.Upsert, ct);

    /// <summary>Reads, changes and writes the record with a key, as one. False if there is none.</summary>
    internal bool Change(TKey key, Func<TModel, TModel> change) =>
        _context.WriteAlone((Collection: this, Key: key, Change: change), static (tx, s) => s.Collection.Change(tx, s.Key, s.Change));

    /// <summary>Reads, changes and writes the record with a key, as one. False if there is none.</summary>
    internal Task<bool> ChangeAsync(TKey key, Func<TModel, TModel> change, CancellationToken ct) =>
        _context.WriteAloneAsync((Collection: this, Key: key, Change: change), static (tx, s, _) => Task.FromResult(s.Collection.Change(tx, s.Key, s.Change)), ct);

    private bool Change(WriteTransaction tx, TKey key, Func<TModel, TModel> change)
    {
        byte[] keyBytes = EncodedRecord.EncodeKey(_model, key);
        CollectionBinding binding = _store.BindForWrite(tx);
        if (binding.Primary!.Get(keyBytes) is not { } record) return false;
        ulong contentId = binding.Primary.ContentId;
        EncodedRecord changed = Encode(change(Source.Decode(record)));
        if (!changed.Key.AsSpan().SequenceEqual(keyBytes))
            throw new VaultValidationException(_store.Name, [new VaultViolation(string.Join(", ", Schema.Key), "PrimaryKey", key, "an update cannot change the key; delete the record and insert the new one")]);
        // The user's code may have written to the collection meanwhile.
        return Put(tx, changed, Mode.Update, old: binding.Primary.ContentId == contentId ? record : null);
    }

    private EncodedRecord Encode(TModel model) => EncodedRecord.Of(_model, model);

    private bool Put(TModel model, Mode mode) =>
        _context.Write((Collection: this, Record: Encode(model), Mode: mode), static (tx, s) => s.Collection.Put(tx, s.Record, s.Mode));

    private ValueTask<bool> PutAsync(TModel model, Mode mode, CancellationToken ct) =>
        _context.WriteAsync((Collection: this, Record: Encode(model), Mode: mode), static (tx, s) => s.Collection.Put(tx, s.Record, s.Mode), ct);

    private long PutMany(IEnumerable<TModel> models, Mode mode)
    {
        ArgumentNullException.ThrowIfNull(models);
        return _context.WriteAlone((Collection: this, Models: models, Mode: mode), static (tx, s) => s.Collection.PutMany(tx, s.Models, s.Mode, CancellationToken.None));
    }

    private Task<long> PutManyAsync(IEnumerable<TModel> models, Mode mode, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(models);
        return _context.WriteAloneAsync((Collection: this, Models: models, Mode: mode), static (tx, s, ct) => Task.FromResult(s.Collection.PutMany(tx, s.Models, s.Mode, ct)), ct);
    }

    private long PutMany(WriteTransaction tx, IEnumerable<TModel> models, Mode mode, CancellationToken ct)
    {
        IndexBatches? deferred = mode == Mode.Insert ? DeferIndexes(tx) : null;
        long count = 0;
        foreach (TModel model in models)
        {
            ct.ThrowIfCancellationRequested();
            Put(tx, Encode(model), mode, deferred);
            deferred?.Relieve();
            count++;
        }

        deferred?.Write();
        return count;
    }

    // In a transaction that is the user's, too, its queries have to find every entry at once.
    private IndexBatches? DeferIndexes(WriteTransaction tx) => _context is VaultDatabase ? new IndexBatches(_store.BindForWrite(tx)) : null;

    // What is already known of the record that is there may be given.
    private bool Put(WriteTransaction tx, EncodedRecord record, Mode mode, IndexBatches? deferred = null, byte[]? old = null)
    {
        CollectionBinding binding = _store.BindForWrite(tx);
        ReadOnlySpan<byte> bytes = record.Under(binding.Entry!.Version);
        RecordWriter writer = new(binding, deferred);
        WriteOutcome outcome = mode == Mode.Insert ? writer.Insert(record.Key, bytes)
            : old is not null ? writer.Replace(record.Key, old, bytes)
            : writer.Replace(record.Key, bytes, insert: mode == Mode.Upsert);
        return outcome switch
        {
            WriteOutcome.Written => true,
            WriteOutcome.NotFound => false,
            WriteOutcome.DuplicateKey => throw new DuplicateKeyException(_store.Name, KeyOf(bytes)),
            _ => throw UniqueViolation(binding, writer.ViolatedIndex!, writer.ExistingKey!, bytes),
        };
    }

    private bool Delete(WriteTransaction tx, byte[] key) => new RecordWriter(_store.BindForWrite(tx)).Delete(key) == WriteOutcome.Written;

    private TKey KeyOf(ReadOnlySpan<byte> record) => _model.GetKey(Source.Decode(record));

    private UniqueConstraintException UniqueViolation(CollectionBinding binding, IndexLayout index, byte[] existingKey, ReadOnlySpan<byte> record)
    {
        object? existing = binding.Primary!.Get(existingKey) is { } holder ? KeyOf(holder) : null;
        RecordHeader.Read(record, out int start);
        List<string> values = [];
        foreach (ResolvedField component in index.Components)
            values.Add(component.TryLocate(record, start, out MessagePackReader reader) ? StoredText.Of(component.Type, ref reader) : "null");
        return new UniqueConstraintException(_store.Name, index.Schema.Name, string.Join(", ", values), KeyOf(record), existing);
    }
}
