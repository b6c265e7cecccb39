using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// Several writes that become durable together or not at all. Reads its own writes; everybody else reads the last commit.
/// Disposing it without <see cref="Commit"/> rolls back. Not tied to a thread, but used by one flow at a time.
/// </summary>
public sealed class VaultTransaction : VaultContext, IDisposable, IAsyncDisposable
{
    private readonly WriteTransaction _transaction;
    private bool _isOver;

    internal VaultTransaction(VaultDatabase database, WriteTransaction transaction)
    {
        Database = database;
        _transaction = transaction;
    }

    internal VaultDatabase Database { get; }

    internal bool IsActive => !_isOver;

    private WriteTransaction Current =>
        _isOver ? throw new ObjectDisposedException(nameof(VaultTransaction), "The transaction has been committed or rolled back.") : _transaction;

    /// <summary>Commits; returns when durable.</summary>
    public void Commit()
    {
        WriteTransaction transaction = Current;
        _isOver = true;
        transaction.Commit();
    }

    /// <summary>Commits; completes when durable. No thread waits meanwhile.</summary>
    public Task CommitAsync(CancellationToken ct = default)
    {
        ct.ThrowIfCancellationRequested();
        WriteTransaction transaction = Current;
        _isOver = true;
        return transaction.CommitAsync(ct).AsTask();
    }

    /// <summary>Takes everything back.</summary>
    public void Rollback() => Dispose();

    /// <summary>Rolls back unless committed.</summary>
    public void Dispose()
    {
        _isOver = true;
        _transaction.Dispose();
    }

    /// <summary>Rolls back unless committed.</summary>
    public ValueTask DisposeAsync()
    {
        _isOver = true;
        return _transaction.DisposeAsync();
    }

    internal override ReadScope BeginRead(CollectionStore? store)
    {
        WriteTransaction transaction = Current;
        if (store is not null && store.NeedsInstall(transaction)) store.BindForWrite(transaction);
        return new ReadScope(transaction, null);
    }

    internal override TResult Write<TState, TResult>(TState state, Func<WriteTransaction, TState, TResult> write) => write(Current, state);

    internal override ValueTask<TResult> WriteAsync<TState, TResult>(TState state, Func<WriteTransaction, TState, TResult> write, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return ValueTask.FromResult(write(Current, state));
    }

    internal override TResult WriteAlone<TState, TResult>(TState state, Func<WriteTransaction, TState, TResult> write) => write(Current, state);

    internal override Task<TResult> WriteAloneAsync<TState, TResult>(TState state, Func<WriteTransaction, TState, CancellationToken, Task<TResult>> write, CancellationToken ct) => write(Current, state, ct);
}
