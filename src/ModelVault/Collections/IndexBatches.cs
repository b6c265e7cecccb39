using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// What a bulk insert has still to write into the indexes that are not unique: their entries can clash with nothing. It holds a
/// bounded amount of them, in a transaction whose changes nobody sees before it ends.
/// </summary>
internal sealed class IndexBatches
{
    private const long DefaultMostBytes = 64 << 20;

    private readonly IndexBatch?[] _batches;
    private readonly long _mostBytes;

    /// <param name="indexes">The indexes that a write keeps.</param>
    /// <param name="mostBytes">How much to hold in memory.</param>
    public IndexBatches(IndexBinding[] indexes, long mostBytes = DefaultMostBytes)
    {
        _mostBytes = mostBytes;
        _batches = Array.ConvertAll(indexes, static index => index.Layout.Schema.IsUnique ? null : new IndexBatch((WritableTree)index.Tree));
    }

    /// <summary>Takes an entry of the index with a number; false when it is to be written at once.</summary>
    public bool TryAdd(int index, ReadOnlySpan<byte> entry, ReadOnlySpan<byte> value)
    {
        if (_batches[index] is not { } batch) return false;
        batch.Add(entry, value);
        return true;
    }

    /// <summary>Writes what has become too much to hold.</summary>
    public void Relieve()
    {
        long size = 0;
        foreach (IndexBatch? batch in _batches) size += batch?.Size ?? 0;
        if (size > _mostBytes) Write();
    }

    /// <summary>Writes everything.</summary>
    public void Write()
    {
        foreach (IndexBatch? batch in _batches)
            if (batch is not null && !batch.TryWrite()) throw new VaultCorruptionException("An index holds an entry of a record that is not there.");
    }
}
