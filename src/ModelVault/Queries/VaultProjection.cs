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

    internal VaultProjection(QuerySource<TModel> source, QuerySpec spec, RowReader<TResult> read, string fields)
    {
        _source = source;
        _spec = spec;
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
        using RowCursor cursor = new(_source.Context, _source.Store, _spec);
        return cursor.TryNext(out _);
    }

    /// <summary>The first result. Throws <see cref="InvalidOperationException"/> if there is none.</summary>
    public TResult First() => AsEnumerable().First();

    /// <summary>The first result, or the default.</summary>
    public TResult? FirstOrDefault() => AsEnumerable().FirstOrDefault();

    /// <summary>How the query is answered, without running it.</summary>
    public QueryPlan Explain() => _source.Explain(_spec, _fields);

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
