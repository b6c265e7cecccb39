using ModelVault.Storage;

namespace ModelVault;

/// <summary>Delivers records as bytes, one at a time. Key and record are valid until the next move.</summary>
internal abstract class RowSource : IDisposable
{
    public abstract ReadOnlySpan<byte> Key { get; }

    public abstract ReadOnlySpan<byte> Record { get; }

    public abstract bool MoveNext();

    public abstract void Dispose();
}

/// <summary>Delivers nothing: the collection is not in the file yet.</summary>
internal sealed class EmptySource : RowSource
{
    public override ReadOnlySpan<byte> Key => [];

    public override ReadOnlySpan<byte> Record => [];

    public override bool MoveNext() => false;

    public override void Dispose()
    {
    }
}

/// <summary>Delivers the records with given primary keys, in their order.</summary>
internal sealed class KeyLookupSource(Tree primary, KeyRange[] keys, bool backward) : RowSource
{
    private int _passed;
    private byte[] _key = [];

    public override ReadOnlySpan<byte> Key => _key;

    public override ReadOnlySpan<byte> Record => primary.TryGet(_key, out ReadOnlySpan<byte> record) ? record : [];

    public override bool MoveNext()
    {
        while (_passed < keys.Length)
        {
            _key = keys[backward ? keys.Length - 1 - _passed : _passed].Start;
            _passed++;
            if (primary.Contains(_key)) return true;
        }

        return false;
    }

    public override void Dispose()
    {
    }
}

/// <summary>Delivers the records in intervals of the primary key.</summary>
internal sealed class KeyRangeSource(Tree primary, KeyRange[] ranges, bool backward) : RowSource
{
    private readonly RangeCursor _cursor = new(primary, ranges, backward);

    public override ReadOnlySpan<byte> Key => _cursor.Key;

    public override ReadOnlySpan<byte> Record => _cursor.Value;

    public override bool MoveNext() => _cursor.MoveNext();

    public override void Dispose() => _cursor.Dispose();
}
