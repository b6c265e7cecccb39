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
    public override ResultCursor<TResult> Open(CancellationToken ct) => new Cursor(new RowCursor(source.Context, source.Store, Reading), read);

    public override QueryPlan Explain(bool analyze) => source.Explain(Reading, fields, analyze);

    public override long Count() => RowCounter.Count(source.Context, source.Store, spec);

    public override bool Any()
    {
        using RowCursor cursor = new(source.Context, source.Store, spec.AnyOf());
        return cursor.TryNextKey();
    }

    public override ResultSource<TResult> Skip(int count) => With(spec.Skipping(count));

    public override ResultSource<TResult> Take(int count) => With(spec.Taking(count));

    public override VaultPage<TResult> Page(int size, VaultCursor? after, CancellationToken ct) =>
        after is { } cursor ? With(source.Behind(cursor, spec)).Page(size, ct) : Page(size, ct);

    private RowResults<TModel, TResult> With(in QuerySpec other) => new(source, other, read, fields, readsByField);

    private QuerySpec Reading => readsByField ? spec with { Reads = fields } : spec;

    private VaultPage<TResult> Page(int size, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        List<TResult> items = [];
        string? last = null;
        using RowCursor cursor = new(source.Context, source.Store, spec.Taking(size == int.MaxValue ? size : size + 1));
        while (items.Count < size && cursor.TryNext(out ReadOnlySpan<byte> record))
        {
            ct.ThrowIfCancellationRequested();
            RowContext row = RowContext.Of(record);
            if (items.Count == size - 1) last = CursorToken.Format(new PageOrder(source.Store.Layout, spec).PositionOf(row, (spec.After?.Passed ?? 0) + size));
            items.Add(read(row));
        }

        bool isLast = last is null || !cursor.TryNext(out _);
        return new VaultPage<TResult>(items, isLast ? null : new VaultCursor(last!));
    }

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
