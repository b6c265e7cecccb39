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
    private readonly DiskImage _durable;
    private readonly DiskImage _content;
    private SimulatedFaults _faults;
    private long _flushes;
    private long _crashAt;
    private bool _crashed;

    /// <summary>A storage with this content, all of it durable; an empty one without.</summary>
    public SimulatedBlockStorage(DiskImage? content = null, SimulatedFaults? faults = null)
    {
        _durable = content?.Clone() ?? new DiskImage();
        _content = _durable.Clone();
        _faults = faults ?? new SimulatedFaults();
        _crashAt = _faults.CrashAt;
    }

    /// <summary>How many calls were counted.</summary>
    public long OperationCount { get; private set; }

    /// <summary>How many times it was read from.</summary>
    public long ReadCount { get; private set; }

    /// <summary>How many times it was written to.</summary>
    public long WriteCount { get; private set; }

    /// <summary>How many flushes there were.</summary>
    public long FlushCount => _flushes;

    /// <summary>How many times it was made shorter.</summary>
    public long CutCount { get; private set; }

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
            _crashAt = faults.CrashAt;
            OperationCount = 0;
            _flushes = 0;
        }
    }

    /// <summary>What reads would show now.</summary>
    public DiskImage Snapshot()
    {
        lock (_gate) return _content.Clone();
    }

    /// <summary>The states in which a power failure now could leave the disk.</summary>
    public CrashImages CrashImages()
    {
        lock (_gate) return new CrashImages(_durable.Clone(), [.. _pending]);
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
            _content.Read(offset, destination);
        }
    }

    /// <inheritdoc/>
    public void Write(long offset, ReadOnlySpan<byte> source)
    {
        lock (_gate)
        {
            WriteCount++;
            try
            {
                Enter(takesSpace: true);
            }
            catch (SimulatedCrashException)
            {
                // The write that the power failure met may have reached the disk in part.
                if (_crashAt == OperationCount) AddPending(offset, source);
                throw;
            }

            for (var i = AddPending(offset, source); i < _pending.Count; i++) _pending[i].ApplyTo(_content);
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
                if (_flushes == _faults.FailingFlush) throw new IOException($"Simulated error of flush {_flushes}.");
            }
            catch (IOException) when (!_crashed)
            {
                if (_faults.FailingFlushKeepsSome) KeepSome();
                _pending.Clear();
                throw;
            }

            if (_faults.IsLie(_flushes))
            {
                if (_faults.LiesForget) _pending.Clear();
                if (_faults.CrashAfterLie > 0 && _flushes == _faults.LyingFlush) _crashAt = OperationCount + _faults.CrashAfterLie;
                return;
            }

            foreach (var write in _pending) write.ApplyTo(_durable);
            _pending.Clear();
        }
    }

    /// <inheritdoc/>
    public void SetLength(long length)
    {
        lock (_gate)
        {
            Enter(takesSpace: length > _content.Length);
            if (length < _content.Length) CutCount++;
            var change = new PendingWrite(0, null, length);
            _pending.Add(change);
            change.ApplyTo(_content);
        }
    }

    /// <summary>Does nothing: the content can still be looked at.</summary>
    public void Dispose()
    {
    }

    // Returns the place of the first of the write's blocks.
    private int AddPending(long offset, ReadOnlySpan<byte> source)
    {
        var first = _pending.Count;
        foreach (var (at, length) in DiskImage.Pieces(offset, source.Length))
            _pending.Add(new PendingWrite(at, DiskImage.Piece(source.Slice((int)(at - offset), length)), -1));
        return first;
    }

    private void KeepSome()
    {
        var random = new Random((int)_flushes);
        foreach (var write in _pending)
        {
            if (random.Next(2) == 0) write.ApplyTo(_durable);
        }
    }

    private void Enter(bool takesSpace = false)
    {
        ThrowIfCrashed();
        OperationCount++;
        if (OperationCount == _crashAt)
        {
            _crashed = true;
            ThrowIfCrashed();
        }

        if (_faults.IsDiskFull && !takesSpace) return;
        if (_faults.FailAt > 0 && (OperationCount == _faults.FailAt || (_faults.FailsFromThereOn && OperationCount > _faults.FailAt)))
            throw _faults.IsDiskFull ? new IOException("No space left on the simulated device.", DiskFullException.SystemCode) : new IOException($"Simulated error at call {OperationCount}.");
    }

    private void ThrowIfCrashed()
    {
        if (_crashed) throw new SimulatedCrashException();
    }
}

/// <summary>A write inside one block (no content: a block of zeros), or a change of length, that no flush has made durable yet.</summary>
internal readonly record struct PendingWrite(long Offset, byte[]? Content, long NewLength)
{
    /// <summary>How far the disk reaches at least, once this has arrived.</summary>
    public long End => NewLength >= 0 ? NewLength : Offset + (Content?.Length ?? DiskImage.BlockSize);

    public void ApplyTo(DiskImage image)
    {
        if (NewLength >= 0) image.SetLength(NewLength);
        else image.Put(Offset, Content);
    }
}
