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

    /// <summary>
    /// A query's records behind a cursor of the same order. Throws <see cref="VaultQueryException"/> for one that is damaged or of another order.
    /// What the query leaves out at its beginning the cursor is behind of already; what it may have at most is less by what came before.
    /// </summary>
    public QuerySpec Behind(VaultCursor cursor, in QuerySpec spec)
    {
        PagePosition position = CursorToken.Parse(cursor.Token, new PageOrder(store.Layout, spec));
        AfterFilter<TModel> behind = new(position);
        return spec with
        {
            Filter = spec.Filter is null ? behind : (VaultFilter<TModel>)spec.Filter & behind,
            After = position,
            Skip = 0,
            Take = spec.IsLimited ? (int)Math.Max(0, spec.Take - position.Passed) : spec.Take,
        };
    }

    /// <summary>Removes a query's records in one transaction.</summary>
    public abstract int Delete(in QuerySpec spec);

    /// <summary>Removes a query's records in one transaction.</summary>
    public abstract Task<int> DeleteAsync(in QuerySpec spec, CancellationToken ct);

    /// <summary>Changes a query's records in one transaction.</summary>
    public abstract int Change(in QuerySpec spec, RecordChange<TModel> change);

    /// <summary>Changes a query's records in one transaction.</summary>
    public abstract Task<int> ChangeAsync(in QuerySpec spec, RecordChange<TModel> change, CancellationToken ct);

    /// <summary>The change that sets some fields.</summary>
    public abstract RecordChange<TModel> Patching(FieldChanges changes);

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
internal sealed class QuerySource<TModel, TKey>(VaultCollection<TModel, TKey> collection, VaultContext context, CollectionStore store, VaultModel<TModel, TKey> model) : QuerySource<TModel>(context, store)
    where TModel : notnull
    where TKey : notnull
{
    public override TModel Decode(ReadOnlySpan<byte> record)
    {
        RecordHeader.Read(record, out int start);
        MessagePackReader reader = new(record, start);
        return model.Read(ref reader);
    }

    public override int Delete(in QuerySpec spec) => collection.WriteAll(spec, null);

    public override Task<int> DeleteAsync(in QuerySpec spec, CancellationToken ct) => collection.WriteAllAsync(spec, null, ct);

    public override int Change(in QuerySpec spec, RecordChange<TModel> change) => collection.WriteAll(spec, change);

    public override Task<int> ChangeAsync(in QuerySpec spec, RecordChange<TModel> change, CancellationToken ct) => collection.WriteAllAsync(spec, change, ct);

    public override RecordChange<TModel> Patching(FieldChanges changes) => collection.Patching(changes);
}
