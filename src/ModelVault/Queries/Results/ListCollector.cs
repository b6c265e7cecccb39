using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Makes a list of what it reads from records.</summary>
internal sealed class ListCollector<TResult>(RowReader<TResult> read, List<TResult> results, CancellationToken ct) : IRecordConsumer
{
    // What is asked for may not be there; up to so many places are cheap.
    private const int MostReserved = 64;

    /// <summary>A list for the results of a query, with room for as many as are expected.</summary>
    public static List<TResult> ListFor(RowCursor cursor) => new(Math.Min(cursor.Expected, MostReserved));

    public bool Take(ReadOnlySpan<byte> record, ReadOnlySpan<byte> keyStart, ReadOnlySpan<byte> keyEnd)
    {
        ct.ThrowIfCancellationRequested();
        results.Add(read(RowContext.Of(record)));
        return true;
    }
}
