using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// Fetches records by their primary key into a buffer of its own: between two records of a query anything may happen, so they
/// cannot be looked at in the page cache, where they stay only as long as a <see cref="ReadScope"/>.
/// </summary>
internal sealed class RecordFetcher(Tree primary)
{
    private const int SmallestBuffer = 512;

    private byte[] _buffer = [];

    /// <summary>Fetches a record; it is valid until the next one is fetched.</summary>
    public bool TryFetch(ReadOnlySpan<byte> key, out ReadOnlySpan<byte> record)
    {
        using ReadScope scope = ReadScope.Enter();
        if (!primary.TryGet(key, out ReadOnlySpan<byte> found))
        {
            record = default;
            return false;
        }

        if (_buffer.Length < found.Length) _buffer = new byte[Math.Max(found.Length, Math.Max(SmallestBuffer, 2 * _buffer.Length))];
        found.CopyTo(_buffer);
        record = _buffer.AsSpan(0, found.Length);
        return true;
    }
}
