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

        // That there is a value.
        BinaryOperatorKind.NotEquals when IsNull(value) => ConditionClass.Range,

        // Of a bool that is never null, "not one" is "the other".
        BinaryOperatorKind.NotEquals when field?.Name == "BoolField" => ConditionClass.Equality,
        BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual
            when !IsNaN(value) => ConditionClass.Range,
        _ => ConditionClass.None,
    };

    /// <summary>The class of a method called on a field.</summary>
    public static ConditionClass OfCall(IInvocationOperation call) => call.TargetMethod.Name switch
    {
        "In" => ConditionClass.Values,
        "Between" => ConditionClass.Range,
        "StartsWith" => ConditionClass.Range,
        "Equals" => ConditionClass.Equality,
        _ => ConditionClass.None,
    };

    /// <summary>Whether upper and lower case are the same to a method called on a field. Null where that is only known at run time.</summary>
    public static Casing? CasingOf(IInvocationOperation call)
    {
        IArgumentOperation? comparison = call.Arguments.FirstOrDefault(static a => a.Parameter?.Type.Name == nameof(StringComparison));
        if (comparison is null) return Casing.Ordinal;
        if (comparison.Value.ConstantValue is not { HasValue: true, Value: int value }) return null;
        return value == (int)StringComparison.Ordinal ? Casing.Ordinal : Casing.Ignored;
    }

    /// <summary>Whether a value is the literal null.</summary>
    public static bool IsNull(IOperation value) => value.ConstantValue is { HasValue: true, Value: null };

    private static bool IsNaN(IOperation value) => value.ConstantValue is { HasValue: true, Value: double.NaN or float.NaN };
}
