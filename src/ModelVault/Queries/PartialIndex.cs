using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// Tells whether all records that a query asks for have entries in a partial index: each of the index's conditions must follow
/// from one of the query's. They are compared by their keys, whose order is that of the values.
/// </summary>
internal static class PartialIndex
{
    /// <summary>The first condition of an index that does not follow from a conjunction, or null.</summary>
    public static ResolvedCondition? Missing(IndexLayout index, Conjunction conditions)
    {
        foreach (ResolvedCondition condition in index.Conditions)
        {
            bool follows = false;
            foreach (VaultFilter conjunct in conditions.Conjuncts) follows |= Follows(condition, conjunct);
            if (!follows) return condition;
        }

        return null;
    }

    /// <summary>The conjuncts that say the same as a condition of the index, so that every entry meets them.</summary>
    public static ulong Answered(IndexLayout index, Conjunction conditions)
    {
        ulong answered = 0;
        foreach (ResolvedCondition condition in index.Conditions)
            for (int i = 0; i < Math.Min(64, conditions.Conjuncts.Length); i++)
                if (conditions.Conjuncts[i] is IFieldCondition { IgnoresCase: false } asked && IsOn(asked, condition) && OperatorOf(asked.Operator) == condition.Condition.Operator && HasSameValue(condition, asked)) answered |= 1UL << i;
        return answered;
    }

    private static bool Follows(ResolvedCondition condition, VaultFilter filter)
    {
        if (filter is not IFieldCondition asked || !IsOn(asked, condition)) return false;
        return (condition.Condition.Operator, asked.Operator) switch
        {
            (IndexOperator.IsNull, _) => asked.Operator == FilterOperator.IsNull,
            (IndexOperator.IsNotNull, _) => asked.Operator is not (FilterOperator.IsNull or FilterOperator.NotEqual) && !asked.IncludesNull,
            (IndexOperator.NotEqual, FilterOperator.IsNull) => true,
            _ => !asked.IgnoresCase && asked.IsServable && EachValueFollows(condition, asked),
        };
    }

    private static bool EachValueFollows(ResolvedCondition condition, IFieldCondition asked)
    {
        if (asked.ValueCount == 0 || (asked.IncludesNull && condition.Condition.Operator != IndexOperator.NotEqual)) return false;
        KeyWriter key = new(stackalloc byte[256]);
        bool follows = true;
        for (int i = 0; i < asked.ValueCount && follows; i++)
        {
            key.Clear();
            asked.WriteKey(ref key, i);
            follows = Follows(condition, asked.Operator, key.Written);
        }

        key.Dispose();
        return follows;
    }

    // Whether what stands to one value as the query asks stands to the index's as that does.
    private static bool Follows(ResolvedCondition condition, FilterOperator asked, ReadOnlySpan<byte> key)
    {
        int order = key.SequenceCompareTo(condition.Key);
        bool isValue = asked is FilterOperator.Equal or FilterOperator.In;
        return condition.Condition.Operator switch
        {
            IndexOperator.Equal => isValue && order == 0,
            IndexOperator.NotEqual => (isValue && order != 0) || (asked == FilterOperator.NotEqual && order == 0)
                || (IsBelow(asked, strictly: true) && order <= 0) || (IsBelow(asked) && order < 0) || (IsAbove(asked, strictly: true) && order >= 0) || (IsAbove(asked) && order > 0),
            IndexOperator.Less => (isValue && order < 0 && !condition.IsNaN(key)) || (IsBelow(asked, strictly: true) && order <= 0) || (IsBelow(asked) && order < 0),
            IndexOperator.LessOrEqual => (isValue && order <= 0 && !condition.IsNaN(key)) || (IsBelow(asked) && order <= 0),
            IndexOperator.Greater => (isValue && order > 0) || (IsAbove(asked, strictly: true) && order >= 0) || (IsAbove(asked) && order > 0),
            IndexOperator.GreaterOrEqual => (isValue && order >= 0) || (IsAbove(asked) && order >= 0),
            _ => false,
        };
    }

    private static bool IsBelow(FilterOperator op, bool strictly = false) => op == FilterOperator.Less || (!strictly && op == FilterOperator.LessOrEqual);

    private static bool IsAbove(FilterOperator op, bool strictly = false) => op == FilterOperator.Greater || (!strictly && op == FilterOperator.GreaterOrEqual);

    private static bool IsOn(IFieldCondition asked, ResolvedCondition condition) => asked.Field.IsIndexable && asked.Field.Path.ToString() == condition.Path;

    private static bool HasSameValue(ResolvedCondition condition, IFieldCondition asked)
    {
        if (asked.ValueCount == 0) return true;
        KeyWriter key = new(stackalloc byte[256]);
        asked.WriteKey(ref key, 0);
        bool isSame = key.Written.SequenceEqual(condition.Key);
        key.Dispose();
        return isSame;
    }

    private static IndexOperator? OperatorOf(FilterOperator op) => op switch
    {
        FilterOperator.Equal => IndexOperator.Equal,
        FilterOperator.NotEqual => IndexOperator.NotEqual,
        FilterOperator.Less => IndexOperator.Less,
        FilterOperator.LessOrEqual => IndexOperator.LessOrEqual,
        FilterOperator.Greater => IndexOperator.Greater,
        FilterOperator.GreaterOrEqual => IndexOperator.GreaterOrEqual,
        FilterOperator.IsNull => IndexOperator.IsNull,
        FilterOperator.IsNotNull => IndexOperator.IsNotNull,
        _ => null,
    };
}
