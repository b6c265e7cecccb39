namespace ModelVault;

/// <summary>One thing to be said of each group of records: its key, a count, a sum. Made by <see cref="GroupFields{TModel, TFields, TKey}"/> only.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="T">What it comes to.</typeparam>
public interface IAggregate<TModel, T>
{
    /// <summary>Begins to aggregate.</summary>
    internal AggregateColumn<T> CreateColumn();
}

/// <summary>An aggregate, by what makes its column.</summary>
internal sealed class Aggregate<TModel, T>(Func<AggregateColumn<T>> create, string text) : IAggregate<TModel, T>
{
    AggregateColumn<T> IAggregate<TModel, T>.CreateColumn() => create();

    public override string ToString() => text;
}

/// <summary>Opens the columns of a result's aggregates, and returns what makes the result of a group from them.</summary>
internal delegate Func<int, TResult> GroupReader<TResult>(List<AggregateColumn> columns);

internal static class AggregateExtensions
{
    /// <summary>Begins an aggregate and puts its column to the others.</summary>
    public static AggregateColumn<T> Open<TModel, T>(this IAggregate<TModel, T> aggregate, List<AggregateColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(aggregate);
        AggregateColumn<T> column = aggregate.CreateColumn();
        columns.Add(column);
        return column;
    }
}
