namespace ModelVault.Storage;

/// <summary>What a transaction has done to its trees, as a whole, since its oldest savepoint, in order: their pages are another log's.</summary>
internal sealed class TreeUndoLog(Dictionary<string, WritableTree> open)
{
    private enum Kind : byte
    {
        Changed,
        Created,
        Dropped,
        Renamed,
    }

    private readonly record struct Step(Kind Kind, WritableTree Tree, TreeRecord Record, string? Name, int SavedAt);

    private readonly List<Step> _steps = [];
    private int _newest;

    /// <summary>From here on what is done is kept for this savepoint.</summary>
    /// <returns>The place in the log to go back to.</returns>
    public int Begin(int savepoint)
    {
        _newest = savepoint;
        return _steps.Count;
    }

    /// <summary>A tree's rows are about to change.</summary>
    public void Changing(WritableTree tree)
    {
        if (tree.SavedAt >= _newest) return;
        _steps.Add(new Step(Kind.Changed, tree, tree.Record, null, tree.SavedAt));
        tree.SavedAt = _newest;
    }

    public void Created(WritableTree tree)
    {
        if (_newest > 0) _steps.Add(new Step(Kind.Created, tree, default, null, 0));
    }

    /// <summary>A tree is about to be dropped; its rows are gone already.</summary>
    public void Dropping(WritableTree tree)
    {
        if (_newest > 0) _steps.Add(new Step(Kind.Dropped, tree, default, null, 0));
    }

    /// <summary>A tree is about to get another name.</summary>
    public void Renaming(WritableTree tree)
    {
        if (_newest > 0) _steps.Add(new Step(Kind.Renamed, tree, tree.Committed, tree.Name, 0));
    }

    /// <summary>Takes back what was done since a savepoint, which remains.</summary>
    /// <param name="savepoint">The savepoint.</param>
    /// <param name="place">Its place in the log.</param>
    /// <param name="nextVersion">Gives a tree that is put back a number that it has never had, so that its cursors notice.</param>
    public void RollBackTo(int savepoint, int place, Func<long> nextVersion)
    {
        for (var i = _steps.Count - 1; i >= place; i--) Undo(_steps[i], nextVersion);
        _steps.RemoveRange(place, _steps.Count - place);
        _newest = savepoint;
    }

    /// <summary>What was done stays. An older savepoint (0: none) is the newest from here on.</summary>
    public void Release(int older)
    {
        _newest = older;
        if (older > 0) return;
        foreach (var step in _steps) step.Tree.SavedAt = 0;
        _steps.Clear();
    }

    // An operation may have failed between noting a step and taking it.
    private void Undo(Step step, Func<long> nextVersion)
    {
        var tree = step.Tree;
        switch (step.Kind)
        {
            case Kind.Changed:
                tree.PutBack(step.Record, nextVersion());
                tree.SavedAt = step.SavedAt;
                break;
            case Kind.Created:
                open.Remove(tree.Name);
                tree.IsGone = true;
                break;
            case Kind.Dropped:
                open[tree.Name] = tree;
                tree.IsGone = false;
                break;
            default:
                if (tree.Name != step.Name) open.Remove(tree.Name);
                open[step.Name!] = tree;
                tree.Rename(step.Name!);
                tree.Committed = step.Record;
                break;
        }
    }
}
