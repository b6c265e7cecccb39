namespace ModelVault;

/// <summary>What a projection stands on: results that can be gone over any number of times, each time on the data as they are then.</summary>
internal abstract class ResultSource<TResult>
{
    /// <summary>Begins to go over the results. What has to be read before the first of them stops where that is asked for.</summary>
    public abstract ResultCursor<TResult> Open(CancellationToken ct);

    /// <summary>How the results are come by; analysed, the query is run for it.</summary>
    public abstract QueryPlan Explain(bool analyze);

    /// <summary>The results as a list.</summary>
    public virtual List<TResult> ToList(CancellationToken ct)
    {
        List<TResult> results = [];
        using ResultCursor<TResult> cursor = Open(ct);
        while (cursor.TryNext(out TResult result))
        {
            ct.ThrowIfCancellationRequested();
            results.Add(result);
        }

        return results;
    }

    /// <summary>How many results there are.</summary>
    public virtual long Count()
    {
        using ResultCursor<TResult> cursor = Open(CancellationToken.None);
        long count = 0;
        while (cursor.TryNext(out _)) count++;
        return count;
    }

    /// <summary>Whether there is a result.</summary>
    public virtual bool Any()
    {
        using ResultCursor<TResult> cursor = Open(CancellationToken.None);
        return cursor.TryNext(out _);
    }

    /// <summary>The results without the first ones.</summary>
    public virtual ResultSource<TResult> Skip(int count) => new WindowResults<TResult>(this, count, int.MaxValue);

    /// <summary>No more than the first results.</summary>
    public virtual ResultSource<TResult> Take(int count) => new WindowResults<TResult>(this, 0, count);

    /// <summary>Some results, from a cursor on.</summary>
    public virtual VaultPage<TResult> Page(int size, VaultCursor? after, CancellationToken ct) =>
        throw new VaultQueryException("Only records have a place from which a page can go on: results of Distinct, of GroupBy, and of Skip and Take behind them are cut by Skip and Take.");
}

/// <summary>One pass over results.</summary>
internal abstract class ResultCursor<TResult> : IDisposable
{
    public abstract bool TryNext(out TResult result);

    public abstract void Dispose();
}

/// <summary>Results of which some at the beginning and at the end are left out.</summary>
internal sealed class WindowResults<TResult>(ResultSource<TResult> source, int skip, int take) : ResultSource<TResult>
{
    public override ResultCursor<TResult> Open(CancellationToken ct) => new Cursor(source.Open(ct), skip, take);

    public override QueryPlan Explain(bool analyze) => source.Explain(analyze).Windowed(Math.Max(0, skip), Math.Max(0, take));

    private sealed class Cursor(ResultCursor<TResult> source, int skip, int take) : ResultCursor<TResult>
    {
        private int _skip = skip;
        private int _take = take;

        public override bool TryNext(out TResult result)
        {
            result = default!;
            for (; _skip > 0; _skip--)
                if (!source.TryNext(out _)) return false;
            return _take-- > 0 && source.TryNext(out result);
        }

        public override void Dispose() => source.Dispose();
    }
}

/// <summary>Results of which each is there once, where it appears first.</summary>
internal sealed class DistinctResults<TResult>(ResultSource<TResult> source) : ResultSource<TResult>
{
    public override ResultCursor<TResult> Open(CancellationToken ct) => new Cursor(source.Open(ct));

    public override QueryPlan Explain(bool analyze) => source.Explain(analyze).Distinct();

    public override bool Any() => source.Any();

    private sealed class Cursor(ResultCursor<TResult> source) : ResultCursor<TResult>
    {
        private readonly HashSet<TResult> _seen = new(ResultEquality<TResult>.Instance);

        public override bool TryNext(out TResult result)
        {
            while (source.TryNext(out result))
                if (_seen.Add(result)) return true;
            return false;
        }

        public override void Dispose() => source.Dispose();
    }
}
