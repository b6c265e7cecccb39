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
    private ListItem? _item;
    private int _items;

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
                ReadEither(filter, either.LeftOperand, either.RightOperand);
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

    // Of one item an index finds what all must hold, not what one of several must.
    private void ReadEither(IOperation filter, IOperation left, IOperation right)
    {
        if (_item is not null)
        {
            AddUnserved(filter);
            return;
        }

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

    // !b.Lent is b.Lent == false, what is not null has a value, and a negation negated is what it was; any other is served by nothing.
    private void ReadNegation(IOperation negation, IOperation operand)
    {
        operand = operand.Unwrap();
        if (TryRead(operand) is not null) AddOn(operand, ConditionClass.Equality);
        else if (AskedForNull(operand) is { } asked) AddOn(asked.Field, asked.IsNull ? ConditionClass.Range : ConditionClass.Equality, Casing.Irrelevant);
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
        AddOn(field, FilterClasses.OfOperator(comparison.OperatorKind, field.Unwrap().Type, value.Unwrap()), FilterClasses.IsNull(value.Unwrap()) ? Casing.Irrelevant : Casing.Ordinal);
    }

    // A bare bool, IsNull and HasValue.
    private void ReadProperty(IPropertyReferenceOperation property)
    {
        if (TryRead(property) is not null) AddOn(property, ConditionClass.Equality);
        else if (AskedForNull(property) is { } asked) AddOn(asked.Field, asked.IsNull ? ConditionClass.Equality : ConditionClass.Range, Casing.Irrelevant);
        else if (property.Instance is { } field) AddOn(field, ConditionClass.None);
        else IsOpaque = true;
    }

    private void ReadFilterCall(IInvocationOperation call)
    {
        if (types.IsFieldExtensions(call.TargetMethod.ContainingType)) AddOn(call.Arguments[1].Value, ConditionClass.Values);
        else if (call.Instance is not { } owner || !types.IsLibraryType(call.TargetMethod.ContainingType)) IsOpaque = true;
        else if (call.TargetMethod.ContainingType.Name != "VaultFilter") ReadFieldCall(call, owner);
        else if (call.TargetMethod.Name == "BitwiseAnd") ReadBoth(owner, call.Arguments[0].Value);
        else if (call.TargetMethod.Name == "BitwiseOr") ReadEither(call, owner, call.Arguments[0].Value);
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
        if (TryRead(field) is { IsList: true } list) ReadListCall(call, list);
        else if (FilterClasses.CasingOf(call) is { } casing) AddOn(field, FilterClasses.OfCall(call), casing);
        else IsOpaque = true;
    }

    // What one item must be. Of All, of lists inside items and of lists that only have to have items, an index knows nothing.
    private void ReadListCall(IInvocationOperation call, FieldReference list)
    {
        IOperation? argument = call.Arguments.FirstOrDefault()?.Value.Unwrap();
        if (_item is not null || call.TargetMethod.Name is not ("Contains" or "Any") || argument is null) AddUnserved(call.Instance!);
        else if (call.TargetMethod.Name == "Contains") _group.Conditions.Add(new FilterCondition(list.Items, ConditionClass.Equality, FilterClasses.IsNull(argument) || !HasText(call) ? Casing.Irrelevant : Casing.Ordinal, ++_items));
        else if (argument is IAnonymousFunctionOperation { Symbol.Parameters: { Length: 1 } parameters } lambda) ReadItem(new ListItem(list, parameters[0], ++_items), lambda);
        else IsOpaque = true;
    }

    private void ReadItem(ListItem item, IAnonymousFunctionOperation lambda)
    {
        _item = item;
        ReadLambda(lambda);
        _item = null;
    }

    private static bool HasText(IInvocationOperation call) => call.TargetMethod.Parameters[0].Type.SpecialType == SpecialType.System_String;

    // IsNull, HasValue and their forms with operators.
    private (IOperation Field, bool IsNull)? AskedForNull(IOperation operand) => operand switch
    {
        IPropertyReferenceOperation { Instance: { } field, Property.Name: "IsNull" } => (field, true),
        IPropertyReferenceOperation { Instance: { } field, Property.Name: "HasValue" } => (field, false),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison when IsField(comparison.LeftOperand) && FilterClasses.IsNull(comparison.RightOperand.Unwrap()) => (comparison.LeftOperand, comparison.OperatorKind == BinaryOperatorKind.Equals),
        _ => null,
    };

    private FieldReference? TryRead(IOperation operand) => FieldReference.TryRead(operand, types, model, _item);

    private bool IsField(IOperation operand) => operand.Unwrap().Type is { } type
        && (types.MembersBehind(type) is not null || (types.IsLibraryType(type) && type.Name.EndsWith("Field", StringComparison.Ordinal)));

    // A condition on a list or an object as a whole is no key's, and neither is one on a length, an entry or an item.
    private void AddOn(IOperation operand, ConditionClass conditionClass, Casing casing = Casing.Ordinal)
    {
        if (TryRead(operand) is { } field) Add(field, conditionClass, casing);
        else if (FieldReference.StartsAtFields(operand, types, model)) AddUnserved(operand);
        else IsOpaque = true;
    }

    // Asked of an item, a condition on the record says nothing unless there is an item.
    private void Add(FieldReference field, ConditionClass conditionClass, Casing casing)
    {
        bool isOnItem = _item is null || field.Path.StartsWith(_item.List.Items.Path, StringComparison.Ordinal);
        _group.Conditions.Add(new FilterCondition(field, field.IsScalar && isOnItem ? conditionClass : ConditionClass.None, field.IsText ? casing : Casing.Irrelevant, _item?.Number ?? 0));
    }

    private void AddUnserved(IOperation filter)
    {
        foreach (FieldReference field in OutermostFields(filter.Unwrap())) Add(field, ConditionClass.None, Casing.Ordinal);
    }

    private IEnumerable<FieldReference> OutermostFields(IOperation operation) => TryRead(operation) is { } field
        ? [field]
        : operation.ChildOperations.SelectMany(OutermostFields);
}
