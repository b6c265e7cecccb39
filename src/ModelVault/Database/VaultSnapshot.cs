using ModelVault.Storage;

namespace ModelVault;

/// <summary>One commit, read consistently for as long as it is held. Never blocks a writer and is never blocked. Holds the space of what it sees: dispose it.</summary>
public sealed class VaultSnapshot : VaultContext, IDisposable, IAsyncDisposable
{
    private Snapshot? _snapshot;

    internal VaultSnapshot(Snapshot snapshot, ScanMonitor scans, IndexBuilds builds)
    {
        _snapshot = snapshot;
        ScanMonitor = scans;
        Builds = builds;
    }

    /// <summary>The number of the commit it shows; later ones are higher.</summary>
    public long CommitId => Current.CommitId;

    private Snapshot Current => _snapshot ?? throw new ObjectDisposedException(nameof(VaultSnapshot));

    /// <summary>Lets go of the commit. A second call does nothing.</summary>
    public void Dispose() => Interlocked.Exchange(ref _snapshot, null)?.Release();

    /// <summary>Lets go of the commit.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal override ScanMonitor ScanMonitor { get; }

    internal override IndexBuilds Builds { get; }

    internal override ValueSource Values => throw ReadOnly();

    internal override ReadView BeginRead(CollectionStore? store) => new(Current, null);

    internal override TResult Write<TState, TResult>(CollectionStore? store, TState state, Func<WriteTransaction, TState, TResult> write) => throw ReadOnly();

    internal override ValueTask<TResult> WriteAsync<TState, TResult>(CollectionStore? store, TState state, Func<WriteTransaction, TState, TResult> write, CancellationToken ct) => throw ReadOnly();

    internal override TResult WriteAlone<TState, TResult>(CollectionStore? store, TState state, Func<WriteTransaction, TState, TResult> write) => throw ReadOnly();

    internal override Task<TResult> WriteAloneAsync<TState, TResult>(CollectionStore? store, TState state, Func<WriteTransaction, TState, CancellationToken, Task<TResult>> write, CancellationToken ct) => throw ReadOnly();

    private static VaultReadOnlyException ReadOnly() => new("A snapshot is read-only. Write through the database or a transaction.");
}
