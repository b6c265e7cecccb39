using System.Numerics;
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
        where T : notnull
    {
        FieldInfo<TModel, T> field = Field(key);
        Dictionary<T, TModel> result = [];
        using RowCursor cursor = OpenCursor();
        while (cursor.TryNext(out ReadOnlySpan<byte> record)) result.Add(field.Read(Row(record)), _source.Decode(record));
        return result;
    }

    /// <summary>How many records there are. Throws <see cref="OverflowException"/> beyond <see cref="int.MaxValue"/>.</summary>
    public int Count() => checked((int)LongCount());

    /// <summary>How many records pass.</summary>
    public int Count(Func<TFields, VaultFilter<TModel>> predicate) => Where(predicate).Count();

    /// <summary>How many records there are.</summary>
    public long LongCount() => RowCounter.Count(_source.Context, _source.Store, Spec);

    /// <summary>Whether there is a record.</summary>
    public bool Any()
    {
        using RowCursor cursor = new(_source.Context, _source.Store, Spec with { Order = null, IsReversed = false, IsKeysOnly = true, Take = Math.Min(_take, 1) });
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

    /// <summary>The smallest value, nulls left out; of nothing null, or an exception where the type has no null, as in LINQ.</summary>
    public T? Min<T>(Func<TFields, IOrderedField<TModel, T>> by) => Extreme(Field(by), -1);

    /// <summary>The largest value, nulls left out; of nothing null, or an exception where the type has no null, as in LINQ.</summary>
    public T? Max<T>(Func<TFields, IOrderedField<TModel, T>> by) => Extreme(Field(by), 1);

    /// <summary>The sum. Throws <see cref="OverflowException"/> where the type cannot hold it.</summary>
    public T Sum<T>(Func<TFields, IField<TModel, T>> by)
        where T : struct, INumberBase<T>
    {
        T sum = T.Zero;
        FieldInfo<TModel, T> field = Field(by);
        using RowCursor cursor = OpenCursor();
        while (cursor.TryNext(out ReadOnlySpan<byte> record)) sum = checked(sum + field.Read(Row(record)));
        return sum;
    }

    /// <summary>The sum, nulls left out. Throws <see cref="OverflowException"/> where the type cannot hold it.</summary>
    public T Sum<T>(Func<TFields, IField<TModel, T?>> by)
        where T : struct, INumberBase<T>
    {
        T sum = T.Zero;
        FieldInfo<TModel, T?> field = Field(by);
        using RowCursor cursor = OpenCursor();
        while (cursor.TryNext(out ReadOnlySpan<byte> record)) sum = checked(sum + (field.Read(Row(record)) ?? T.Zero));
        return sum;
    }

    /// <summary>The mean. Throws <see cref="InvalidOperationException"/> if there are no records.</summary>
    public double Average<T>(Func<TFields, IField<TModel, T>> by)
        where T : struct, INumberBase<T> => Average<T, double>(Field(by), static v => double.CreateChecked(v)) ?? throw new InvalidOperationException("The query has no records.");

    /// <summary>The mean, nulls left out; null if nothing is left.</summary>
    public double? Average<T>(Func<TFields, IField<TModel, T?>> by)
        where T : struct, INumberBase<T> => Average<T?, double>(Field(by), static v => v is { } present ? double.CreateChecked(present) : null);

    /// <summary>The mean. Throws <see cref="InvalidOperationException"/> if there are no records.</summary>
    public decimal Average(Func<TFields, IField<TModel, decimal>> by) => Average<decimal, decimal>(Field(by), static v => v) ?? throw new InvalidOperationException("The query has no records.");

    /// <summary>The mean, nulls left out; null if nothing is left.</summary>
    public decimal? Average(Func<TFields, IField<TModel, decimal?>> by) => Average<decimal?, decimal>(Field(by), static v => v);

    /// <summary>The records one by one, for <c>foreach</c>.</summary>
    public IEnumerator<TModel> GetEnumerator() => AsEnumerable().GetEnumerator();

    /// <summary>The records one by one, for LINQ. Each enumeration reads one snapshot, held until it ends.</summary>
    public IEnumerable<TModel> AsEnumerable() => Enumerate(this);

    /// <summary>The records one by one, for <c>await foreach</c>.</summary>
    public IAsyncEnumerable<TModel> AsAsyncEnumerable(CancellationToken ct = default) => EnumerateAsync(this, ct);

    /// <summary>The records as a list.</summary>
    public Task<List<TModel>> ToListAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, ct) => q.ToList(ct), ct);

    /// <summary>The records as an array.</summary>
    public Task<TModel[]> ToArrayAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, ct) => q.ToList(ct).ToArray(), ct);

    /// <summary>The records by a field.</summary>
    public Task<Dictionary<T, TModel>> ToDictionaryAsync<T>(Func<TFields, IField<TModel, T>> key, CancellationToken ct = default)
        where T : notnull => CompletedTask.Of((Query: this, Key: key), static (s, _) => s.Query.ToDictionary(s.Key), ct);

    /// <summary>How many records there are.</summary>
    public Task<int> CountAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.Count(), ct);

    /// <summary>How many records pass.</summary>
    public Task<int> CountAsync(Func<TFields, VaultFilter<TModel>> predicate, CancellationToken ct = default) => Where(predicate).CountAsync(ct);

    /// <summary>How many records there are.</summary>
    public Task<long> LongCountAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.LongCount(), ct);

    /// <summary>Whether there is a record.</summary>
    public Task<bool> AnyAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.Any(), ct);

    /// <summary>Whether a record passes.</summary>
    public Task<bool> AnyAsync(Func<TFields, VaultFilter<TModel>> predicate, CancellationToken ct = default) => Where(predicate).AnyAsync(ct);

    /// <summary>The first record.</summary>
    public Task<TModel> FirstAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.First(), ct);

    /// <summary>The first record, or the default.</summary>
    public Task<TModel?> FirstOrDefaultAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.FirstOrDefault(), ct);

    /// <summary>The first record that passes, or the default.</summary>
    public Task<TModel?> FirstOrDefaultAsync(Func<TFields, VaultFilter<TModel>> predicate, CancellationToken ct = default) => Where(predicate).FirstOrDefaultAsync(ct);

    /// <summary>The only record.</summary>
    public Task<TModel> SingleAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.Single(), ct);

    /// <summary>The only record, or the default.</summary>
    public Task<TModel?> SingleOrDefaultAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.SingleOrDefault(), ct);

    /// <summary>The smallest value.</summary>
    public Task<T?> MinAsync<T>(Func<TFields, IOrderedField<TModel, T>> by, CancellationToken ct = default) => CompletedTask.Of((Query: this, By: by), static (s, _) => s.Query.Min(s.By), ct);

    /// <summary>The largest value.</summary>
    public Task<T?> MaxAsync<T>(Func<TFields, IOrderedField<TModel, T>> by, CancellationToken ct = default) => CompletedTask.Of((Query: this, By: by), static (s, _) => s.Query.Max(s.By), ct);

    /// <summary>The sum.</summary>
    public Task<T> SumAsync<T>(Func<TFields, IField<TModel, T>> by, CancellationToken ct = default)
        where T : struct, INumberBase<T> => CompletedTask.Of((Query: this, By: by), static (s, _) => s.Query.Sum(s.By), ct);

    /// <summary>The sum, nulls left out.</summary>
    public Task<T> SumAsync<T>(Func<TFields, IField<TModel, T?>> by, CancellationToken ct = default)
        where T : struct, INumberBase<T> => CompletedTask.Of((Query: this, By: by), static (s, _) => s.Query.Sum(s.By), ct);

    private static RowContext Row(ReadOnlySpan<byte> record)
    {
        RecordHeader.Read(record, out int start);
        return new RowContext(record, start);
    }

    private static IEnumerable<TModel> Enumerate(VaultQuery<TModel, TFields> query)
    {
        using RowCursor cursor = query.OpenCursor();
        while (cursor.TryNext(out ReadOnlySpan<byte> record)) yield return query._source.Decode(record);
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
        List<TModel> result = [];
        using RowCursor cursor = OpenCursor();
        while (cursor.TryNext(out ReadOnlySpan<byte> record))
        {
            ct.ThrowIfCancellationRequested();
            result.Add(_source.Decode(record));
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

    private T? Extreme<T>(FieldInfo<TModel, T> field, int sign)
    {
        T? best = default;
        bool found = false;
        using RowCursor cursor = OpenCursor();
        while (cursor.TryNext(out ReadOnlySpan<byte> record))
        {
            T value = field.Read(Row(record));
            if (value is null || (found && Math.Sign(field.Type.Compare(value, best!)) != sign)) continue;
            best = value;
            found = true;
        }

        return found || default(T) is null ? best : throw new InvalidOperationException("The query has no records.");
    }

    private TMean? Average<T, TMean>(FieldInfo<TModel, T> field, Func<T, TMean?> number)
        where TMean : struct, INumber<TMean>
    {
        TMean sum = TMean.Zero;
        long count = 0;
        using RowCursor cursor = OpenCursor();
        while (cursor.TryNext(out ReadOnlySpan<byte> record))
        {
            if (number(field.Read(Row(record))) is not { } value) continue;
            sum += value;
            count++;
        }

        return count == 0 ? null : sum / TMean.CreateChecked(count);
    }
}
