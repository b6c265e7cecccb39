using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// Collects the records that pass a condition, with a sort key each, and delivers them in order. With a limit it keeps no more than twice as
/// many as are asked for.
/// </summary>
internal sealed class SortSource(RowSource source, VaultFilter[] residual, OrderTerm[] terms, bool keyDescends, int limit) : RowSource
{
    private const int SmallestBatch = 64;

    private KeyList _keys = new();
    private KeyList _records = new();
    private int _next = -1;
    private bool _isFull;

    // The sort key ends with the primary key, which is not needed any more once sorted.
    public override ReadOnlySpan<byte> Key => throw new InvalidOperationException("Sorted records have no key of their own.");

    public override bool TryNext(out ReadOnlySpan<byte> record)
    {
        if (_next < 0) Collect();
        bool found = ++_next < _keys.Count;
        record = found ? _records[_keys.Tag(_next)] : default;
        return found;
    }

    public override void Dispose() => source.Dispose();

    private void Collect()
    {
        int batch = (int)Math.Min(int.MaxValue, Math.Max(SmallestBatch, 2L * limit));
        KeyWriter key = new(stackalloc byte[256]);
        while (source.TryNext(out ReadOnlySpan<byte> record))
        {
            RecordHeader.Read(record, out int start);
            RowContext row = new(record, start);
            if (!Residual.Matches(residual, ref row)) continue;
            key.Clear();
            WriteSortKey(row, ref key);
            if (_isFull && key.Written.SequenceCompareTo(_keys[limit - 1]) >= 0) continue;
            _keys.Add(key.Written, _records.Count);
            _records.Add(record);
            if (_keys.Count == batch) KeepBest();
        }

        key.Dispose();
        _keys.Sort();
        if (_keys.Count > limit) _keys.Truncate(limit);
    }

    private void WriteSortKey(in RowContext row, ref KeyWriter key)
    {
        foreach (OrderTerm term in terms) term.Write(row, ref key);
        int keyStart = key.Length;
        key.WriteRaw(source.Key);
        if (keyDescends) key.Complement(keyStart);
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
    }
}
