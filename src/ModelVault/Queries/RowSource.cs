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

    /// <summary>Gives all records that are left to a consumer, where they stand if that can be.</summary>
    public virtual void DeliverTo(IRecordConsumer consumer)
    {
        while (TryNext(out ReadOnlySpan<byte> record)) consumer.Take(record, Key, []);
    }

    public abstract void Dispose();
}

/// <summary>Takes all records of a source.</summary>
internal interface IRecordConsumer
{
    /// <summary>Takes a record, which is valid during the call alone, as its key is, in two parts.</summary>
    void Take(ReadOnlySpan<byte> record, ReadOnlySpan<byte> keyStart, ReadOnlySpan<byte> keyEnd);
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
internal sealed class KeyLookupSource(Tree primary, KeyRange[] keys, bool backward, int wanted) : RowSource
{
    private readonly RecordBatch _records = new(primary, Math.Min(wanted, keys.Length));
    private int _passed;

    public override ReadOnlySpan<byte> Key => _records.Key;

    public override bool TryNext(out ReadOnlySpan<byte> record)
    {
        while (_records.MoveNext() || (TryFill() && _records.MoveNext()))
            if (_records.TryFetch(out record)) return true;
        record = default;
        return false;
    }

    public override void Dispose() => _records.Dispose();

    private bool TryFill()
    {
        _records.Restart();
        while (_passed < keys.Length && !_records.IsFull)
        {
            _records.Add(keys[backward ? keys.Length - 1 - _passed : _passed].Start);
            _passed++;
        }

        return _records.HasKeys;
    }
}
