namespace ModelVault.Storage;

/// <summary>Goes over the leaves of a tree in order without reading them: only what leads to them is read.</summary>
internal sealed class LeafWalk
{
    private readonly Tree _tree;
    private readonly byte[][] _pages; // of each level the page the walk is in; the leaves' level has none
    private readonly int[] _at;
    private readonly byte[] _lower = new byte[Tree.MaxKeyLength];
    private int _lowerLength;
    private bool _hasBegun;

    public LeafWalk(Tree tree)
    {
        _tree = tree;
        _pages = new byte[tree.Record.Level + 1][];
        for (var level = 1; level < _pages.Length; level++) _pages[level] = new byte[FileLayout.PageSize];
        _at = new int[_pages.Length];
    }

    /// <summary>The leaf.</summary>
    public PageReference Leaf { get; private set; }

    /// <summary>No key of this leaf or a later one is below this; empty for the first one.</summary>
    public ReadOnlySpan<byte> Lower => _lower.AsSpan(0, _lowerLength);

    /// <summary>Goes on to the next leaf; false when there is none.</summary>
    public bool MoveNext()
    {
        var root = _pages.Length - 1;
        if (!_hasBegun)
        {
            _hasBegun = true;
            if (_tree.Record.Root.IsNone) return false;
            Leaf = _tree.Record.Root;
            if (root == 0) return true;
            Enter(_tree.Record.Root, root);
            return true;
        }

        for (var level = 1; level <= root; level++)
        {
            if (++_at[level] == NodePage.Count(_pages[level])) continue;
            _lowerLength = NodePage.CopyKey(_pages[level], _at[level], _lower);
            Leaf = NodePage.Child(_pages[level], _at[level]);
            if (level > 1) Enter(Leaf, level - 1);
            return true;
        }

        return false;
    }

    // Goes down to the first leaf under a page.
    private void Enter(PageReference reference, int level)
    {
        for (; level > 0; level--)
        {
            _tree.CopyPage(reference, level, _pages[level]);
            _at[level] = 0;
            reference = NodePage.Child(_pages[level], 0);
        }

        Leaf = reference;
    }
}
