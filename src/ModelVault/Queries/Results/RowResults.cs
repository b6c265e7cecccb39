using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Reads a result from a stored record.</summary>
internal delegate TResult RowReader<out TResult>(in RowContext row);

/// <summary>One result of each record of a query.</summary>
/// <param name="source">The collection.</param>
/// <param name="spec">Which records.</param>
/// <param name="read">Makes the result.</param>
/// <param name="fields">What it reads; null for the whole record.</param>
/// <param name="readsByField">Whether it reads the fields one by one, so that they can come from an index.</param>
internal sealed class RowResults<TModel, TResult>(QuerySource<TModel> source, QuerySpec spec, RowReader<TResult> read, string? fields, bool readsByField = false) : ResultSource<TResult>
{
    private readonly QuerySpec _spec = readsByField ? spec with { Reads = fields } : spec;

    public override ResultCursor<TResult> Open(CancellationToken ct) => new Cursor(new RowCursor(source.Context, source.Store, _spec), read);

    public override List<TResult> ToList(CancellationToken ct)
    {
        List<TResult> results = ListCollector<TResult>.ListFor(_spec);
        using RowCursor cursor = new(source.Context, source.Store, _spec);
        cursor.DeliverTo(new ListCollector<TResult>(read, results, ct));
        return results;
    }

    public override QueryPlan Explain(bool analyze) => source.Explain(_spec, fields, analyze);

    public override long Count() => RowCounter.Count(source.Context, source.Store, _spec);

    public override bool Any()
    {
        using RowCursor cursor = new(source.Context, source.Store, _spec.AnyOf());
        return cursor.TryNextKey();
    }

    public override ResultSource<TResult> Skip(int count) => With(_spec.Skipping(count));

    public override ResultSource<TResult> Take(int count) => With(_spec.Taking(count));

    public override VaultPage<TResult> Page(int size, VaultCursor? after, CancellationToken ct) =>
        after is { } cursor ? With(source.Behind(cursor, _spec)).Page(size, ct) : Page(size, ct);

    private RowResults<TModel, TResult> With(in QuerySpec other) => new(source, other, read, fields, readsByField);

    private VaultPage<TResult> Page(int size, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        List<TResult> items = [];
        string? last = null;
        PageOrder order = new(source.Store.Layout, _spec);
        using RowCursor cursor = new(source.Context, source.Store, PageOf(size, order));
        while (items.Count < size && cursor.TryNext(out ReadOnlySpan<byte> record))
        {
            ct.ThrowIfCancellationRequested();
            RowContext row = RowContext.Of(record);
            if (items.Count == size - 1) last = CursorToken.Format(order.PositionOf(row, (_spec.After?.Passed ?? 0) + size));
            items.Add(read(row));
        }

        bool isLast = last is null || !cursor.TryNext(out _);
        return new VaultPage<TResult>(items, isLast ? null : new VaultCursor(last!));
    }

    // One more than asked for tells whether there is more. Of each the place is read, too.
    private QuerySpec PageOf(int size, PageOrder order) => _spec.Taking(size == int.MaxValue ? size : size + 1) with
    {
        Reads = !readsByField ? null : string.Join(", ", order.Terms.Select(static t => t.Field.Path.ToString()).Prepend(fields!)),
    };

    private sealed class Cursor(RowCursor rows, RowReader<TResult> read) : ResultCursor<TResult>
    {
        public override bool TryNext(out TResult result)
        {
            bool found = rows.TryNext(out ReadOnlySpan<byte> record);
            result = found ? read(RowContext.Of(record)) : default!;
            return found;
        }

        public override void Dispose() => rows.Dispose();
    }
}
