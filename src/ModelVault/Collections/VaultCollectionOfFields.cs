using System.Numerics;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A collection of one model with its typed fields: starts queries. The generated collection derives from it. It is not a query itself: there is no <c>Delete()</c> without a key.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TKey">Its key.</typeparam>
/// <typeparam name="TFields">Its generated fields.</typeparam>
public abstract class VaultCollection<TModel, TKey, TFields> : VaultCollection<TModel, TKey>
    where TModel : notnull
    where TKey : notnull
    where TFields : struct
{
    /// <summary>Called by the generated collection.</summary>
    protected VaultCollection(VaultContext context, VaultModel<TModel, TKey> model)
        : base(context, model)
    {
    }

    /// <summary>A query over every record, in key order.</summary>
    public new VaultQuery<TModel, TFields> All() => new(Source);

    /// <summary>A query that may read the whole collection, and why; silences MV0101.</summary>
    public VaultQuery<TModel, TFields> AllowScan(string why) => All().AllowScan(why);

    /// <summary>The records that pass.</summary>
    public VaultQuery<TModel, TFields> Where(Func<TFields, VaultFilter<TModel>> predicate) => All().Where(predicate);

    /// <summary>The records that pass.</summary>
    public new VaultQuery<TModel, TFields> Where(VaultFilter<TModel> filter) => All().Where(filter);

    /// <summary>The records whose field has the value; null finds null.</summary>
    public new VaultQuery<TModel, TFields> Where<T>(IField<TModel, T> field, T value) => All().Where(field, value);

    /// <summary>Every record sorted by a field, nulls first unless said.</summary>
    public VaultQuery<TModel, TFields> OrderBy<T>(Func<TFields, IOrderedField<TModel, T>> by, NullPlacement nulls = NullPlacement.Default) => All().OrderBy(by, nulls);

    /// <summary>Every record sorted by a field, nulls first unless said.</summary>
    public VaultQuery<TModel, TFields> OrderBy<T>(IOrderedField<TModel, T> by, NullPlacement nulls = NullPlacement.Default) => All().OrderBy(by, nulls);

    /// <summary>Every record sorted by a field downwards, nulls last unless said.</summary>
    public VaultQuery<TModel, TFields> OrderByDescending<T>(Func<TFields, IOrderedField<TModel, T>> by, NullPlacement nulls = NullPlacement.Default) => All().OrderByDescending(by, nulls);

    /// <summary>Every record sorted by a field downwards, nulls last unless said.</summary>
    public VaultQuery<TModel, TFields> OrderByDescending<T>(IOrderedField<TModel, T> by, NullPlacement nulls = NullPlacement.Default) => All().OrderByDescending(by, nulls);

    /// <summary>The first so many records.</summary>
    public VaultQuery<TModel, TFields> Take(int count) => All().Take(count);

    /// <summary>Every record but the first so many.</summary>
    public VaultQuery<TModel, TFields> Skip(int count) => All().Skip(count);

    /// <summary>Reads one field of each record.</summary>
    public VaultProjection<TModel, T> Select<T>(Func<TFields, IField<TModel, T>> field) => All().Select(field);

    /// <summary>Reads two fields of each record: <c>Select(b =&gt; (b.Id, b.Title))</c>.</summary>
    public VaultProjection<TModel, (T1, T2)> Select<T1, T2>(Func<TFields, (IField<TModel, T1>, IField<TModel, T2>)> fields) => All().Select(fields);

    /// <summary>How many records pass.</summary>
    public int Count(Func<TFields, VaultFilter<TModel>> predicate) => All().Count(predicate);

    /// <summary>Whether a record passes.</summary>
    public bool Any(Func<TFields, VaultFilter<TModel>> predicate) => All().Any(predicate);

    /// <summary>The first record that passes. Throws <see cref="InvalidOperationException"/> if there is none.</summary>
    public TModel First(Func<TFields, VaultFilter<TModel>> predicate) => All().First(predicate);

    /// <summary>The first record that passes, or the default.</summary>
    public TModel? FirstOrDefault(Func<TFields, VaultFilter<TModel>> predicate) => All().FirstOrDefault(predicate);

    /// <summary>The only record that passes. Throws <see cref="InvalidOperationException"/> if there is none or more than one.</summary>
    public TModel Single(Func<TFields, VaultFilter<TModel>> predicate) => All().Single(predicate);

    /// <summary>The only record that passes, or the default. Throws <see cref="InvalidOperationException"/> if there is more than one.</summary>
    public TModel? SingleOrDefault(Func<TFields, VaultFilter<TModel>> predicate) => All().SingleOrDefault(predicate);

    /// <summary>So many records behind a cursor, or the first ones, in key order; see <see cref="VaultQuery{TModel, TFields}.Page"/>.</summary>
    public VaultPage<TModel> Page(int size, VaultCursor? after = null) => All().Page(size, after);

    /// <summary>So many records behind a cursor, or the first ones, in key order.</summary>
    public Task<VaultPage<TModel>> PageAsync(int size, VaultCursor? after = null, CancellationToken ct = default) => All().PageAsync(size, after, ct);

    /// <summary>All records by the value of a field; see <see cref="VaultQuery{TModel, TFields}.GroupBy"/>.</summary>
    public VaultGrouping<TModel, TFields, TGroup> GroupBy<TGroup>(Func<TFields, IField<TModel, TGroup>> key) => All().GroupBy(key);

    /// <summary>Reads a view of each record.</summary>
    public VaultProjection<TModel, TView> As<TView>()
        where TView : IVaultView<TModel, TView> => All().As<TView>();

    /// <summary>How many records there are.</summary>
    public Task<int> CountAsync(CancellationToken ct = default) => All().CountAsync(ct);

    /// <summary>Every record, in key order.</summary>
    public Task<List<TModel>> ToListAsync(CancellationToken ct = default) => All().ToListAsync(ct);

    /// <summary>The smallest value, nulls left out.</summary>
    public T? Min<T>(Func<TFields, IOrderedField<TModel, T>> by) => All().Min(by);

    /// <summary>The largest value, nulls left out.</summary>
    public T? Max<T>(Func<TFields, IOrderedField<TModel, T>> by) => All().Max(by);

    /// <summary>The sum.</summary>
    public T Sum<T>(Func<TFields, IField<TModel, T>> by)
        where T : struct, INumberBase<T> => All().Sum(by);

    /// <summary>The sum, nulls left out.</summary>
    public T Sum<T>(Func<TFields, IField<TModel, T?>> by)
        where T : struct, INumberBase<T> => All().Sum(by);

    /// <summary>How many records pass.</summary>
    public Task<int> CountAsync(Func<TFields, VaultFilter<TModel>> predicate, CancellationToken ct = default) => All().CountAsync(predicate, ct);

    /// <summary>Whether a record passes.</summary>
    public Task<bool> AnyAsync(Func<TFields, VaultFilter<TModel>> predicate, CancellationToken ct = default) => All().AnyAsync(predicate, ct);

    /// <summary>The first record that passes. Throws <see cref="InvalidOperationException"/> if there is none.</summary>
    public Task<TModel> FirstAsync(Func<TFields, VaultFilter<TModel>> predicate, CancellationToken ct = default) => All().FirstAsync(predicate, ct);

    /// <summary>The first record that passes, or the default.</summary>
    public Task<TModel?> FirstOrDefaultAsync(Func<TFields, VaultFilter<TModel>> predicate, CancellationToken ct = default) => All().FirstOrDefaultAsync(predicate, ct);

    /// <summary>The only record that passes. Throws <see cref="InvalidOperationException"/> if there is none or more than one.</summary>
    public Task<TModel> SingleAsync(Func<TFields, VaultFilter<TModel>> predicate, CancellationToken ct = default) => All().SingleAsync(predicate, ct);

    /// <summary>The only record that passes, or the default. Throws <see cref="InvalidOperationException"/> if there is more than one.</summary>
    public Task<TModel?> SingleOrDefaultAsync(Func<TFields, VaultFilter<TModel>> predicate, CancellationToken ct = default) => All().SingleOrDefaultAsync(predicate, ct);

    /// <summary>The mean. Throws <see cref="InvalidOperationException"/> if there are no records.</summary>
    public double Average<T>(Func<TFields, IField<TModel, T>> by)
        where T : struct, INumberBase<T> => All().Average(by);

    /// <summary>The mean. Throws <see cref="InvalidOperationException"/> if there are no records.</summary>
    public decimal Average(Func<TFields, IField<TModel, decimal>> by) => All().Average(by);

    /// <summary>The mean, nulls left out; null if nothing is left.</summary>
    public double? Average<T>(Func<TFields, IField<TModel, T?>> by)
        where T : struct, INumberBase<T> => All().Average(by);

    /// <summary>The mean, nulls left out; null if nothing is left.</summary>
    public decimal? Average(Func<TFields, IField<TModel, decimal?>> by) => All().Average(by);

    /// <summary>The mean. Throws <see cref="InvalidOperationException"/> if there are no records.</summary>
    public Task<double> AverageAsync<T>(Func<TFields, IField<TModel, T>> by, CancellationToken ct = default)
        where T : struct, INumberBase<T> => All().AverageAsync(by, ct);

    /// <summary>The mean. Throws <see cref="InvalidOperationException"/> if there are no records.</summary>
    public Task<decimal> AverageAsync(Func<TFields, IField<TModel, decimal>> by, CancellationToken ct = default) => All().AverageAsync(by, ct);

    /// <summary>The mean, nulls left out; null if nothing is left.</summary>
    public Task<double?> AverageAsync<T>(Func<TFields, IField<TModel, T?>> by, CancellationToken ct = default)
        where T : struct, INumberBase<T> => All().AverageAsync(by, ct);

    /// <summary>The mean, nulls left out; null if nothing is left.</summary>
    public Task<decimal?> AverageAsync(Func<TFields, IField<TModel, decimal?>> by, CancellationToken ct = default) => All().AverageAsync(by, ct);

    /// <summary>The smallest value, nulls left out.</summary>
    public Task<T?> MinAsync<T>(Func<TFields, IOrderedField<TModel, T>> by, CancellationToken ct = default) => All().MinAsync(by, ct);

    /// <summary>The largest value, nulls left out.</summary>
    public Task<T?> MaxAsync<T>(Func<TFields, IOrderedField<TModel, T>> by, CancellationToken ct = default) => All().MaxAsync(by, ct);

    /// <summary>The sum.</summary>
    public Task<T> SumAsync<T>(Func<TFields, IField<TModel, T>> by, CancellationToken ct = default)
        where T : struct, INumberBase<T> => All().SumAsync(by, ct);

    /// <summary>The sum, nulls left out.</summary>
    public Task<T> SumAsync<T>(Func<TFields, IField<TModel, T?>> by, CancellationToken ct = default)
        where T : struct, INumberBase<T> => All().SumAsync(by, ct);
}
