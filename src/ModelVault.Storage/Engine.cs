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
    private readonly Compactor? _compactor;
    private readonly Lock _replacing = new();
    private readonly List<Snapshot> _published = []; // in commit order
    private Snapshot _newest;
    private Exception? _poison;
    private long _commitCount;
    private volatile bool _closed;

    private Engine(IBlockStorage storage, IVaultPlace? place, VaultLock? vaultLock, StorageOptions options)
    {
        _compactor = place is null ? null : new Compactor(this, place);
        _lock = vaultLock;
        _options = options;
        var volume = new Volume(storage, options);
        Groups = new GroupCommit(this);
        _background = new BackgroundFlush(options.TimeProvider, options.RelaxedFlushDelay, FlushInBackground);
        _newest = Publishable(volume.Newest, volume, options.TimeProvider.GetTimestamp());
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
                OldestSnapshotAge = AgeOf(oldest),
                CacheBytes = volume.Pager.Cache.Bytes,
                CacheBudget = volume.Pager.Cache.Budget,
                PagesRead = volume.Pager.Misses,
                CommitCount = Interlocked.Read(ref _commitCount),
                WaitingWriters = Writers.Count,
                IsWriterPoisoned = Volatile.Read(ref _poison) is not null,
            };
        }
    }

    /// <summary>Opens a storage, and takes it and the lock over; both are closed when that fails. Without a place it cannot be compacted.</summary>
    public static Engine Open(IBlockStorage storage, IVaultPlace? place, VaultLock? vaultLock, StorageOptions options)
    {
        try
        {
            return new Engine(storage, place, vaultLock, options);
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
            Interleaving.Point();
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

    /// <summary>Lets the next writer in.</summary>
    public void ExitWriter() => Writers.Exit();

    /// <summary>A transaction for whoever has the right to write.</summary>
    public WriteTransaction CreateTransaction(Durability durability) => new(this, Volatile.Read(ref _newest), durability);

    /// <summary>Makes a transaction as durable as it asks for and publishes it.</summary>
    public void Commit(WriteTransaction transaction)
    {
        ThrowIfNotWritable();
        // The clock is asked before anything is written: what it throws then undoes the transaction, and nothing more.
        var timestamp = _options.TimeProvider.GetTimestamp();
        var volume = transaction.Volume;
        var commit = CommitWriter.Prepare(transaction, volume.Space, _options.TimeProvider.GetUtcNow().UtcTicks);
        volume.Writer.Grow(commit);
        try
        {
            commit = volume.Writer.Write(commit, transaction.Pages, transaction.Durability, volume.Durable);
            // Once it is written it must not be taken for undone: what fails in between stops the writer.
            Publish(commit, transaction, timestamp);
        }
        catch (Exception error) when (error is not DiskFullException)
        {
            Volatile.Write(ref _poison, error);
            throw new IOException(
                $"Writing commit {commit.Id} failed: whether it is durable is not known. The vault can still be read; close and open it again to see the outcome and to write. {error.Message}", error);
        }

        // The commits that a crash may fall back to reach no further any more.
        if (volume.Space.CutBy > 0 && volume.Space.CutBy <= volume.Durable.Settled) volume.Trim();
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

            transaction.Volume.Space.IsTight = transaction.Volume.Writer.IsDiskFull;
        }
        finally
        {
            if (!transaction.IsGroupMember) Writers.Exit();
        }
    }

    /// <summary>Rewrites the vault without its holes.</summary>
    public void Compact(IProgress<CompactionProgress>? progress, CancellationToken ct)
    {
        ThrowIfNotWritable();
        Groups.ThrowIfNested();
        if (_compactor is null) throw new NotSupportedException("A vault on a storage of your own cannot be compacted: the engine does not know how to replace it by another. Open the vault by its path.");
        _compactor.Run(progress, ct);
    }

    /// <summary>Whether the vault is on this storage now.</summary>
    public bool StandsOn(IBlockStorage storage) => Volatile.Read(ref _newest).Volume.Storage == storage;

    /// <summary>Gives another volume of the same content the vault's place, and goes on with it. The caller has the right to write.</summary>
    /// <exception cref="IOException">It could not take the place; or it did, and a power failure may bring the old one back: then the writer stops.</exception>
    public void ReplaceVolume(Volume volume, IVaultPlace place)
    {
        var old = _newest.Volume;
        var timestamp = _options.TimeProvider.GetTimestamp();
        Exception? failure;
        lock (_replacing)
        {
            // So that no flush comes to the old file when it has lost its name.
            Record(old.Durable.FlushWritten);
            // Once it is closed, the file may be another process's.
            ThrowIfNotWritable();
            place.Replace(volume.Storage);
            failure = Record(place.Flush);
            Publish(Publishable(volume.Newest, volume, timestamp));
        }

        // Who still reads from it needs little memory for that.
        old.Pager.Cache.Shrink();
        old.Release();
        if (failure is not null)
            throw new IOException($"The vault was compacted, but that could not be made durable: a power failure may bring the old file back, with the same content. The vault can still be read; close and open it again to write. {failure.Message}", failure);
    }

    public Task RunOnFlushThread(Action action) => FlushThread.Run(action);

    /// <summary>Closes the vault in order. Snapshots that are still held can no longer be read from.</summary>
    public void Dispose()
    {
        if (_closed) return;
        // A writer that is at work gets the time to finish; one that was forgotten does not keep the vault open for ever.
        var hasWriter = TryEnterWriter(_options.LockTimeout, CancellationToken.None);
        _closed = true;
        lock (_replacing)
        {
            // A compaction that was about to take the file's place has, or sees that it is too late.
        }

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

    private void Publish(CommitState commit, WriteTransaction transaction, long timestamp)
    {
        var volume = transaction.Volume;
        transaction.Pages.Publish();
        Publish(Publishable(commit, volume, timestamp));
        Interlocked.Increment(ref _commitCount);
        try
        {
            var (live, dead) = SortSnapshots(volume);
            Interleaving.Point();
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
        Interleaving.Point();
        Volatile.Write(ref _newest, snapshot);
        superseded.Release();
    }

    private static Snapshot Publishable(CommitState commit, Volume volume, long timestamp) => new(commit, volume) { PublishedTimestamp = timestamp };

    // A clock may go backwards.
    private TimeSpan AgeOf(Snapshot snapshot)
    {
        var age = _options.TimeProvider.GetElapsedTime(snapshot.PublishedTimestamp);
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }

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
        var error = volume.HasUnflushed ? Record(volume.Durable.FlushWritten) : null;
        volume.Release();
        return error;
    }

    // An action whose failure stops the writer; returns what went wrong.
    private Exception? Record(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception error)
        {
            Volatile.Write(ref _poison, error);
            return error;
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
            _newest.Volume.Trim();
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
        if (IsReadOnly) throw new VaultReadOnlyException("The vault is open for reading only. Open it without StorageOptions.ReadOnly to write.");
        if (Volatile.Read(ref _poison) is { } cause)
        {
            throw new VaultTransactionException(
                $"An earlier write failed and has stopped the writer: {cause.Message} Reading goes on from the last commit that succeeded; close and open the vault again to write.",
                VaultErrorCode.WriterPoisoned, cause);
        }
    }
}
