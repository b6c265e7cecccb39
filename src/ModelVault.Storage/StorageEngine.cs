namespace ModelVault.Storage;

/// <summary>
/// A handle onto a vault: an ordered key-value store of named trees in one crash-safe file. Many readers, each on its own
/// unchanging snapshot, and one writer at a time; neither waits for the other. All members may be called from any thread.
/// </summary>
public sealed class StorageEngine : IDisposable
{
    private readonly Engine _engine;
    private readonly bool _isRegistered;
    private int _disposed;

    private StorageEngine(Engine engine, string path, bool isReadOnly, bool isRegistered)
    {
        _engine = engine;
        _isRegistered = isRegistered;
        Path = path;
        IsReadOnly = isReadOnly;
    }

    /// <summary>The canonical path of the file; empty for a vault that is not a file of its own.</summary>
    public string Path { get; }

    /// <summary>Whether this handle only reads. The vault may have other handles that write.</summary>
    public bool IsReadOnly { get; }

    /// <summary>What the vault looks like now.</summary>
    public StorageStatistics Statistics
    {
        get
        {
            ThrowIfDisposed();
            return _engine.Statistics;
        }
    }

    /// <summary>Opens a vault file; creates it when it is missing, unless it is opened for reading only.</summary>
    /// <exception cref="DirectoryNotFoundException">The file's directory does not exist.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist and is to be opened for reading only.</exception>
    /// <exception cref="VaultLockedException">Another process has it open.</exception>
    /// <exception cref="VaultCorruptionException">It is damaged, or not a vault.</exception>
    /// <exception cref="InvalidOperationException">This process has it open with other options.</exception>
    /// <exception cref="UnauthorizedAccessException">This process may not write to the file or its directory, or not read it.</exception>
    /// <exception cref="IOException">The operating system reported an error, the disk is full, or the path is a directory's.</exception>
    public static StorageEngine Open(string path, StorageOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new StorageOptions();
        var canonical = EngineRegistry.Canonical(path);
        return new StorageEngine(EngineRegistry.Acquire(canonical, options), canonical, options.ReadOnly, isRegistered: true);
    }

    /// <summary>A new vault in memory, gone when the handle is disposed.</summary>
    public static StorageEngine OpenInMemory(StorageOptions? options = null) => Open(new MemoryBlockStorage(), options, new MemoryPlace());

    /// <summary>Opens a vault on a storage, which an empty one is made into. The handle owns the storage.</summary>
    public static StorageEngine Open(IBlockStorage storage, StorageOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(storage);
        return Open(storage, options, place: null);
    }

    /// <summary>The same where another storage can take the place of this one.</summary>
    internal static StorageEngine Open(IBlockStorage storage, StorageOptions? options, IVaultPlace? place)
    {
        options ??= new StorageOptions();
        try
        {
            if (storage.Length == 0 && !options.ReadOnly) VaultCreation.Initialize(storage, options.TimeProvider);
        }
        catch
        {
            storage.Dispose();
            throw;
        }

        return new StorageEngine(Engine.Open(storage, place, null, options), "", options.ReadOnly, isRegistered: false);
    }

    /// <summary>
    /// The newest commit, to read from. Takes no lock and allocates nothing. To be matched by one <see cref="Snapshot.Release"/>:
    /// a snapshot that is never released keeps the space of everything deleted since.
    /// </summary>
    public Snapshot AcquireSnapshot()
    {
        ThrowIfDisposed();
        return _engine.AcquireSnapshot();
    }

    /// <summary>Begins a write transaction when those who came before are done.</summary>
    /// <param name="timeout">How long to wait for the writer.</param>
    /// <param name="durability">What its commit waits for; <see cref="StorageOptions.Durability"/> unless set.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="VaultTransactionException">The writer was not free in time, or an earlier failure has stopped it.</exception>
    /// <exception cref="VaultReadOnlyException">The handle only reads.</exception>
    public WriteTransaction BeginWrite(TimeSpan timeout, Durability? durability = null, CancellationToken ct = default)
    {
        ThrowIfNotWritable();
        _engine.EnterWriter(timeout, ct);
        return _engine.CreateTransaction(durability ?? _engine.Options.Durability);
    }

    /// <inheritdoc cref="BeginWrite"/>
    public async ValueTask<WriteTransaction> BeginWriteAsync(TimeSpan timeout, Durability? durability = null, CancellationToken ct = default)
    {
        ThrowIfNotWritable();
        await _engine.EnterWriterAsync(timeout, ct).ConfigureAwait(false);
        return _engine.CreateTransaction(durability ?? _engine.Options.Durability);
    }

    /// <summary>
    /// Runs an operation in a write transaction and returns when it is committed. Operations that wait next to each other are
    /// committed together, with one flush, as the most careful of them asks for.
    /// </summary>
    /// <param name="state">Handed to the operation.</param>
    /// <param name="operation">
    /// Changes the trees. It runs once. When it throws, what it did is undone, and nothing of the others in its transaction. It
    /// neither commits nor disposes the transaction.
    /// </param>
    /// <param name="timeout">How long to wait for the writer.</param>
    /// <param name="durability">What to wait for; <see cref="StorageOptions.Durability"/> unless set.</param>
    /// <exception cref="VaultTransactionException">The writer was not free in time, or an earlier failure has stopped it.</exception>
    /// <exception cref="VaultReadOnlyException">The handle only reads.</exception>
    /// <exception cref="IOException">Writing failed: whether the operation is durable is not known.</exception>
    public TResult Write<TState, TResult>(TState state, Func<WriteTransaction, TState, TResult> operation, TimeSpan timeout, Durability? durability = null)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ThrowIfNotWritable();
        return _engine.Groups.Run(state, operation, timeout, durability ?? _engine.Options.Durability);
    }

    /// <summary>The same for callers that await: neither their thread nor one of the pool's waits for the disk.</summary>
    /// <inheritdoc cref="Write"/>
    /// <param name="state">Handed to the operation.</param>
    /// <param name="operation">Changes the trees; see <see cref="Write"/>. Runs on a thread of the engine's or of another writer's.</param>
    /// <param name="timeout">How long to wait for the writer.</param>
    /// <param name="durability">What to wait for; <see cref="StorageOptions.Durability"/> unless set.</param>
    /// <param name="ct">Withdraws the operation while it has not begun.</param>
    public ValueTask<TResult> WriteAsync<TState, TResult>(
        TState state, Func<WriteTransaction, TState, TResult> operation, TimeSpan timeout, Durability? durability = null, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ThrowIfNotWritable();
        return _engine.Groups.RunAsync(state, operation, timeout, durability ?? _engine.Options.Durability, ct);
    }

    /// <summary>
    /// Makes all commits durable that were made under <see cref="Durability.Relaxed"/> or <see cref="Durability.None"/>; returns
    /// when they are. Without such commits there is nothing to do.
    /// </summary>
    /// <exception cref="VaultTransactionException">An earlier failure has stopped the writer.</exception>
    /// <exception cref="VaultReadOnlyException">The handle only reads.</exception>
    /// <exception cref="IOException">The flush failed: a power failure may take those commits, and the writer stops.</exception>
    public void Flush()
    {
        ThrowIfNotWritable();
        _engine.Flush();
    }

    /// <summary>The same without blocking the caller.</summary>
    /// <inheritdoc cref="Flush"/>
    public Task FlushAsync(CancellationToken ct = default)
    {
        ThrowIfNotWritable();
        return ct.IsCancellationRequested ? Task.FromCanceled(ct) : _engine.FlushAsync();
    }

    /// <summary>
    /// Rewrites the vault without its holes into a new file, which then takes the place of the old one: in one step, so that
    /// whatever happens one of the two is there, whole. Reading goes on meanwhile, and writing but for the last moment. Snapshots
    /// taken before keep the old file's space on the disk until they are released.
    /// </summary>
    /// <param name="progress">Told how many rows were copied, on this thread.</param>
    /// <param name="ct">Gives up; the vault is as it was.</param>
    /// <exception cref="NotSupportedException">The vault stands on a storage of the caller's own, beside which there is no place for another.</exception>
    /// <exception cref="InvalidOperationException">It is being compacted already.</exception>
    /// <exception cref="VaultReadOnlyException">The handle only reads.</exception>
    /// <exception cref="VaultTransactionException">An earlier failure has stopped the writer.</exception>
    /// <exception cref="IOException">The new file could not be written (it needs as much room as the data): the vault is as it was.</exception>
    public void Compact(IProgress<CompactionProgress>? progress = null, CancellationToken ct = default)
    {
        ThrowIfNotWritable();
        _engine.Compact(progress, ct);
    }

    /// <summary>Lets go of the vault; the last handle of the process closes it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        if (_isRegistered) EngineRegistry.Release(Path);
        else _engine.Dispose();
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed != 0, this);

    private void ThrowIfNotWritable()
    {
        ThrowIfDisposed();
        if (IsReadOnly) throw new VaultReadOnlyException("This handle was opened for reading only. Open the vault without StorageOptions.ReadOnly to write.");
    }
}
