using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace ModelVault.Storage;

/// <summary>
/// The vault as one commit left it. Never changes, never blocks, is never blocked; usable by any number of threads. It holds
/// the pages it stands on from being reused, so it should not be kept for longer than it is needed.
/// </summary>
public sealed class Snapshot : TreeSource
{
    private readonly ConcurrentDictionary<string, Tree> _trees = new(StringComparer.Ordinal);

    // One use belongs to the engine while this is the newest commit; a count of 0 is final.
    private int _uses = 1;

    /// <param name="commit">The commit.</param>
    /// <param name="volume">Where it is; the snapshot is one of its uses.</param>
    internal Snapshot(CommitState commit, Volume volume)
    {
        Commit = commit;
        Volume = volume;
        if (!volume.TryAcquire()) throw new InvalidOperationException("The volume is closed.");
    }

    /// <summary>The number of the commit.</summary>
    public long CommitId => Commit.Id;

    internal CommitState Commit { get; }

    internal Volume Volume { get; }

    /// <summary>One of the trees that have no name: the catalog or the space map.</summary>
    internal Tree OpenSystemTree(TreeRecord record) => new("system", Volume.Pager, null, record);

    /// <summary>Whether somebody uses it.</summary>
    internal bool IsLive => Volatile.Read(ref _uses) > 0;

    /// <summary>When it was published, on the engine's clock.</summary>
    internal long PublishedTimestamp { get; init; }

    /// <inheritdoc/>
    public override bool TryGetTree(string name, [NotNullWhen(true)] out Tree? tree)
    {
        ThrowIfReleased();
        if (_trees.TryGetValue(name, out tree)) return true;
        using var scope = ReadScope.Enter();
        if (!OpenCatalog().TryGet(CatalogKey(name), out var stored)) return false;
        tree = _trees.GetOrAdd(name, new Tree(name, Volume.Pager, null, ReadRecord(name, stored, Commit.PageCount)));
        return true;
    }

    /// <summary>Ends one use: to be called once for each <see cref="StorageEngine.AcquireSnapshot"/>.</summary>
    /// <exception cref="ObjectDisposedException">It was released more often than acquired.</exception>
    public void Release()
    {
        var uses = Interlocked.Decrement(ref _uses);
        if (uses == 0) Volume.Release();
        if (uses >= 0) return;
        Interlocked.Increment(ref _uses);
        ObjectDisposedException.ThrowIf(true, this);
    }

    /// <summary>Adds a use, unless the last one has ended.</summary>
    internal bool TryAcquire()
    {
        var uses = Volatile.Read(ref _uses);
        while (uses > 0)
        {
            var seen = Interlocked.CompareExchange(ref _uses, uses + 1, uses);
            if (seen == uses) return true;
            uses = seen;
        }

        return false;
    }

    private protected override Tree OpenCatalog()
    {
        ThrowIfReleased();
        return new Tree("catalog", Volume.Pager, null, Commit.Catalog);
    }

    private void ThrowIfReleased() => ObjectDisposedException.ThrowIf(!IsLive, this);
}
