using System.Numerics;
using ModelVault.Runtime;

namespace ModelVault;

// What a query's records come to, over a field. Only that is decoded.
public readonly partial struct VaultQuery<TModel, TFields>
{
    /// <summary>The smallest value, nulls left out; of nothing null, or an exception where the type has no null, as in LINQ.</summary>
    public T? Min<T>(Func<TFields, IOrderedField<TModel, T>> by) => Extreme(Field(by), -1, CancellationToken.None);

    /// <summary>The largest value, nulls left out; of nothing null, or an exception where the type has no null, as in LINQ.</summary>
    public T? Max<T>(Func<TFields, IOrderedField<TModel, T>> by) => Extreme(Field(by), 1, CancellationToken.None);

    /// <summary>The sum. Throws <see cref="OverflowException"/> where the type cannot hold it.</summary>
    public T Sum<T>(Func<TFields, IField<TModel, T>> by)
        where T : struct, INumberBase<T> => Aggregate(new SumColumn<TModel, T>(Field(by)), CancellationToken.None);

    /// <summary>The sum, nulls left out. Throws <see cref="OverflowException"/> where the type cannot hold it.</summary>
    public T Sum<T>(Func<TFields, IField<TModel, T?>> by)
        where T : struct, INumberBase<T> => Aggregate(new NullableSumColumn<TModel, T>(Field(by)), CancellationToken.None);

    /// <summary>The mean. Throws <see cref="InvalidOperationException"/> if there are no records.</summary>
    public double Average<T>(Func<TFields, IField<TModel, T>> by)
        where T : struct, INumberBase<T> => Aggregate(new MeanColumn<TModel, T, double>(Field(by)), CancellationToken.None);

    /// <summary>The mean, nulls left out; null if nothing is left.</summary>
    public double? Average<T>(Func<TFields, IField<TModel, T?>> by)
        where T : struct, INumberBase<T> => Aggregate(new NullableMeanColumn<TModel, T, double>(Field(by)), CancellationToken.None);

    /// <summary>The mean. Throws <see cref="InvalidOperationException"/> if there are no records.</summary>
    public decimal Average(Func<TFields, IField<TModel, decimal>> by) => Aggregate(new MeanColumn<TModel, decimal, decimal>(Field(by)), CancellationToken.None);

    /// <summary>The mean, nulls left out; null if nothing is left.</summary>
    public decimal? Average(Func<TFields, IField<TModel, decimal?>> by) => Aggregate(new NullableMeanColumn<TModel, decimal, decimal>(Field(by)), CancellationToken.None);

    /// <summary>The smallest value, as <see cref="Min"/> has it.</summary>
    public Task<T?> MinAsync<T>(Func<TFields, IOrderedField<TModel, T>> by, CancellationToken ct = default) => CompletedTask.Of((Query: this, Field: Field(by)), static (s, ct) => s.Query.Extreme(s.Field, -1, ct), ct);

    /// <summary>The largest value, as <see cref="Max"/> has it.</summary>
    public Task<T?> MaxAsync<T>(Func<TFields, IOrderedField<TModel, T>> by, CancellationToken ct = default) => CompletedTask.Of((Query: this, Field: Field(by)), static (s, ct) => s.Query.Extreme(s.Field, 1, ct), ct);

    /// <summary>The sum. Throws <see cref="OverflowException"/> where the type cannot hold it.</summary>
    public Task<T> SumAsync<T>(Func<TFields, IField<TModel, T>> by, CancellationToken ct = default)
        where T : struct, INumberBase<T> => AggregateAsync(new SumColumn<TModel, T>(Field(by)), ct);

    /// <summary>The sum, nulls left out. Throws <see cref="OverflowException"/> where the type cannot hold it.</summary>
    public Task<T> SumAsync<T>(Func<TFields, IField<TModel, T?>> by, CancellationToken ct = default)
        where T : struct, INumberBase<T> => AggregateAsync(new NullableSumColumn<TModel, T>(Field(by)), ct);

    /// <summary>The mean. Throws <see cref="InvalidOperationException"/> if there are no records.</summary>
    public Task<double> AverageAsync<T>(Func<TFields, IField<TModel, T>> by, CancellationToken ct = default)
        where T : struct, INumberBase<T> => AggregateAsync(new MeanColumn<TModel, T, double>(Field(by)), ct);

    /// <summary>The mean, nulls left out; null if nothing is left.</summary>
    public Task<double?> AverageAsync<T>(Func<TFields, IField<TModel, T?>> by, CancellationToken ct = default)
        where T : struct, INumberBase<T> => AggregateAsync(new NullableMeanColumn<TModel, T, double>(Field(by)), ct);

    /// <summary>The mean. Throws <see cref="InvalidOperationException"/> if there are no records.</summary>
    public Task<decimal> AverageAsync(Func<TFields, IField<TModel, decimal>> by, CancellationToken ct = default) => AggregateAsync(new MeanColumn<TModel, decimal, decimal>(Field(by)), ct);

    /// <summary>The mean, nulls left out; null if nothing is left.</summary>
    public Task<decimal?> AverageAsync(Func<TFields, IField<TModel, decimal?>> by, CancellationToken ct = default) => AggregateAsync(new NullableMeanColumn<TModel, decimal, decimal>(Field(by)), ct);

    /// <summary>
    /// The records by the value of a field: <c>GroupBy(b =&gt; b.Year).Select(g =&gt; (g.Key, g.Count(), g.Average(b =&gt; b.Rating)))</c>. The query's order counts only for which records Skip and Take leave.
    /// </summary>
    public VaultGrouping<TModel, TFields, TKey> GroupBy<TKey>(Func<TFields, IField<TModel, TKey>> key) => new(_source, _spec, Field(key));

    // Where a key has the values in order, the first of them is the one: nulls are left out as a condition.
    private T? Extreme<T>(FieldInfo<TModel, T> field, int sign, CancellationToken ct)
    {
        ExtremeColumn<TModel, T> column = new(field, sign);
        if (_spec.IsWindowed || !field.IsIndexable) return Aggregate(column, ct);
        VaultFilter<TModel>? filter = (VaultFilter<TModel>?)_spec.Filter;
        if (default(T) is null) filter = filter is null ? new PresentFilter<TModel>(field) : filter & new PresentFilter<TModel>(field);
        using RowCursor? end = RowCursor.OpenUnlessSorted(_source.Context, _source.Store, _spec with { Filter = filter, Order = field.Order(isDescending: sign > 0), IsReversed = false, Take = 1, Reads = [field] });
        if (end is null) return Aggregate(column, ct);
        column.AddGroup();
        if (end.TryNext(out ReadOnlySpan<byte> record)) column.Add(0, RowContext.Of(record));
        return column.Result(0);
    }

    private T Aggregate<T>(AggregateColumn<T> column, CancellationToken ct)
    {
        column.AddGroup();
        using RowCursor cursor = new(_source.Context, _source.Store, _spec with { Reads = column.Field is { } field ? [field] : null });
        cursor.DeliverTo(new ColumnFeeder(column, ct));
        return column.Result(0);
    }

    private Task<T> AggregateAsync<T>(AggregateColumn<T> column, CancellationToken ct) => CompletedTask.Of((Query: this, Column: column), static (s, ct) => s.Query.Aggregate(s.Column, ct), ct);
}
