using ModelVault.Storage;

namespace ModelVault;

/// <summary>Delivers records whose primary keys are known first, some at a time: keys are collected, then their records fetched together.</summary>
/// <param name="primary">The records.</param>
/// <param name="wanted">How many records are likely to be asked for.</param>
internal abstract class FetchingSource(Tree primary, int wanted) : RowSource
{
    private readonly RecordBatch _records = new(primary, wanted);

    public override ReadOnlySpan<byte> Key => _records.Key;

    public override bool TryNext(out ReadOnlySpan<byte> record)
    {
        while (MoveNext())
        {
            if (_records.TryFetch(out record)) return true;
            NoteMissing();
        }

        record = default;
        return false;
    }

    public override bool TryNextKey() => MoveNext();

    public override void DeliverTo(IRecordConsumer consumer)
    {
        if (!_records.IsStable)
        {
            base.DeliverTo(consumer);
            return;
        }

        while (MoveNext())
        {
            using ReadScope scope = ReadScope.Enter();
            _records.FindInPlace();
            do
            {
                if (!_records.TryFetch(out ReadOnlySpan<byte> record)) NoteMissing();
                else if (!consumer.Take(record, _records.Key, [])) return;
            }
            while (_records.MoveNext());
        }
    }

    public override void Dispose() => _records.Dispose();

    /// <summary>Adds the next keys, until the batch is full or there are no more.</summary>
    protected abstract void Fill(RecordBatch records);

    /// <summary>There is no record with the current key.</summary>
    protected virtual void NoteMissing()
    {
    }

    private bool MoveNext()
    {
        if (_records.MoveNext()) return true;
        _records.Restart();
        Fill(_records);
        return _records.MoveNext();
    }
}
