using ModelVault.Tests.Types;

namespace ModelVault.Tests.Queries.Differential;

// A method for each kind of field. A fixed one is of the key or unique, so that no patch may set it.
internal abstract partial class ModelCase<TModel>
{
    protected void Add<T>(OrderedField<TModel, T> field, Func<TModel, T> read, Values<T> values, bool isFixed = false) where T : notnull =>
        AddField(field, read, values.Compare, values.AreSame, values.Equality, isFixed, FieldPredicates.Of(field, values));

    protected void Add<T>(NullableOrderedField<TModel, T> field, Func<TModel, T?> read, Values<T> values, bool isFixed = false) where T : struct =>
        AddField(field, read, Lifted(values), (l, r) => AreSame(values, l, r), Equality(values), isFixed, FieldPredicates.Of(field, values));

    protected void Add<T>(NullableOrderedReferenceField<TModel, T> field, Func<TModel, T?> read, Values<T> values) where T : class =>
        AddField<T?>(field, read, Compare(values), values.AreSame, values.Equality!, false, FieldPredicates.Of(field, values));

    protected void Add(StringField<TModel> field, Func<TModel, string> read, Values<string> values, bool isFixed = false)
    {
        AddField(field, read, values.Compare, values.AreSame, values.Equality, isFixed, FieldPredicates.Of(field, values));
        AddComputed(field.Length, m => read(m).Length);
    }

    protected void Add(NullableStringField<TModel> field, Func<TModel, string?> read, Values<string> values, bool isFixed = false)
    {
        AddField<string?>(field, read, Compare(values), values.AreSame, values.Equality!, isFixed, FieldPredicates.Of(field, values));
        AddComputed(field.Length, m => read(m)?.Length);
    }

    protected void Add(BoolField<TModel> field, Func<TModel, bool> read) =>
        AddField(field, read, Values.Bool.Compare, Values.Bool.AreSame, EqualityComparer<bool>.Default, false, FieldPredicates.Of(field));

    protected void Add(NullableBoolField<TModel> field, Func<TModel, bool?> read) =>
        AddField(field, read, Lifted(Values.Bool), static (l, r) => l == r, EqualityComparer<bool?>.Default, false, FieldPredicates.Of(field));

    protected void Add<T>(EqualityField<TModel, T> field, Func<TModel, T> read, Values<T> values, bool isFixed = false) where T : notnull =>
        AddField(field, read, values.Compare, values.AreSame, values.Equality, isFixed, FieldPredicates.Of(field, values));

    protected void Add<T>(NullableEqualityField<TModel, T> field, Func<TModel, T?> read, Values<T> values) where T : struct =>
        AddField(field, read, Lifted(values), (l, r) => AreSame(values, l, r), Equality(values), false, FieldPredicates.Of(field, values));

    protected void Add<T>(NullableReferenceField<TModel, T> field, Func<TModel, T?> read, Values<T> values) where T : class =>
        AddField<T?>(field, read, Compare(values), values.AreSame, values.Equality!, false, FieldPredicates.Of(field, values));

    /// <summary>A list's items, its number of items, and the list as a result.</summary>
    protected void Add<TList, TItem, TElement>(
        ListField<TModel, TList, TItem, TElement> field, Func<TModel, IEnumerable<TItem>?> read, Func<TElement, PredicateSource<TModel, TItem>> item, Func<Random, (TItem Value, Func<TItem, bool> IsEqual)>? contains = null)
    {
        string path = $"{((IField<TModel, TList>)field).Field.Path}[]";
        AddPredicates(CollectionPredicates.Of<TModel, TModel, TList, TItem, TElement>(field, read, item, contains), path);
        AddPredicates(CollectionPredicates.SomeItem<TModel, TModel, TList, TItem, TElement>(field, read, item, contains), path);
        AddPredicates(CollectionPredicates.WithRecord(field, read, item, random => Predicates[random.Next(Predicates.Length)](random)));
        AddComputed(field.Count, m => read(m)?.Count() ?? 0);
    }

    /// <summary>A whole list as a result.</summary>
    protected void AddResult<T>(IField<TModel, T> field, Func<TModel, T> read) =>
        AddField(field, read, static (_, _) => 0, static (l, r) => Exact.Text(l) == Exact.Text(r), EqualityComparer<T>.Create(static (l, r) => Exact.Text(l) == Exact.Text(r), static v => Exact.Text(v).GetHashCode(StringComparison.Ordinal)), false, null);

    private void AddComputed<T>(ComputedField<TModel, T> field, Func<TModel, T> read) =>
        AddField(field, read, Comparer<T>.Default.Compare, static (l, r) => Equals(l, r), EqualityComparer<T>.Default, true, null);

    private static Comparison<T?> Lifted<T>(Values<T> values) where T : struct => (l, r) => (l, r) switch
    {
        ({ } left, { } right) => values.Compare(left, right),
        _ => (l is null ? 0 : 1) - (r is null ? 0 : 1),
    };

    private static Comparison<T?> Compare<T>(Values<T> values) where T : class => (l, r) => (l, r) switch
    {
        ({ } left, { } right) => values.Compare(left, right),
        _ => (l is null ? 0 : 1) - (r is null ? 0 : 1),
    };

    private static bool AreSame<T>(Values<T> values, T? left, T? right) where T : struct => (left, right) switch
    {
        ({ } l, { } r) => values.AreSame(l, r),
        _ => left is null && right is null,
    };

    private static EqualityComparer<T?> Equality<T>(Values<T> values) where T : struct => EqualityComparer<T?>.Create(
        (l, r) => l is { } left && r is { } right ? values.Equality.Equals(left, right) : l is null && r is null,
        v => v is { } value ? values.Equality.GetHashCode(value) : 0);
}
