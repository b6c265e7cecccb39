using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Which share of the records a filter is likely to let through, told from its operator alone: for where no index can be asked.</summary>
internal static class Selectivity
{
    /// <summary>What one value of a field is guessed to make.</summary>
    public const double Equality = 0.1;

    /// <summary>What an interval is guessed to make.</summary>
    public const double Interval = 0.3;

    /// <summary>The guess for a filter.</summary>
    public static double Of(VaultFilter filter) => filter switch
    {
        IConjunction both => Of(both.Left) * Of(both.Right),
        IDisjunction either => Math.Min(1, Of(either.Left) + Of(either.Right)),
        INegation negation => 1 - Of(negation.Negated),
        IFieldCondition condition => Of(condition),
        _ => 0.5,
    };

    private static double Of(IFieldCondition condition) => condition.Operator switch
    {
        FilterOperator.Equal => Equality,
        FilterOperator.IsNull => Equality,
        FilterOperator.NotEqual or FilterOperator.IsNotNull => 1 - Equality,
        FilterOperator.In => Math.Min(0.5, Equality * (condition.ValueCount + (condition.IncludesNull ? 1 : 0))),
        FilterOperator.StartsWith => Equality,
        _ => Interval,
    };
}
