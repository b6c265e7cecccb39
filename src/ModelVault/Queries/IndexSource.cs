using ModelVault.Storage;

namespace ModelVault;

/// <summary>Delivers the records that an index's entries point to, in the index's order.</summary>
internal sealed class IndexSource : RowSource
{
    private readonly IndexLayout _layout;
    private readonly RecordBatch _records;
    private readonly RangeScan? _entries;
    private readonly ValueDescendingCursor? _descending;
    private readonly EntryReader _reader;

    /// <summary>A source of what an index has in some intervals.</summary>
    /// <param name="index">The index.</param>
    /// <param name="primary">The records.</param>
    /// <param name="ranges">The intervals, ascending and apart.</param>
    /// <param name="order">The way to go over them.</param>
    /// <param name="wanted">How many records are likely to be asked for.</param>
    public IndexSource(IndexBinding index, Tree primary, KeyRange[] ranges, ScanOrder order, int wanted)
    {
        _layout = index.Layout;
        _reader = new EntryReader(index.Layout);
        _records = new RecordBatch(primary, wanted);
        if (order == ScanOrder.BackwardByValue) _descending = new ValueDescendingCursor(index.Layout, index.Tree, ranges);
        else _entries = new RangeScan(index.Tree, ranges, backward: order == ScanOrder.Backward);
    }

    public override ReadOnlySpan<byte> Key => _records.Key;

    public override bool TryNext(out ReadOnlySpan<byte> record)
    {
        record = default;
        if (!TryNextKey()) return false;
        return _records.TryFetch(out record)
            ? true
            : throw new VaultCorruptionException($"The index '{_layout.Schema.Name}' points to a record that is not there.");
    }

    public override bool TryNextKey() => _records.MoveNext() || (TryFill() && _records.MoveNext());

    public override void Dispose()
    {
        _entries?.Dispose();
        _descending?.Dispose();
        _records.Dispose();
    }

    private bool TryFill()
    {
        _records.Restart();
        if (_entries is not null)
        {
            KeyCollector collector = new(_reader, _records);
            _entries.Continue(ref collector);
        }
        else
        {
            while (!_records.IsFull && _descending!.MoveNext()) _records.Add(_layout.PrimaryKey(_descending.Key, _descending.Value));
        }

        return _records.HasKeys;
    }

    private readonly struct KeyCollector(EntryReader reader, RecordBatch records) : IRowVisitor
    {
        public bool Visit(in TreeRow row)
        {
            records.Add(reader.PrimaryKey(row));
            return !records.IsFull;
        }
    }
}
