using ModelVault.Storage;

namespace ModelVault;

/// <summary>Delivers records as bytes, one at a time. Key and record are valid until the next move.</summary>
internal abstract class RowSource : IDisposable
{
    public abstract ReadOnlySpan<byte> Key { get; }

    /// <summary>Moves to the next record and fetches it, once.</summary>
    public abstract bool TryNext(out ReadOnlySpan<byte> record);

    /// <summary>Moves to the next record without fetching it.</summary>
    public virtual bool TryNextKey() => TryNext(out _);

    /// <summary>Gives the records that are left to a consumer, where they stand if that can be, until it wants no more.</summary>
    public virtual void DeliverTo(IRecordConsumer consumer)
    {
        while (TryNext(out ReadOnlySpan<byte> record) && consumer.Take(record, Key, []))
        {
        }
    }

    /// <summary>Tells that records which pass a condition are of no use any more. False where they are delivered all the same.</summary>
    public virtual bool TryDrop(VaultFilter unwanted) => false;

    public abstract void Dispose();
}

/// <summary>Takes the records of a source.</summary>
internal interface IRecordConsumer
{
    /// <summary>Takes a record, which is valid during the call alone, as its key is, in two parts (of sorted records there is none). Returns whether to go on.</summary>
    bool Take(ReadOnlySpan<byte> record, ReadOnlySpan<byte> keyStart, ReadOnlySpan<byte> keyEnd);

    /// <summary>Tells it to go on no further than to so many records, which is at least one. False where it does not count them.</summary>
    bool TryLimit(int most) => false;
}

/// <summary>Delivers nothing: the collection is not in the file yet.</summary>
internal sealed class EmptySource : RowSource
{
    public override ReadOnlySpan<byte> Key => [];

    public override bool TryNext(out ReadOnlySpan<byte> record)
    {
        record = default;
        return false;
    }

    public override void Dispose()
    {
    }
}

/// <summary>Delivers the records with given primary keys, in their order.</summary>
internal sealed class KeyLookupSource(Tree primary, KeyRange[] keys, bool backward, int wanted) : FetchingSource(primary, Math.Min(wanted, keys.Length))
{
    private int _passed;

    // Whether there is such a record is not known before it is fetched.
    public override bool TryNextKey() => TryNext(out _);

    protected override void Fill(RecordBatch records)
    {
        while (_passed < keys.Length && !records.IsFull)
        {
            records.Add(keys[backward ? keys.Length - 1 - _passed : _passed].Start);
            _passed++;
        }
    }
}

/// <summary>Delivers all records in intervals of the primary key.</summary>
internal sealed class KeyRangeSource(Tree primary, KeyRange[] ranges, bool backward) : RowSource
{
    // Not needed by what takes the records where they stand.
    private RangeCursor? _cursor;
    private ScanSource? _scan;

    public override ReadOnlySpan<byte> Key => Cursor.Key;

    private RangeCursor Cursor => _cursor ??= new RangeCursor(primary, ranges, backward);

    public override bool TryNext(out ReadOnlySpan<byte> record)
    {
        bool found = Cursor.MoveNext();
        record = found ? Cursor.Value : default;
        return found;
    }

    public override bool TryNextKey() => Cursor.MoveNext();

    public override void DeliverTo(IRecordConsumer consumer)
    {
        using (_scan = new ScanSource(primary, ranges, backward, null, [], int.MaxValue)) _scan.DeliverTo(consumer);
    }

    public override bool TryDrop(VaultFilter unwanted) => _scan?.TryDrop(unwanted) ?? false;

    public override void Dispose() => _cursor?.Dispose();
}
