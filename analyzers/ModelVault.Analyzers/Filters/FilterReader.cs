using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using ModelVault.Analyzers.Queries;
using ModelVault.Planning;

namespace ModelVault.Analyzers.Filters;

/// <summary>
/// Takes a filter apart into the conditions that all must hold and the alternatives between them, and classifies each as the
/// planner does. What stands under <c>!</c> is served by no key, but its fields are remembered for the message.
/// </summary>
internal sealed class FilterReader(QueryTypes types, INamedTypeSymbol model)
{
    private ConditionGroup _group = new();

    /// <summary>What must hold.</summary>
    public ConditionGroup Conditions => _group;

    /// <summary>Whether a condition is out of sight (a delegate, a call): it might be served.</summary>
    public bool IsOpaque { get; private set; }

    /// <summary>Reads the filters that a call passes.</summary>
    public void ReadCall(IInvocationOperation call)
    {
        IEnumerable<IArgumentOperation> arguments = call.Arguments.OrderBy(static a => a.Parameter?.Ordinal);
        if (call.TargetMethod is { Name: "Where", Parameters.Length: 2 })
        {
            AddOn(arguments.First().Value, ConditionClass.Equality);
            return;
        }

        foreach (IArgumentOperation argument in arguments)
        {
            IOperation value = argument.Value.Unwrap();
            if (value is IAnonymousFunctionOperation lambda) ReadLambda(lambda);
            else if (types.IsFilter(value.Type)) Read(value);
            else if (argument.Parameter?.Type.TypeKind == TypeKind.Delegate) IsOpaque = true;
        }
    }

    private void ReadLambda(IAnonymousFunctionOperation lambda)
    {
        if (lambda.SingleResult() is { } result) Read(result);
        else IsOpaque = true;
    }

    private void Read(IOperation filter)
    {
        filter = filter.Unwrap();
        switch (filter)
        {
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd } both:
                Read(both.LeftOperand);
                Read(both.RightOperand);
                break;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr } either:
                ReadEither(either.LeftOperand, either.RightOperand);
                break;
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                ReadNegation(negation, negation.Operand);
                break;
            case IBinaryOperation comparison:
                ReadComparison(comparison);
                break;
            case IInvocationOperation call:
                ReadFilterCall(call);
                break;
            case IPropertyReferenceOperation property:
                ReadProperty(property);
                break;
            default:
                IsOpaque = true;
                break;
        }
    }

    private void ReadEither(IOperation left, IOperation right)
    {
        ConditionGroup group = _group;
        List<ConditionGroup> sides = [];
        foreach (IOperation side in (IOperation[])[left, right])
        {
            sides.Add(_group = new ConditionGroup());
            Read(side);
        }

        _group = group;
        _group.Alternatives.Add(sides);
    }

    // !b.Lent is b.Lent == false, and a negation negated is what it was; any other is served by nothing.
    private void ReadNegation(IOperation negation, IOperation operand)
    {
        operand = operand.Unwrap();
        if (FieldReference.TryRead(operand, types, model) is not null) AddOn(operand, ConditionClass.Equality);
        else if (operand is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } inner) Read(inner.Operand);
        else AddUnserved(negation);
    }

    private void ReadComparison(IBinaryOperation comparison)
    {
        bool leftIsField = IsField(comparison.LeftOperand), rightIsField = IsField(comparison.RightOperand);
        if (leftIsField && rightIsField)
        {
            AddUnserved(comparison);
            return;
        }

        (IOperation field, IOperation value) = leftIsField ? (comparison.LeftOperand, comparison.RightOperand) : (comparison.RightOperand, comparison.LeftOperand);
        AddOn(field, FilterClasses.OfOperator(comparison.OperatorKind, field.Unwrap().Type, value.Unwrap()));
    }

    // A bare bool, IsNull and HasValue.
    private void ReadProperty(IPropertyReferenceOperation property)
    {
        if (FieldReference.TryRead(property, types, model) is not null) AddOn(property, ConditionClass.Equality);
        else if (property.Instance is { } field) AddOn(field, property.Property.Name == "IsNull" ? ConditionClass.Equality : ConditionClass.None);
        else IsOpaque = true;
    }

    private void ReadFilterCall(IInvocationOperation call)
    {
        if (types.IsFieldExtensions(call.TargetMethod.ContainingType)) AddOn(call.Arguments[1].Value, ConditionClass.Values);
        else if (call.Instance is not { } owner || !types.IsLibraryType(call.TargetMethod.ContainingType)) IsOpaque = true;
        else if (call.TargetMethod.ContainingType.Name != "VaultFilter") ReadFieldCall(call, owner);
        else if (call.TargetMethod.Name == "BitwiseAnd") ReadBoth(owner, call.Arguments[0].Value);
        else if (call.TargetMethod.Name == "BitwiseOr") ReadEither(owner, call.Arguments[0].Value);
        else if (call.TargetMethod.Name == "LogicalNot") ReadNegation(call, owner);
        else AddUnserved(call);
    }

    private void ReadBoth(IOperation left, IOperation right)
    {
        Read(left);
        Read(right);
    }

    private void ReadFieldCall(IInvocationOperation call, IOperation field)
    {
        if (FilterClasses.OfCall(call) is { } known) AddOn(field, known);
        else IsOpaque = true;
    }

    private bool IsField(IOperation operand) => operand.Unwrap().Type is { } type
        && (types.MembersBehind(type) is not null || (types.IsLibraryType(type) && type.Name.EndsWith("Field", StringComparison.Ordinal)));

    // A condition on a list or an object as a whole is no key's, and neither is one on a length, an entry or an item.
    private void AddOn(IOperation operand, ConditionClass conditionClass)
    {
        if (FieldReference.TryRead(operand, types, model) is { } field) _group.Conditions.Add(new FilterCondition(field, field.IsScalar ? conditionClass : ConditionClass.None));
        else if (FieldReference.StartsAtFields(operand, types, model)) AddUnserved(operand);
        else IsOpaque = true;
    }

    private void AddUnserved(IOperation filter)
    {
        foreach (FieldReference field in OutermostFields(filter.Unwrap())) _group.Conditions.Add(new FilterCondition(field, ConditionClass.None));
    }

    private IEnumerable<FieldReference> OutermostFields(IOperation operation) => FieldReference.TryRead(operation, types, model) is { } field
        ? [field]
        : operation.ChildOperations.SelectMany(OutermostFields);
}
