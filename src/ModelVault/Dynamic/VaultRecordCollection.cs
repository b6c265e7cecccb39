using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// A collection without a model: the same engine, validation, indexes and errors as the typed one, over <see cref="VaultRecord"/>s.
/// Follows the schema that the file has: made once, it goes on working when the schema changes. On a database each write
/// commits by itself; in a transaction it is part of that. Thread-safe on a database and a snapshot.
/// </summary>
public sealed partial class VaultRecordCollection
{
    private readonly VaultContext _context;
    private CurrentStore? _current;

    internal VaultRecordCollection(VaultContext context, string name)
    {
        _context = context;
        Name = name;
        _ = Current;
    }

    /// <summary>The stored name.</summary>
    public string Name { get; }

    /// <summary>The schema as it is now. Throws <see cref="VaultSchemaException"/> if the collection is not there any more.</summary>
    public CollectionSchema Schema => Current.Schema;

    private RecordStore Current
    {
        get
        {
            using ReadView view = _context.BeginRead(null);
            if (!view.Source.TryGetTree(CatalogTree.Name, out Tree? catalog)) throw Missing();
            CurrentStore? last = Volatile.Read(ref _current);
            if (last?.CatalogId == catalog.ContentId) return last.Store;
            CatalogEntry entry = CatalogTree.Find(catalog, Name) ?? throw Missing();
            RecordStore store = last?.Store.Schema.Json == entry.SchemaJson ? last.Store : new RecordStore(_context, new RecordModel(CollectionSchema.Parse(entry.SchemaJson)));
            Volatile.Write(ref _current, new CurrentStore(catalog.ContentId, store));
            return store;
        }
    }

    /// <summary>The record with a key, or null. Of a composite key the parts come as a tuple or an array.</summary>
    public VaultRecord? Get(object key) => Run(key, static (store, key) => store.Get(key));

    /// <summary>The record with a key, or null.</summary>
    public ValueTask<VaultRecord?> GetAsync(object key, CancellationToken ct = default) => Run((key, ct), static (store, s) => store.GetAsync(s.key, s.ct));

    /// <summary>The records with given keys, in the keys' order; keys that are not there are left out.</summary>
    public IReadOnlyList<VaultRecord> GetMany(params IEnumerable<object> keys) => Run(keys, static (store, keys) => store.GetMany(keys));

    /// <summary>Whether there is a record with a key.</summary>
    public bool Contains(object key) => Run(key, static (store, key) => store.Contains(key));

    /// <summary>How many records there are; read, not counted.</summary>
    public int Count() => Run(0, static (store, _) => store.Count());

    /// <summary>
    /// Adds a record and returns its key. Throws <see cref="DuplicateKeyException"/> if the key is taken,
    /// <see cref="UniqueConstraintException"/> if a unique value is, <see cref="VaultValidationException"/> with every violation of the schema.
    /// </summary>
    public object Insert(VaultRecord record) => Run(record, static (store, r) => store.Insert(r));

    /// <summary>Adds a record, or replaces the one with its key. Returns the key.</summary>
    public object Upsert(VaultRecord record) => Run(record, static (store, r) => store.Upsert(r));

    /// <summary>Replaces the record with the record's key. False, and nothing is changed, if there is none.</summary>
    public bool Update(VaultRecord record) => Run(record, static (store, r) => store.Update(r));

    /// <summary>Reads, changes and writes the record with a key, as one. False, and nothing is called, if there is none.</summary>
    public bool Update(object key, Action<VaultRecord> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Run((key, Change: InPlace(change)), static (store, s) => store.Change(s.key, s.Change));
    }

    /// <summary>
    /// Changes some fields of the record with a key, as one: what <paramref name="changes"/> does not have is left as it is, null is
    /// set, nested records are merged, lists are replaced. False if there is none.
    /// </summary>
    public bool Update(object key, VaultRecord changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return Update(key, record => Merge(record, changes));
    }

    /// <summary>Removes the record with a key. False if there is none.</summary>
    public bool Delete(object key) => Run(key, static (store, key) => store.Delete(key));

    /// <summary>Adds records in one transaction, reading them as it goes: all or none. Returns how many.</summary>
    public long InsertMany(IEnumerable<VaultRecord> records) => Run(records, static (store, r) => store.InsertMany(r));

    /// <summary>Adds or replaces records in one transaction, reading them as it goes: all or none. Returns how many.</summary>
    public long UpsertMany(IEnumerable<VaultRecord> records) => Run(records, static (store, r) => store.UpsertMany(r));

    /// <summary>Removes the records with given keys in one transaction. Returns how many were there.</summary>
    public long DeleteMany(IEnumerable<object> keys) => Run(keys, static (store, k) => store.DeleteMany(k));

    /// <summary>Adds a record and returns its key; completes when durable.</summary>
    public Task<object> InsertAsync(VaultRecord record, CancellationToken ct = default) => RunAsync((record, ct), static (store, s) => store.InsertAsync(s.record, s.ct));

    /// <summary>Adds a record, or replaces the one with its key; completes when durable.</summary>
    public Task<object> UpsertAsync(VaultRecord record, CancellationToken ct = default) => RunAsync((record, ct), static (store, s) => store.UpsertAsync(s.record, s.ct));

    /// <summary>Replaces the record with the record's key; false if there is none.</summary>
    public Task<bool> UpdateAsync(VaultRecord record, CancellationToken ct = default) => RunAsync((record, ct), static (store, s) => store.UpdateAsync(s.record, s.ct));

    /// <summary>Reads, changes and writes the record with a key, as one; false if there is none.</summary>
    public Task<bool> UpdateAsync(object key, Action<VaultRecord> change, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return RunAsync((key, Change: InPlace(change), ct), static (store, s) => store.ChangeAsync(s.key, s.Change, s.ct));
    }

    /// <summary>Removes the record with a key; false if there is none.</summary>
    public Task<bool> DeleteAsync(object key, CancellationToken ct = default) => RunAsync((key, ct), static (store, s) => store.DeleteAsync(s.key, s.ct));

    /// <summary>Adds records in one transaction: all or none.</summary>
    public Task<long> InsertManyAsync(IEnumerable<VaultRecord> records, CancellationToken ct = default) => RunAsync((records, ct), static (store, s) => store.InsertManyAsync(s.records, s.ct));

    /// <summary>Adds or replaces records in one transaction: all or none.</summary>
    public Task<long> UpsertManyAsync(IEnumerable<VaultRecord> records, CancellationToken ct = default) => RunAsync((records, ct), static (store, s) => store.UpsertManyAsync(s.records, s.ct));

    // The schema may change between the look at it and the work, which then has not begun: look again.
    private TResult Run<TState, TResult>(TState state, Func<RecordStore, TState, TResult> work)
    {
        ArgumentNullException.ThrowIfNull(state);
        while (true)
        {
            try
            {
                return work(Current, state);
            }
            catch (StaleSchemaException)
            {
            }
        }
    }

    private async Task<TResult> RunAsync<TState, TResult>(TState state, Func<RecordStore, TState, Task<TResult>> work)
    {
        while (true)
        {
            try
            {
                return await work(Current, state).ConfigureAwait(false);
            }
            catch (StaleSchemaException)
            {
            }
        }
    }

    private VaultSchemaException Missing()
    {
        IReadOnlyList<string> names = _context.CollectionNames;
        string there = names.Count == 0 ? "the file has none" : $"there are {string.Join(", ", names)}";
        return new VaultSchemaException($"There is no collection '{Name}': {there}. Register it with RegisterCollection or EnsureCollection.");
    }

    internal static Func<VaultRecord, VaultRecord> InPlace(Action<VaultRecord> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return record =>
        {
            change(record);
            return record;
        };
    }

    internal static void Merge(VaultRecord record, VaultRecord changes)
    {
        foreach ((string field, object? value) in changes)
        {
            if (value is VaultRecord nested && record.TryGet(field, out object? found) && found is VaultRecord target) Merge(target, nested);
            else record[field] = value;
        }
    }

    /// <summary>The collection for the schema that the catalog had when its content had an id.</summary>
    private sealed record CurrentStore(ulong CatalogId, RecordStore Store);
}
