using System.Diagnostics.CodeAnalysis;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>An open database: one file, or memory. Thread-safe; dispose it to close. Opening the same file again in one process gives another handle on the same engine.</summary>
public sealed class VaultDatabase : VaultContext, IDisposable, IAsyncDisposable
{
    private readonly StorageEngine _engine;
    private readonly VaultOptions _options;
    private readonly AsyncLocal<TransactionFlow?> _flow = new();
    private readonly ScanMonitor _scans;
    private readonly IndexBuilds _builds;
    private int _isDisposed;

    private VaultDatabase(StorageEngine engine, VaultOptions options)
    {
        _engine = engine;
        _options = options;
        Values = new ValueSource(options.TimeProvider);
        _scans = new ScanMonitor(options.OnScan);
        _builds = new IndexBuilds(engine, options);
    }

    /// <summary>The file's full path, or <c>:memory:</c>.</summary>
    public string Path => _engine.Path.Length == 0 ? ":memory:" : _engine.Path;

    /// <summary>Sizes and counts, as of the last commit.</summary>
    public StorageStatistics Statistics => Engine.Statistics;

    /// <summary>
    /// The kinds of queries of this handle, its transactions and its snapshots that have read a whole collection because no key or index answers
    /// them and that do not say <c>AllowScan</c>: the most frequent first, at most 256 apart; what comes later is counted as <c>(others)</c>.
    /// </summary>
    public IReadOnlyList<VaultScan> Scans => _scans.Counted;

    private StorageEngine Engine => _isDisposed == 0 ? _engine : throw new ObjectDisposedException(nameof(VaultDatabase));

    /// <summary>
    /// Opens a database, or creates it. Throws <see cref="DirectoryNotFoundException"/> if the parent directory is missing,
    /// <see cref="VaultLockedException"/> if another process holds the file longer than <see cref="VaultOptions.LockTimeout"/>,
    /// <see cref="VaultCorruptionException"/> if it is not a ModelVault file or damaged.
    /// </summary>
    public static VaultDatabase Open(string path, VaultOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        options ??= new VaultOptions();
        return new VaultDatabase(StorageEngine.Open(path, ToStorage(options)), options);
    }

    /// <summary>Opens a database, or creates it. Opening takes a few milliseconds at any size, so it happens on the caller's thread, except for the wait for another process.</summary>
    public static Task<VaultDatabase> OpenAsync(string path, VaultOptions? options = null, CancellationToken ct = default) =>
        Task.Run(() => Open(path, options), ct);

    /// <summary>Opens a database in memory. It is gone when disposed.</summary>
    public static VaultDatabase OpenInMemory(VaultOptions? options = null)
    {
        options ??= new VaultOptions();
        if (options.ReadOnly) throw new ArgumentException("A database in memory begins empty: opened read-only it could only stay so.", nameof(options));
        return new VaultDatabase(StorageEngine.OpenInMemory(ToStorage(options)), options);
    }

    /// <summary>Opens a database on a storage, for tests.</summary>
    internal static VaultDatabase Open(IBlockStorage storage, VaultOptions? options = null) => new(StorageEngine.Open(storage), options ?? new VaultOptions());

    /// <summary>Begins a transaction; waits for writers that came before up to <see cref="VaultOptions.LockTimeout"/>.</summary>
    /// <param name="durability">What its commit waits for; <see cref="VaultOptions.Durability"/> unless said.</param>
    public VaultTransaction BeginTransaction(Durability? durability = null)
    {
        ThrowIfInTransaction();
        VaultTransaction transaction = new(Writable.BeginWrite(_options.LockTimeout, durability), Values, _scans, _builds);
        _flow.Value = new TransactionFlow { Transaction = transaction };
        return transaction;
    }

    /// <summary>Begins a transaction; no thread waits for other writers meanwhile.</summary>
    public Task<VaultTransaction> BeginTransactionAsync(CancellationToken ct = default) => BeginTransactionAsync(null, ct);

    /// <summary>Begins a transaction; no thread waits for other writers meanwhile.</summary>
    /// <param name="durability">What its commit waits for; <see cref="VaultOptions.Durability"/> for null.</param>
    /// <param name="ct">Ends the wait.</param>
    public Task<VaultTransaction> BeginTransactionAsync(Durability? durability, CancellationToken ct = default)
    {
        ThrowIfInTransaction();

        // Set here, not in the asynchronous part: what an async method sets is gone for its caller.
        TransactionFlow flow = new();
        _flow.Value = flow;
        return BeginAsync(flow, durability, ct);
    }

    /// <summary>Takes a snapshot of the last commit.</summary>
    public VaultSnapshot BeginSnapshot() => new(Engine.AcquireSnapshot(), _scans, _builds);

    /// <summary>Runs work in a transaction and commits it; an exception rolls back.</summary>
    public void Write(Action<VaultTransaction> work, Durability? durability = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        using VaultTransaction transaction = BeginTransaction(durability);
        work(transaction);
        transaction.Commit();
    }

    /// <summary>Runs work in a transaction, commits it and returns its result; an exception rolls back.</summary>
    public T Write<T>(Func<VaultTransaction, T> work, Durability? durability = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        using VaultTransaction transaction = BeginTransaction(durability);
        T result = work(transaction);
        transaction.Commit();
        return result;
    }

    /// <summary>Runs work in a transaction and commits it; an exception rolls back.</summary>
    public Task WriteAsync(Action<VaultTransaction> work, CancellationToken ct = default) => WriteAsync(work, null, ct);

    /// <summary>Runs work in a transaction and commits it; an exception rolls back.</summary>
    /// <param name="work">The work.</param>
    /// <param name="durability">What to wait for; <see cref="VaultOptions.Durability"/> for null.</param>
    /// <param name="ct">Ends the wait for other writers.</param>
    public async Task WriteAsync(Action<VaultTransaction> work, Durability? durability, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using VaultTransaction transaction = await BeginTransactionAsync(durability, ct).ConfigureAwait(false);
        work(transaction);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Runs work in a transaction and commits it; an exception rolls back.</summary>
    public Task WriteAsync(Func<VaultTransaction, Task> work, CancellationToken ct = default) => WriteAsync(work, null, ct);

    /// <summary>Runs work in a transaction and commits it; an exception rolls back.</summary>
    /// <param name="work">The work.</param>
    /// <param name="durability">What to wait for; <see cref="VaultOptions.Durability"/> for null.</param>
    /// <param name="ct">Ends the wait for other writers.</param>
    public async Task WriteAsync(Func<VaultTransaction, Task> work, Durability? durability, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using VaultTransaction transaction = await BeginTransactionAsync(durability, ct).ConfigureAwait(false);
        await work(transaction).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
    }

    /// <summary>Runs work in a transaction, commits it and returns its result; an exception rolls back.</summary>
    public Task<T> WriteAsync<T>(Func<VaultTransaction, T> work, CancellationToken ct = default) => WriteAsync<T>(work, null, ct);

    /// <summary>Runs work in a transaction, commits it and returns its result; an exception rolls back.</summary>
    /// <param name="work">The work.</param>
    /// <param name="durability">What to wait for; <see cref="VaultOptions.Durability"/> for null.</param>
    /// <param name="ct">Ends the wait for other writers.</param>
    public async Task<T> WriteAsync<T>(Func<VaultTransaction, T> work, Durability? durability, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using VaultTransaction transaction = await BeginTransactionAsync(durability, ct).ConfigureAwait(false);
        T result = work(transaction);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        return result;
    }

    /// <summary>Runs work in a transaction, commits it and returns its result; an exception rolls back.</summary>
    public Task<T> WriteAsync<T>(Func<VaultTransaction, Task<T>> work, CancellationToken ct = default) => WriteAsync<T>(work, null, ct);

    /// <summary>Runs work in a transaction, commits it and returns its result; an exception rolls back.</summary>
    /// <param name="work">The work.</param>
    /// <param name="durability">What to wait for; <see cref="VaultOptions.Durability"/> for null.</param>
    /// <param name="ct">Ends the wait for other writers.</param>
    public async Task<T> WriteAsync<T>(Func<VaultTransaction, Task<T>> work, Durability? durability, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        await using VaultTransaction transaction = await BeginTransactionAsync(durability, ct).ConfigureAwait(false);
        T result = await work(transaction).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        return result;
    }

    /// <summary>Makes everything durable that was committed under <see cref="Durability.Relaxed"/> or <see cref="Durability.None"/>; returns when it is.</summary>
    /// <exception cref="IOException">The disk reported an error: a power failure may take those commits, and nothing more can be written.</exception>
    public void Checkpoint() => Writable.Flush();

    /// <summary>
    /// Rewrites the vault without its holes into a new file, which takes the place of the old one in one step: whatever happens,
    /// one of the two is there, whole. The database is used meanwhile as always; writers wait for the last moment only. It needs
    /// as much room on the disk as the data. Snapshots from before stay readable; until they are released, so does the old file's space.
    /// </summary>
    /// <param name="progress">Told from time to time, on this thread.</param>
    /// <param name="ct">Gives up; the vault is as it was.</param>
    /// <exception cref="InvalidOperationException">It is being compacted already.</exception>
    /// <exception cref="VaultReadOnlyException">The database was opened for reading only.</exception>
    /// <exception cref="VaultTransactionException">An earlier failure has stopped the writer.</exception>
    /// <exception cref="IOException">The new file could not be written: the vault is as it was.</exception>
    public void Compact(IProgress<VaultProgress>? progress = null, CancellationToken ct = default) =>
        Writable.Compact(progress is null ? null : new CompactionReport(progress), ct);

    /// <summary>Closes this handle. The file is released with the last one. A second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 0) _engine.Dispose();
    }

    /// <summary>Closes this handle.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal override ValueSource Values { get; }

    internal override ScanMonitor ScanMonitor => _scans;

    internal override IndexBuilds Builds => _builds;

    internal override ReadView BeginRead(CollectionStore? store)
    {
        Snapshot snapshot = Engine.AcquireSnapshot();
        if (store is null || _options.ReadOnly || !Ask(snapshot, store, static (s, source) => s.IsOutdated(source)) || _builds.IsActive(store.Name)) return new ReadView(snapshot, snapshot);
        snapshot.Release();
        ThrowIfInTransaction();
        _builds.Run(store.Layout);
        snapshot = Engine.AcquireSnapshot();
        return new ReadView(snapshot, snapshot);
    }

    private protected override void BuildIndexes(CollectionLayout layout)
    {
        if (_options.ReadOnly) return;
        ThrowIfInTransaction();
        _builds.Run(layout, joins: true);
    }

    internal override TResult Write<TState, TResult>(CollectionStore? store, TState state, Func<WriteTransaction, TState, TResult> write)
    {
        ThrowIfInTransaction();
        if (HasToBuild(store)) _builds.Run(store.Layout);
        return Writable.Write(state, write, _options.LockTimeout);
    }

    internal override ValueTask<TResult> WriteAsync<TState, TResult>(CollectionStore? store, TState state, Func<WriteTransaction, TState, TResult> write, CancellationToken ct)
    {
        ThrowIfInTransaction();
        return HasToBuild(store) ? BuildAndWriteAsync(store, state, write, ct) : Writable.WriteAsync(state, write, _options.LockTimeout, null, ct);
    }

    internal override TResult WriteAlone<TState, TResult>(CollectionStore? store, TState state, Func<WriteTransaction, TState, TResult> write)
    {
        ThrowIfInTransaction();
        if (HasToBuild(store)) _builds.Run(store.Layout);
        using WriteTransaction transaction = Writable.BeginWrite(_options.LockTimeout);
        TResult result = write(transaction, state);
        transaction.Commit();
        return result;
    }

    internal override async Task<TResult> WriteAloneAsync<TState, TResult>(CollectionStore? store, TState state, Func<WriteTransaction, TState, CancellationToken, Task<TResult>> write, CancellationToken ct)
    {
        ThrowIfInTransaction();
        if (HasToBuild(store)) await _builds.RunAsync(store.Layout, ct).ConfigureAwait(false);
        await using WriteTransaction transaction = await Writable.BeginWriteAsync(_options.LockTimeout, null, ct).ConfigureAwait(false);
        TResult result = await write(transaction, state, ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        return result;
    }

    private async ValueTask<TResult> BuildAndWriteAsync<TState, TResult>(CollectionStore store, TState state, Func<WriteTransaction, TState, TResult> write, CancellationToken ct)
    {
        await _builds.RunAsync(store.Layout, ct).ConfigureAwait(false);
        return await Writable.WriteAsync(state, write, _options.LockTimeout, null, ct).ConfigureAwait(false);
    }

    // Whether a write is to build the collection's indexes first. Somebody else's build it does not wait for.
    private bool HasToBuild([NotNullWhen(true)] CollectionStore? store)
    {
        if (store is null || store.IsInstalled || _options.ReadOnly || _builds.IsActive(store.Name)) return false;
        Snapshot snapshot = Engine.AcquireSnapshot();
        bool hasToBuild = Ask(snapshot, store, static (s, source) => s.IsToBuild(source));
        snapshot.Release();
        return hasToBuild;
    }

    private static bool Ask(Snapshot snapshot, CollectionStore store, Func<CollectionStore, TreeSource, bool> question)
    {
        try
        {
            return question(store, snapshot);
        }
        catch
        {
            snapshot.Release();
            throw;
        }
    }

    private StorageEngine Writable =>
        _options.ReadOnly ? throw new VaultReadOnlyException($"'{Path}' was opened read-only.") : Engine;

    private async Task<VaultTransaction> BeginAsync(TransactionFlow flow, Durability? durability, CancellationToken ct) =>
        flow.Transaction = new VaultTransaction(await Writable.BeginWriteAsync(_options.LockTimeout, durability, ct).ConfigureAwait(false), Values, _scans, _builds);

    // A write that waits for a transaction of its own flow would wait for itself.
    private void ThrowIfInTransaction()
    {
        if (_flow.Value is { Transaction.IsActive: true })
            throw new VaultTransactionException("A transaction of this flow is open: write through it, not through the database. The write would wait for it for ever.");
    }

    private static StorageOptions ToStorage(VaultOptions options)
    {
        StorageOptions storage = new() { ReadOnly = options.ReadOnly, LockTimeout = options.LockTimeout, Durability = options.Durability, TimeProvider = options.TimeProvider };
        return options.CacheSize is { } size ? storage with { CacheSize = size } : storage;
    }

    /// <summary>The transaction that a flow (a thread, or what an async method goes on as) has begun.</summary>
    private sealed class TransactionFlow
    {
        public VaultTransaction? Transaction { get; set; }
    }

    private sealed class CompactionReport(IProgress<VaultProgress> progress) : IProgress<CompactionProgress>
    {
        public void Report(CompactionProgress value) => progress.Report(new VaultProgress(value.Rows, value.TotalRows, "copying"));
    }
}
