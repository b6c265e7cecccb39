using ModelVault.Planning;

namespace ModelVault.Analyzers.Filters;

/// <summary>One condition of a filter: what it is to a key, and on which field.</summary>
internal sealed class FilterCondition(FieldReference field, ConditionClass conditionClass, Casing casing, int item)
{
    /// <summary>The field.</summary>
    public FieldReference Field { get; } = field;

    /// <summary>What the condition can be to a key.</summary>
    public ConditionClass Class { get; } = conditionClass;

    /// <summary>What decides whether a key serves it.</summary>
    public ConditionShape Shape => new(Field.Path, Class, casing, item);
}
