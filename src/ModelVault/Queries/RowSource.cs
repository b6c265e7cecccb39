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

    public abstract void Dispose();
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
internal sealed class KeyLookupSource(Tree primary, KeyRange[] keys, bool backward) : RowSource
{
    private readonly RecordFetcher _records = new(primary);
    private int _passed;
    private byte[] _key = [];

    public override ReadOnlySpan<byte> Key => _key;

    public override bool TryNext(out ReadOnlySpan<byte> record)
    {
        while (MoveNext())
            if (_records.TryFetch(_key, out record)) return true;
        record = default;
        return false;
    }

    public override bool TryNextKey()
    {
        while (MoveNext())
            if (primary.Contains(_key)) return true;
        return false;
    }

    public override void Dispose()
    {
    }

    private bool MoveNext()
    {
        if (_passed == keys.Length) return false;
        _key = keys[backward ? keys.Length - 1 - _passed : _passed].Start;
        _passed++;
        return true;
    }
}

/// <summary>Delivers the records in intervals of the primary key.</summary>
internal sealed class KeyRangeSource(Tree primary, KeyRange[] ranges, bool backward) : RowSource
{
    private readonly RangeCursor _cursor = new(primary, ranges, backward);

    public override ReadOnlySpan<byte> Key => _cursor.Key;

    public override bool TryNext(out ReadOnlySpan<byte> record)
    {
        bool found = _cursor.MoveNext();
        record = found ? _cursor.Value : default;
        return found;
    }

    public override bool TryNextKey() => _cursor.MoveNext();

    public override void Dispose() => _cursor.Dispose();
}
