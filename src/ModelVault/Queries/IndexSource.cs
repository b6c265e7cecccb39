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

    private readonly bool _isCovered;

    public IndexSource(IndexBinding index, Tree primary, KeyRange[] ranges, ScanOrder order, bool isCovered)
    {
        _isCovered = isCovered;
        _layout = index.Layout;
        _records = new RecordFetcher(primary);
        if (order == ScanOrder.BackwardByValue) _descending = new ValueDescendingCursor(index.Layout, index.Tree, ranges);
        else _cursor = new RangeCursor(index.Tree, ranges, backward: order == ScanOrder.Backward);
    }

    public override ReadOnlySpan<byte> Key => _layout.PrimaryKey(EntryKey, EntryValue);

    private ReadOnlySpan<byte> EntryKey => _cursor is not null ? _cursor.Key : _descending!.Key;

    private ReadOnlySpan<byte> EntryValue => _cursor is not null ? _cursor.Value : _descending!.Value;

    public override bool TryNext(out ReadOnlySpan<byte> record)
    {
        record = default;
        if (!TryNextKey()) return false;
        if (_isCovered)
        {
            record = _layout.CoveredRecord(EntryValue);
            return true;
        }

        return _records.TryFetch(Key, out record)
            ? true
            : throw new VaultCorruptionException($"The index '{_layout.Schema.Name}' points to a record that is not there.");
    }

    public override bool TryNextKey() => _cursor?.MoveNext() ?? _descending!.MoveNext();

    public override void Dispose()
    {
        _cursor?.Dispose();
        _descending?.Dispose();
    }
}
