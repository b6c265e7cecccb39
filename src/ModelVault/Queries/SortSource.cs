using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// Collects the records that pass a condition, with a sort key each, and delivers them in order. With a limit it keeps no more than twice as
/// many as are asked for.
/// </summary>
internal sealed class SortSource(RowSource source, VaultFilter[] residual, OrderTerm[] terms, bool keyDescends, int limit) : RowSource, IRecordConsumer
{
    private const int SmallestBatch = 64;

    private readonly int _batch = (int)Math.Min(int.MaxValue, Math.Max(SmallestBatch, 2L * limit));
    private readonly byte[] _scratch = new byte[256];
    private KeyList _keys = new();
    private KeyList _records = new();
    private int _next = -1;
    private bool _isFull;

    // Most records are behind the last of the best by their first value alone, which is told without making a sort key; null where the source drops them.
    private VaultFilter? _behind;

    // The sort key ends with the primary key, which is not needed any more once sorted.
    public override ReadOnlySpan<byte> Key => throw new InvalidOperationException("Sorted records have no key of their own.");

    public override bool TryNext(out ReadOnlySpan<byte> record)
    {
        if (_next < 0) Collect();
        bool found = ++_next < _keys.Count;
        record = found ? _records[_keys.Tag(_next)] : default;
        return found;
    }

    public override void DeliverTo(IRecordConsumer consumer)
    {
        while (TryNext(out ReadOnlySpan<byte> record) && consumer.Take(record, [], []))
        {
        }
    }

    public override void Dispose() => source.Dispose();

    public bool Take(ReadOnlySpan<byte> record, ReadOnlySpan<byte> keyStart, ReadOnlySpan<byte> keyEnd)
    {
        RowContext row = RowContext.Of(record);
        if (_behind is not null && _behind.Matches(ref row)) return true;
        if (residual.Length > 0 && !Residual.Matches(residual, ref row)) return true;
        KeyWriter key = new(_scratch);
        WriteTerms(row, ref key);
        // Others are so by all their values, whatever their keys.
        if (!_isFull || !IsBehind(key.Written, _keys[limit - 1]))
        {
            WriteKey(keyStart, keyEnd, ref key);
            if (!_isFull || key.Written.SequenceCompareTo(_keys[limit - 1]) < 0) Keep(key.Written, record);
        }

        key.Dispose();
        return true;
    }

    private void Collect()
    {
        if (limit > 0) source.DeliverTo(this);
        _keys.Sort();
        if (_keys.Count > limit) _keys.Truncate(limit);
    }

    // Components end themselves, so terms that are greater than the beginning of a sort key are greater than all of it.
    private static bool IsBehind(ReadOnlySpan<byte> terms, ReadOnlySpan<byte> last) => terms.SequenceCompareTo(last[..Math.Min(terms.Length, last.Length)]) > 0;

    private void Keep(ReadOnlySpan<byte> key, ReadOnlySpan<byte> record)
    {
        _keys.Add(key, _records.Count);
        _records.Add(record);
        if (_keys.Count == _batch) KeepBest();
    }

    private void WriteTerms(in RowContext row, ref KeyWriter key)
    {
        foreach (OrderTerm term in terms) term.Write(row, ref key);
    }

    private void WriteKey(ReadOnlySpan<byte> keyStart, ReadOnlySpan<byte> keyEnd, ref KeyWriter key)
    {
        int start = key.Length;
        key.WriteRaw(keyStart);
        key.WriteRaw(keyEnd);
        if (keyDescends) key.Complement(start);
    }

    // From now on the last of the best is at the limit, and what comes behind it need not be kept.
    private void KeepBest()
    {
        _keys.Sort();
        KeyList keys = new(), records = new();
        for (int i = 0; i < limit; i++)
        {
            keys.Add(_keys[i], i);
            records.Add(_records[_keys.Tag(i)]);
        }

        _keys = keys;
        _records = records;
        _isFull = true;
        if (limit == 0 || terms.Length == 0 || terms[0].Behind(RowContext.Of(_records[limit - 1])) is not { } behind) return;
        _behind = source.TryDrop(behind) ? null : behind;
    }
}
