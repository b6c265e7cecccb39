namespace ModelVault.Storage;

/// <summary>
/// One open vault: the storage, the newest commit, and the right to write. Shared by all <see cref="StorageEngine"/> handles
/// of the process onto the same file.
/// </summary>
internal sealed class Engine : IDisposable
{
    private readonly IBlockStorage _storage;
    private readonly VaultLock? _lock;
    private readonly StorageOptions _options;
    private readonly Pager _pager;
    private readonly CommitWriter? _commitWriter;
    private readonly PageAllocator? _space;
    private readonly DurableCommits? _durable;
    private readonly BackgroundFlush _background;
    private readonly List<Snapshot> _published = []; // under the writer lock
    private Snapshot _newest;
    private Exception? _poison;
    private long _commitCount;
    private volatile bool _closed;

    private Engine(IBlockStorage storage, VaultLock? vaultLock, StorageOptions options)
    {
        _storage = storage;
        _lock = vaultLock;
        _options = options;
        var file = Recovery.ReadSuperblock(storage, forWriting: !options.ReadOnly);
        var recovered = Recovery.FindCommit(storage, file);
        var commit = recovered.Commit;
        _pager = new Pager(storage, file.Salt, options.CacheSize);
        Groups = new GroupCommit(this);
        _background = new BackgroundFlush(options.TimeProvider, options.RelaxedFlushDelay, FlushInBackground);
        if (!options.ReadOnly)
        {
            _commitWriter = new CommitWriter(storage, file);
            if (!commit.IsClean) commit = Recovery.Heal(storage, _commitWriter, recovered);
            _durable = new DurableCommits(storage, commit);
            _space = new PageAllocator(commit, ReadSpaceChunk, _pager.Cache.Forget);
        }

        _newest = Publishable(commit);
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
            var oldest = OldestSnapshot() ?? newest;
            return new StorageStatistics
            {
                FileBytes = _storage.Length,
                PageSize = FileLayout.PageSize,
                PageCount = newest.Commit.PageCount,
                FreePages = newest.Commit.FreePages,
                PendingPages = _space?.PendingPages ?? 0,
                CommitId = newest.CommitId,
                DurableCommitId = _durable?.Newest.Id ?? newest.CommitId,
                OldestSnapshotCommitId = oldest.CommitId,
                OldestSnapshotAge = _options.TimeProvider.GetElapsedTime(oldest.PublishedTimestamp),
                CacheBytes = _pager.Cache.Bytes,
                CacheBudget = _pager.Cache.Budget,
                PagesRead = _pager.Misses,
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
    public WriteTransaction CreateTransaction(Durability durability) => new(this, Volatile.Read(ref _newest).Commit, _pager, _space!, _commitWriter!, durability);

    /// <summary>Makes a transaction as durable as it asks for and publishes it.</summary>
    public void Commit(WriteTransaction transaction)
    {
        ThrowIfNotWritable();
        var commit = CommitWriter.Prepare(transaction, _space!, _options.TimeProvider.GetUtcNow().UtcTicks);
        _commitWriter!.Grow(commit);
        try
        {
            commit = _commitWriter.Write(commit, transaction.Pages, transaction.Durability, _durable!);
        }
        catch (Exception error) when (error is not DiskFullException)
        {
            Volatile.Write(ref _poison, error);
            throw new IOException(
                $"Writing commit {commit.Id} failed: whether it is durable is not known. The vault can still be read; close and open it again to see the outcome and to write. {error.Message}", error);
        }

        Publish(commit, transaction.Pages);
        if (commit.IsUnflushed && transaction.Durability == Durability.Relaxed) _background.Request();
    }

    /// <summary>Makes all that is published durable.</summary>
    public void Flush()
    {
        ThrowIfNotWritable();
        if (_durable!.Newest.Id >= Volatile.Read(ref _newest).CommitId) return;
        try
        {
            _durable.Flush();
        }
        catch (Exception error)
        {
            Volatile.Write(ref _poison, error);
            throw new IOException(
                $"Flushing failed: a power failure may take the commits after {_durable.Newest.Id}. The vault can still be read; close and open it again to write. {error.Message}", error);
        }
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
                _space!.RolledBack();
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
        _storage.Dispose();
        _lock?.Dispose();
    }

    private void Publish(CommitState commit, TransactionPages pages)
    {
        pages.Publish();
        var superseded = _newest;
        var snapshot = Publishable(commit);
        lock (_published) _published.Add(snapshot);
        Volatile.Write(ref _newest, snapshot);
        superseded.Release();
        Interlocked.Increment(ref _commitCount);
        try
        {
            var (live, dead) = SortSnapshots();
            _space!.Committed(commit, _durable!.Settled, live, dead);
            _pager.Cache.Frames.Reclaim();
        }
        catch (Exception error)
        {
            // The commit is durable; only what it freed cannot be put to use, so nothing more can be written.
            Volatile.Write(ref _poison, error);
        }
    }

    private Snapshot Publishable(CommitState commit) =>
        new(commit, _pager) { PublishedTimestamp = _options.TimeProvider.GetTimestamp() };

    private (List<long> Live, List<long> Dead) SortSnapshots()
    {
        List<long> live = [], dead = [];
        lock (_published)
        {
            foreach (var snapshot in _published) (snapshot.IsLive ? live : dead).Add(snapshot.CommitId);
            if (dead.Count > 0) _published.RemoveAll(snapshot => dead.Contains(snapshot.CommitId));
        }

        return (live, dead);
    }

    private Snapshot? OldestSnapshot()
    {
        lock (_published) return _published.Find(static snapshot => snapshot.IsLive);
    }

    private void FlushInBackground()
    {
        if (IsReadOnly || Volatile.Read(ref _poison) is not null || _durable!.Newest.Id >= Volatile.Read(ref _newest).CommitId) return;
        try
        {
            _durable.Flush();
        }
        catch (Exception error)
        {
            Volatile.Write(ref _poison, error);
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
        _commitWriter!.WriteSlot(again);
        _storage.Flush();
        return again;
    }

    private SpaceChunk? ReadSpaceChunk(long chunk)
    {
        Span<byte> key = stackalloc byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(key, chunk);
        var map = new Tree("space map", _pager, null, _newest.Commit.SpaceMap);
        using var scope = ReadScope.Enter();
        if (!map.TryGet(key, out var stored)) return null;
        return stored.Length == SpaceChunk.StoredSize
            ? SpaceChunk.Read(stored)
            : throw new VaultCorruptionException($"Chunk {chunk} of the space map has {stored.Length} bytes instead of {SpaceChunk.StoredSize}.");
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
