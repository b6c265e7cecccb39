namespace ModelVault.Storage;

/// <summary>
/// One open vault: the storage, the newest commit, and the right to write. Shared by all <see cref="StorageEngine"/> handles
/// of the process onto the same file.
/// </summary>
internal sealed class Engine : IDisposable
{
    private readonly VaultLock? _lock;
    private readonly StorageOptions _options;
    private readonly BackgroundFlush _background;
    private readonly List<Snapshot> _published = []; // in commit order
    private Snapshot _newest;
    private Exception? _poison;
    private long _commitCount;
    private volatile bool _closed;

    private Engine(IBlockStorage storage, VaultLock? vaultLock, StorageOptions options)
    {
        _lock = vaultLock;
        _options = options;
        var volume = new Volume(storage, options);
        Groups = new GroupCommit(this);
        _background = new BackgroundFlush(options.TimeProvider, options.RelaxedFlushDelay, FlushInBackground);
        _newest = Publishable(volume.Newest, volume);
        _published.Add(_newest);
    }

    public StorageOptions Options => _options;

    public bool IsReadOnly => _options.ReadOnly;

    public WriterQueue Writers { get; } = new();

    public GroupCommit Groups { get; }

    public FlushThread FlushThread { get; } = new("ModelVault writer");

    public StorageStatistics Statistics
    {
        get
        {
            var newest = Volatile.Read(ref _newest);
            var volume = newest.Volume;
            var oldest = OldestSnapshot() ?? newest;
            return new StorageStatistics
            {
                FileBytes = volume.Storage.Length,
                PageSize = FileLayout.PageSize,
                PageCount = newest.Commit.PageCount,
                FreePages = newest.Commit.FreePages,
                PendingPages = volume.PendingPages,
                CommitId = newest.CommitId,
                DurableCommitId = volume.DurableId,
                OldestSnapshotCommitId = oldest.CommitId,
                OldestSnapshotAge = _options.TimeProvider.GetElapsedTime(oldest.PublishedTimestamp),
                CacheBytes = volume.Pager.Cache.Bytes,
                CacheBudget = volume.Pager.Cache.Budget,
                PagesRead = volume.Pager.Misses,
                CommitCount = Interlocked.Read(ref _commitCount),
                WaitingWriters = Writers.Count,
                IsWriterPoisoned = Volatile.Read(ref _poison) is not null,
            };
        }
    }

    /// <summary>Opens a storage, and takes it and the lock over; both are closed when that fails.</summary>
    public static Engine Open(IBlockStorage storage, VaultLock? vaultLock, StorageOptions options)
    {
        try
        {
            return new Engine(storage, vaultLock, options);
        }
        catch
        {
            storage.Dispose();
            vaultLock?.Dispose();
            throw;
        }
    }

    public static VaultTransactionException WriterTimeout(TimeSpan timeout) =>
        new($"The writer was not free within {timeout.TotalSeconds:0.###} s: another write transaction has it. Keep write transactions short, or raise the timeout.", VaultErrorCode.LockTimeout);

    public Snapshot AcquireSnapshot()
    {
        while (true)
        {
            ThrowIfClosed();
            // The newest may be superseded and let go between reading and acquiring it; then there is a newer one.
            var newest = Volatile.Read(ref _newest);
            if (newest.TryAcquire()) return newest;
        }
    }

    /// <summary>Waits for the right to write.</summary>
    public void EnterWriter(TimeSpan timeout, CancellationToken ct)
    {
        ThrowIfNotWritable();
        Groups.ThrowIfNested();
        ct.ThrowIfCancellationRequested();
        if (!TryEnterWriter(timeout, ct)) throw WriterTimeout(timeout);
        CheckEntered();
    }

    /// <inheritdoc cref="EnterWriter"/>
    public async ValueTask EnterWriterAsync(TimeSpan timeout, CancellationToken ct)
    {
        ThrowIfNotWritable();
        Groups.ThrowIfNested();
        ct.ThrowIfCancellationRequested();
        var turn = new AwaitedTurn();
        if (!Writers.Enter(turn))
        {
            using var limit = new WaitLimit(Writers, turn, timeout, ct);
            await turn.Task.ConfigureAwait(false);
        }

        CheckEntered();
    }

    /// <summary>A transaction for whoever has the right to write.</summary>
    public WriteTransaction CreateTransaction(Durability durability) => new(this, Volatile.Read(ref _newest), durability);

    /// <summary>Makes a transaction as durable as it asks for and publishes it.</summary>
    public void Commit(WriteTransaction transaction)
    {
        ThrowIfNotWritable();
        var volume = transaction.Volume;
        var commit = CommitWriter.Prepare(transaction, volume.Space, _options.TimeProvider.GetUtcNow().UtcTicks);
        volume.Writer.Grow(commit);
        try
        {
            commit = volume.Writer.Write(commit, transaction.Pages, transaction.Durability, volume.Durable);
        }
        catch (Exception error) when (error is not DiskFullException)
        {
            Volatile.Write(ref _poison, error);
            throw new IOException(
                $"Writing commit {commit.Id} failed: whether it is durable is not known. The vault can still be read; close and open it again to see the outcome and to write. {error.Message}", error);
        }

        Publish(commit, transaction);
        if (commit.IsUnflushed && transaction.Durability == Durability.Relaxed) _background.Request();
    }

    /// <summary>Makes all that is published durable.</summary>
    public void Flush()
    {
        ThrowIfNotWritable();
        if (Flush(out var volume) is not { } error) return;
        throw new IOException(
            $"Flushing failed: a power failure may take the commits after {volume.DurableId}. The vault can still be read; close and open it again to write. {error.Message}", error);
    }

    /// <summary>The same on a thread of the engine's own.</summary>
    public Task FlushAsync() => _background.Run(Flush);

    /// <summary>A transaction is over: what it did not commit is undone, and the next writer may come.</summary>
    public void EndWrite(WriteTransaction transaction, bool committed)
    {
        try
        {
            if (!committed)
            {
                transaction.Pages.Discard();
                transaction.Volume.Space.RolledBack();
            }
        }
        finally
        {
            if (!transaction.IsGroupMember) Writers.Exit();
        }
    }

    public Task RunOnFlushThread(Action action) => FlushThread.Run(action);

    /// <summary>Closes the vault in order. Snapshots that are still held can no longer be read from.</summary>
    public void Dispose()
    {
        if (_closed) return;
        // A writer that is at work gets the time to finish; one that was forgotten does not keep the vault open for ever.
        var hasWriter = TryEnterWriter(_options.LockTimeout, CancellationToken.None);
        _closed = true;
        _background.Dispose();
        if (hasWriter) MarkClean();
        else FlushInBackground();
        Writers.Close();

        FlushThread.Dispose();
        _newest.Release();
        lock (_published)
        {
            foreach (var snapshot in _published) snapshot.Volume.Close();
        }

        _lock?.Dispose();
    }

    private void Publish(CommitState commit, WriteTransaction transaction)
    {
        var volume = transaction.Volume;
        transaction.Pages.Publish();
        Publish(Publishable(commit, volume));
        Interlocked.Increment(ref _commitCount);
        try
        {
            var (live, dead) = SortSnapshots(volume);
            volume.Space.Committed(commit, volume.Durable.Settled, live, dead);
            volume.Pager.Cache.Frames.Reclaim();
        }
        catch (Exception error)
        {
            // The commit is durable; only what it freed cannot be put to use, so nothing more can be written.
            Volatile.Write(ref _poison, error);
        }
    }

    private void Publish(Snapshot snapshot)
    {
        var superseded = _newest;
        lock (_published) _published.Add(snapshot);
        snapshot.Volume.Newest = snapshot.Commit;
        Volatile.Write(ref _newest, snapshot);
        superseded.Release();
    }

    private Snapshot Publishable(CommitState commit, Volume volume) =>
        new(commit, volume) { PublishedTimestamp = _options.TimeProvider.GetTimestamp() };

    // The snapshots of a volume that are in use, and those that no longer are.
    private (List<long> Live, List<long> Dead) SortSnapshots(Volume volume)
    {
        List<long> live = [], dead = [];
        lock (_published)
        {
            // Whether one is in use is asked once: it may end at any time.
            _published.RemoveAll(snapshot =>
            {
                var isLive = snapshot.IsLive;
                if (snapshot.Volume == volume) (isLive ? live : dead).Add(snapshot.CommitId);
                return !isLive;
            });
        }

        return (live, dead);
    }

    private Snapshot? OldestSnapshot()
    {
        lock (_published) return _published.Find(static snapshot => snapshot.IsLive);
    }

    private void FlushInBackground()
    {
        if (!IsReadOnly && Volatile.Read(ref _poison) is null) Flush(out _);
    }

    // Returns what went wrong, which has then stopped the writer.
    private Exception? Flush(out Volume volume)
    {
        // A volume that is replaced meanwhile is not closed under the flush; what replaced it is durable.
        do volume = Volatile.Read(ref _newest).Volume;
        while (!volume.TryAcquire());
        try
        {
            if (volume.HasUnflushed) volume.Durable.Flush();
            return null;
        }
        catch (Exception error)
        {
            Volatile.Write(ref _poison, error);
            return error;
        }
        finally
        {
            volume.Release();
        }
    }

    // A failure here loses nothing that was durable: the next opening heals what need not be healed.
    private void MarkClean()
    {
        FlushInBackground();
        var commit = _newest.Commit;
        if (IsReadOnly || _poison is not null || commit.IsClean) return;
        try
        {
            // What the mark stands for must be whole by itself: if the mark is lost, the first commit of the next opening must
            // not have to leave the pages of a chain alone.
            if (commit.ChainLength > 0) commit = WriteAgain(commit, isClean: false);
            WriteAgain(commit, isClean: true);
        }
        catch (IOException)
        {
        }
    }

    private CommitState WriteAgain(CommitState commit, bool isClean)
    {
        var again = commit with
        {
            Id = commit.Id + 1, DurableId = commit.Id, ChainLength = 0, IsUnflushed = false, AnnouncesUnflushed = false, IsClean = isClean, Manifest = [],
        };
        var volume = _newest.Volume;
        volume.Writer.WriteSlot(again);
        volume.Storage.Flush();
        return again;
    }

    private bool TryEnterWriter(TimeSpan timeout, CancellationToken ct)
    {
        if (Writers.TryEnter()) return true;
        var turn = new WaitingTurn();
        return Writers.Enter(turn) || turn.Wait(Writers, timeout, ct);
    }

    private void CheckEntered()
    {
        try
        {
            ThrowIfNotWritable();
        }
        catch
        {
            Writers.Exit();
            throw;
        }
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed, typeof(StorageEngine));

    public void ThrowIfNotWritable()
    {
        ThrowIfClosed();
        if (IsReadOnly) throw new VaultReadOnlyException("The vault is open for reading only.");
        if (Volatile.Read(ref _poison) is { } cause)
        {
            throw new VaultTransactionException(
                $"An earlier write failed and has stopped the writer: {cause.Message} Reading goes on from the last commit that succeeded; close and open the vault again to write.",
                VaultErrorCode.WriterPoisoned, cause);
        }
    }
}
