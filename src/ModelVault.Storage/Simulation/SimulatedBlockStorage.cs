namespace ModelVault.Storage.Simulation;

/// <summary>
/// A storage for tests that knows which bytes are durable and which were only written: it can fail at any call, lose its power
/// at any call, and show every state that the disk could then be in.
/// </summary>
/// <remarks>
/// A failed flush behaves as on Linux: the system forgets that the unflushed writes are still due and a later flush succeeds
/// without them, while reads go on showing them.
/// </remarks>
public sealed class SimulatedBlockStorage : IBlockStorage
{
    private readonly Lock _gate = new();
    private readonly List<PendingWrite> _pending = [];
    private SimulatedFaults _faults;
    private byte[] _durable;
    private byte[] _content;
    private long _flushes;
    private bool _crashed;

    /// <summary>A storage with this content, all of it durable.</summary>
    public SimulatedBlockStorage(byte[]? content = null, SimulatedFaults? faults = null)
    {
        _durable = content is null ? [] : (byte[])content.Clone();
        _content = (byte[])_durable.Clone();
        _faults = faults ?? new SimulatedFaults();
    }

    /// <summary>How many calls were counted.</summary>
    public long OperationCount { get; private set; }

    /// <summary>How many times it was read from.</summary>
    public long ReadCount { get; private set; }

    /// <summary>How many times it was written to.</summary>
    public long WriteCount { get; private set; }

    /// <summary>How many flushes there were.</summary>
    public long FlushCount => _flushes;

    /// <summary>Bytes read.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether the power has failed.</summary>
    public bool HasCrashed => _crashed;

    /// <inheritdoc/>
    public long Length
    {
        get
        {
            lock (_gate) return _content.Length;
        }
    }

    /// <summary>Sets what goes wrong from now on; calls are counted anew.</summary>
    public void Inject(SimulatedFaults faults)
    {
        lock (_gate)
        {
            _faults = faults;
            OperationCount = 0;
            _flushes = 0;
        }
    }

    /// <summary>What reads would show now.</summary>
    public byte[] Snapshot()
    {
        lock (_gate) return (byte[])_content.Clone();
    }

    /// <summary>The states in which a power failure now could leave the disk.</summary>
    public CrashImages CrashImages()
    {
        lock (_gate) return new CrashImages((byte[])_durable.Clone(), [.. _pending]);
    }

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        lock (_gate)
        {
            ReadCount++;
            BytesRead += destination.Length;
            if (_faults.CountReads) Enter();
            else ThrowIfCrashed();
            if (offset < 0 || offset + destination.Length > _content.Length)
                throw new EndOfStreamException($"Read of {destination.Length} bytes at {offset} passes the end at {_content.Length}.");
            _content.AsSpan((int)offset, destination.Length).CopyTo(destination);
        }
    }

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        lock (_gate)
        {
            WriteCount++;
            var write = new PendingWrite(offset, source.ToArray(), -1);
            try
            {
                Enter();
            }
            catch (SimulatedCrashException)
            {
                // The write that the power failure met may have reached the disk in part.
                if (_faults.CrashAt == OperationCount) _pending.Add(write);
                throw;
            }

            _pending.Add(write);
            write.ApplyTo(ref _content);
        }
    }

    /// <inheritdoc/>
    public void Flush()
    {
        lock (_gate)
        {
            _flushes++;
            try
            {
                Enter();
            }
            catch (SimulatedCrashException)
            {
                throw;
            }
            catch (IOException)
            {
                _pending.Clear();
                throw;
            }

            if (_flushes == _faults.LyingFlush) return;
            foreach (var write in _pending) write.ApplyTo(ref _durable);
            _pending.Clear();
        }
    }

    /// <inheritdoc/>
    public void SetLength(long length)
    {
        lock (_gate)
        {
            Enter();
            var change = new PendingWrite(0, [], length);
            _pending.Add(change);
            change.ApplyTo(ref _content);
        }
    }

    /// <summary>Does nothing: the content can still be looked at.</summary>
    public void Dispose()
    {
    }

    private void Enter()
    {
        ThrowIfCrashed();
        OperationCount++;
        if (OperationCount == _faults.CrashAt)
        {
            _crashed = true;
            ThrowIfCrashed();
        }

        if (_faults.FailAt > 0 && (OperationCount == _faults.FailAt || (_faults.FailsFromThereOn && OperationCount > _faults.FailAt)))
            throw new IOException($"Simulated error at call {OperationCount}.");
    }

    private void ThrowIfCrashed()
    {
        if (_crashed) throw new SimulatedCrashException();
    }
}

/// <summary>A write, or a change of length, that no flush has made durable yet.</summary>
internal sealed record PendingWrite(long Offset, byte[] Content, long NewLength)
{
    public void ApplyTo(ref byte[] image)
    {
        if (NewLength >= 0)
        {
            Array.Resize(ref image, (int)NewLength);
            return;
        }

        if (Offset + Content.Length > image.Length) Array.Resize(ref image, (int)(Offset + Content.Length));
        Content.CopyTo(image, Offset);
    }
}
