using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Where a query takes its records from, and how they become models.</summary>
/// <typeparam name="TModel">The model.</typeparam>
internal abstract class QuerySource<TModel>(VaultContext context, CollectionStore store)
{
    public VaultContext Context => context;

    public CollectionStore Store => store;

    /// <summary>Builds the model from a stored record, header included.</summary>
    public abstract TModel Decode(ReadOnlySpan<byte> record);

    /// <summary>How a query is answered.</summary>
    /// <param name="spec">The query.</param>
    /// <param name="projection">The fields that are read, or null for whole records.</param>
    /// <param name="analyze">Whether to run it and count.</param>
    public QueryPlan Explain(in QuerySpec spec, string? projection, bool analyze)
    {
        using ReadView scope = context.BeginRead(store);
        CollectionBinding binding = store.Bind(scope.Source);
        PlanLog log = new();
        AccessPath path = QueryPlanner.Plan(store.Layout, binding, spec, log);
        PlanMeter? meter = analyze ? new PlanMeter() : null;
        meter?.Run(binding, path, spec);
        return new PlanDescriber(path, spec, store.Name, meter, binding.Primary is null).Describe(projection, log);
    }
}

/// <summary>The source of a typed collection.</summary>
internal sealed class QuerySource<TModel, TKey>(VaultContext context, CollectionStore store, VaultModel<TModel, TKey> model) : QuerySource<TModel>(context, store)
    where TModel : notnull
    where TKey : notnull
{
    public override TModel Decode(ReadOnlySpan<byte> record)
    {
        RecordHeader.Read(record, out int start);
        MessagePackReader reader = new(record, start);
        return model.Read(ref reader);
    }
}
