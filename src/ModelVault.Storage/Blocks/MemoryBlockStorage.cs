namespace ModelVault.Storage;

/// <summary>A storage in memory, for tests and for vaults that need no file. Flushing it does nothing.</summary>
public sealed class MemoryBlockStorage : IBlockStorage
{
    private const int ChunkSize = 1 << 18;

    private readonly ReaderWriterLockSlim _gate = new(); // holds nothing that must be disposed of
    private readonly List<byte[]> _chunks = [];
    private long _length;

    /// <summary>An empty storage.</summary>
    public MemoryBlockStorage()
    {
    }

    /// <summary>A storage that begins with these bytes.</summary>
    public MemoryBlockStorage(ReadOnlySpan<byte> content) => Write(0, content);

    /// <inheritdoc/>
    public long Length => Interlocked.Read(ref _length);

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        _gate.EnterReadLock();
        try
        {
            if (offset + destination.Length > _length)
                throw new EndOfStreamException($"Read of {destination.Length} bytes at {offset} passes the end at {_length}.");
            while (destination.Length > 0)
            {
                var part = _chunks[(int)(offset / ChunkSize)].AsSpan((int)(offset % ChunkSize));
                if (part.Length > destination.Length) part = part[..destination.Length];
                part.CopyTo(destination);
                destination = destination[part.Length..];
                offset += part.Length;
            }
        }
        finally
        {
            _gate.ExitReadLock();
        }
    }

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        _gate.EnterWriteLock();
        try
        {
            if (offset + source.Length > _length) Resize(offset + source.Length);
            while (source.Length > 0)
            {
                var part = _chunks[(int)(offset / ChunkSize)].AsSpan((int)(offset % ChunkSize));
                if (part.Length > source.Length) part = part[..source.Length];
                source[..part.Length].CopyTo(part);
                source = source[part.Length..];
                offset += part.Length;
            }
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
    }

    /// <inheritdoc/>
    public void SetLength(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _gate.EnterWriteLock();
        try
        {
            Resize(length);
        }
        finally
        {
            _gate.ExitWriteLock();
        }
    }

    /// <summary>A copy of the whole content.</summary>
    public byte[] ToArray()
    {
        var content = new byte[Length];
        Read(0, content);
        return content;
    }

    /// <summary>Does nothing: the content can still be looked at, and opened again.</summary>
    public void Dispose()
    {
    }

    private void Resize(long length)
    {
        var chunks = (int)((length + ChunkSize - 1) / ChunkSize);
        while (_chunks.Count < chunks) _chunks.Add(new byte[ChunkSize]);
        if (_chunks.Count > chunks) _chunks.RemoveRange(chunks, _chunks.Count - chunks);
        // What is cut off must read as zeros if the storage grows again.
        if (length < _length && length % ChunkSize != 0) _chunks[^1].AsSpan((int)(length % ChunkSize)).Clear();
        Interlocked.Exchange(ref _length, length);
    }
}
