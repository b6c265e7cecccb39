namespace ModelVault.Tests.Queries.Differential;

/// <summary>One key to sort by, twice: as the query takes it, and as a comparison.</summary>
internal sealed record SortKey<TModel>(string Name, Func<VaultQuery<TModel, NoFields>, SortTerm, VaultQuery<TModel, NoFields>> Apply, Func<TModel, bool> IsNull, Comparison<TModel> Compare)
    where TModel : notnull
{
    /// <summary>By a field that nothing of the contract's own is known of but its comparison.</summary>
    public static SortKey<TModel> By<T>(string name, IOrderedField<TModel, T> field, Func<TModel, T> read, Comparison<T> compare) => new(
        name,
        (query, term) => (term.IsFirst, term.IsDescending) switch
        {
            (true, false) => query.OrderBy(field, term.Nulls),
            (true, true) => query.OrderByDescending(field, term.Nulls),
            (false, false) => query.ThenBy(field, term.Nulls),
            (false, true) => query.ThenByDescending(field, term.Nulls),
        },
        model => read(model) is null,
        (left, right) => compare(read(left), read(right)));
}

/// <summary>How a key is sorted by.</summary>
internal readonly record struct SortTerm(bool IsFirst, bool IsDescending, NullPlacement Nulls)
{
    public static SortTerm Next(Random random) => new(false, random.Next(2) == 0, random.Next(3) == 0 ? (NullPlacement)random.Next(3) : NullPlacement.Default);

    /// <summary>The contract's order of two records by a key.</summary>
    public int Compare<TModel>(SortKey<TModel> key, TModel left, TModel right) where TModel : notnull
    {
        (bool leftIsNull, bool rightIsNull) = (key.IsNull(left), key.IsNull(right));
        if (leftIsNull && rightIsNull) return 0;
        bool nullsFirst = Nulls == NullPlacement.First || (Nulls == NullPlacement.Default && !IsDescending);
        if (leftIsNull || rightIsNull) return leftIsNull == nullsFirst ? -1 : 1;
        int order = key.Compare(left, right);
        return IsDescending ? -order : order;
    }

    public override string ToString() => $"{(IsDescending ? " desc" : "")}{(Nulls == NullPlacement.Default ? "" : $" nulls {Nulls}")}";
}
