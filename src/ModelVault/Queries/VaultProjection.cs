using System.Runtime.CompilerServices;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Reads a result from a stored record.</summary>
internal delegate TResult RowReader<out TResult>(in RowContext row);

/// <summary>A query that reads some fields of each record instead of building the model.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TResult">What is made of each record.</typeparam>
public sealed class VaultProjection<TModel, TResult>
{
    private readonly QuerySource<TModel> _source;
    private readonly QuerySpec _spec;
    private readonly RowReader<TResult> _read;
    private readonly string _fields;

    internal VaultProjection(QuerySource<TModel> source, QuerySpec spec, RowReader<TResult> read, string fields, bool readsByField = true)
    {
        _source = source;
        _spec = readsByField ? spec with { Reads = fields } : spec;
        _read = read;
        _fields = fields;
    }

    /// <summary>The results as a list.</summary>
    public List<TResult> ToList() => [.. AsEnumerable()];

    /// <summary>The results as an array.</summary>
    public TResult[] ToArray() => [.. AsEnumerable()];

    /// <summary>The different results.</summary>
    public HashSet<TResult> ToHashSet() => [.. AsEnumerable()];

    /// <summary>How many results there are.</summary>
    public int Count() => checked((int)RowCounter.Count(_source.Context, _source.Store, _spec));

    /// <summary>Whether there is a result.</summary>
    public bool Any()
    {
        using RowCursor cursor = new(_source.Context, _source.Store, _spec with { Order = null, IsReversed = false, IsKeysOnly = true, Take = Math.Min(_spec.Take, 1) });
        return cursor.TryNextKey();
    }

    /// <summary>The first result. Throws <see cref="InvalidOperationException"/> if there is none.</summary>
    public TResult First() => Cut(1).AsEnumerable().First();

    /// <summary>The first result, or the default.</summary>
    public TResult? FirstOrDefault() => Cut(1).AsEnumerable().FirstOrDefault();

    /// <summary>The only result. Throws <see cref="InvalidOperationException"/> if there is none or more than one.</summary>
    public TResult Single() => Cut(2).AsEnumerable().Single();

    /// <summary>The only result, or the default. Throws <see cref="InvalidOperationException"/> if there is more than one.</summary>
    public TResult? SingleOrDefault() => Cut(2).AsEnumerable().SingleOrDefault();

    /// <summary>How the query is answered.</summary>
    /// <param name="analyze">Whether to run it too, for the rows, pages and time of each step. Nothing is written; records are read, but not made into models.</param>
    public QueryPlan Explain(bool analyze = false) => _source.Explain(_spec, _fields, analyze);

    /// <summary>The results one by one, for <c>foreach</c>.</summary>
    public IEnumerator<TResult> GetEnumerator() => AsEnumerable().GetEnumerator();

    /// <summary>The results one by one, for LINQ.</summary>
    public IEnumerable<TResult> AsEnumerable()
    {
        using RowCursor cursor = new(_source.Context, _source.Store, _spec);
        while (cursor.TryNext(out ReadOnlySpan<byte> record)) yield return Read(record);
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

    /// <summary>Whether there is a result.</summary>
    public Task<bool> AnyAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (p, _) => p.Any(), ct);

    // A sort need keep no more than are asked for.
    private VaultProjection<TModel, TResult> Cut(int count) => new(_source, _spec with { Take = Math.Min(_spec.Take, count) }, _read, _fields, _spec.Reads is not null);

    private List<TResult> ToList(CancellationToken ct)
    {
        List<TResult> results = [];
        foreach (TResult result in AsEnumerable())
        {
            ct.ThrowIfCancellationRequested();
            results.Add(result);
        }

        return results;
    }

    private TResult Read(ReadOnlySpan<byte> record)
    {
        RecordHeader.Read(record, out int start);
        return _read(new RowContext(record, start));
    }
}
