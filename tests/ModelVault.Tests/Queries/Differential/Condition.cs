namespace ModelVault.Tests.Queries.Differential;

/// <summary>A tree of conditions, kept as one so that a failing query can be made smaller.</summary>
internal abstract record Condition<TModel>
{
    public abstract VaultFilter<TModel> Filter { get; }

    public abstract bool Accepts(TModel model);

    /// <summary>The same with less in it.</summary>
    public abstract IEnumerable<Condition<TModel>> Smaller { get; }

    public static Condition<TModel> Next(PredicateSource<TModel, TModel>[] sources, Random random, int depth)
    {
        if (depth > 0)
        {
            switch (random.Next(8))
            {
                case 0 or 1 or 2: return new Both<TModel>(Next(sources, random, depth - 1), Next(sources, random, depth - 1));
                case 3 or 4: return new Either<TModel>(Next(sources, random, depth - 1), Next(sources, random, depth - 1));
                case 5: return new Opposite<TModel>(Next(sources, random, depth - 1));
            }
        }

        return new Single<TModel>(sources[random.Next(sources.Length)](random));
    }
}

internal sealed record Single<TModel>(Predicate<TModel, TModel> Predicate) : Condition<TModel>
{
    public override VaultFilter<TModel> Filter => Predicate.Filter;

    public override IEnumerable<Condition<TModel>> Smaller => [];

    public override bool Accepts(TModel model) => Predicate.Meaning(model);
}

internal sealed record Both<TModel>(Condition<TModel> Left, Condition<TModel> Right) : Condition<TModel>
{
    public override VaultFilter<TModel> Filter => Left.Filter & Right.Filter;

    public override IEnumerable<Condition<TModel>> Smaller => [Left, Right, .. Left.Smaller.Select(l => this with { Left = l }), .. Right.Smaller.Select(r => this with { Right = r })];

    public override bool Accepts(TModel model) => Left.Accepts(model) && Right.Accepts(model);
}

internal sealed record Either<TModel>(Condition<TModel> Left, Condition<TModel> Right) : Condition<TModel>
{
    public override VaultFilter<TModel> Filter => Left.Filter | Right.Filter;

    public override IEnumerable<Condition<TModel>> Smaller => [Left, Right, .. Left.Smaller.Select(l => this with { Left = l }), .. Right.Smaller.Select(r => this with { Right = r })];

    public override bool Accepts(TModel model) => Left.Accepts(model) || Right.Accepts(model);
}

internal sealed record Opposite<TModel>(Condition<TModel> Condition) : Condition<TModel>
{
    public override VaultFilter<TModel> Filter => !Condition.Filter;

    public override IEnumerable<Condition<TModel>> Smaller => [Condition, .. Condition.Smaller.Select(static c => new Opposite<TModel>(c))];

    public override bool Accepts(TModel model) => !Condition.Accepts(model);
}
