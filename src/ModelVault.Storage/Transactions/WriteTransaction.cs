using System.Diagnostics.CodeAnalysis;

namespace ModelVault.Storage;

/// <summary>
/// The one write transaction at a time. It sees its own changes; nobody else does until it commits. What is not committed is
/// undone when it is disposed. Used by one thread at a time, though not always by the same one: it may cross an await.
/// </summary>
/// <remarks>
/// The pages it changes stay in memory until the commit, up to half the size of the page cache (and at least 4 MiB); what is more
/// is written to the file ahead of the commit. If that fails, as on a full disk, the operation throws and has changed nothing.
/// </remarks>
public sealed class WriteTransaction : TreeSource, IDisposable, IAsyncDisposable
{
    private enum Phase
    {
        Active,
        Broken,
        Committed,
        Ended,
    }

    private static int s_serial;

    private readonly Dictionary<string, WritableTree> _trees = new(StringComparer.Ordinal);
    private readonly long _stamp = (long)(uint)Interlocked.Increment(ref s_serial) << 31;
    private readonly WritableTree _catalog;
    private readonly TreeUndoLog _undo;
    private readonly List<SavepointState> _savepoints = [];
    private int _lastSavepoint;
    private long _lastVersion;
    private uint _nextTreeId;
    private Phase _phase;
    private bool _ended;

    internal WriteTransaction(Engine engine, Snapshot origin, Durability durability)
    {
        Engine = engine;
        _undo = new TreeUndoLog(_trees);
        Origin = origin.Commit;
        Volume = origin.Volume;
        Durability = durability;
        var pager = Volume.Pager;
        Pages = new TransactionPages(pager, Volume.Space, new SpilledPages(pager, Volume.Space, Volume.Writer), engine.Options.TransactionMemory, Origin.Id + 1);
        _nextTreeId = Origin.NextTreeId;
        _catalog = new WritableTree("catalog", this, pager, Pages, Origin.Catalog);
        SpaceMap = new WritableTree("space map", this, pager, Pages, Origin.SpaceMap);
    }

    /// <summary>What the commit will wait for.</summary>
    public Durability Durability { get; }

    /// <summary>How many modifications there were, without those that were taken back.</summary>
    public long ChangeCount { get; private set; }

    /// <summary>How often the transaction has gone back to a savepoint: what was found in it before need not be there any more.</summary>
    public int RollbackCount { get; private set; }

    /// <summary>Whether it belongs to a group commit, which commits it.</summary>
    internal bool IsGroupMember { get; set; }

    internal Engine Engine { get; }

    /// <summary>The commit it began from.</summary>
    internal CommitState Origin { get; }

    internal TransactionPages Pages { get; }

    internal WritableTree SpaceMap { get; }

    /// <summary>Whether an operation has failed half-way, or is under way.</summary>
    internal bool IsBroken => _phase == Phase.Broken;

    /// <summary>Where it will be committed to.</summary>
    internal Volume Volume { get; }

    private Pager Pager => Volume.Pager;

    /// <inheritdoc/>
    public override bool TryGetTree(string name, [NotNullWhen(true)] out Tree? tree)
    {
        tree = FindTree(name);
        return tree is not null;
    }

    /// <summary>Opens a tree for writing; creates it, empty, when there is none of this name.</summary>
    public WritableTree GetOrCreateTree(string name)
    {
        if (FindTree(name) is { } found) return found;
        if (_nextTreeId == uint.MaxValue) throw new InvalidOperationException("The vault has used up the numbers of trees: they are never given twice.");
        var record = new TreeRecord(_nextTreeId, 0, false, default, 0);
        var tree = new WritableTree(name, this, Pager, Pages, record);
        WriteRecord(CatalogKey(name), record);
        _nextTreeId++;
        _trees.Add(name, tree);
        _undo.Created(tree);
        return tree;
    }

    /// <summary>Removes a tree with all its rows; false when there is none of this name.</summary>
    public bool DropTree(string name)
    {
        if (FindTree(name) is not { } tree) return false;
        try
        {
            tree.Clear();
            _undo.Dropping(tree);
            tree.IsGone = true;
            _catalog.Delete(CatalogKey(name));
        }
        catch
        {
            Break();
            throw;
        }

        _trees.Remove(name);
        return true;
    }

    /// <summary>Gives a tree another name; false when there is none of the old name.</summary>
    /// <exception cref="ArgumentException">There is a tree of the new name already.</exception>
    public bool RenameTree(string from, string to)
    {
        if (FindTree(from) is not { } tree) return false;
        if (string.Equals(from, to, StringComparison.Ordinal)) return true;
        if (FindTree(to) is not null) throw new ArgumentException($"There is already a tree named '{to}'.", nameof(to));
        var key = CatalogKey(to);
        _undo.Renaming(tree);
        try
        {
            _catalog.Delete(CatalogKey(from));
            WriteRecord(key, tree.Record);
        }
        catch
        {
            // Half renamed is neither: nothing is left but to roll back.
            Break();
            throw;
        }

        _trees.Remove(from);
        _trees.Add(to, tree);
        tree.Committed = tree.Record;
        tree.Rename(to);
        return true;
    }

    /// <summary>
    /// Marks this state of the transaction, so that <see cref="RollbackTo"/> can bring it back. Savepoints nest to any depth.
    /// While there is one, the transaction keeps what its pages were before they are changed again.
    /// </summary>
    public Savepoint Savepoint()
    {
        ThrowIfUnusable();
        var serial = ++_lastSavepoint;
        var (steps, space) = Pages.BeginSavepoint(serial);
        _savepoints.Add(new SavepointState(serial, steps, _undo.Begin(serial), space, _nextTreeId, ChangeCount));
        return new Savepoint(this, serial);
    }

    /// <summary>
    /// Undoes everything since the savepoint, which remains; later ones end. Also when an operation has failed half-way since:
    /// the transaction can then be used again. Trees that were opened stay open, ones that were made since are gone.
    /// </summary>
    /// <exception cref="VaultTransactionException">The savepoint has ended, or the transaction has.</exception>
    /// <exception cref="ArgumentException">The savepoint is another transaction's.</exception>
    public void RollbackTo(Savepoint savepoint)
    {
        if (_phase != Phase.Broken) ThrowIfUnusable();
        var place = Find(savepoint);
        var state = _savepoints[place];
        // Until all is back, half of it is.
        Break();
        _savepoints.RemoveRange(place + 1, _savepoints.Count - place - 1);
        Pages.RollBackTo(state);
        _undo.RollBackTo(state.Serial, state.TreeSteps, NextVersion);
        _nextTreeId = state.NextTreeId;
        ChangeCount = state.ChangeCount;
        RollbackCount++;
        _phase = Phase.Active;
    }

    /// <summary>Ends a savepoint and all later ones; what was done since stays in the transaction.</summary>
    /// <inheritdoc cref="RollbackTo"/>
    public void Release(Savepoint savepoint)
    {
        ThrowIfUnusable();
        ReleaseFrom(Find(savepoint));
    }

    /// <summary>Makes all changes visible and, as far as <see cref="Durability"/> says, durable; returns when they are. Without changes there is nothing to do.</summary>
    /// <exception cref="VaultTransactionException">An earlier failure has stopped the writer, or an operation of this transaction failed half-way.</exception>
    /// <exception cref="IOException">Writing failed: whether the transaction is durable is not known, and the writer stops.</exception>
    public void Commit()
    {
        ThrowIfGroupMember();
        ThrowIfUnusable();
        CommitAndEnd();
    }

    /// <summary>The same without blocking the caller: the writing is done on a thread of the engine's own.</summary>
    /// <param name="ct">Gives up before the commit has begun; the transaction is then still open.</param>
    public async ValueTask CommitAsync(CancellationToken ct = default)
    {
        ThrowIfGroupMember();
        ThrowIfUnusable();
        ct.ThrowIfCancellationRequested();
        await Engine.RunOnFlushThread(CommitAndEnd).ConfigureAwait(false);
    }

    /// <summary>Undoes what was not committed and lets the next writer in.</summary>
    public void Dispose()
    {
        ThrowIfGroupMember();
        End();
    }

    /// <summary>Undoes what was not committed and lets the next writer in.</summary>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Throws unless the transaction can be worked with.</summary>
    internal void ThrowIfUnusable()
    {
        if (_phase == Phase.Active) return;
        ObjectDisposedException.ThrowIf(_phase == Phase.Ended, this);
        throw new VaultTransactionException(
            _phase == Phase.Committed
                ? "The transaction has been committed; begin another one."
                : "An operation of this transaction failed half-way, or a builder of it has not finished, so that it can only be rolled back.");
    }

    /// <summary>From here to <see cref="EndChange"/> a tree may be inconsistent: an exception in between leaves nothing but to roll back.</summary>
    internal void BeginChange(WritableTree tree)
    {
        Break();
        _undo.Changing(tree);
    }

    /// <summary>The change is whole. Returns a number for this state that no other state of any transaction has.</summary>
    internal long EndChange()
    {
        _phase = Phase.Active;
        ChangeCount++;
        return NextVersion();
    }

    /// <summary>Commits for the group, and ends the transaction.</summary>
    internal void CommitAndEnd()
    {
        try
        {
            if (ChangeCount > 0) Engine.Commit(this);
            _phase = Phase.Committed;
        }
        finally
        {
            EndAs(_phase == Phase.Committed ? Phase.Committed : Phase.Ended);
        }
    }

    /// <summary>Rolls back what was not committed, and ends the transaction.</summary>
    internal void End() => EndAs(_phase == Phase.Committed ? Phase.Committed : Phase.Ended);

    /// <summary>Brings the trees' new roots into the catalog. From here on there is no savepoint.</summary>
    internal void WriteCatalog()
    {
        if (_savepoints.Count > 0) ReleaseFrom(0);
        foreach (var (name, tree) in _trees)
        {
            if (tree.Record == tree.Committed) continue;
            WriteRecord(CatalogKey(name), tree.Record);
            tree.Committed = tree.Record;
        }
    }

    /// <summary>What the commit's slot will say of the trees.</summary>
    internal CommitState Describe(long wallClockTicks) => new()
    {
        Id = Pages.CommitId,
        DurableId = 0,
        WallClockTicks = wallClockTicks,
        NextTreeId = _nextTreeId,
        PageCount = 0,
        Catalog = _catalog.Record,
        SpaceMap = SpaceMap.Record,
    };

    private protected override Tree OpenCatalog()
    {
        ThrowIfUnusable();
        return _catalog;
    }

    private void Break() => _phase = Phase.Broken;

    private long NextVersion() => _stamp + ++_lastVersion;

    private int Find(Savepoint savepoint)
    {
        if (savepoint.Transaction != this) throw new ArgumentException("The savepoint belongs to another transaction.", nameof(savepoint));
        for (var i = _savepoints.Count - 1; i >= 0; i--)
        {
            if (_savepoints[i].Serial == savepoint.Serial) return i;
        }

        throw new VaultTransactionException("The savepoint has ended: it was released, or the transaction has gone back to an earlier one.");
    }

    private void ReleaseFrom(int place)
    {
        _savepoints.RemoveRange(place, _savepoints.Count - place);
        var older = place == 0 ? 0 : _savepoints[place - 1].Serial;
        Pages.ReleaseSavepoints(older);
        _undo.Release(older);
    }

    private void EndAs(Phase phase)
    {
        if (_ended) return;
        _ended = true;
        _phase = phase;
        Engine.EndWrite(this, committed: phase == Phase.Committed && ChangeCount > 0);
    }

    private WritableTree? FindTree(string name)
    {
        ThrowIfUnusable();
        ArgumentNullException.ThrowIfNull(name);
        if (_trees.TryGetValue(name, out var tree)) return tree;
        using var scope = ReadScope.Enter();
        if (!_catalog.TryGet(CatalogKey(name), out var stored)) return null;
        // The record is as old as its commit; the high-water mark only grows.
        tree = new WritableTree(name, this, Pager, Pages, ReadRecord(name, stored, FileLayout.MaxPages));
        _trees.Add(name, tree);
        return tree;
    }

    private void WriteRecord(byte[] key, TreeRecord record)
    {
        Span<byte> stored = stackalloc byte[TreeRecord.Size];
        record.Write(stored);
        _catalog.Put(key, stored);
    }

    private void ThrowIfGroupMember()
    {
        if (IsGroupMember)
            throw new VaultTransactionException("This transaction belongs to a group: the engine commits it when the operation returns, and rolls it back when it throws.");
    }
}
