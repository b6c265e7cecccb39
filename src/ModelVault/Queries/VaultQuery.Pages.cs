using ModelVault.Runtime;

namespace ModelVault;

// Pages: some records at a time, from where the page before ended.
public readonly partial struct VaultQuery<TModel, TFields>
{
    /// <summary>
    /// So many records behind a cursor, or the first ones, and the cursor to go on with. A cursor is a place in the query's order, ties broken by the primary key, so whatever
    /// others insert, change or delete between two pages, no record comes twice or not at all unless its own place has changed. Where a key or an index
    /// serves the order, a page costs what its records cost, wherever it is. <c>Skip</c> counts for the first page alone, <c>Take</c> for all of them together. Throws
    /// <see cref="VaultQueryException"/> for a cursor that is damaged, or that a query of another order has given.
    /// </summary>
    /// <param name="size">How many records at most; at least 1.</param>
    /// <param name="after"><see cref="VaultPage{T}.Next"/> of the page before; null for the first page.</param>
    public VaultPage<TModel> Page(int size, VaultCursor? after = null) => Models.Page(size, after, CancellationToken.None);

    /// <summary>So many records behind a cursor, or the first ones. Throws as <see cref="Page"/> does.</summary>
    public Task<VaultPage<TModel>> PageAsync(int size, VaultCursor? after = null, CancellationToken ct = default) =>
        CompletedTask.Of((Query: this, Size: size, After: after), static (s, ct) => s.Query.Models.Page(s.Size, s.After, ct), ct);

    /// <summary>
    /// Only the records behind a cursor, all of them for null: what <see cref="Page"/> goes on from, for other terminals. The order has to be there already. Throws
    /// <see cref="VaultQueryException"/> for a cursor that is damaged, or that a query of another order has given.
    /// </summary>
    public VaultQuery<TModel, TFields> After(VaultCursor? cursor) => cursor is { } place ? new(_source, _source.Behind(place, _spec)) : this;

    /// <summary>The first so many records, and the cursor to go on with.</summary>
    public VaultPage<TModel> ToPage(int size) => Page(size);

    /// <summary>The first so many records, and the cursor to go on with.</summary>
    public Task<VaultPage<TModel>> ToPageAsync(int size, CancellationToken ct = default) => PageAsync(size, null, ct);

    private RowResults<TModel, TModel> Models
    {
        get
        {
            QuerySource<TModel> source = _source;
            return new(source, _spec, (in RowContext row) => source.Decode(row.Record));
        }
    }
}
