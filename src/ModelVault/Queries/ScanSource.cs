using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// Delivers the records in intervals of a tree that holds them: the collection's own, or that of an index which covers the query.
/// Conditions are checked on the records where they stand; only those that pass are copied, or given to a consumer without that.
/// </summary>
internal sealed class ScanSource : RowSource
{
    private readonly RangeScan _rows;
    private readonly EntryReader? _covering;
    private readonly VaultFilter[] _residual;
    private readonly RecordSelector? _selector;
    private readonly RowBuffer _passed = new();
    private readonly bool _isGrowing;
    private int _size;
    private int _current;

    /// <summary>A source of the records that pass some conditions.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="ranges">The intervals, ascending and apart.</param>
    /// <param name="backward">Whether to go over them downwards.</param>
    /// <param name="covering">The index whose tree it is; null for the collection's.</param>
    /// <param name="residual">The conditions.</param>
    /// <param name="wanted">How many records are likely to be asked for.</param>
    public ScanSource(Tree tree, KeyRange[] ranges, bool backward, IndexLayout? covering, VaultFilter[] residual, int wanted)
    {
        _rows = new RangeScan(tree, ranges, backward);
        _covering = covering is null ? null : new EntryReader(covering);
        _residual = residual;
        // In a transaction one at a time, so that a query sees what was changed since the record before.
        _isGrowing = tree is not WritableTree;
        _size = _isGrowing ? Math.Clamp(wanted, 1, RowBuffer.MaxRows) : 1;
        // The records of a covering index that is unique stand behind keys, and a transaction would look at the same ones again and again.
        if (!_isGrowing || covering is { Schema.IsUnique: true }) return;
        _selector = new RecordSelector(residual);
        if (residual.Length > 0) _rows.Selector = _selector;
    }

    public override ReadOnlySpan<byte> Key => _passed.Key(_current);

    public override bool TryNext(out ReadOnlySpan<byte> record)
    {
        bool found = TryNextKey();
        record = found ? _passed.Record(_current) : default;
        return found;
    }

    public override bool TryNextKey() => ++_current < _passed.Count || TryFill();

    public override void DeliverTo(IRecordConsumer consumer)
    {
        // What is decoded may run code of the user's own, which may change the transaction's tree.
        if (!_isGrowing)
        {
            base.DeliverTo(consumer);
            return;
        }

        Feeder feeder = new(this, consumer);
        _rows.Continue(ref feeder);
    }

    public override bool TryDrop(VaultFilter unwanted)
    {
        if (_selector is null) return false;
        _selector.Unwanted = unwanted;
        _rows.Selector = _selector;
        return true;
    }

    public override void Dispose()
    {
        _rows.Dispose();
        _passed.Dispose();
    }

    private bool TryFill()
    {
        if (_isGrowing && _passed.Count > 0) _size = Math.Min(2 * _size, RowBuffer.MaxRows);
        _passed.Clear();
        _current = 0;
        Collector collector = new(this);
        _rows.Continue(ref collector);
        return _passed.Count > 0;
    }

    // What a selector has let through has passed.
    private bool Passes(ReadOnlySpan<byte> record) => _selector is not null || Residual.Matches(_residual, record);

    private readonly struct Collector(ScanSource source) : IRowVisitor
    {
        public bool Visit(in TreeRow row)
        {
            RowBuffer passed = source._passed;
            if (source._covering is not { } entries)
            {
                ReadOnlySpan<byte> record = row.Value;
                if (source.Passes(record)) passed.Add(row, record);
            }
            else
            {
                ReadOnlySpan<byte> record = entries.Record(row);
                if (source.Passes(record)) passed.Add(entries.PrimaryKey(row), record);
            }

            return passed.Count < source._size && !passed.IsFull;
        }
    }

    private readonly struct Feeder(ScanSource source, IRecordConsumer consumer) : IRowVisitor
    {
        public bool Visit(in TreeRow row)
        {
            if (source._covering is not { } entries)
            {
                ReadOnlySpan<byte> record = row.Value;
                return !source.Passes(record) || consumer.Take(record, row.KeyPrefix, row.KeySuffix);
            }
            else
            {
                ReadOnlySpan<byte> record = entries.Record(row);
                return !source.Passes(record) || consumer.Take(record, entries.PrimaryKey(row), []);
            }
        }
    }
}
