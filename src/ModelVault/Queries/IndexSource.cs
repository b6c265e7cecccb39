using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>Delivers the records that an index's entries point to, in the index's order.</summary>
internal sealed class IndexSource : RowSource
{
    private readonly IndexLayout _layout;
    private readonly RecordFetcher _records;
    private readonly RangeCursor? _cursor;
    private readonly ValueDescendingCursor? _descending;

    public IndexSource(IndexBinding index, Tree primary, KeyRange[] ranges, ScanOrder order)
    {
        _layout = index.Layout;
        _records = new RecordFetcher(primary);
        if (order == ScanOrder.BackwardByValue) _descending = new ValueDescendingCursor(index.Layout, index.Tree, ranges);
        else _cursor = new RangeCursor(index.Tree, ranges, backward: order == ScanOrder.Backward);
    }

    public override ReadOnlySpan<byte> Key => _cursor is not null ? _layout.PrimaryKey(_cursor.Key, _cursor.Value) : _layout.PrimaryKey(_descending!.Key, _descending.Value);

    public override bool TryNext(out ReadOnlySpan<byte> record)
    {
        record = default;
        if (!TryNextKey()) return false;
        return _records.TryFetch(Key, out record)
            ? true
            : throw new VaultCorruptionException($"The index '{_layout.Schema.Name}' points to a record that is not there.");
    }

    /// <summary>Moves to the next entry without fetching its record.</summary>
    public bool TryNextKey() => _cursor?.MoveNext() ?? _descending!.MoveNext();

    public override void Dispose()
    {
        _cursor?.Dispose();
        _descending?.Dispose();
    }
}

/// <summary>Delivers an index's records in primary-key order: collects the keys, sorts them, and fetches in that order.</summary>
internal sealed class KeyOrderSource(IndexSource source, Tree primary, bool descending) : RowSource
{
    private readonly RecordFetcher _records = new(primary);
    private KeyList? _keys;
    private int _next;

    public override ReadOnlySpan<byte> Key => _keys![_next - 1];

    public override bool TryNext(out ReadOnlySpan<byte> record)
    {
        _keys ??= Collect();
        while (_next < _keys.Count)
        {
            // Inside a transaction a record may have been deleted since its key was collected.
            if (_records.TryFetch(_keys[_next++], out record)) return true;
        }

        record = default;
        return false;
    }

    public override void Dispose() => source.Dispose();

    private KeyList Collect()
    {
        KeyList keys = new();
        while (source.TryNextKey()) keys.Add(source.Key);
        keys.Sort(descending);
        return keys;
    }
}
