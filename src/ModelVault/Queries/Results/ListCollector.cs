using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Makes a list of what it reads from records.</summary>
internal abstract class ListCollector<TResult>(RowCursor cursor, CancellationToken ct) : IRecordConsumer
{
    // What is asked for may not be there; up to so many places are cheap.
    private const int MostReserved = 64;

    private readonly List<TResult> _results = new(Math.Min(cursor.Expected, MostReserved));
    private int _most = int.MaxValue;

    /// <summary>The list of what is left of the query.</summary>
    public List<TResult> ToList()
    {
        cursor.DeliverTo(this);
        return _results;
    }

    public bool TryLimit(int most)
    {
        _most = most;
        return true;
    }

    public bool Take(ReadOnlySpan<byte> record, ReadOnlySpan<byte> keyStart, ReadOnlySpan<byte> keyEnd)
    {
        ct.ThrowIfCancellationRequested();
        _results.Add(Read(record));
        return _results.Count < _most;
    }

    /// <summary>Reads one result.</summary>
    protected abstract TResult Read(ReadOnlySpan<byte> record);
}

/// <summary>Makes a list of records' models.</summary>
internal sealed class ModelCollector<TModel>(QuerySource<TModel> source, RowCursor cursor, CancellationToken ct) : ListCollector<TModel>(cursor, ct)
{
    protected override TModel Read(ReadOnlySpan<byte> record) => source.Decode(record);
}

/// <summary>Makes a list of what a projection reads.</summary>
internal sealed class ProjectionCollector<TResult>(RowReader<TResult> read, RowCursor cursor, CancellationToken ct) : ListCollector<TResult>(cursor, ct)
{
    protected override TResult Read(ReadOnlySpan<byte> record) => read(RowContext.Of(record));
}
