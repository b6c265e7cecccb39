using System.Collections.Immutable;

namespace ModelVault.Tests.Queries.Differential;

/// <summary>Makes random queries: of any fields, or of those that an index has, so that it serves them wholly, in part, or not quite.</summary>
internal sealed class QueryMaker<TModel>(ModelCase<TModel> model, ImmutableArray<IndexSchema> indexes, int records, Random random)
    where TModel : notnull
{
    private readonly PredicateSource<TModel, TModel>[] _predicates = model.Predicates;
    private readonly SortKey<TModel>[] _keys = model.SortKeys;

    public RandomQuery<TModel> Next()
    {
        IndexSchema? index = indexes.Length > 0 && random.Next(5) < 3 ? indexes[random.Next(indexes.Length)] : null;
        int terms = Math.Max(0, random.Next(6) - 2);
        return new()
        {
            Condition = random.Next(10) == 0 ? ForKey() : index is null ? Any() : ForIndexes(index),
            Order = index is not null && random.Next(5) < 2 ? OrderOf(index) : [.. Enumerable.Range(0, terms).Select(_ => (_keys[random.Next(_keys.Length)], SortTerm.Next(random)))],
            IsReversed = random.Next(6) == 0,
            Skip = random.Next(5) == 0 ? random.Next(1, Math.Max(2, records / 10)) : 0,
            Take = random.Next(4) == 0 ? random.Next(0, Math.Max(2, records / 8)) : null,
        };
    }

    private Condition<TModel>? Any() => random.Next(14) == 0 ? null : Condition<TModel>.Next(_predicates, random, random.Next(8) switch { 0 => 0, 1 or 2 or 3 => 1, 4 or 5 => 2, 6 => 3, _ => 4 });

    // One index, two to be united or intersected, and something that none answers.
    private Condition<TModel>? ForIndexes(IndexSchema index)
    {
        Condition<TModel>? condition = ForIndex(index);
        if (condition is null) return null;
        return random.Next(6) switch
        {
            0 => new Both<TModel>(condition, One()),
            1 when ForIndex(indexes[random.Next(indexes.Length)]) is { } other => new Either<TModel>(condition, other),
            2 when ForIndex(indexes[random.Next(indexes.Length)]) is { } other => new Both<TModel>(condition, other),
            3 when ForIndex(indexes[random.Next(indexes.Length)]) is { } other => new Both<TModel>(One(), new Either<TModel>(other, condition)),
            _ => condition,
        };
    }

    // The whole primary key or its first fields, and something besides.
    private Condition<TModel>? ForKey()
    {
        Condition<TModel>? condition = null;
        foreach (string path in model.KeyPaths.Take(random.Next(4) == 0 ? 1 : model.KeyPaths.Length))
        {
            if (model.On(path, random) is not { } source) continue;
            Single<TModel> next = new(source(random));
            condition = condition is null ? next : new Both<TModel>(condition, next);
        }

        return condition is not null && random.Next(3) == 0 ? new Both<TModel>(condition, One()) : condition;
    }

    // Conditions on its first fields, and those that a partial one needs; none now and then.
    private Condition<TModel>? ForIndex(IndexSchema index)
    {
        Condition<TModel>? condition = model.Implying(index.Name) is { } implying ? new Single<TModel>(implying(random)) : null;
        int fields = random.Next(index.Paths.Length + 1);
        if (fields == 0 && random.Next(2) == 0) fields = 1;
        foreach (string path in index.Paths.Take(fields).Select(static p => ListOf(p.ToString())).Distinct())
        {
            if (model.On(path, random) is not { } source) continue;
            Single<TModel> next = new(source(random));
            condition = condition is null ? next : random.Next(2) == 0 ? new Both<TModel>(condition, next) : new Both<TModel>(next, condition);
        }

        return condition;
    }

    private Single<TModel> One() => new(_predicates[random.Next(_predicates.Length)](random));

    // As the index has it or turned around, from its first field on or from a later one, with the key behind it or not.
    private List<(SortKey<TModel>, SortTerm)> OrderOf(IndexSchema index)
    {
        bool isBackward = random.Next(2) == 0;
        List<(SortKey<TModel>, SortTerm)> order = [];
        for (int i = random.Next(3) == 0 ? random.Next(index.Paths.Length) : 0; i < index.Paths.Length; i++)
        {
            string path = index.Paths[i].ToString();
            if (Array.Find(_keys, k => k.Name == path) is not { } key) break;
            bool descends = index.IsDescending(i) != isBackward;
            order.Add((key, new SortTerm(false, descends, random.Next(8) == 0 ? (NullPlacement)random.Next(3) : NullPlacement.Default)));
            if (random.Next(5) == 0) break;
        }

        return order;
    }

    private static string ListOf(string path) => path.IndexOf("[]", StringComparison.Ordinal) is >= 0 and int at ? path[..(at + 2)] : path;
}
