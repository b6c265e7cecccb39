using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// A query over a collection without a model: immutable, built by chaining, run by its terminals. The same planner and the same meanings as
/// of typed queries. Made for the schema that the collection has at the time: if that changes before the query is run, it throws <see cref="VaultSchemaException"/>.
/// </summary>
public sealed class VaultRecordQuery
{
    private readonly RecordStore _store;
    private readonly VaultQuery<VaultRecord, NoFields> _query;

    internal VaultRecordQuery(RecordStore store, VaultQuery<VaultRecord, NoFields> query)
    {
        _store = store;
        _query = query;
    }

    /// <summary>Only the records whose field has the value, too; null finds null.</summary>
    /// <inheritdoc cref="VaultRecordCollection.Where(string, object?)"/>
    public VaultRecordQuery AndWhere(string path, object? value) => AndWhere(path, "==", value);

    /// <summary>
    /// Only the records that pass the condition, too. Throws <see cref="VaultQueryException"/> for an unknown field or operator, and
    /// for a value that the field's type does not take.
    /// </summary>
    /// <param name="path">Stored names joined by dots: <c>publisher.city</c>; <c>[]</c> behind a list for any of its items; <c>.length</c> of a string, <c>.count</c> of a list; an entry's key behind a map.</param>
    /// <param name="operation">
    /// <c>== != &lt; &lt;= &gt; &gt;=</c>, <c>in</c>, <c>not_in</c>, <c>between</c> (a pair), <c>starts_with</c>, <c>ends_with</c>, <c>contains</c> (in a text or a list), <c>contains_key</c>, <c>is</c> (a case of a union),
    /// <c>is_null</c>, <c>is_not_null</c>, <c>any</c>; with <c>any</c> or <c>all</c> in front, for the items of a list: <c>all &gt;=</c>.
    /// </param>
    /// <param name="value">The value, of a type that the field's converts from without loss; a <see cref="FieldPath"/> compares with another field; null where the operator takes none.</param>
    /// <param name="comparison">Ordinal, or ordinal ignoring case for text.</param>
    public VaultRecordQuery AndWhere(string path, string operation, object? value, StringComparison comparison = StringComparison.Ordinal) =>
        AndWhere(_store.Model.Conditions.Make(_store.Model.Fields[path], operation, value, comparison));

    /// <inheritdoc cref="AndWhere(string, object?)"/>
    public VaultRecordQuery AndWhere(FieldPath path, object? value) => AndWhere(path, "==", value);

    /// <inheritdoc cref="AndWhere(string, string, object?, StringComparison)"/>
    public VaultRecordQuery AndWhere(FieldPath path, string operation, object? value, StringComparison comparison = StringComparison.Ordinal) =>
        AndWhere(_store.Model.Conditions.Make(_store.Model.Fields[path], operation, value, comparison));

    /// <summary>Only the records that pass the filter, too.</summary>
    public VaultRecordQuery AndWhere(VaultFilter<VaultRecord> filter) => With(_query.Where(filter));

    /// <summary>Sorts by a field, nulls first unless said; replaces an earlier order. Equal values come in key order.</summary>
    public VaultRecordQuery OrderBy(string path, NullPlacement nulls = NullPlacement.Default) => With(_query.OrderBy(SortField(_store.Model.Fields[path]), nulls));

    /// <inheritdoc cref="OrderBy(string, NullPlacement)"/>
    public VaultRecordQuery OrderBy(FieldPath path, NullPlacement nulls = NullPlacement.Default) => With(_query.OrderBy(SortField(_store.Model.Fields[path]), nulls));

    /// <summary>Sorts by a field downwards, nulls last unless said; replaces an earlier order. Equal values come in key order.</summary>
    public VaultRecordQuery OrderByDescending(string path, NullPlacement nulls = NullPlacement.Default) => With(_query.OrderByDescending(SortField(_store.Model.Fields[path]), nulls));

    /// <inheritdoc cref="OrderByDescending(string, NullPlacement)"/>
    public VaultRecordQuery OrderByDescending(FieldPath path, NullPlacement nulls = NullPlacement.Default) => With(_query.OrderByDescending(SortField(_store.Model.Fields[path]), nulls));

    /// <summary>Sorts what is equal so far by a further field, nulls first unless said.</summary>
    public VaultRecordQuery ThenBy(string path, NullPlacement nulls = NullPlacement.Default) => With(_query.ThenBy(SortField(_store.Model.Fields[path]), nulls));

    /// <inheritdoc cref="ThenBy(string, NullPlacement)"/>
    public VaultRecordQuery ThenBy(FieldPath path, NullPlacement nulls = NullPlacement.Default) => With(_query.ThenBy(SortField(_store.Model.Fields[path]), nulls));

    /// <summary>Sorts what is equal so far by a further field, downwards, nulls last unless said.</summary>
    public VaultRecordQuery ThenByDescending(string path, NullPlacement nulls = NullPlacement.Default) => With(_query.ThenByDescending(SortField(_store.Model.Fields[path]), nulls));

    /// <inheritdoc cref="ThenByDescending(string, NullPlacement)"/>
    public VaultRecordQuery ThenByDescending(FieldPath path, NullPlacement nulls = NullPlacement.Default) => With(_query.ThenByDescending(SortField(_store.Model.Fields[path]), nulls));

    /// <summary>Turns the whole order around, ties included.</summary>
    public VaultRecordQuery Reverse() => With(_query.Reverse());

    /// <summary>Leaves out the first so many; a negative number is 0.</summary>
    public VaultRecordQuery Skip(int count) => With(_query.Skip(count));

    /// <summary>Ends after so many; a negative number is 0.</summary>
    public VaultRecordQuery Limit(int count) => With(_query.Take(count));

    /// <summary>States that reading the whole collection is meant, and why.</summary>
    public VaultRecordQuery AllowScan(string why) => With(_query.AllowScan(why));

    /// <summary>The records.</summary>
    public IReadOnlyList<VaultRecord> All() => Run(static q => q.ToList());

    /// <summary>Of each record the named fields only; others are not even decoded. Nested ones come inside records of their own.</summary>
    public IReadOnlyList<VaultRecord> All(params string[] fields) => Run(_ => Projection(fields).ToList());

    /// <summary>The records as a list.</summary>
    public Task<List<VaultRecord>> ToListAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, ct) => q.Run(q => q.ToList(ct)), ct);

    /// <summary>The first record, or null.</summary>
    public VaultRecord? FirstOrDefault() => Run(static q => q.FirstOrDefault());

    /// <summary>The first record, or null.</summary>
    public Task<VaultRecord?> FirstOrDefaultAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.FirstOrDefault(), ct);

    /// <summary>The first record. Throws <see cref="InvalidOperationException"/> if there is none.</summary>
    public VaultRecord First() => Run(static q => q.First());

    /// <summary>The first record. Throws <see cref="InvalidOperationException"/> if there is none.</summary>
    public Task<VaultRecord> FirstAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.First(), ct);

    /// <summary>The only record, or null. Throws <see cref="InvalidOperationException"/> if there is more than one.</summary>
    public VaultRecord? SingleOrDefault() => Run(static q => q.SingleOrDefault());

    /// <summary>The only record, or null. Throws <see cref="InvalidOperationException"/> if there is more than one.</summary>
    public Task<VaultRecord?> SingleOrDefaultAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.SingleOrDefault(), ct);

    /// <summary>The only record. Throws <see cref="InvalidOperationException"/> if there is none or more than one.</summary>
    public VaultRecord Single() => Run(static q => q.Single());

    /// <summary>The only record. Throws <see cref="InvalidOperationException"/> if there is none or more than one.</summary>
    public Task<VaultRecord> SingleAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.Single(), ct);

    /// <summary>How many records there are. Throws <see cref="OverflowException"/> beyond <see cref="int.MaxValue"/>.</summary>
    public int Count() => Run(static q => q.Count());

    /// <summary>How many records there are. Throws <see cref="OverflowException"/> beyond <see cref="int.MaxValue"/>.</summary>
    public Task<int> CountAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.Count(), ct);

    /// <summary>How many records there are.</summary>
    public long LongCount() => Run(static q => q.LongCount());

    /// <summary>How many records there are.</summary>
    public Task<long> LongCountAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.LongCount(), ct);

    /// <summary>Whether there is a record.</summary>
    public bool Any() => Run(static q => q.Any());

    /// <summary>Whether there is a record.</summary>
    public Task<bool> AnyAsync(CancellationToken ct = default) => CompletedTask.Of(this, static (q, _) => q.Any(), ct);

    /// <summary>So many records behind a cursor, or the first ones, and the cursor to go on with.</summary>
    /// <inheritdoc cref="VaultQuery{TModel, TFields}.Page"/>
    public VaultPage<VaultRecord> Page(int size, VaultCursor? after = null) => Run(q => q.Page(size, after));

    /// <summary>Of so many records behind a cursor, or the first ones, the named fields only, and the cursor to go on with.</summary>
    /// <inheritdoc cref="VaultQuery{TModel, TFields}.Page"/>
    /// <param name="size">How many records at most; at least 1.</param>
    /// <param name="after"><see cref="VaultPage{T}.Next"/> of the page before; null for the first page.</param>
    /// <param name="fields">The fields, as <see cref="All(string[])"/> has them.</param>
    public VaultPage<VaultRecord> Page(int size, VaultCursor? after, params string[] fields) => Run(_ => Projection(fields).Page(size, after));

    /// <summary>So many records behind a cursor, or the first ones, and the cursor to go on with.</summary>
    public Task<VaultPage<VaultRecord>> PageAsync(int size, VaultCursor? after = null, CancellationToken ct = default) =>
        CompletedTask.Of((Query: this, Size: size, After: after), static (s, _) => s.Query.Page(s.Size, s.After), ct);

    /// <summary>Removes the records, all or none, and returns how many there were.</summary>
    public int Delete() => Run(static q => q.Delete());

    /// <summary>Removes the records, all or none; completes when durable.</summary>
    public Task<int> DeleteAsync(CancellationToken ct = default) => RunAsync(q => q.DeleteAsync(ct));

    /// <summary>
    /// Changes each record in place, all or none, and returns how many there were. Which ones is settled before the first is changed; the key can't be. Throws
    /// <see cref="VaultValidationException"/> and <see cref="UniqueConstraintException"/> for what a record would become: nothing is changed then.
    /// </summary>
    public int Update(Action<VaultRecord> change)
    {
        Func<VaultRecord, VaultRecord> inPlace = VaultRecordCollection.InPlace(change);
        return Run(q => q.Change(inPlace));
    }

    /// <summary>Changes some fields of each record, all or none, as <see cref="VaultRecordCollection.Update(object, VaultRecord)"/> does for one; returns how many there were.</summary>
    public int Update(VaultRecord changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return Update(record => VaultRecordCollection.Merge(record, changes));
    }

    /// <summary>Changes each record in place, all or none; completes when durable.</summary>
    public Task<int> UpdateAsync(Action<VaultRecord> change, CancellationToken ct = default)
    {
        Func<VaultRecord, VaultRecord> inPlace = VaultRecordCollection.InPlace(change);
        return RunAsync(q => q.ChangeAsync(inPlace, ct));
    }

    /// <summary>Changes some fields of each record, all or none; completes when durable.</summary>
    public Task<int> UpdateAsync(VaultRecord changes, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return UpdateAsync(record => VaultRecordCollection.Merge(record, changes), ct);
    }

    /// <summary>The records one by one, for <c>foreach</c>.</summary>
    public VaultQuery<VaultRecord, NoFields>.Enumerator GetEnumerator() => Run(static q => q.GetEnumerator());

    /// <summary>The records one by one, for LINQ.</summary>
    public IEnumerable<VaultRecord> AsEnumerable()
    {
        using RowCursor cursor = Run(static q => q.OpenCursor());
        while (cursor.TryNext(out ReadOnlySpan<byte> record)) yield return _store.Decode(record);
    }

    /// <summary>How the query is answered.</summary>
    /// <param name="analyze">Whether to run it too, for the rows, pages and time of each step. Nothing is written; records are read, but not made into models.</param>
    public QueryPlan Explain(bool analyze = false) => Run(q => q.Explain(analyze));

    /// <summary>How the query for some fields only is answered, without running it.</summary>
    public QueryPlan Explain(params string[] fields) => Explain(false, fields);

    /// <summary>How the query for some fields only is answered.</summary>
    /// <param name="analyze">Whether to run it too, for the rows, pages and time of each step.</param>
    /// <param name="fields">The fields.</param>
    public QueryPlan Explain(bool analyze, params string[] fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        return fields.Length == 0 ? Explain(analyze) : Run(_ => Projection(fields).Explain(analyze));
    }

    private VaultRecordQuery With(VaultQuery<VaultRecord, NoFields> query) => new(_store, query);

    private RecordField SortField(RecordField field)
    {
        if (field.Lists.Count > 0 || field.Type is { Schema.IsScalar: false }) throw new VaultQueryException($"'{field.Info.Path}' of '{_store.Schema.Name}' is no single value, so records can't be sorted by it.");
        return field;
    }

    private VaultProjection<VaultRecord, VaultRecord> Projection(string[] fields)
    {
        ArgumentNullException.ThrowIfNull(fields);
        (string[] Path, FieldInfo<VaultRecord, object?> Info)[] selected = [.. fields.Select(f => (f.Split('.'), SelectedField(f).Info))];
        return _query.Project((in RowContext row) =>
        {
            VaultRecord record = new(selected.Length);
            foreach ((string[] path, FieldInfo<VaultRecord, object?> info) in selected) Put(record, path, info.Read(row));
            return record;
        }, [.. selected.Select(static s => s.Info)]);
    }

    private RecordField SelectedField(string path)
    {
        RecordField field = _store.Model.Fields[path];
        return field.Lists.Count == 0 ? field : throw new VaultQueryException($"'{path}' of '{_store.Schema.Name}' is inside a list: select the list.");
    }

    private static void Put(VaultRecord record, string[] path, object? value)
    {
        foreach (string segment in path.AsSpan(0, path.Length - 1))
        {
            if (!record.TryGet(segment, out object? inner) || inner is not VaultRecord nested) record[segment] = nested = [];
            record = nested;
        }

        record[path[^1]] = value;
    }

    private TResult Run<TResult>(Func<VaultQuery<VaultRecord, NoFields>, TResult> terminal)
    {
        try
        {
            return terminal(_query);
        }
        catch (StaleSchemaException e)
        {
            throw Stale(e);
        }
    }

    private async Task<TResult> RunAsync<TResult>(Func<VaultQuery<VaultRecord, NoFields>, Task<TResult>> terminal)
    {
        try
        {
            return await terminal(_query).ConfigureAwait(false);
        }
        catch (StaleSchemaException e)
        {
            throw Stale(e);
        }
    }

    private VaultSchemaException Stale(StaleSchemaException e) => new($"The schema of '{_store.Schema.Name}' has changed since this query was made: make it anew.", e);
}
