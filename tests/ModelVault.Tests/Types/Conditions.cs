namespace ModelVault.Tests.Types;

/// <summary>How two values compare: what every operator's result follows from.</summary>
/// <param name="IsOrdered">False where one of them is null or NaN, which are less than nothing.</param>
/// <param name="Order">The sign of their comparison.</param>
internal readonly record struct Comparison(bool IsOrdered, int Order)
{
    public bool IsEqual => Order == 0;
}

/// <summary>A comparison of a field with a value, and what LINQ to Objects says.</summary>
internal sealed record Condition<TModel, T>(string Sign, Func<T, VaultFilter<TModel>> Filter, Func<Comparison, bool> Expected);

/// <summary>Everything that a kind of field can be asked.</summary>
internal sealed class Conditions<TModel, T>
    where TModel : notnull
{
    public required IReadOnlyList<Condition<TModel, T>> OnValue { get; init; }

    /// <summary>The field against the one that is not indexed.</summary>
    public IReadOnlyList<(string Sign, VaultFilter<TModel> Filter, Func<Comparison, bool> Expected)> OnField { get; init; } = [];

    public Func<T, T, VaultFilter<TModel>>? Between { get; init; }

    public Func<T[], VaultFilter<TModel>>? In { get; init; }

    public VaultFilter<TModel>? IsNull { get; init; }

    public VaultFilter<TModel>? HasValue { get; init; }

    /// <summary>The query in the field's order, ascending and descending; null where the type has no order.</summary>
    public Func<VaultQuery<TModel, NoFields>, bool, VaultQuery<TModel, NoFields>>? OrderBy { get; init; }
}

/// <summary>The conditions of each kind of field.</summary>
internal static class Conditions
{
    private static bool Less(Comparison c) => c.IsOrdered && c.Order < 0;

    private static bool LessOrEqual(Comparison c) => c.IsOrdered && c.Order <= 0;

    private static bool Greater(Comparison c) => c.IsOrdered && c.Order > 0;

    private static bool GreaterOrEqual(Comparison c) => c.IsOrdered && c.Order >= 0;

    private static bool Equal(Comparison c) => c.IsEqual;

    private static bool Different(Comparison c) => !c.IsEqual;

    private static IReadOnlyList<Condition<TModel, T>> Ordered<TModel, T>(
        Func<T, VaultFilter<TModel>> less, Func<T, VaultFilter<TModel>> lessOrEqual, Func<T, VaultFilter<TModel>> greater, Func<T, VaultFilter<TModel>> greaterOrEqual) =>
        [new("<", less, Less), new("<=", lessOrEqual, LessOrEqual), new(">", greater, Greater), new(">=", greaterOrEqual, GreaterOrEqual)];

    private static IReadOnlyList<Condition<TModel, T>> Equality<TModel, T>(Func<T, VaultFilter<TModel>> equal, Func<T, VaultFilter<TModel>> different) => [new("==", equal, Equal), new("!=", different, Different)];

    public static Conditions<TModel, T> Of<TModel, T>(OrderedField<TModel, T> f, OrderedField<TModel, T> g) where TModel : notnull where T : notnull => new()
    {
        OnValue = [.. Equality<TModel, T>(v => f == v, v => v != f), .. Ordered<TModel, T>(v => f < v, v => v >= f, v => f > v, v => v <= f)],
        OnField = [("==", f == g, Equal), ("!=", f != g, Different), ("<", f < g, Less), ("<=", f <= g, LessOrEqual), (">", f > g, Greater), (">=", f >= g, GreaterOrEqual)],
        Between = (a, b) => f.Between(a, b),
        In = values => f.In(values),
        OrderBy = (q, down) => down ? q.OrderByDescending(f) : q.OrderBy(f),
    };

    public static Conditions<TModel, string> Of<TModel>(StringField<TModel> f, StringField<TModel> g) where TModel : notnull => new()
    {
        OnValue = [.. Equality<TModel, string>(v => f == v, v => v != f), .. Ordered<TModel, string>(v => f < v, v => f <= v, v => f > v, v => f >= v)],
        OnField = [("==", f == g, Equal), ("!=", f != g, Different), ("<", f < g, Less), ("<=", f <= g, LessOrEqual), (">", f > g, Greater), (">=", f >= g, GreaterOrEqual)],
        Between = (a, b) => f.Between(a, b),
        In = values => f.In(values),
        OrderBy = (q, down) => down ? q.OrderByDescending(f) : q.OrderBy(f),
    };

    public static Conditions<TModel, bool> Of<TModel>(BoolField<TModel> f, BoolField<TModel> g) where TModel : notnull => new()
    {
        OnValue = [.. Equality<TModel, bool>(v => f == v, v => f != v)],
        OnField = [("==", f == g, Equal), ("!=", f != g, Different)],
        OrderBy = (q, down) => down ? q.OrderByDescending(f) : q.OrderBy(f),
    };

    public static Conditions<TModel, T> Of<TModel, T>(EqualityField<TModel, T> f, EqualityField<TModel, T> g) where TModel : notnull where T : notnull => new()
    {
        OnValue = [.. Equality<TModel, T>(v => f == v, v => v != f)],
        OnField = [("==", f == g, Equal), ("!=", f != g, Different)],
        In = values => f.In(values),
    };

    public static Conditions<TModel, T> OfNullable<TModel, T>(NullableOrderedField<TModel, T> f, NullableOrderedField<TModel, T> g) where TModel : notnull where T : struct => new()
    {
        OnValue = [.. Equality<TModel, T>(v => f == v, v => (T?)v != f), .. Ordered<TModel, T>(v => f < v, v => f <= v, v => f > v, v => f >= v)],
        OnField = [("==", f == g, Equal), ("!=", f != g, Different), ("<", f < g, Less), ("<=", f <= g, LessOrEqual), (">", f > g, Greater), (">=", f >= g, GreaterOrEqual)],
        Between = (a, b) => f.Between(a, b),
        In = values => f.In(values),
        IsNull = f.IsNull,
        HasValue = f.HasValue,
        OrderBy = (q, down) => down ? q.OrderByDescending(f) : q.OrderBy(f),
    };

    public static Conditions<TModel, T> OfNullable<TModel, T>(NullableOrderedReferenceField<TModel, T> f, NullableOrderedReferenceField<TModel, T> g) where TModel : notnull where T : class => new()
    {
        OnValue = [.. Equality<TModel, T>(v => f == v, v => v != f), .. Ordered<TModel, T>(v => f < v, v => f <= v, v => f > v, v => f >= v)],
        OnField = [("==", f == g, Equal), ("!=", f != g, Different), ("<", f < g, Less), ("<=", f <= g, LessOrEqual), (">", f > g, Greater), (">=", f >= g, GreaterOrEqual)],
        Between = (a, b) => f.Between(a, b),
        In = values => f.In(values),
        IsNull = f == null,
        HasValue = f.HasValue,
        OrderBy = (q, down) => down ? q.OrderByDescending(f) : q.OrderBy(f),
    };

    public static Conditions<TModel, string> OfNullable<TModel>(NullableStringField<TModel> f, NullableStringField<TModel> g) where TModel : notnull => new()
    {
        OnValue = [.. Equality<TModel, string>(v => f == v, v => v != f), .. Ordered<TModel, string>(v => f < v, v => f <= v, v => f > v, v => f >= v)],
        OnField = [("==", f == g, Equal), ("!=", f != g, Different), ("<", f < g, Less), ("<=", f <= g, LessOrEqual), (">", f > g, Greater), (">=", f >= g, GreaterOrEqual)],
        In = values => f.In(values),
        Between = (a, b) => f.Between(a, b),
        IsNull = f.IsNull,
        HasValue = f.HasValue,
        OrderBy = (q, down) => down ? q.OrderByDescending(f) : q.OrderBy(f),
    };

    public static Conditions<TModel, bool> OfNullable<TModel>(NullableBoolField<TModel> f, NullableBoolField<TModel> g) where TModel : notnull => new()
    {
        OnValue = [.. Equality<TModel, bool>(v => f == v, v => f != v)],
        OnField = [("==", f == g, Equal), ("!=", f != g, Different)],
        IsNull = f.IsNull,
        HasValue = f.HasValue,
        OrderBy = (q, down) => down ? q.OrderByDescending(f) : q.OrderBy(f),
    };

    public static Conditions<TModel, T> OfNullable<TModel, T>(NullableEqualityField<TModel, T> f, NullableEqualityField<TModel, T> g) where TModel : notnull where T : struct => new()
    {
        OnValue = [.. Equality<TModel, T>(v => f == v, v => (T?)v != f)],
        OnField = [("==", f == g, Equal), ("!=", f != g, Different)],
        In = values => f.In(values),
        IsNull = f.IsNull,
        HasValue = f.HasValue,
    };

    public static Conditions<TModel, T> OfNullable<TModel, T>(NullableReferenceField<TModel, T> f, NullableReferenceField<TModel, T> g) where TModel : notnull where T : class => new()
    {
        OnValue = [.. Equality<TModel, T>(v => f == v, v => v != f)],
        OnField = [("==", f == g, Equal), ("!=", f != g, Different)],
        In = values => f.In(values),
        IsNull = f.IsNull,
        HasValue = f.HasValue,
    };
}
