namespace ModelVault.Tests.Queries.Differential;

/// <summary>What lists, sets, maps and unions can be asked.</summary>
internal static class CollectionPredicates
{
    /// <summary>Conditions on a list of a record or of an item.</summary>
    /// <param name="f">The list.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="item">Conditions on an item, made from what the list's predicates are given.</param>
    /// <param name="contains">The value that <c>Contains</c> asks for, and what is equal to it; null where items are objects.</param>
    public static PredicateSource<TModel, T> Of<TModel, T, TList, TItem, TElement>(
        ListField<TModel, TList, TItem, TElement> f, Func<T, IEnumerable<TItem>?> read, Func<TElement, PredicateSource<TModel, TItem>> item, Func<Random, (TItem Value, Func<TItem, bool> IsEqual)>? contains = null) => random =>
    {
        switch (random.Next(10))
        {
            case 0: return new(f.Any(), t => read(t)?.Any() ?? false);
            case 1: return new(f == null, t => read(t) is null);
            case 2:
                int count = random.Next(4);
                return random.Next(2) == 0 ? new(f.Count >= count, t => (read(t)?.Count() ?? 0) >= count) : new(f.Count == count, t => (read(t)?.Count() ?? 0) == count);
            case 3 or 4 or 5:
                Predicate<TModel, TItem> all = default;
                VaultFilter<TModel> every = f.All(e => (all = item(e)(random)).Filter);
                return new(every, t => read(t)?.All(all.Meaning) ?? false);
            default: return SomeItem(f, read, item, contains)(random);
        }
    };

    /// <summary>Of these the ones that an index over the items may serve.</summary>
    /// <inheritdoc cref="Of{TModel, T, TList, TItem, TElement}"/>
    public static PredicateSource<TModel, T> SomeItem<TModel, T, TList, TItem, TElement>(
        ListField<TModel, TList, TItem, TElement> f, Func<T, IEnumerable<TItem>?> read, Func<TElement, PredicateSource<TModel, TItem>> item, Func<Random, (TItem Value, Func<TItem, bool> IsEqual)>? contains = null) => random =>
    {
        if (contains is not null && random.Next(2) == 0)
        {
            (TItem value, Func<TItem, bool> isEqual) = contains(random);
            return new(f.Contains(value), t => read(t)?.Any(isEqual) ?? false);
        }

        Predicate<TModel, TItem> any = default;
        VaultFilter<TModel> some = f.Any(e => (any = item(e)(random)).Filter);
        return new(some, t => read(t)?.Any(any.Meaning) ?? false);
    };

    /// <summary>Conditions of which one part is on an item and another on the record that it is in.</summary>
    public static PredicateSource<TModel, TModel> WithRecord<TModel, TList, TItem, TElement>(
        ListField<TModel, TList, TItem, TElement> f, Func<TModel, IEnumerable<TItem>?> read, Func<TElement, PredicateSource<TModel, TItem>> item, PredicateSource<TModel, TModel> record) => random =>
    {
        // A further item of the same list is refused.
        string list = f.IsNull.ToString()!.Split(' ')[0];
        Predicate<TModel, TModel> own;
        do own = record(random);
        while (own.Filter.ToString()!.Contains($"{list}.A", StringComparison.Ordinal)); // Any, All
        Predicate<TModel, TItem> its = default;
        bool isBoth = random.Next(2) == 0, isAll = random.Next(3) == 0;
        VaultFilter<TModel> Of(TElement e)
        {
            its = item(e)(random);
            return isBoth ? its.Filter & own.Filter : own.Filter | its.Filter;
        }

        VaultFilter<TModel> filter = isAll ? f.All(Of) : f.Any(Of);
        return new(filter, model =>
        {
            if (read(model) is not { } items) return false;
            bool isMet = own.Meaning(model);
            bool Passes(TItem i) => isBoth ? its.Meaning(i) && isMet : isMet || its.Meaning(i);
            return isAll ? items.All(Passes) : items.Any(Passes);
        });
    };

    /// <summary>Conditions on a map and on its entries' values.</summary>
    public static PredicateSource<TModel, TModel> Of<TModel, TMap, TKey, TField, TValue>(
        MapField<TModel, TMap, TKey, TField> f, Func<TModel, IReadOnlyDictionary<TKey, TValue>?> read, Func<TField, PredicateSource<TModel, TValue?>> value, TKey[] keys)
        where TKey : notnull
        where TValue : class => random =>
    {
        TKey key = keys[random.Next(keys.Length)];
        if (random.Next(3) == 0) return new(f.ContainsKey(key), m => read(m)?.ContainsKey(key) ?? false);
        Predicate<TModel, TValue?> predicate = value(f[key])(random);
        return new(predicate.Filter, m => predicate.Meaning(read(m) is { } map && map.TryGetValue(key, out TValue? found) ? found : null));
    };

    /// <summary>Conditions on a map of values and on its entries' values.</summary>
    public static PredicateSource<TModel, TModel> OfValues<TModel, TMap, TKey, TField, TValue>(
        MapField<TModel, TMap, TKey, TField> f, Func<TModel, IReadOnlyDictionary<TKey, TValue>?> read, Func<TField, PredicateSource<TModel, TValue?>> value, TKey[] keys)
        where TKey : notnull
        where TValue : struct => random =>
    {
        TKey key = keys[random.Next(keys.Length)];
        if (random.Next(3) == 0) return new(f.ContainsKey(key), m => read(m)?.ContainsKey(key) ?? false);
        Predicate<TModel, TValue?> predicate = value(f[key])(random);
        return new(predicate.Filter, m => predicate.Meaning(read(m) is { } map && map.TryGetValue(key, out TValue found) ? found : null));
    };
}
