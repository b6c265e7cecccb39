using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Makes a list of what it reads from records.</summary>
internal abstract class ListCollector<TResult>(CancellationToken ct) : IRecordConsumer
{
    // What is asked for may not be there; up to so many places are cheap.
    private const int MostReserved = 64;

    private List<TResult> _results = [];
    private int _most = int.MaxValue;

    /// <summary>A list of what is left of a query.</summary>
    public List<TResult> ListOf(RowCursor cursor)
    {
        _results = new List<TResult>(Math.Min(cursor.Expected, MostReserved));
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
internal sealed class ModelCollector<TModel>(QuerySource<TModel> source, CancellationToken ct) : ListCollector<TModel>(ct)
{
    protected override TModel Read(ReadOnlySpan<byte> record) => source.Decode(record);
}

/// <summary>Makes a list of what a projection reads.</summary>
internal sealed class ProjectionCollector<TResult>(RowReader<TResult> read, CancellationToken ct) : ListCollector<TResult>(ct)
{
    protected override TResult Read(ReadOnlySpan<byte> record) => read(RowContext.Of(record));
}
