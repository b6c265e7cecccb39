namespace ModelVault;

/// <summary>What a query asks for, without the types of model and fields.</summary>
/// <param name="Filter">The condition, or null.</param>
/// <param name="Order">The last order term, or null.</param>
/// <param name="IsReversed">Whether the whole order is turned around.</param>
/// <param name="Skip">How many records are left out.</param>
/// <param name="Take">After how many the query ends; <see cref="int.MaxValue"/> for none.</param>
internal readonly record struct QuerySpec(VaultFilter? Filter, OrderTerm? Order, bool IsReversed, int Skip, int Take)
{
    /// <summary>Whether only matters which records there are, not what is in them.</summary>
    public bool IsKeysOnly { get; init; }

    /// <summary>The fields that are read of each record, separated by commas; null for all.</summary>
    public string? Reads { get; init; }

    /// <summary>Why it may read a whole collection; null where that is not meant.</summary>
    public string? AllowsScan { get; init; }

    /// <summary>Whether the result is cut.</summary>
    public bool IsLimited => Take != int.MaxValue;

    /// <summary>The order, first term first, turned around where the query is.</summary>
    public OrderTerm[] Terms()
    {
        int count = 0;
        for (OrderTerm? term = Order; term is not null; term = term.Previous) count++;
        OrderTerm[] terms = count == 0 ? [] : new OrderTerm[count];
        for (OrderTerm? term = Order; term is not null; term = term.Previous)
            terms[--count] = IsReversed ? new OrderTerm(term.Field, !term.IsDescending, null) : term;
        return terms;
    }
}
