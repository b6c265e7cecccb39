using ModelVault.Planning;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// A filter taken apart into the conjuncts that must all hold, and these into conditions on single fields: usually one each,
/// of <c>Any</c> over a list as many as must hold of one item. A set of either is a mask, bit by position; what stands
/// behind the 64th is served by no key.
/// </summary>
internal sealed class Conjunction
{
    private const int MaxConditions = 64;
    private static readonly Conjunction Empty = new([], 0);

    private readonly VaultFilter[] _conjuncts;
    private readonly VaultFilter[] _conditions;
    private readonly ConditionShape[] _shapes;

    // To which conjunct a condition belongs; null where each is one.
    private readonly int[]? _owners;

    private Conjunction(VaultFilter[] conjuncts, int ownCount)
    {
        _conjuncts = conjuncts;
        OwnCount = ownCount;
        _conditions = Array.Exists(conjuncts, static c => ItemOf(c) is not null) ? WithItems(conjuncts, out _owners) : conjuncts;
        _shapes = _conditions.Length == 0 ? [] : new ConditionShape[_conditions.Length];
        for (int i = 0; i < Math.Min(_shapes.Length, MaxConditions); i++) _shapes[i] = ShapeOf(i);
        for (int i = MaxConditions; i < _shapes.Length; i++) _shapes[i] = Unserved;
    }

    private static ConditionShape Unserved => new("", ConditionClass.None);

    /// <summary>The conjuncts.</summary>
    public ReadOnlySpan<VaultFilter> Conjuncts => _conjuncts;

    /// <summary>How many of the conjuncts are the filter's own: those of <see cref="Within"/> are not.</summary>
    public int OwnCount { get; }

    /// <summary>The conditions' shapes; of what is on no single field, a shape that no key serves.</summary>
    public ConditionShape[] Shapes => _shapes;

    /// <summary>Whether there is a conjunct of which one of several conditions must hold.</summary>
    public bool HasDisjunction => Array.Exists(_conjuncts, static c => c is IDisjunction);

    /// <summary>The conditions of a filter, in its order; none of null.</summary>
    public static Conjunction Of(VaultFilter? filter)
    {
        if (filter is null) return Empty;
        VaultFilter[] conjuncts = new VaultFilter[CountOf(filter)];
        int next = 0;
        Flatten(filter, conjuncts, ref next);
        return new Conjunction(conjuncts, conjuncts.Length);
    }

    /// <summary>The conditions of a filter that is one side of an <c>||</c> in another conjunction, together with that conjunction's single ones.</summary>
    public static Conjunction Within(Conjunction outer, VaultFilter filter)
    {
        int own = CountOf(filter), next = 0;
        VaultFilter[] conjuncts = new VaultFilter[own + outer._conjuncts.Count(static c => c is not IDisjunction)];
        Flatten(filter, conjuncts, ref next);
        foreach (VaultFilter conjunct in outer._conjuncts)
            if (conjunct is not IDisjunction) conjuncts[next++] = conjunct;
        return new Conjunction(conjuncts, own);
    }

    /// <summary>The position of the first condition that a component answers, from one on; -1 for none.</summary>
    public int IndexOf(in KeyPart part, ConditionClass conditionClass, int item, int from = 0)
    {
        for (int i = from; i < _shapes.Length; i++)
            if (part.Answers(_shapes[i], conditionClass, item)) return i;
        return -1;
    }

    /// <summary>The condition at a position; it must be one on a field.</summary>
    public IFieldCondition Condition(int position) => (IFieldCondition)_conditions[position];

    /// <summary>Whether a condition fixes a field to one value.</summary>
    public bool Fixes(FieldInfo field)
    {
        if (!field.IsIndexable) return false;
        string path = field.Path.ToString();
        foreach (ConditionShape shape in _shapes)
            if (shape.Class == ConditionClass.Equality && shape.Casing != Casing.Ignored && shape.Path == path) return true;
        return false;
    }

    /// <summary>The conjuncts of which all conditions are served.</summary>
    public ulong Answered(ulong served)
    {
        if (_owners is null || served == 0) return served;
        ulong answered = 0, missed = 0;
        for (int i = 0; i < Math.Min(_owners.Length, MaxConditions); i++)
        {
            if (_owners[i] >= MaxConditions) break;
            if (Masks.Has(served, i)) answered |= 1UL << _owners[i];
            else missed |= 1UL << _owners[i];
        }

        return answered & ~missed;
    }

    /// <summary>Whether all conjuncts are answered.</summary>
    public bool IsAnswered(ulong answered) => _conjuncts.Length == System.Numerics.BitOperations.PopCount(answered);

    /// <summary>The conjuncts that are not answered.</summary>
    public VaultFilter[] Without(ulong answered)
    {
        if (answered == 0) return _conjuncts;
        if (IsAnswered(answered)) return [];
        VaultFilter[] left = new VaultFilter[_conjuncts.Length - System.Numerics.BitOperations.PopCount(answered)];
        int next = 0;
        for (int i = 0; i < _conjuncts.Length; i++)
            if (!Masks.Has(answered, i)) left[next++] = _conjuncts[i];
        return left;
    }

    /// <summary>Some of the conditions, as in C#.</summary>
    public string Describe(ulong served) => string.Join(" && ", _conditions.Where((_, i) => Masks.Has(served, i)));

    /// <summary>The conditions on a field or on its twin without regard to case, whether or not a key could serve them.</summary>
    public IEnumerable<VaultFilter> On(string path) => _conditions.Where(c => c is IFieldCondition condition && condition.Field.Path.ToString() == path);

    private static int CountOf(VaultFilter filter) => filter is IConjunction both ? CountOf(both.Left) + CountOf(both.Right) : 1;

    private static void Flatten(VaultFilter filter, VaultFilter[] conjuncts, ref int next)
    {
        if (filter is IConjunction both)
        {
            Flatten(both.Left, conjuncts, ref next);
            Flatten(both.Right, conjuncts, ref next);
        }
        else
        {
            conjuncts[next++] = filter;
        }
    }

    // What one item of a list must pass, where that is all that is asked.
    private static VaultFilter? ItemOf(VaultFilter filter) =>
        filter is IListCondition { Quantifier: ListQuantifier.Any, Item: { } item, List.IsIndexable: true } ? item : null;

    // The conditions on items stand in the place of the one on their list. The item's number is one more than the conjunct's.
    private static VaultFilter[] WithItems(VaultFilter[] conjuncts, out int[] owners)
    {
        int count = 0, next = 0;
        foreach (VaultFilter conjunct in conjuncts) count += CountOf(ItemOf(conjunct) ?? conjunct);
        VaultFilter[] conditions = new VaultFilter[count];
        owners = new int[count];
        for (int i = 0; i < conjuncts.Length; i++)
        {
            int first = next;
            Flatten(ItemOf(conjuncts[i]) ?? conjuncts[i], conditions, ref next);
            owners.AsSpan(first, next - first).Fill(i);
        }

        return conditions;
    }

    private ConditionShape ShapeOf(int position)
    {
        if (_conditions[position] is not IFieldCondition condition || !condition.Field.IsKeyed || condition.Field.Depth != DepthOf(position)) return Unserved;
        Casing casing = condition.Operator is FilterOperator.IsNull or FilterOperator.IsNotNull ? Casing.Irrelevant : condition.IgnoresCase ? Casing.Ignored : Casing.Ordinal;
        return new ConditionShape(condition.Field.Path.ToString(), Classify(condition), casing, condition.Field.Depth == 0 ? 0 : 1 + _owners![position]);
    }

    // Asked of an item, a condition on the record says nothing unless there is an item.
    private int DepthOf(int position) => _owners is not null && ItemOf(_conjuncts[_owners[position]]) is not null ? 1 : 0;

    private static ConditionClass Classify(IFieldCondition condition)
    {
        if (!condition.IsServable) return ConditionClass.None;
        return condition.Operator switch
        {
            FilterOperator.Equal or FilterOperator.IsNull => ConditionClass.Equality,
            FilterOperator.In => ConditionClass.Values,
            FilterOperator.Less or FilterOperator.LessOrEqual or FilterOperator.Greater or FilterOperator.GreaterOrEqual or FilterOperator.StartsWith or FilterOperator.IsNotNull => ConditionClass.Range,
            _ => ConditionClass.None,
        };
    }
}

/// <summary>Sets of positions.</summary>
internal static class Masks
{
    /// <summary>Whether a position is in the set.</summary>
    public static bool Has(ulong mask, int position) => position < 64 && (mask & 1UL << position) != 0;
}
