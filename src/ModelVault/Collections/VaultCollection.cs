using System.Diagnostics.CodeAnalysis;
using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>A collection of one model: keyed reads and writes. On a database each write commits by itself; in a transaction it is part of that. Thread-safe on a database and a snapshot.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
public abstract partial class VaultCollection<TModel, TKey>
    where TModel : notnull
    where TKey : notnull
{
    private readonly VaultContext _context;
    private readonly VaultModel<TModel, TKey> _model;
    private readonly CollectionStore _store;

    private protected VaultCollection(VaultContext context, VaultModel<TModel, TKey> model)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(model);
        _context = context;
        _model = model;
        _store = new CollectionStore(model.Layout, model.FollowsFile, context);
        Source = new QuerySource<TModel, TKey>(this, context, _store, model);
    }

    /// <summary>The collection's schema.</summary>
    public CollectionSchema Schema => _model.Schema;

    private protected QuerySource<TModel, TKey> Source { get; }

    /// <summary>The record with a key, or the default (null) if there is none.</summary>
    public TModel? Get(TKey key) => TryGet(key, out TModel? model) ? model : default;

    /// <summary>The record with a key. False if there is none.</summary>
    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TModel model)
    {
        ArgumentNullException.ThrowIfNull(key);
        KeyWriter writer = new(stackalloc byte[256]);
        try
        {
            _model.Key.WriteKey(ref writer, key);
            using ReadView view = _context.BeginRead(_store);
            using ReadScope scope = ReadScope.Enter();
            bool found = TryRead(view, writer.Written, out ReadOnlySpan<byte> record);
            model = found ? Source.Decode(record) : default;
            return found;
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>The record with a key, or the default (null) if there is none.</summary>
    public ValueTask<TModel?> GetAsync(TKey key, CancellationToken ct = default) =>
        ct.IsCancellationRequested ? ValueTask.FromCanceled<TModel?>(ct) : ValueTask.FromResult(Get(key));

    /// <summary>The records with given keys, in the keys' order; keys that are not there are left out.</summary>
    public IReadOnlyList<TModel> GetMany(params IEnumerable<TKey> keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        List<TModel> models = [];
        using ReadView view = _context.BeginRead(_store);
        foreach (TKey key in keys)
        {
            using ReadScope scope = ReadScope.Enter();
            if (TryRead(view, EncodedRecord.EncodeKey(_model, key), out ReadOnlySpan<byte> record)) models.Add(Source.Decode(record));
        }

        return models;
    }

    /// <summary>Whether there is a record with a key.</summary>
    public bool Contains(TKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        KeyWriter writer = new(stackalloc byte[256]);
        try
        {
            _model.Key.WriteKey(ref writer, key);
            using ReadView view = _context.BeginRead(_store);
            return _store.Bind(view.Source).Primary is { } primary && primary.Contains(writer.Written);
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>Whether there is a record with a key.</summary>
    public ValueTask<bool> ContainsAsync(TKey key, CancellationToken ct = default) =>
        ct.IsCancellationRequested ? ValueTask.FromCanceled<bool>(ct) : ValueTask.FromResult(Contains(key));

    /// <summary>How many records there are; read, not counted.</summary>
    public int Count() => All().Count();

    /// <summary>Whether there is a record.</summary>
    public bool Any() => All().Any();

    /// <summary>Every record, in key order.</summary>
    public List<TModel> ToList() => All().ToList();

    /// <summary>A query over every record, in key order. Without typed fields: filters come from <c>Book.Fields</c>.</summary>
    public VaultQuery<TModel, NoFields> All() => new(Source);

    /// <summary>The records that pass.</summary>
    public VaultQuery<TModel, NoFields> Where(VaultFilter<TModel> filter) => All().Where(filter);

    /// <summary>The records whose field has the value; null finds null.</summary>
    public VaultQuery<TModel, NoFields> Where<T>(IField<TModel, T> field, T value) => All().Where(field, value);

    /// <summary>Every record one by one, for <c>foreach</c>.</summary>
    public VaultQuery<TModel, NoFields>.Enumerator GetEnumerator() => All().GetEnumerator();

    /// <summary>Every record one by one, for <c>await foreach</c>.</summary>
    public IAsyncEnumerable<TModel> AsAsyncEnumerable(CancellationToken ct = default) => All().AsAsyncEnumerable(ct);

    private bool TryRead(in ReadView view, ReadOnlySpan<byte> key, out ReadOnlySpan<byte> record)
    {
        record = default;
        return _store.Bind(view.Source).Primary is { } primary && primary.TryGet(key, out record);
    }
}

/// <summary>No typed fields: what a query has that was not started on a generated collection.</summary>
public readonly struct NoFields;
