using System.Globalization;
using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault;

// Writes. A model is validated and written out on the caller's thread; only bytes go into the write transaction, which may
// be one that several callers share. All return when durable.
public abstract partial class VaultCollection<TModel, TKey>
{
    /// <summary>
    /// Adds a record and returns its key. Generated keys and stamps are set on the model when it is stored. Throws <see cref="DuplicateKeyException"/> if the key is taken,
    /// <see cref="UniqueConstraintException"/> if a unique value is, <see cref="VaultValidationException"/> if the model is not valid.
    /// </summary>
    public TKey Insert(TModel model) => Accept(model, Put(model, WriteMode.Insert)!);

    /// <summary>Adds a record, or replaces the one with its key. Returns the key. Throws <see cref="VaultConflictException"/> if the model's concurrency token is not the record's.</summary>
    public TKey Upsert(TModel model) => Accept(model, Put(model, WriteMode.Upsert)!);

    /// <summary>Replaces the record with the model's key. False, and nothing is changed, if there is none. Throws <see cref="VaultConflictException"/> if the model's concurrency token is not the record's.</summary>
    public bool Update(TModel model)
    {
        if (Put(model, WriteMode.Update) is not { } stored) return false;
        Accept(model, stored);
        return true;
    }

    /// <summary>Removes the record with a key. False if there is none.</summary>
    public bool Delete(TKey key) => _context.Write(_store, (Collection: this, Key: EncodedRecord.EncodeKey(_model, key)), static (tx, s) => s.Collection.Delete(tx, s.Key));

    /// <summary>
    /// Adds records in one transaction, reading them as it goes: all or none. Returns how many. Generated keys and stamps are
    /// set on the models of a collection when all are stored, on those of any other sequence one by one.
    /// </summary>
    public long InsertMany(IEnumerable<TModel> models) => PutMany(models, WriteMode.Insert);

    /// <summary>Adds or replaces records in one transaction, reading them as it goes: all or none. Returns how many.</summary>
    public long UpsertMany(IEnumerable<TModel> models) => PutMany(models, WriteMode.Upsert);

    /// <summary>Removes the records with given keys in one transaction. Returns how many were there.</summary>
    public long DeleteMany(IEnumerable<TKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return _context.WriteAlone(_store, (Collection: this, Keys: keys), static (tx, s) =>
        {
            long count = 0;
            s.Collection._store.Bind(tx); // what may go wrong does before the first key is taken
            foreach (TKey key in s.Keys)
                if (s.Collection.Delete(tx, EncodedRecord.EncodeKey(s.Collection._model, key))) count++;
            return count;
        });
    }

    /// <summary>Adds a record and returns its key; completes when durable.</summary>
    public async Task<TKey> InsertAsync(TModel model, CancellationToken ct = default) =>
        Accept(model, (await PutAsync(model, WriteMode.Insert, ct).ConfigureAwait(false))!);

    /// <summary>Adds a record, or replaces the one with its key; completes when durable.</summary>
    public async Task<TKey> UpsertAsync(TModel model, CancellationToken ct = default) =>
        Accept(model, (await PutAsync(model, WriteMode.Upsert, ct).ConfigureAwait(false))!);

    /// <summary>Replaces the record with the model's key; false if there is none.</summary>
    public Task<bool> UpdateAsync(TModel model, CancellationToken ct = default) => _store.Layout.Generated is null
        ? _context.WriteAsync(_store, (Collection: this, Record: Encode(model)), static (tx, s) => s.Collection.Put(tx, s.Record, WriteMode.Update) is not null, ct).AsTask()
        : UpdateAndAcceptAsync(model, ct);

    private async Task<bool> UpdateAndAcceptAsync(TModel model, CancellationToken ct)
    {
        if (await PutAsync(model, WriteMode.Update, ct).ConfigureAwait(false) is not { } stored) return false;
        Accept(model, stored);
        return true;
    }

    /// <summary>Removes the record with a key; false if there is none.</summary>
    public Task<bool> DeleteAsync(TKey key, CancellationToken ct = default) =>
        _context.WriteAsync(_store, (Collection: this, Key: EncodedRecord.EncodeKey(_model, key)), static (tx, s) => s.Collection.Delete(tx, s.Key), ct).AsTask();

    /// <summary>Adds records in one transaction: all or none.</summary>
    public Task<long> InsertManyAsync(IEnumerable<TModel> models, CancellationToken ct = default) => PutManyAsync(models, WriteMode.Insert, ct);

    /// <summary>Adds records in one transaction, as they come: all or none.</summary>
    public Task<long> InsertManyAsync(IAsyncEnumerable<TModel> models, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(models);
        return _context.WriteAloneAsync(_store, (Collection: this, Models: models), static async (tx, s, ct) =>
        {
            IndexBatches? deferred = s.Collection.DeferIndexes(tx);
            long count = 0;
            await foreach (TModel model in s.Models.WithCancellation(ct).ConfigureAwait(false))
            {
                s.Collection.Accept(model, s.Collection.Put(tx, s.Collection.Encode(model), WriteMode.Insert, deferred)!);
                deferred?.Relieve();
                count++;
            }

            deferred?.Write();
            return count;
        }, ct);
    }

    /// <summary>Adds or replaces records in one transaction: all or none.</summary>
    public Task<long> UpsertManyAsync(IEnumerable<TModel> models, CancellationToken ct = default) => PutManyAsync(models, WriteMode.Upsert, ct);

    /// <summary>Reads, changes and writes the record with a key, as one. False if there is none.</summary>
    internal bool Change(TKey key, Func<TModel, TModel> change) => Change(key, record => change(Source.Decode(record)));

    /// <summary>Reads, changes and writes the record with a key, as one. False if there is none.</summary>
    internal Task<bool> ChangeAsync(TKey key, Func<TModel, TModel> change, CancellationToken ct) => ChangeAsync(key, record => change(Source.Decode(record)), ct);

    private bool Change(TKey key, RecordChange<TModel> change) =>
        _context.WriteAlone(_store, (Collection: this, Key: key, Change: change), static (tx, s) => s.Collection.Change(tx, EncodedRecord.EncodeKey(s.Collection._model, s.Key), s.Change));

    private Task<bool> ChangeAsync(TKey key, RecordChange<TModel> change, CancellationToken ct) =>
        _context.WriteAloneAsync(_store, (Collection: this, Key: key, Change: change), static (tx, s, _) => Task.FromResult(s.Collection.Change(tx, EncodedRecord.EncodeKey(s.Collection._model, s.Key), s.Change)), ct);

    private bool Change(WriteTransaction tx, byte[] key, RecordChange<TModel> change)
    {
        CollectionBinding binding = _store.BindForWrite(tx);
        if (binding.Primary!.Get(key) is not { } record) return false;
        ulong contentId = binding.Primary.ContentId;
        EncodedRecord changed = Encode(change(record));
        if (!changed.Key.AsSpan().SequenceEqual(key))
            throw new VaultValidationException(_store.Name, [new VaultViolation(string.Join(", ", Schema.Key), "PrimaryKey", KeyOf(record), "an update cannot change the key; delete the record and insert the new one")]);
        // The user's code may have written to the collection meanwhile.
        return Put(tx, changed, WriteMode.Update, old: binding.Primary.ContentId == contentId ? record : null) is not null;
    }

    private EncodedRecord Encode(TModel model) => EncodedRecord.Of(_model, model);

    // What was stored; null where an update found no record.
    private EncodedRecord? Put(TModel model, WriteMode mode) =>
        _context.Write(_store, (Collection: this, Record: Encode(model), Mode: mode), static (tx, s) => s.Collection.Put(tx, s.Record, s.Mode));

    private ValueTask<EncodedRecord?> PutAsync(TModel model, WriteMode mode, CancellationToken ct) =>
        _context.WriteAsync(_store, (Collection: this, Record: Encode(model), Mode: mode), static (tx, s) => s.Collection.Put(tx, s.Record, s.Mode), ct);

    private long PutMany(IEnumerable<TModel> models, WriteMode mode)
    {
        ArgumentNullException.ThrowIfNull(models);
        GeneratedValues<TModel>? generated = CollectFor(models);
        long count = _context.WriteAlone(
            _store, (Collection: this, Models: models, Mode: mode, Generated: generated), static (tx, s) => s.Collection.PutMany(tx, s.Models, s.Mode, s.Generated, CancellationToken.None));
        generated?.HandOut(_model.Receive!);
        return count;
    }

    private async Task<long> PutManyAsync(IEnumerable<TModel> models, WriteMode mode, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(models);
        GeneratedValues<TModel>? generated = CollectFor(models);
        long count = await _context.WriteAloneAsync(
            _store, (Collection: this, Models: models, Mode: mode, Generated: generated), static (tx, s, ct) => Task.FromResult(s.Collection.PutMany(tx, s.Models, s.Mode, s.Generated, ct)), ct).ConfigureAwait(false);
        generated?.HandOut(_model.Receive!);
        return count;
    }

    private long PutMany(WriteTransaction tx, IEnumerable<TModel> models, WriteMode mode, GeneratedValues<TModel>? generated, CancellationToken ct)
    {
        _store.Bind(tx); // what may go wrong does before the first model is taken
        IndexBatches? deferred = mode == WriteMode.Insert ? DeferIndexes(tx) : null;
        long count = 0;
        foreach (TModel model in models)
        {
            ct.ThrowIfCancellationRequested();
            EncodedRecord stored = Put(tx, Encode(model), mode, deferred)!;
            if (generated is null) Accept(model, stored);
            else generated.Add(model, stored, _store.Layout.Generated!);
            deferred?.Relieve();
            count++;
        }

        deferred?.Write();
        return count;
    }

    // Of models that somebody holds, what is generated is kept until all are durable; those of a sequence that makes them one
    // by one are not held for it.
    private GeneratedValues<TModel>? CollectFor(IEnumerable<TModel> models) =>
        _model.Receive is not null && models is IReadOnlyCollection<TModel> or ICollection<TModel> ? new GeneratedValues<TModel>() : null;

    // Sets what was generated on the instance; returns the key that was stored.
    private TKey Accept(TModel model, EncodedRecord stored)
    {
        if (_store.Layout.Generated is not { } generated) return _model.GetKey(model);
        if (_model.Receive is { } receive) GeneratedValues<TModel>.HandOut(model, stored, generated, receive);
        if (generated.Key is not { } key) return _model.GetKey(model);
        MessagePackReader reader = new(key.Locate(stored.Fields, 0));
        return _model.Key.Read(ref reader);
    }

    // In a transaction that is the user's, too, its queries have to find every entry at once.
    private IndexBatches? DeferIndexes(WriteTransaction tx) => _context is VaultDatabase ? new IndexBatches(_store.BindForWrite(tx).Kept) : null;

    // What is already known of the record that is there may be given. Returns what was stored; null where an update found no record.
    private EncodedRecord? Put(WriteTransaction tx, EncodedRecord record, WriteMode mode, IndexBatches? deferred = null, byte[]? old = null)
    {
        CollectionBinding binding = _store.BindForWrite(tx);
        if (_store.Layout.Generated is { } generated) record = Complete(generated, binding, record, mode, ref old);
        ReadOnlySpan<byte> bytes = record.Under(binding.Entry!.Version);
        RecordWriter writer = new(binding, deferred);
        WriteOutcome outcome = mode == WriteMode.Insert ? writer.Insert(record.Key, bytes)
            : old is not null ? writer.Replace(record.Key, old, bytes)
            : writer.Replace(record.Key, bytes, insert: mode == WriteMode.Upsert);
        return outcome switch
        {
            WriteOutcome.Written => record,
            WriteOutcome.NotFound => null,
            WriteOutcome.DuplicateKey => throw new DuplicateKeyException(_store.Name, KeyOf(bytes)),
            _ => throw UniqueViolation(binding, writer, record.Key, bytes),
        };
    }

    private EncodedRecord Complete(GeneratedFields generated, CollectionBinding binding, EncodedRecord record, WriteMode mode, ref byte[]? old)
    {
        GeneratedRecord complete = generated.Complete(binding, record, mode, old, _context.Values);
        if (complete.Conflict is { } conflict) throw new VaultConflictException(_store.Name, KeyOf(complete.Old), conflict.Expected, conflict.Actual);
        old = complete.Old;
        return complete.Record;
    }

    private bool Delete(WriteTransaction tx, ReadOnlySpan<byte> key) => new RecordWriter(_store.BindForWrite(tx)).Delete(key) == WriteOutcome.Written;

    private TKey KeyOf(ReadOnlySpan<byte> record) => _model.GetKey(Source.Decode(record));

    private UniqueConstraintException UniqueViolation(CollectionBinding binding, in RecordWriter refused, byte[] key, ReadOnlySpan<byte> record)
    {
        IndexLayout index = refused.ViolatedIndex!;
        byte[] holder = binding.Primary!.Get(refused.ExistingKey!) ?? throw new VaultCorruptionException($"The index '{index.Schema.Name}' points to a record that is not there.");
        return new UniqueConstraintException(_store.Name, index.Schema.Name, index.TextOf(record, key, refused.ViolatingEntry!), KeyOf(record), KeyOf(holder));
    }
}
