namespace ModelVault.Tests.Queries.Differential;

/// <summary>One condition twice: as a filter, and as the contract says in C# of a record or of what is in it.</summary>
internal readonly record struct Predicate<TModel, T>(VaultFilter<TModel> Filter, Func<T, bool> Meaning);

/// <summary>Makes random conditions on a value.</summary>
internal delegate Predicate<TModel, T> PredicateSource<TModel, T>(Random random);

internal static class PredicateSources
{
    /// <summary>Conditions on a part of something as conditions on that.</summary>
    public static PredicateSource<TModel, T> On<TModel, T, TPart>(this PredicateSource<TModel, TPart> part, Func<T, TPart> read) => random =>
    {
        Predicate<TModel, TPart> predicate = part(random);
        return new(predicate.Filter, value => predicate.Meaning(read(value)));
    };

    /// <summary>One of several, and now and then two of them together or the opposite of one.</summary>
    public static PredicateSource<TModel, T> AnyOf<TModel, T>(params PredicateSource<TModel, T>[] sources) => random =>
    {
        Predicate<TModel, T> Next() => sources[random.Next(sources.Length)](random);
        Predicate<TModel, T> first = Next();
        if (random.Next(3) > 0) return first;
        Predicate<TModel, T> second = Next();
        return random.Next(4) switch
        {
            0 => new(!first.Filter, value => !first.Meaning(value)),
            1 => new(first.Filter | second.Filter, value => first.Meaning(value) || second.Meaning(value)),
            _ => new(first.Filter & second.Filter, value => first.Meaning(value) && second.Meaning(value)),
        };
    };
}
