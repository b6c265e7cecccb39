namespace ModelVault.Storage;

/// <summary>
/// How far the disk is behind the writer. A commit may be published before it is flushed; until then the newest durable one
/// is what a power failure leaves, and what recovery needs to see that must be left alone.
/// </summary>
internal sealed class DurableCommits
{
    private readonly IBlockStorage _storage;
    private readonly Lock _flushing = new();
    private CommitState _written;
    private CommitState _durable;
    private Exception? _failure;

    /// <param name="storage">What is flushed.</param>
    /// <param name="opened">The commit the file is at.</param>
    public DurableCommits(IBlockStorage storage, CommitState opened)
    {
        _storage = storage;
        _written = _durable = opened;
    }

    /// <summary>The newest durable commit.</summary>
    public CommitState Newest => Volatile.Read(ref _durable);

    /// <summary>
    /// Recovery needs nothing of this commit any more but what later ones have of it: the durable ones can be seen to be whole
    /// without it. Pages that it freed may be written again.
    /// </summary>
    public long Settled => Newest.SettledId;

    /// <summary>A commit's slot has been written.</summary>
    public void Written(CommitState commit) => Volatile.Write(ref _written, commit);

    /// <summary>
    /// Makes everything that was written durable. One flush at a time, and none after one that failed: the operating system has
    /// then forgotten what was to be written, and a later flush would succeed without it.
    /// </summary>
    /// <exception cref="IOException">The flush failed, or one before.</exception>
    public void Flush()
    {
        Interleaving.BeforeLock(_flushing);
        lock (_flushing) FlushNow();
    }

    /// <summary>The same, unless every commit that was written is durable.</summary>
    /// <exception cref="IOException">The flush failed, or one before.</exception>
    public void FlushWritten()
    {
        Interleaving.BeforeLock(_flushing);
        lock (_flushing)
        {
            if (Newest.Id < Volatile.Read(ref _written).Id) FlushNow();
        }
    }

    private void FlushNow()
    {
        if (_failure is not null) throw new IOException($"An earlier flush failed: {_failure.Message}", _failure);
        var reached = Volatile.Read(ref _written);
        try
        {
            _storage.Flush();
        }
        catch (Exception error)
        {
            _failure = error;
            throw;
        }

        Volatile.Write(ref _durable, reached);
    }
}
