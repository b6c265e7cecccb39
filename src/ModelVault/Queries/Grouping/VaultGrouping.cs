using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// The records of a query by the value of a field. Groups come in the order of their key, null first; where the key has no order,
/// as a list or an object, in that of their first records. Values are one key where filters take them for equal: NaN is one, −0 and 0 are, 1.0 and 1.00 are. Only the
/// fields that key and aggregates read are decoded, and only groups are kept, not their records.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TFields">Its generated fields.</typeparam>
/// <typeparam name="TKey">The key's type.</typeparam>
public sealed partial class VaultGrouping<TModel, TFields, TKey>
    where TModel : notnull
    where TFields : struct
{
    private readonly QuerySource<TModel> _source;
    private readonly QuerySpec _spec;
    private readonly FieldInfo<TModel, TKey> _key;

    internal VaultGrouping(QuerySource<TModel> source, in QuerySpec spec, FieldInfo<TModel, TKey> key)
    {
        _source = source;
        _spec = spec;
        _key = key;
    }

    /// <summary>Each key, and how many records have it.</summary>
    public VaultProjection<TModel, (TKey Key, int Count)> Count()
    {
        GroupFields<TModel, TFields, TKey> group = new(_key);
        IAggregate<TModel, TKey> key = group.Key;
        IAggregate<TModel, int> count = group.Count();
        return Project<(TKey Key, int Count)>(columns =>
        {
            AggregateColumn<TKey> keys = key.Open(columns);
            AggregateColumn<int> counts = count.Open(columns);
            return g => (keys.Result(g), counts.Result(g));
        }, $"{key}, {count}");
    }

    private VaultProjection<TModel, TResult> Project<TResult>(GroupReader<TResult> read, string aggregates) => new(new GroupResults<TModel, TResult>(_source, _spec, _key, read, aggregates));

    private TAggregates Of<TAggregates>(Func<GroupFields<TModel, TFields, TKey>, TAggregates> aggregates)
    {
        ArgumentNullException.ThrowIfNull(aggregates);
        return aggregates(new GroupFields<TModel, TFields, TKey>(_key));
    }
}
