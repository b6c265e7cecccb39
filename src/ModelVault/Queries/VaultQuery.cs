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
    private readonly QuerySpec _spec;

    internal VaultQuery(QuerySource<TModel> source)
        : this(source, new QuerySpec(null, null, false, 0, int.MaxValue))
    {
    }

    private VaultQuery(QuerySource<TModel> source, in QuerySpec spec)
    {
        _source = source;
        _spec = spec;
    }

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
        return new(_source, _spec with { Filter = _spec.Filter is null ? filter : (VaultFilter<TModel>)_spec.Filter & filter });
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
        return new(_source, _spec with { AllowsScan = true });
    }

    /// <summary>Sorts by a field, nulls first unless said; replaces an earlier order. Equal values come in key order.</summary>
    public VaultQuery<TModel, TFields> OrderBy<T>(Func<TFields, IOrderedField<TModel, T>> by, NullPlacement nulls = NullPlacement.Default) => Sorted(null, Field(by), false, nulls);

    /// <summary>Sorts by a field, nulls first unless said; replaces an earlier order. Equal values come in key order.</summary>
    public VaultQuery<TModel, TFields> OrderBy<T>(IOrderedField<TModel, T> by, NullPlacement nulls = NullPlacement.Default) => Sorted(null, Field(by), false, nulls);

    /// <summary>Sorts by a field downwards, nulls last unless said; replaces an earlier order. Equal values come in key order.</summary>
    public VaultQuery<TModel, TFields> OrderByDescending<T>(Func<TFields, IOrderedField<TModel, T>> by, NullPlacement nulls = NullPlacement.Default) => Sorted(null, Field(by), true, nulls);

    /// <summary>Sorts by a field downwards, nulls last unless said; replaces an earlier order. Equal values come in key order.</summary>
    public VaultQuery<TModel, TFields> OrderByDescending<T>(IOrderedField<TModel, T> by, NullPlacement nulls = NullPlacement.Default) => Sorted(null, Field(by), true, nulls);

    /// <summary>Sorts what is equal so far by a further field, nulls first unless said.</summary>
    public VaultQuery<TModel, TFields> ThenBy<T>(Func<TFields, IOrderedField<TModel, T>> by, NullPlacement nulls = NullPlacement.Default) => Sorted(_spec.Order, Field(by), false, nulls);

    /// <summary>Sorts what is equal so far by a further field, nulls first unless said.</summary>
    public VaultQuery<TModel, TFields> ThenBy<T>(IOrderedField<TModel, T> by, NullPlacement nulls = NullPlacement.Default) => Sorted(_spec.Order, Field(by), false, nulls);

    /// <summary>Sorts what is equal so far by a further field, downwards, nulls last unless said.</summary>
    public VaultQuery<TModel, TFields> ThenByDescending<T>(Func<TFields, IOrderedField<TModel, T>> by, NullPlacement nulls = NullPlacement.Default) => Sorted(_spec.Order, Field(by), true, nulls);

    /// <summary>Sorts what is equal so far by a further field, downwards, nulls last unless said.</summary>
    public VaultQuery<TModel, TFields> ThenByDescending<T>(IOrderedField<TModel, T> by, NullPlacement nulls = NullPlacement.Default) => Sorted(_spec.Order, Field(by), true, nulls);

    /// <summary>Turns the whole order around, ties and nulls included.</summary>
    public VaultQuery<TModel, TFields> Reverse()
    {
        ThrowIfWindowed(nameof(Reverse));
        return new(_source, _spec with { IsReversed = !_spec.IsReversed });
    }

    /// <summary>Leaves out the first so many; a negative number is 0.</summary>
    public VaultQuery<TModel, TFields> Skip(int count) => new(_source, _spec.Skipping(count));

    /// <summary>Ends after so many; a negative number is 0.</summary>
    public VaultQuery<TModel, TFields> Take(int count) => new(_source, _spec.Taking(count));

    /// <summary>How the query is answered.</summary>
    /// <param name="analyze">Whether to run it too, for the rows, pages and time of each step. Nothing is written; records are read, but nothing is made of them.</param>
    public QueryPlan Explain(bool analyze = false) => _source.Explain(_spec, null, analyze);

    /// <summary>Reads something of each record instead of building the model.</summary>
    /// <param name="read">Reads it.</param>
    /// <param name="fields">What it reads, field by field.</param>
    internal VaultProjection<TModel, TResult> Project<TResult>(RowReader<TResult> read, params FieldInfo[] fields) => new(new RowResults<TModel, TResult>(_source, _spec, read, fields));

    internal RowCursor OpenCursor() => new(_source.Context, _source.Store, _spec);

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

    private VaultQuery<TModel, TFields> Sorted(OrderTerm? previous, FieldInfo field, bool descending, NullPlacement nulls)
    {
        ThrowIfWindowed("OrderBy or ThenBy");
        if (nulls is < NullPlacement.Default or > NullPlacement.Last) throw new ArgumentOutOfRangeException(nameof(nulls), nulls, "No placement of nulls.");
        bool isPlain = previous is null && nulls == NullPlacement.Default;
        return new(_source, _spec with { Order = isPlain ? field.Order(descending) : new OrderTerm(field, descending, nulls, previous) });
    }

    private void ThrowIfWindowed(string operation)
    {
        if (_spec.After is not null && operation != nameof(Where)) throw new VaultQueryException($"{operation} behind After would turn the order that the cursor is a place in. Write After behind the order.");
        if (_spec.IsWindowed) throw new VaultQueryException($"{operation} behind Skip or Take would apply to the records left by them. Write Skip and Take last, or call ToList() and go on with LINQ.");
    }
}
