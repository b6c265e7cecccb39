using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelVault.Planning;

namespace ModelVault.Analyzers.Filters;

/// <summary>What the fields' operators and methods build, as the planner classifies it.</summary>
internal static class FilterClasses
{
    /// <summary>The class of a comparison with a value.</summary>
    public static ConditionClass OfOperator(BinaryOperatorKind kind, ITypeSymbol? field, IOperation value) => kind switch
    {
        BinaryOperatorKind.Equals => ConditionClass.Equality,

        // Of a bool that is never null, "not one" is "the other".
        BinaryOperatorKind.NotEquals when field?.Name == "BoolField" => ConditionClass.Equality,
        BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual
            when !IsNaN(value) => ConditionClass.Range,
        _ => ConditionClass.None,
    };

    /// <summary>The class of a method called on a field. Null where it depends on an argument that is only known at run time.</summary>
    public static ConditionClass? OfCall(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "In" => ConditionClass.Values,
        "Between" => ConditionClass.Range,
        "StartsWith" => UnlessCaseIsIgnored(call, ConditionClass.Range),
        "Equals" => UnlessCaseIsIgnored(call, ConditionClass.Equality),
        _ => ConditionClass.None,
    };

    private static ConditionClass? UnlessCaseIsIgnored(IInvocationOperation call, ConditionClass conditionClass)
    {
        IArgumentOperation? comparison = call.Arguments.FirstOrDefault(static a => a.Parameter?.Type.Name == nameof(StringComparison));
        if (comparison is null) return conditionClass;
        if (comparison.Value.ConstantValue is not { HasValue: true, Value: int value }) return null;
        return value == (int)StringComparison.Ordinal ? conditionClass : ConditionClass.None;
    }

    private static bool IsNaN(IOperation value) => value.ConstantValue is { HasValue: true, Value: double.NaN or float.NaN };
}
