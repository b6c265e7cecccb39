using ModelVault.Runtime;

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

    /// <summary>The fields that are read of each record, one by one; null where the whole record may be.</summary>
    public FieldInfo[]? Reads { get; init; }

    /// <summary>The field by whose values records are only counted; null where more is asked of them.</summary>
    public FieldInfo? CountsBy { get; init; }

    /// <summary>Whether it may read a whole collection: that is meant.</summary>
    public bool AllowsScan { get; init; }

    /// <summary>Where the page before ended, or null. That only records behind it are meant is among the conditions of <see cref="Filter"/>; this is for finding them fast.</summary>
    public PagePosition? After { get; init; }

    /// <summary>The query whether it has a record.</summary>
    public QuerySpec AnyOf() => this with { Order = null, IsReversed = false, IsKeysOnly = true, Take = Math.Min(Take, 1) };

    /// <summary>Whether the result is cut.</summary>
    public bool IsLimited => Take != int.MaxValue;

    /// <summary>Whether some of the records that pass are left out, so that which these are depends on the order.</summary>
    public bool IsWindowed => Skip > 0 || IsLimited;

    /// <summary>The same without its first records.</summary>
    public QuerySpec Skipping(int count)
    {
        count = Math.Max(0, count);
        return this with { Skip = (int)Math.Min(int.MaxValue, (long)Skip + count), Take = IsLimited ? Math.Max(0, Take - count) : Take };
    }

    /// <summary>No more than its first records.</summary>
    public QuerySpec Taking(int count) => this with { Take = Math.Min(Take, Math.Max(0, count)) };

    /// <summary>The order, first term first, turned around where the query is.</summary>
    public OrderTerm[] Terms()
    {
        int count = 0;
        for (OrderTerm? term = Order; term is not null; term = term.Previous) count++;
        OrderTerm[] terms = count == 0 ? [] : new OrderTerm[count];
        for (OrderTerm? term = Order; term is not null; term = term.Previous)
            terms[--count] = IsReversed ? term.Reversed() : term;
        return terms;
    }
}
