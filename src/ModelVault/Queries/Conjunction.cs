using ModelVault.Planning;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A filter taken apart into the conditions that must all hold, each with what it can be to a key.</summary>
internal sealed class Conjunction
{
    private static readonly Conjunction Empty = new([], []);

    private readonly VaultFilter[] _conditions;
    private readonly ConditionShape[] _shapes;

    private Conjunction(VaultFilter[] conditions, ConditionShape[] shapes)
    {
        _conditions = conditions;
        _shapes = shapes;
    }

    /// <summary>The conditions' shapes; of what is on no single field, a shape that no key serves.</summary>
    public ConditionShape[] Shapes => _shapes;

    /// <summary>The conditions of a filter, in its order; none of null.</summary>
    public static Conjunction Of(VaultFilter? filter)
    {
        if (filter is null) return Empty;
        VaultFilter[] conditions = new VaultFilter[CountOf(filter)];
        int next = 0;
        Flatten(filter, conditions, ref next);
        ConditionShape[] shapes = new ConditionShape[conditions.Length];
        for (int i = 0; i < shapes.Length; i++) shapes[i] = ShapeOf(conditions[i]);
        return new Conjunction(conditions, shapes);
    }

    /// <summary>The first condition of a class on a field. There must be one.</summary>
    public IFieldCondition First(string path, ConditionClass conditionClass)
    {
        int i = 0;
        while (_shapes[i].Class != conditionClass || _shapes[i].Path != path) i++;
        return (IFieldCondition)_conditions[i];
    }

    /// <summary>Whether a condition fixes a field to one value.</summary>
    public bool Fixes(FieldInfo field)
    {
        string path = field.Path.ToString();
        foreach (ConditionShape shape in _shapes)
            if (shape.Class == ConditionClass.Equality && shape.Path == path) return field.IsIndexable;
        return false;
    }

    /// <summary>Adds every interval on a field to a list.</summary>
    public void AddRanges(string path, List<IFieldCondition> ranges)
    {
        for (int i = 0; i < _shapes.Length; i++)
            if (_shapes[i].Class == ConditionClass.Range && _shapes[i].Path == path) ranges.Add((IFieldCondition)_conditions[i]);
    }

    /// <summary>The conditions that are not among the served ones.</summary>
    public VaultFilter[] Without(List<IFieldCondition> served)
    {
        if (served.Count == 0) return _conditions;
        return served.Count == _conditions.Length ? [] : Array.FindAll(_conditions, c => c is not IFieldCondition f || !served.Contains(f));
    }

    private static int CountOf(VaultFilter filter) => filter is IConjunction both ? CountOf(both.Left) + CountOf(both.Right) : 1;

    private static void Flatten(VaultFilter filter, VaultFilter[] conditions, ref int next)
    {
        if (filter is IConjunction both)
        {
            Flatten(both.Left, conditions, ref next);
            Flatten(both.Right, conditions, ref next);
        }
        else
        {
            conditions[next++] = filter;
        }
    }

    private static ConditionShape ShapeOf(VaultFilter filter) =>
        filter is IFieldCondition condition ? new ConditionShape(condition.Field.Path.ToString(), Classify(condition)) : new ConditionShape("", ConditionClass.None);

    private static ConditionClass Classify(IFieldCondition condition)
    {
        if (!condition.Field.IsIndexable || !condition.IsServable) return ConditionClass.None;
        return condition.Operator switch
        {
            FilterOperator.Equal or FilterOperator.IsNull => ConditionClass.Equality,
            FilterOperator.In => ConditionClass.Values,
            FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater or FilterOperator.GreaterOrEqual or FilterOperator.StartsWith => ConditionClass.Range,
            _ => ConditionClass.None,
        };
    }
}
