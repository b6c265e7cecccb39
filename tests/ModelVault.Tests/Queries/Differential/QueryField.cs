namespace ModelVault.Tests.Queries.Differential;

/// <summary>A field of a model, as results are made of it.</summary>
internal abstract class QueryField<TModel>(string name)
    where TModel : notnull
{
    public string Name => name;

    /// <summary>Whether it can be sorted by, and so has a least and a greatest value.</summary>
    public abstract bool IsOrdered { get; }

    public abstract bool AreSame(TModel left, TModel right);

    /// <summary>The plan of reading it alone.</summary>
    public abstract QueryPlan Explain(VaultQuery<TModel, NoFields> query);

    public abstract string? Select(VaultQuery<TModel, NoFields> query, IReadOnlyList<TModel> expected);

    public abstract string? Distinct(VaultQuery<TModel, NoFields> query, IReadOnlyList<TModel> expected, int skip, int take);

    public abstract string? Extreme(VaultQuery<TModel, NoFields> query, IReadOnlyList<TModel> expected, bool isMax);

    public abstract string? SelectWith(VaultQuery<TModel, NoFields> query, IReadOnlyList<TModel> expected, QueryField<TModel> second);

    public abstract string? SelectAfter<TFirst>(VaultQuery<TModel, NoFields> query, IReadOnlyList<TModel> expected, TypedField<TModel, TFirst> first);

    public abstract string? Group(VaultQuery<TModel, NoFields> query, IReadOnlyList<TModel> expected, QueryField<TModel> of);

    public abstract string? GroupBy<TGroup>(VaultQuery<TModel, NoFields> query, IReadOnlyList<TModel> expected, TypedField<TModel, TGroup> by);

    /// <summary>Sets it to a value of another record in all records of a query. Null where that is not possible.</summary>
    public abstract string? Patch(VaultQuery<TModel, NoFields> all, RandomQuery<TModel> query, IReadOnlyList<TModel> records, IReadOnlyList<TModel> expected, Func<TModel, object> key, TModel example);

    public abstract bool IsPatchable { get; }
}

/// <summary>A field and how its values compare by the contract, null first.</summary>
internal sealed class TypedField<TModel, T>(string name, IField<TModel, T> of, Func<TModel, T> read, Comparison<T> compare, Func<T?, T?, bool> areSame, IEqualityComparer<T> equality, bool isPatchable) : QueryField<TModel>(name)
    where TModel : notnull
{
    private readonly IOrderedField<TModel, T>? _ordered = of as IOrderedField<TModel, T>;

    public override bool IsOrdered => _ordered is not null;

    // What is inside an object that may be null cannot be set where that is null.
    public override bool IsPatchable => isPatchable && of is IStoredField<TModel, T> && !Name.Contains('.', StringComparison.Ordinal);

    public SortKey<TModel>? SortKey => _ordered is null ? null : Differential.SortKey<TModel>.By(Name, _ordered, read, compare);

    public override bool AreSame(TModel left, TModel right) => areSame(read(left), read(right));

    public override QueryPlan Explain(VaultQuery<TModel, NoFields> query) => query.Select(of).Explain();

    public override string? Select(VaultQuery<TModel, NoFields> query, IReadOnlyList<TModel> expected) => Difference.Of(expected.Select(read), query.Select(of).ToList(), areSame);

    public override string? Distinct(VaultQuery<TModel, NoFields> query, IReadOnlyList<TModel> expected, int skip, int take) =>
        Difference.Of(expected.Select(read).Distinct(equality).Skip(skip).Take(take), query.Select(of).Distinct().Skip(skip).Take(take).ToList(), areSame);

    public override string? Extreme(VaultQuery<TModel, NoFields> query, IReadOnlyList<TModel> expected, bool isMax)
    {
        IEnumerable<T> values = expected.Select(read).Where(static v => v is not null).Order(Comparer<T>.Create(compare));
        T[] wanted = [.. isMax ? values.Reverse() : values];
        // Which of those that are equal is not promised.
        return wanted.Length == 0 && default(T) is not null
            ? Difference.OfThrowing<InvalidOperationException>(() => isMax ? query.Max(_ => _ordered!) : query.Min(_ => _ordered!))
            : Difference.OfOne(wanted.FirstOrDefault(), isMax ? query.Max(_ => _ordered!) : query.Min(_ => _ordered!), IsSameKey);
    }

    public override string? SelectWith(VaultQuery<TModel, NoFields> query, IReadOnlyList<TModel> expected, QueryField<TModel> second) => second.SelectAfter(query, expected, this);

    public override string? SelectAfter<TFirst>(VaultQuery<TModel, NoFields> query, IReadOnlyList<TModel> expected, TypedField<TModel, TFirst> first) => Difference.Of(
        expected.Select(m => (First: first.Read(m), Second: read(m))),
        query.Select(_ => first.Field, SecondField).ToList(),
        (l, r) => first.IsSame(l.First, r.Item1) && areSame(l.Second, r.Item2));

    public override string? Group(VaultQuery<TModel, NoFields> query, IReadOnlyList<TModel> expected, QueryField<TModel> of) => of.GroupBy(query, expected, this);

    public override string? GroupBy<TGroup>(VaultQuery<TModel, NoFields> query, IReadOnlyList<TModel> expected, TypedField<TModel, TGroup> by)
    {
        List<(TGroup Key, int Count, T? Min, T? Max)> wanted = [];
        foreach ((TGroup key, List<TModel> members) in by.Groups(expected))
        {
            T[] values = [.. members.Select(read).Where(static v => v is not null).Order(Comparer<T>.Create(compare))];
            wanted.Add((key, members.Count, values.FirstOrDefault(), values.LastOrDefault()));
        }

        var found = query.GroupBy(_ => by.Field).Select(g => (g.Key, g.Count(), g.Min(_ => _ordered!), g.Max(_ => _ordered!))).ToList();
        return Difference.Of(wanted, [.. found.Select(static f => (Key: f.Item1, Count: f.Item2, Min: f.Item3, Max: f.Item4))], (l, r) => by.IsSameKey(l.Key, r.Key) && l.Count == r.Count && IsSameKey(l.Min, r.Min) && IsSameKey(l.Max, r.Max));
    }

    public override string? Patch(VaultQuery<TModel, NoFields> all, RandomQuery<TModel> query, IReadOnlyList<TModel> records, IReadOnlyList<TModel> expected, Func<TModel, object> key, TModel example)
    {
        T value = read(example);
        int changed = query.On(all).Patch(new VaultPatch<TModel>().Set((IStoredField<TModel, T>)of, value));
        if (changed != expected.Count) return $"{changed} of {expected.Count} were changed";
        HashSet<object> keys = [.. expected.Select(key)];
        return Difference.Of(records.Select(r => keys.Contains(key(r)) ? value : read(r)), all.Select(of).ToList(), areSame)
            ?? (_ordered is null ? null : Difference.OfOne(records.Count(r => keys.Contains(key(r)) || IsSameKey(read(r), value)), all.Where(of, value).Count(), static (l, r) => l == r));
    }

    internal IField<TModel, T> Field => of;

    private IField<TModel, T> SecondField(NoFields _) => of;

    internal T Read(TModel model) => read(model);

    internal bool IsSame(T? left, T? right) => areSame(left, right);

    /// <summary>Whether two values are one to a group.</summary>
    internal bool IsSameKey(T? left, T? right) => left is null || right is null ? left is null && right is null : compare(left, right) == 0;

    /// <summary>The records by value, in the order of the values; each with the one of its first record.</summary>
    internal IEnumerable<(T Key, List<TModel> Members)> Groups(IEnumerable<TModel> models)
    {
        List<TModel> members = [];
        foreach (TModel model in models.OrderBy(read, Comparer<T>.Create(compare)))
        {
            if (members.Count > 0 && !IsSameKey(read(members[0]), read(model)))
            {
                yield return (read(members[0]), members);
                members = [];
            }

            members.Add(model);
        }

        if (members.Count > 0) yield return (read(members[0]), members);
    }
}
