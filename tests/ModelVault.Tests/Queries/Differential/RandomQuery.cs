namespace ModelVault.Tests.Queries.Differential;

/// <summary>What a query asks for, from which it is built for the vault and answered by LINQ.</summary>
internal sealed record RandomQuery<TModel>
    where TModel : notnull
{
    public Condition<TModel>? Condition { get; init; }

    public IReadOnlyList<(SortKey<TModel> Key, SortTerm Term)> Order { get; init; } = [];

    public bool IsReversed { get; init; }

    public int Skip { get; init; }

    public int? Take { get; init; }

    /// <summary>The query on a collection.</summary>
    public VaultQuery<TModel, NoFields> On(VaultQuery<TModel, NoFields> all)
    {
        VaultQuery<TModel, NoFields> query = Condition is null ? all : all.Where(Condition.Filter);
        for (int i = 0; i < Order.Count; i++) query = Order[i].Key.Apply(query, Order[i].Term with { IsFirst = i == 0 });
        if (IsReversed) query = query.Reverse();
        if (Skip > 0) query = query.Skip(Skip);
        return Take is { } take ? query.Take(take) : query;
    }

    /// <summary>What LINQ finds among records that stand in the order of their keys.</summary>
    public List<TModel> Among(IEnumerable<TModel> records)
    {
        IEnumerable<TModel> found = Condition is null ? records : records.Where(Condition.Accepts);
        if (Order.Count > 0) found = found.Order(Comparer<TModel>.Create(Compare));
        if (IsReversed) found = found.Reverse();
        return [.. found.Skip(Skip).Take(Take ?? int.MaxValue)];
    }

    /// <summary>The same with less in it.</summary>
    public IEnumerable<RandomQuery<TModel>> Smaller()
    {
        if (Condition is not null) yield return this with { Condition = null };
        foreach (Condition<TModel> condition in Condition?.Smaller ?? []) yield return this with { Condition = condition };
        for (int i = 0; i < Order.Count; i++) yield return this with { Order = [.. Order.Where((_, place) => place != i)] };
        if (IsReversed) yield return this with { IsReversed = false };
        if (Skip > 0) yield return this with { Skip = 0 };
        if (Take is not null) yield return this with { Take = null };
    }

    public override string ToString() =>
        $"Where {Condition?.Filter.ToString() ?? "all"}{string.Concat(Order.Select(static o => $", by {o.Key.Name}{o.Term}"))}{(IsReversed ? ", reversed" : "")}{(Skip > 0 ? $", skip {Skip}" : "")}{(Take is { } take ? $", take {take}" : "")}";

    private int Compare(TModel left, TModel right)
    {
        foreach ((SortKey<TModel> key, SortTerm term) in Order)
            if (term.Compare(key, left, right) is not 0 and int order) return order;
        return 0;
    }
}
