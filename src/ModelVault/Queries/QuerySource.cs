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

    /// <summary>How a query would be answered.</summary>
    public QueryPlan Explain(in QuerySpec spec, string? projection)
    {
        using ReadView scope = context.BeginRead(store);
        CollectionBinding binding = store.Bind(scope.Source);
        ReadOnlySpan<IndexLayout> indexes = binding.Entry is null ? store.Layout.Indexes.AsSpan() : binding.IndexLayouts;
        return PlanDescriber.Describe(QueryPlanner.Plan(store.Layout, indexes, spec), spec, projection, store.Name);
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
