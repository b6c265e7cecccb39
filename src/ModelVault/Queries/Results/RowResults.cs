using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Reads a result from a stored record.</summary>
internal delegate TResult RowReader<out TResult>(in RowContext row);

/// <summary>One result of each record of a query.</summary>
/// <param name="source">The collection.</param>
/// <param name="spec">Which records.</param>
/// <param name="read">Makes the result.</param>
/// <param name="fields">What it reads, field by field, so that they can come from an index; null where it reads the record.</param>
/// <param name="view">What a view reads, for the plan.</param>
internal sealed class RowResults<TModel, TResult>(QuerySource<TModel> source, QuerySpec spec, RowReader<TResult> read, FieldInfo[]? fields = null, string? view = null) : ResultSource<TResult>
{
    private readonly QuerySpec _spec = spec with { Reads = fields };

    public override ResultCursor<TResult> Open(CancellationToken ct) => new Cursor(new RowCursor(source.Context, source.Store, _spec), read);

    public override List<TResult> ToList(CancellationToken ct)
    {
        using RowCursor cursor = new(source.Context, source.Store, _spec);
        return new ProjectionCollector<TResult>(read, cursor, ct).ToList();
    }

    public override QueryPlan Explain(bool analyze) => source.Explain(_spec, view ?? (fields is null ? null : string.Join(", ", fields.Select(static f => f.Path))), analyze);

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

    private RowResults<TModel, TResult> With(in QuerySpec other) => new(source, other, read, fields, view);

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
        Reads = fields is null ? null : [.. fields, .. order.Terms.Select(static t => t.Field)],
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
