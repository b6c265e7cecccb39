using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// Several writes that become durable together or not at all. Reads its own writes; everybody else reads the last commit.
/// Disposing it without <see cref="Commit"/> rolls back. Not tied to a thread, but used by one flow at a time.
/// </summary>
public sealed class VaultTransaction : VaultContext, IDisposable, IAsyncDisposable
{
    // Null once the transaction is over, so that whoever still knows this object does not hold its pages.
    private WriteTransaction? _transaction;

    internal VaultTransaction(WriteTransaction transaction, ValueSource values, ScanMonitor scans, IndexBuilds builds)
    {
        _transaction = transaction;
        Values = values;
        ScanMonitor = scans;
        Builds = builds;
    }

    internal override ValueSource Values { get; }

    internal override ScanMonitor ScanMonitor { get; }

    internal override IndexBuilds Builds { get; }

    internal bool IsActive => _transaction is not null;

    private WriteTransaction Current =>
        _transaction ?? throw new ObjectDisposedException(nameof(VaultTransaction), "The transaction has been committed or rolled back.");

    /// <summary>Commits; returns when as durable as the transaction was begun to be.</summary>
    public void Commit()
    {
        using WriteTransaction transaction = Take();
        transaction.Commit();
    }

    /// <summary>Commits; completes when as durable as the transaction was begun to be. No thread waits meanwhile.</summary>
    /// <param name="ct">Gives up before the commit begins; the transaction is then still open. Once begun it is not cancelled.</param>
    public async Task CommitAsync(CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        await using WriteTransaction transaction = Take();
        await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Marks this state, so that <see cref="RollbackTo"/> can bring it back. Savepoints nest to any depth.</summary>
    public Savepoint Savepoint() => Current.Savepoint();

    /// <summary>
    /// Takes back everything since the savepoint, collections and indexes that came into being among it. The savepoint remains
    /// and can be gone back to again; later ones end.
    /// </summary>
    /// <exception cref="VaultTransactionException">The savepoint has ended.</exception>
    /// <exception cref="ArgumentException">It is another transaction's.</exception>
    public void RollbackTo(Savepoint savepoint) => Current.RollbackTo(savepoint);

    /// <summary>Ends a savepoint and later ones; what was done since stays in the transaction.</summary>
    /// <inheritdoc cref="RollbackTo"/>
    public void Release(Savepoint savepoint) => Current.Release(savepoint);

    /// <summary>Takes everything back.</summary>
    public void Rollback() => Take().Dispose();

    /// <summary>Rolls back unless committed. A second call does nothing.</summary>
    public void Dispose() => Interlocked.Exchange(ref _transaction, null)?.Dispose();

    /// <summary>Rolls back unless committed. A second call does nothing.</summary>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _transaction, null)?.DisposeAsync() ?? ValueTask.CompletedTask;

    private WriteTransaction Take()
    {
        WriteTransaction transaction = Current;
        _transaction = null;
        return transaction;
    }

    internal override ReadView BeginRead(CollectionStore? store)
    {
        WriteTransaction transaction = Current;
        if (store is not null && store.IsOutdated(transaction)) store.BindForWrite(transaction);
        return new ReadView(transaction, null);
    }

    internal override TResult Write<TState, TResult>(CollectionStore? store, TState state, Func<WriteTransaction, TState, TResult> write) => write(Current, state);

    internal override ValueTask<TResult> WriteAsync<TState, TResult>(CollectionStore? store, TState state, Func<WriteTransaction, TState, TResult> write, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult(write(Current, state));
    }

    internal override TResult WriteAlone<TState, TResult>(CollectionStore? store, TState state, Func<WriteTransaction, TState, TResult> write) => write(Current, state);

    internal override Task<TResult> WriteAloneAsync<TState, TResult>(CollectionStore? store, TState state, Func<WriteTransaction, TState, CancellationToken, Task<TResult>> write, CancellationToken ct) => write(Current, state, ct);
}
