namespace ModelVault;

// Queries: conditions, orders and projections by stored path.
public sealed partial class VaultRecordCollection
{
    /// <summary>A query over every record, in key order.</summary>
    public VaultRecordQuery All()
    {
        RecordStore store = Current;
        return new VaultRecordQuery(store, store.Query);
    }

    /// <summary>The records whose field has the value; null finds null.</summary>
    /// <param name="path">Stored names joined by dots: <c>publisher.city</c>; <c>[]</c> behind a list for any of its items.</param>
    /// <param name="value">The value, of a type that the field's converts from without loss; a <see cref="FieldPath"/> compares with another field.</param>
    public VaultRecordQuery Where(string path, object? value) => All().AndWhere(path, value);

    /// <summary>The records that pass a condition.</summary>
    /// <inheritdoc cref="VaultRecordQuery.AndWhere(string, string, object?, StringComparison)"/>
    public VaultRecordQuery Where(string path, string operation, object? value, StringComparison comparison = StringComparison.Ordinal) =>
        All().AndWhere(path, operation, value, comparison);

    /// <inheritdoc cref="Where(string, object?)"/>
    public VaultRecordQuery Where(FieldPath path, object? value) => All().AndWhere(path, value);

    /// <inheritdoc cref="Where(string, string, object?, StringComparison)"/>
    public VaultRecordQuery Where(FieldPath path, string operation, object? value, StringComparison comparison = StringComparison.Ordinal) =>
        All().AndWhere(path, operation, value, comparison);

    /// <summary>The records that pass a filter made by <see cref="Filter(string, string, object?, StringComparison)"/>.</summary>
    public VaultRecordQuery Where(VaultFilter<VaultRecord> filter) => All().AndWhere(filter);

    /// <summary>A condition to be combined with others by <c>&amp;</c>, <c>|</c> and <c>!</c>.</summary>
    /// <inheritdoc cref="VaultRecordQuery.AndWhere(string, string, object?, StringComparison)"/>
    public VaultFilter<VaultRecord> Filter(string path, string operation, object? value, StringComparison comparison = StringComparison.Ordinal)
    {
        RecordModel model = Current.Model;
        return model.Conditions.Make(model.Fields[path], operation, value, comparison);
    }

    /// <summary>Every record sorted by a field, nulls first unless said.</summary>
    public VaultRecordQuery OrderBy(string path, NullPlacement nulls = NullPlacement.Default) => All().OrderBy(path, nulls);

    /// <summary>Every record sorted by a field downwards, nulls last unless said.</summary>
    public VaultRecordQuery OrderByDescending(string path, NullPlacement nulls = NullPlacement.Default) => All().OrderByDescending(path, nulls);
}
