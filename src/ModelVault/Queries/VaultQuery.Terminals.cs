using System.Runtime.CompilerServices;
using ModelVault.Runtime;

namespace ModelVault;

// What runs a query. Every terminal reads one snapshot (or the transaction it was started in).
public readonly partial struct VaultQuery<TModel, TFields>
{
    /// <summary>The records as a list.</summary>
    public List<TModel> ToList() => ToList(CancellationToken.None);

    /// <summary>The records as an array.</summary>
    public TModel[] ToArray() => [.. ToList()];

    /// <summary>The records by a field. Throws <see cref="ArgumentException"/> where two have one value.</summary>
    public Dictionary<T, TModel> ToDictionary<T>(Func<TFields, IField<TModel, T>> key)
        where T : notnull => ToDictionary(key, CancellationToken.None);

    /// <summary>How many records there are. Throws <see cref="OverflowException"/> beyond <see cref="int.MaxValue"/>.</summary>
    public int Count() => checked((int)LongCount());

    /// <summary>How many records pass. Throws <see cref="OverflowException"/> beyond <see cref="int.MaxValue"/>.</summary>
    public int Count(Func<TFields, VaultFilter<TModel>> predicate) => Where(predicate).Count();

    /// <summary>How many records there are.</summary>
    public long LongCount() => RowCounter.Count(_source.Context, _source.Store, _spec);

    /// <summary>How many records pass.</summary>
    public long LongCount(Func<TFields, VaultFilter<TModel>> predicate) => Where(predicate).LongCount();

    /// <summary>Whether there is a record.</summary>
    public bool Any()
    {
        using RowCursor cursor = new(_source.Context, _source.Store, _spec.AnyOf());
        return cursor.TryNextKey();
    }

    /// <summary>Whether a record passes.</summary>
    public bool Any(Func<TFields, VaultFilter<TModel>> predicate) => Where(predicate).Any();

    /// <summary>The first record. Throws <see cref="InvalidOperationException"/> if there is none.</summary>
    public TModel First() => TryFirst(out TModel? first) ? first! : throw new InvalidOperationException("The query has no records.");

    /// <summary>The first record that passes. Throws <see cref="InvalidOperationException"/> if there is none.</summary>
    public TModel First(Func<TFields, VaultFilter<TModel>> predicate) => Where(predicate).First();

    /// <summary>The first record, or the default.</summary>
    public TModel? FirstOrDefault() => TryFirst(out TModel? first) ? first : default;

    /// <summary>The first record that passes, or the default.</summary>
    public TModel? FirstOrDefault(Func<TFields, VaultFilter<TModel>> predicate) => Where(predicate).FirstOrDefault();

    /// <summary>The only record. Throws <see cref="InvalidOperationException"/> if there is none or more than one.</summary>
    public TModel Single() => TrySingle(out TModel? single) ? single! : throw new InvalidOperationException("The query has no records.");

    /// <summary>The only record that passes. Throws <see cref="InvalidOperationException"/> if there is none or more than one.</summary>
    public TModel Single(Func<TFields, VaultFilter<TModel>> predicate) => Where(predicate).Single();

    /// <summary>The only record, or the default. Throws <see cref="InvalidOperationException"/> if there is more than one.</summary>
    public TModel? SingleOrDefault() => TrySingle(out TModel? single) ? single : default;

    /// <summary>The only record that passes, or the default. Throws <see cref="InvalidOperationException"/> if there is more than one.</summary>
    public TModel? SingleOrDefault(Func<TFields, VaultFilter<TModel>> predicate) => Where(predicate).SingleOrDefault();

    /// <summary>The records one by one, for <c>foreach</c>.</summary>
    public Enumerator GetEnumerator() => new(_source, OpenCursor());

    /// <summary>The records one by one, for LINQ. Each enumeration reads one snapshot, held until it ends.</summary>
    public IEnumerable<TModel> AsEnumerable() => Enumerate(this);

    /// <summary>The records one by one, for <c>await foreach</c>.</summary>
    public IAsyncEnumerable<TModel> AsAsyncEnumerable(CancellationToken ct = default) => EnumerateAsync(this, ct);

    private static IEnumerable<TModel> Enumerate(VaultQuery<TModel, TFields> query)
    {
        foreach (TModel model in query) yield return model;
    }

    private static async IAsyncEnumerable<TModel> EnumerateAsync(VaultQuery<TModel, TFields> query, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        using RowCursor cursor = query.OpenCursor();
        while (cursor.TryNext(out ReadOnlySpan<byte> record))
        {
            ct.ThrowIfCancellationRequested();
            yield return query._source.Decode(record);
        }
    }

    /// <summary>The records as a list; stops where that is asked for.</summary>
    internal List<TModel> ToList(CancellationToken ct)
    {
        using RowCursor cursor = OpenCursor();
        return new ModelCollector<TModel>(_source, cursor, ct).ToList();
    }

    private Dictionary<T, TModel> ToDictionary<T>(Func<TFields, IField<TModel, T>> key, CancellationToken ct)
        where T : notnull
    {
        FieldInfo<TModel, T> field = Field(key);
        Dictionary<T, TModel> result = [];
        using RowCursor cursor = OpenCursor();
        while (cursor.TryNext(out ReadOnlySpan<byte> record))
        {
            ct.ThrowIfCancellationRequested();
            result.Add(field.Read(RowContext.Of(record)), _source.Decode(record));
        }

        return result;
    }

    private bool TryFirst(out TModel? first)
    {
        using RowCursor cursor = Take(1).OpenCursor();
        bool found = cursor.TryNext(out ReadOnlySpan<byte> record);
        first = found ? _source.Decode(record) : default;
        return found;
    }

    private bool TrySingle(out TModel? single)
    {
        using RowCursor cursor = Take(2).OpenCursor();
        bool found = cursor.TryNext(out ReadOnlySpan<byte> record);
        single = found ? _source.Decode(record) : default;
        if (found && cursor.TryNext(out _)) throw new InvalidOperationException("The query has more than one record.");
        return found;
    }

    /// <summary>Goes over the records; what <c>foreach</c> uses. Not to be copied.</summary>
    public struct Enumerator : IDisposable
    {
        private readonly QuerySource<TModel> _source;
        private readonly RowCursor _cursor;
        private TModel _current;

        internal Enumerator(QuerySource<TModel> source, RowCursor cursor)
        {
            _source = source;
            _cursor = cursor;
            _current = default!;
        }

        /// <summary>The record it stands on.</summary>
        public readonly TModel Current => _current;

        /// <summary>Goes to the next record. False at the end.</summary>
        public bool MoveNext()
        {
            if (!_cursor.TryNext(out ReadOnlySpan<byte> record)) return false;
            _current = _source.Decode(record);
            return true;
        }

        /// <summary>Lets go of the snapshot.</summary>
        public readonly void Dispose() => _cursor.Dispose();
    }
}
