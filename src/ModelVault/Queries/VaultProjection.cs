using System.Runtime.CompilerServices;

namespace ModelVault;

/// <summary>A query with results other than models: some fields of each record, a view of it, or a line for each group of records.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TResult">What is made of each record or group.</typeparam>
public sealed class VaultProjection<TModel, TResult>
{
    private readonly ResultSource<TResult> _results;

    internal VaultProjection(ResultSource<TResult> results) => _results = results;

    /// <summary>Each result once, where it appears first; equal is what the type takes for equal (texts ordinally, NaN to itself, −0 to 0), and of byte strings and collections what holds equal values in the same order.</summary>
    public VaultProjection<TModel, TResult> Distinct() => new(new DistinctResults<TResult>(_results));

    /// <summary>Leaves out the first so many results; a negative number is 0.</summary>
    public VaultProjection<TModel, TResult> Skip(int count) => new(_results.Skip(count));

    /// <summary>Ends after so many results; a negative number is 0.</summary>
    public VaultProjection<TModel, TResult> Take(int count) => new(_results.Take(count));

    /// <summary>The results as a list.</summary>
    public List<TResult> ToList() => ToList(CancellationToken.None);

    /// <summary>The results as an array.</summary>
    public TResult[] ToArray() => [.. ToList()];

    /// <summary>The different results.</summary>
    public HashSet<TResult> ToHashSet() => ToHashSet(CancellationToken.None);

    /// <summary>How many results there are. Throws <see cref="OverflowException"/> beyond <see cref="int.MaxValue"/>.</summary>
    public int Count() => checked((int)LongCount());

    /// <summary>How many results there are.</summary>
    public long LongCount() => _results.Count();

    /// <summary>Whether there is a result.</summary>
    public bool Any() => _results.Any();

    /// <summary>The first result. Throws <see cref="InvalidOperationException"/> if there is none.</summary>
    public TResult First() => TryFirst(out TResult first) ? first : throw new InvalidOperationException("The query has no results.");

    /// <summary>The first result, or the default.</summary>
    public TResult? FirstOrDefault() => TryFirst(out TResult first) ? first : default;

    /// <summary>The only result. Throws <see cref="InvalidOperationException"/> if there is none or more than one.</summary>
    public TResult Single() => TrySingle(out TResult single) ? single : throw new InvalidOperationException("The query has no results.");

    /// <summary>The only result, or the default. Throws <see cref="InvalidOperationException"/> if there is more than one.</summary>
    public TResult? SingleOrDefault() => TrySingle(out TResult single) ? single : default;

    /// <summary>
    /// So many results behind a cursor, or the first ones, as <see cref="VaultQuery{TModel, TFields}.Page"/> has the records. Throws
    /// <see cref="VaultQueryException"/> for a cursor that is damaged or of another order, and for results that are not of one record each.
    /// </summary>
    public VaultPage<TResult> Page(int size, VaultCursor? after = null) => _results.Page(size, after, CancellationToken.None);

    /// <summary>How the query is answered.</summary>
    /// <param name="analyze">Whether to run it too, for the rows, pages and time of each step. Nothing is written; records are read, but nothing is made of them.</param>
    public QueryPlan Explain(bool analyze = false) => _results.Explain(analyze);

    /// <summary>The results one by one, for <c>foreach</c>.</summary>
    public Enumerator GetEnumerator() => new(_results.Open(CancellationToken.None));

    /// <summary>The results one by one, for LINQ. Each enumeration reads one snapshot, held until it ends.</summary>
    public IEnumerable<TResult> AsEnumerable()
    {
        using ResultCursor<TResult> cursor = _results.Open(CancellationToken.None);
        while (cursor.TryNext(out TResult result)) yield return result;
    }

    /// <summary>The results one by one, for <c>await foreach</c>.</summary>
    public async IAsyncEnumerable<TResult> AsAsyncEnumerable([EnumeratorCancellation] CancellationToken ct = default)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (TResult result in AsEnumerable())
        {
            ct.ThrowIfCancellationRequested();
            yield return result;
        }
    }

    /// <summary>The results as a list.</summary>
    public Task<List<TResult>> ToListAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (p, ct) => p.ToList(ct), ct);

    /// <summary>The results as an array.</summary>
    public Task<TResult[]> ToArrayAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (p, ct) => p.ToList(ct).ToArray(), ct);

    /// <summary>The different results.</summary>
    public Task<HashSet<TResult>> ToHashSetAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (p, ct) => p.ToHashSet(ct), ct);

    /// <summary>The first result, or the default.</summary>
    public Task<TResult?> FirstOrDefaultAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (p, _) => p.FirstOrDefault(), ct);

    /// <summary>The first result.</summary>
    public Task<TResult> FirstAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (p, _) => p.First(), ct);

    /// <summary>The only result.</summary>
    public Task<TResult> SingleAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (p, _) => p.Single(), ct);

    /// <summary>The only result, or the default.</summary>
    public Task<TResult?> SingleOrDefaultAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (p, _) => p.SingleOrDefault(), ct);

    /// <summary>How many results there are.</summary>
    public Task<int> CountAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (p, _) => p.Count(), ct);

    /// <summary>How many results there are.</summary>
    public Task<long> LongCountAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (p, _) => p.LongCount(), ct);

    /// <summary>Whether there is a result.</summary>
    public Task<bool> AnyAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (p, _) => p.Any(), ct);

    /// <summary>So many results behind a cursor, or the first ones. Throws as <see cref="Page"/> does.</summary>
    public Task<VaultPage<TResult>> PageAsync(int size, VaultCursor? after = null, CancellationToken ct = default) =>
        CompletedTask.Of((Results: _results, Size: size, After: after), static (s, ct) => s.Results.Page(s.Size, s.After, ct), ct);

    private List<TResult> ToList(CancellationToken ct) => _results.ToList(ct);

    private HashSet<TResult> ToHashSet(CancellationToken ct)
    {
        HashSet<TResult> results = new(ResultEquality<TResult>.Instance);
        using ResultCursor<TResult> cursor = _results.Open(ct);
        while (cursor.TryNext(out TResult result))
        {
            ct.ThrowIfCancellationRequested();
            results.Add(result);
        }

        return results;
    }

    // A sort need keep no more than are asked for.
    private bool TryFirst(out TResult first)
    {
        using ResultCursor<TResult> cursor = _results.Take(1).Open(CancellationToken.None);
        return cursor.TryNext(out first);
    }

    private bool TrySingle(out TResult single)
    {
        using ResultCursor<TResult> cursor = _results.Take(2).Open(CancellationToken.None);
        bool found = cursor.TryNext(out single);
        return !found || !cursor.TryNext(out _) ? found : throw new InvalidOperationException("The query has more than one result.");
    }

    /// <summary>Goes over the results; what <c>foreach</c> uses. Not to be copied.</summary>
    public struct Enumerator : IDisposable
    {
        private readonly ResultCursor<TResult> _cursor;
        private TResult _current;

        internal Enumerator(ResultCursor<TResult> cursor)
        {
            _cursor = cursor;
            _current = default!;
        }

        /// <summary>The result it stands on.</summary>
        public readonly TResult Current => _current;

        /// <summary>Goes to the next result. False at the end.</summary>
        public bool MoveNext() => _cursor.TryNext(out _current);

        /// <summary>Lets go of the snapshot.</summary>
        public readonly void Dispose() => _cursor.Dispose();
    }
}
