namespace ModelVault.Tests.Queries.Differential;

/// <summary>One field of a record against another.</summary>
internal static class FieldPairs
{
    public static PredicateSource<TModel, TModel> Of<TModel, T>(OrderedField<TModel, T> f, OrderedField<TModel, T> g, Func<TModel, T> left, Func<TModel, T> right, Values<T> values) where T : notnull =>
        random => Next(random, [f == g, f != g, f < g, f <= g, f > g, f >= g], left, right, values);

    public static PredicateSource<TModel, TModel> Of<TModel>(StringField<TModel> f, StringField<TModel> g, Func<TModel, string> left, Func<TModel, string> right, Values<string> values) =>
        random => Next(random, [f == g, f != g, f < g, f <= g, f > g, f >= g], left, right, values);

    public static PredicateSource<TModel, TModel> Of<TModel>(NullableStringField<TModel> f, NullableStringField<TModel> g, Func<TModel, string?> left, Func<TModel, string?> right, Values<string> values) =>
        random => Next(random, [f == g, f != g, f < g, f <= g, f > g, f >= g], left!, right!, values);

    public static PredicateSource<TModel, TModel> Of<TModel, T>(NullableOrderedField<TModel, T> f, NullableOrderedField<TModel, T> g, Func<TModel, T?> left, Func<TModel, T?> right, Values<T> values) where T : struct =>
        random => Next<TModel, object>(random, [f == g, f != g, f < g, f <= g, f > g, f >= g], m => left(m), m => right(m),
            (l, r) => values.AreEqual((T)l, (T)r), (l, r) => values.IsLess((T)l, (T)r), (l, r) => values.IsLessOrEqual((T)l, (T)r));

    private static Predicate<TModel, TModel> Next<TModel, T>(Random random, VaultFilter<TModel>[] filters, Func<TModel, T?> left, Func<TModel, T?> right, Values<T> values) where T : notnull =>
        Next(random, filters, left, right, values.AreEqual, values.IsLess, values.IsLessOrEqual);

    private static Predicate<TModel, TModel> Next<TModel, T>(
        Random random, VaultFilter<TModel>[] filters, Func<TModel, T?> left, Func<TModel, T?> right, Func<T, T, bool> areEqual, Func<T, T, bool> isLess, Func<T, T, bool> isLessOrEqual)
        where T : notnull
    {
        int op = random.Next(6);
        return new(filters[op], model =>
        {
            (T? l, T? r) = (left(model), right(model));
            if (l is null || r is null) return op switch { 0 => l is null && r is null, 1 => l is not null || r is not null, _ => false };
            return op switch { 0 => areEqual(l, r), 1 => !areEqual(l, r), 2 => isLess(l, r), 3 => isLessOrEqual(l, r), 4 => isLess(r, l), _ => isLessOrEqual(r, l) };
        });
    }
}
