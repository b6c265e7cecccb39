namespace ModelVault.Tests.Queries.Differential;

/// <summary>Everything that a kind of field can be asked, with random values.</summary>
internal static class FieldPredicates
{
    public static PredicateSource<TModel, T> Of<TModel, T>(OrderedField<TModel, T> f, Values<T> values) where T : notnull => random =>
    {
        (T v, T w, T x) = (values.Next(random), values.Next(random), values.Next(random));
        return random.Next(10) switch
        {
            0 => new(f < v, t => values.IsLess(t, v)),
            1 => new(f <= v, t => values.IsLessOrEqual(t, v)),
            2 => new(f > v, t => values.IsLess(v, t)),
            3 => new(v <= f, t => values.IsLessOrEqual(v, t)),
            4 => new(f != v, t => !values.AreEqual(t, v)),
            5 => new(f.Between(v, w), t => values.IsLessOrEqual(v, t) && values.IsLessOrEqual(t, w)),
            6 => new(f.In(v, w, x), t => values.AreEqual(t, v) || values.AreEqual(t, w) || values.AreEqual(t, x)),
            7 => new(((IEnumerable<T>)[v, w, v]).Contains(f), t => values.AreEqual(t, v) || values.AreEqual(t, w)),
            8 => new(v == f, t => values.AreEqual(t, v)),
            _ => new(f == v, t => values.AreEqual(t, v)),
        };
    };

    public static PredicateSource<TModel, T?> Of<TModel, T>(NullableOrderedField<TModel, T> f, Values<T> values) where T : struct => random =>
    {
        (T v, T w) = (values.Next(random), values.Next(random));
        return random.Next(13) switch
        {
            0 => new(f < v, t => t is { } x && values.IsLess(x, v)),
            1 => new(v >= f, t => t is { } x && values.IsLessOrEqual(x, v)),
            2 => new(f > v, t => t is { } x && values.IsLess(v, x)),
            3 => new(f >= v, t => t is { } x && values.IsLessOrEqual(v, x)),
            4 => new(f != v, t => t is not { } x || !values.AreEqual(x, v)),
            5 => new(f.Between(v, w), t => t is { } x && values.IsLessOrEqual(v, x) && values.IsLessOrEqual(x, w)),
            6 => new(f.In(v, w), t => t is { } x && (values.AreEqual(x, v) || values.AreEqual(x, w))),
            7 => new(f.In(v, null), t => t is not { } x || values.AreEqual(x, v)),
            8 => new(f.IsNull, static t => t is null),
            9 => new(f.HasValue, static t => t is not null),
            10 => new(f.Value < v, t => t is { } x && values.IsLess(x, v)),
            11 => new(f == null, static t => t is null),
            _ => new(f == v, t => t is { } x && values.AreEqual(x, v)),
        };
    };

    public static PredicateSource<TModel, T?> Of<TModel, T>(NullableOrderedReferenceField<TModel, T> f, Values<T> values) where T : class => random =>
    {
        (T v, T w) = (values.Next(random), values.Next(random));
        return random.Next(10) switch
        {
            0 => new(f < v, t => t is not null && values.IsLess(t, v)),
            1 => new(f <= v, t => t is not null && values.IsLessOrEqual(t, v)),
            2 => new(f > v, t => t is not null && values.IsLess(v, t)),
            3 => new(f >= v, t => t is not null && values.IsLessOrEqual(v, t)),
            4 => new(f != v, t => t is null || !values.AreEqual(t, v)),
            5 => new(f.In(v, w), t => t is not null && (values.AreEqual(t, v) || values.AreEqual(t, w))),
            6 => new(f.In(v, null), t => t is null || values.AreEqual(t, v)),
            7 => new(f.IsNull, static t => t is null),
            8 => new(f.HasValue, static t => t is not null),
            _ => new(f == v, t => t is not null && values.AreEqual(t, v)),
        };
    };

    public static PredicateSource<TModel, string> Of<TModel>(StringField<TModel> f, Values<string> values) => random =>
    {
        (string v, string w) = (values.Next(random), values.Next(random));
        return random.Next(14) switch
        {
            0 => new(f < v, t => values.IsLess(t, v)),
            1 => new(f <= v, t => values.IsLessOrEqual(t, v)),
            2 => new(f > v, t => values.IsLess(v, t)),
            3 => new(f >= v, t => values.IsLessOrEqual(v, t)),
            4 => new(f != v, t => t != v),
            5 => new(f.Between(v, w), t => values.IsLessOrEqual(v, t) && values.IsLessOrEqual(t, w)),
            6 => new(f.In(v, w), t => t == v || t == w),
            7 => new(f.Length >= v.Length, t => t.Length >= v.Length),
            _ => NotNull(Text<TModel>(f.Equals, f.StartsWith, f.EndsWith, f.Contains, v, random)),
        };
    };

    public static PredicateSource<TModel, string?> Of<TModel>(NullableStringField<TModel> f, Values<string> values) => random =>
    {
        (string v, string w) = (values.Next(random), values.Next(random));
        return random.Next(18) switch
        {
            0 => new(f < v, t => t is not null && values.IsLess(t, v)),
            1 => new(f <= v, t => t is not null && values.IsLessOrEqual(t, v)),
            2 => new(f > v, t => t is not null && values.IsLess(v, t)),
            3 => new(f >= v, t => t is not null && values.IsLessOrEqual(v, t)),
            4 => new(f != v, t => t != v),
            5 => new(f.Between(v, w), t => t is not null && values.IsLessOrEqual(v, t) && values.IsLessOrEqual(t, w)),
            6 => new(f.In(v, w), t => t == v || t == w),
            7 => new(f.In(v, null), t => t is null || t == v),
            8 => new(f == null, static t => t is null),
            9 => new(f != null, static t => t is not null),
            10 => new(f.Length < v.Length, t => t?.Length < v.Length),
            11 => new(f == v, t => t == v),
            _ => Text<TModel>(f.Equals, f.StartsWith, f.EndsWith, f.Contains, v, random),
        };
    };

    public static PredicateSource<TModel, bool> Of<TModel>(BoolField<TModel> f) => random => random.Next(4) switch
    {
        0 => new(f, static t => t),
        1 => new(!f, static t => !t),
        2 => new(f == true, static t => t),
        _ => new(f != true, static t => !t),
    };

    public static PredicateSource<TModel, bool?> Of<TModel>(NullableBoolField<TModel> f) => random =>
    {
        bool v = random.Next(2) == 0;
        return random.Next(5) switch
        {
            0 => new(f != v, t => t != v),
            1 => new(f == null, static t => t is null),
            2 => new(f.HasValue, static t => t is not null),
            _ => new(f == v, t => t == v),
        };
    };

    public static PredicateSource<TModel, T> Of<TModel, T>(EqualityField<TModel, T> f, Values<T> values) where T : notnull => random =>
    {
        (T v, T w) = (values.Next(random), values.Next(random));
        return random.Next(4) switch
        {
            0 => new(f != v, t => !values.AreEqual(t, v)),
            1 => new(f.In(v, w), t => values.AreEqual(t, v) || values.AreEqual(t, w)),
            _ => new(f == v, t => values.AreEqual(t, v)),
        };
    };

    public static PredicateSource<TModel, T?> Of<TModel, T>(NullableEqualityField<TModel, T> f, Values<T> values) where T : struct => random =>
    {
        (T v, T w) = (values.Next(random), values.Next(random));
        return random.Next(6) switch
        {
            0 => new(f != v, t => t is not { } x || !values.AreEqual(x, v)),
            1 => new(f.In(v, w, null), t => t is not { } x || values.AreEqual(x, v) || values.AreEqual(x, w)),
            2 => new(f.IsNull, static t => t is null),
            3 => new(f.HasValue, static t => t is not null),
            _ => new(f == v, t => t is { } x && values.AreEqual(x, v)),
        };
    };

    public static PredicateSource<TModel, T?> Of<TModel, T>(NullableReferenceField<TModel, T> f, Values<T> values) where T : class => random =>
    {
        (T v, T w) = (values.Next(random), values.Next(random));
        return random.Next(6) switch
        {
            0 => new(f != v, t => t is null || !values.AreEqual(t, v)),
            1 => new(f.In(v, w, null), t => t is null || values.AreEqual(t, v) || values.AreEqual(t, w)),
            2 => new(f.IsNull, static t => t is null),
            3 => new(f.HasValue, static t => t is not null),
            _ => new(f == v, t => t is not null && values.AreEqual(t, v)),
        };
    };

    private static Predicate<TModel, string?> Text<TModel>(
        Func<string, StringComparison, VaultFilter<TModel>> equal, Func<string, StringComparison, VaultFilter<TModel>> starts, Func<string, StringComparison, VaultFilter<TModel>> ends,
        Func<string, StringComparison, VaultFilter<TModel>> contains, string v, Random random)
    {
        StringComparison comparison = random.Next(2) == 0 ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase;
        return random.Next(5) switch
        {
            0 => new(starts(v, comparison), t => t is not null && t.StartsWith(v, comparison)),
            1 => new(ends(v, comparison), t => t is not null && t.EndsWith(v, comparison)),
            2 => new(contains(v, comparison), t => t is not null && t.Contains(v, comparison)),
            _ => new(equal(v, comparison), t => string.Equals(t, v, comparison)),
        };
    }

    private static Predicate<TModel, string> NotNull<TModel>(Predicate<TModel, string?> predicate) => new(predicate.Filter, predicate.Meaning);
}
