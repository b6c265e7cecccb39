using ModelVault.Storage;

namespace ModelVault;

/// <summary>Delivers the records that an index's entries point to, in the index's order.</summary>
internal sealed class IndexSource : FetchingSource
{
    private readonly IndexLayout _layout;
    private readonly EntryReader _reader;
    private readonly RangeScan? _entries;
    private readonly ValueDescendingCursor? _descending;

    /// <summary>A source of what an index has in some intervals.</summary>
    /// <param name="index">The index.</param>
    /// <param name="primary">The records.</param>
    /// <param name="ranges">The intervals, ascending and apart.</param>
    /// <param name="order">The way to go over them.</param>
    /// <param name="wanted">How many records are likely to be asked for.</param>
    public IndexSource(IndexBinding index, Tree primary, KeyRange[] ranges, ScanOrder order, int wanted)
        : base(primary, wanted)
    {
        _layout = index.Layout;
        _reader = new EntryReader(index.Layout);
        if (order == ScanOrder.BackwardByValue) _descending = new ValueDescendingCursor(index.Layout, index.Tree, ranges);
        else _entries = new RangeScan(index.Tree, ranges, backward: order == ScanOrder.Backward);
    }

    public override void Dispose()
    {
        _entries?.Dispose();
        _descending?.Dispose();
        base.Dispose();
    }

    protected override void Fill(RecordBatch records)
    {
        if (_entries is not null)
        {
            KeyCollector collector = new(_reader, records);
            _entries.Continue(ref collector);
        }
        else
        {
            while (!records.IsFull && _descending!.MoveNext()) records.Add(_layout.PrimaryKey(_descending.Key, _descending.Value));
        }
    }

    protected override void NoteMissing() => throw new VaultCorruptionException($"The index '{_layout.Schema.Name}' points to a record that is not there.");

    private readonly struct KeyCollector(EntryReader reader, RecordBatch records) : IRowVisitor
    {
        public bool Visit(in TreeRow row)
        {
            records.Add(reader.PrimaryKey(row));
            return !records.IsFull;
        }
    }
}
