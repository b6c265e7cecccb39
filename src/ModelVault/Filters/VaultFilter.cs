using System.ComponentModel;
using System.Numerics;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>What a filter of any model is to the planner: a tree of conditions.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class VaultFilter
{
    private protected VaultFilter()
    {
    }

    /// <summary>Whether a stored record passes.</summary>
    internal abstract bool Matches(ref RowContext row);

    /// <summary>Which of some records pass.</summary>
    /// <param name="records">The records.</param>
    /// <param name="among">Those that are asked for: a bit for each, the lowest for the first.</param>
    internal virtual uint Select(in RecordGroup records, uint among)
    {
        uint selected = among;
        for (uint left = among; left != 0; left &= left - 1)
        {
            RowContext row = records.Row(BitOperations.TrailingZeroCount(left));
            if (!Matches(ref row)) selected &= ~(left & (~left + 1));
        }

        return selected;
    }

    /// <summary>The filter as text, with <c>?</c> for its values.</summary>
    internal abstract string Shape { get; }

    /// <summary>Whether all fields that it reads are in a set.</summary>
    internal abstract bool ReadsOnly(IFieldSet part);
}

/// <summary>Some of a model's fields.</summary>
internal interface IFieldSet
{
    /// <summary>Whether a field is among them.</summary>
    bool Holds(FieldPath path);
}

/// <summary>
/// A condition on the records of one model, built from its generated fields: immutable, and evaluated on the stored bytes.
/// Combine with <c>&amp;&amp;</c>, <c>||</c> and <c>!</c>.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
public abstract class VaultFilter<TModel> : VaultFilter
{
    private protected VaultFilter()
    {
    }

    /// <summary>Both.</summary>
    public static VaultFilter<TModel> operator &(VaultFilter<TModel> left, VaultFilter<TModel> right) => new AndFilter<TModel>(left, right);

    /// <summary>Either or both.</summary>
    public static VaultFilter<TModel> operator |(VaultFilter<TModel> left, VaultFilter<TModel> right) => new OrFilter<TModel>(left, right);

    /// <summary>The opposite.</summary>
    public static VaultFilter<TModel> operator !(VaultFilter<TModel> filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return filter.Negate();
    }

    /// <summary>There so that <c>||</c> works; a filter is not a condition itself.</summary>
    [Obsolete("A filter is not a condition: write f && g, f || g or !f.", error: true)]
    public static bool operator true(VaultFilter<TModel> filter) => false;

    /// <summary>There so that <c>&amp;&amp;</c> works; a filter is not a condition itself.</summary>
    [Obsolete("A filter is not a condition: write f && g, f || g or !f.", error: true)]
    public static bool operator false(VaultFilter<TModel> filter) => false;

    /// <summary>Both; the named form of <c>&amp;</c>.</summary>
    public VaultFilter<TModel> BitwiseAnd(VaultFilter<TModel> right) => this & right;

    /// <summary>Either; the named form of <c>|</c>.</summary>
    public VaultFilter<TModel> BitwiseOr(VaultFilter<TModel> right) => this | right;

    /// <summary>The opposite; the named form of <c>!</c>.</summary>
    public VaultFilter<TModel> LogicalNot() => Negate();

    /// <summary>The opposite, in a form that an index can serve where there is one.</summary>
    internal virtual VaultFilter<TModel> Negate() => new NotFilter<TModel>(this);
}
