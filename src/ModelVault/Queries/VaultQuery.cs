using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// A query over one collection: immutable, built by chaining, run by its terminals. It is not <c>IEnumerable</c>, on
/// purpose: LINQ's own <c>Where</c> would bind whenever a filter does not compile, and scan in silence.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TFields">Its generated fields.</typeparam>
public readonly partial struct VaultQuery<TModel, TFields>
    where TModel : notnull
    where TFields : struct
{
    private readonly QuerySource<TModel> _source;
    private readonly VaultFilter<TModel>? _filter;
    private readonly OrderTerm? _order;
    private readonly int _skip;
    private readonly int _take;
    private readonly bool _reversed;

    internal VaultQuery(QuerySource<TModel> source)
        : this(source, null, null, 0, int.MaxValue, false)
    {
    }

    private VaultQuery(QuerySource<TModel> source, VaultFilter<TModel>? filter, OrderTerm? order, int skip, int take, bool reversed)
    {
        _source = source;
        _filter = filter;
        _order = order;
        _skip = skip;
        _take = take;
        _reversed = reversed;
    }

    private QuerySpec Spec => new(_filter, _order, _reversed, _skip, _take);

    private bool IsWindowed => _skip > 0 || _take != int.MaxValue;

    /// <summary>Only the records that pass. Several are combined by <c>&amp;&amp;</c>.</summary>
    public VaultQuery<TModel, TFields> Where(Func<TFields, VaultFilter<TModel>> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return Where(predicate(default));
    }

    /// <summary>Only the records that pass.</summary>
    public VaultQuery<TModel, TFields> Where(VaultFilter<TModel> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        ThrowIfWindowed(nameof(Where));
        return new(_source, _filter is null ? filter : _filter & filter, _order, _skip, _take, _reversed);
    }

    /// <summary>Only the records whose field has the value; null finds null.</summary>
    public VaultQuery<TModel, TFields> Where<T>(IField<TModel, T> field, T value)
    {
        ArgumentNullException.ThrowIfNull(field);
        return Where(Compare.With(field.Field, FilterOperator.Equal, value));
    }

    /// <summary>States that reading the whole collection is meant, and why; silences MV0101, and at run time <see cref="VaultOptions.OnScan"/> and the counting of scans.</summary>
    public VaultQuery<TModel, TFields> AllowScan(string why)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(why);
        return this;
    }

    /// <summary>Sorts by a field, nulls first; replaces an earlier order. Equal values come in key order.</summary>
    public VaultQuery<TModel, TFields> OrderBy<T>(Func<TFields, IOrderedField<TModel, T>> by) => Sorted(null, Field(by), false);

    /// <summary>Sorts by a field, nulls first; replaces an earlier order. Equal values come in key order.</summary>
    public VaultQuery<TModel, TFields> OrderBy<T>(IOrderedField<TModel, T> by) => Sorted(null, Field(by), false);

    /// <summary>Sorts by a field downwards, nulls last; replaces an earlier order. Equal values come in key order.</summary>
    public VaultQuery<TModel, TFields> OrderByDescending<T>(Func<TFields, IOrderedField<TModel, T>> by) => Sorted(null, Field(by), true);

    /// <summary>Sorts by a field downwards, nulls last; replaces an earlier order. Equal values come in key order.</summary>
    public VaultQuery<TModel, TFields> OrderByDescending<T>(IOrderedField<TModel, T> by) => Sorted(null, Field(by), true);

    /// <summary>Sorts what is equal so far by a further field.</summary>
    public VaultQuery<TModel, TFields> ThenBy<T>(Func<TFields, IOrderedField<TModel, T>> by) => Sorted(_order, Field(by), false);

    /// <summary>Sorts what is equal so far by a further field, downwards.</summary>
    public VaultQuery<TModel, TFields> ThenByDescending<T>(Func<TFields, IOrderedField<TModel, T>> by) => Sorted(_order, Field(by), true);

    /// <summary>Turns the whole order around, ties included.</summary>
    public VaultQuery<TModel, TFields> Reverse()
    {
        ThrowIfWindowed(nameof(Reverse));
        return new(_source, _filter, _order, _skip, _take, !_reversed);
    }

    /// <summary>Leaves out the first so many; a negative number is 0.</summary>
    public VaultQuery<TModel, TFields> Skip(int count)
    {
        count = Math.Max(0, count);
        int take = _take == int.MaxValue ? _take : Math.Max(0, _take - count);
        return new(_source, _filter, _order, (int)Math.Min(int.MaxValue, (long)_skip + count), take, _reversed);
    }

    /// <summary>Ends after so many; a negative number is 0.</summary>
    public VaultQuery<TModel, TFields> Take(int count) => new(_source, _filter, _order, _skip, Math.Min(_take, Math.Max(0, count)), _reversed);

    /// <summary>How the query is answered.</summary>
    /// <param name="analyze">Whether to run it too, for the rows, pages and time of each step. Nothing is written; records are read, but not made into models.</param>
    public QueryPlan Explain(bool analyze = false) => _source.Explain(Spec, null, analyze);

    /// <summary>Reads something of each record instead of building the model.</summary>
    /// <param name="read">Reads it.</param>
    /// <param name="fields">What it reads, for the plan.</param>
    internal VaultProjection<TModel, TResult> Project<TResult>(RowReader<TResult> read, string fields) => new(_source, Spec, read, fields);

    internal RowCursor OpenCursor() => new(_source.Context, _source.Store, Spec);

    private static FieldInfo<TModel, T> Field<T>(Func<TFields, IOrderedField<TModel, T>> by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return by(default).Field;
    }

    private static FieldInfo<TModel, T> Field<T>(IOrderedField<TModel, T> by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return by.Field;
    }

    private VaultQuery<TModel, TFields> Sorted(OrderTerm? previous, FieldInfo field, bool descending)
    {
        ThrowIfWindowed("OrderBy or ThenBy");
        return new(_source, _filter, new OrderTerm(field, descending, previous), _skip, _take, _reversed);
    }

    private void ThrowIfWindowed(string operation)
    {
        if (IsWindowed) throw new VaultQueryException($"{operation} behind Skip or Take would apply to the records left by them. Write Skip and Take last, or call ToList() and go on with LINQ.");
    }
}
