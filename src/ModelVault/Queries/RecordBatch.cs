using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// Fetches records by their primary keys, some at a time: keys are added, then gone over one by one. Records are copied, because between
/// two records of a query anything may happen. In a transaction there is one at a time, so that a query sees what was changed meanwhile.
/// </summary>
internal sealed class RecordBatch : IDisposable
{
    private readonly BatchLookup _lookup;
    private readonly bool _isGrowing;
    private int _size;
    private int _current = -1;
    private bool _isFetched;

    /// <summary>A batch of a query.</summary>
    /// <param name="primary">The records.</param>
    /// <param name="wanted">How many are likely to be asked for; <see cref="int.MaxValue"/> for all that are there.</param>
    public RecordBatch(Tree primary, int wanted)
    {
        _lookup = new BatchLookup(primary);
        _isGrowing = primary is not WritableTree;
        _size = _isGrowing ? Math.Clamp(wanted, 1, BatchLookup.MaxKeys) : 1;
    }

    /// <summary>Whether nothing can change between two records, so that they may be taken where they stand.</summary>
    public bool IsStable => _isGrowing;

    /// <summary>Whether no more keys should be added for now.</summary>
    public bool IsFull => _lookup.Count >= _size;

    /// <summary>The current key; valid until the batch is restarted.</summary>
    public ReadOnlySpan<byte> Key => _lookup.Key(_current);

    public void Add(ReadOnlySpan<byte> key) => _lookup.Add(key);

    /// <summary>Moves to the next key; false when it was the last that was added.</summary>
    public bool MoveNext() => ++_current < _lookup.Count;

    /// <summary>Finds the records of all keys where they stand: they are valid until the caller's <see cref="ReadScope"/> ends.</summary>
    public void FindInPlace()
    {
        if (!_isFetched) _lookup.RunInPlace();
        _isFetched = true;
    }

    /// <summary>Fetches the record of the current key; valid until the batch is restarted.</summary>
    public bool TryFetch(out ReadOnlySpan<byte> record)
    {
        if (!_isFetched) _lookup.Run();
        _isFetched = true;
        return _lookup.TryGet(_current, out record);
    }

    /// <summary>Forgets the keys, to take others: more each time.</summary>
    public void Restart()
    {
        if (_isGrowing && _lookup.Count > 0) _size = Math.Min(2 * _size, BatchLookup.MaxKeys);
        _lookup.Clear();
        _current = -1;
        _isFetched = false;
    }

    public void Dispose() => _lookup.Dispose();
}
