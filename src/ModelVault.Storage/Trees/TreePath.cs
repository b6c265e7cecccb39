namespace ModelVault.Storage;

/// <summary>The pages from a tree's root to a leaf and the entry taken in each; level 0 is the leaf.</summary>
internal sealed class TreePath
{
    private readonly byte[]?[] _pages = new byte[]?[TreeRecord.MaxLevel + 1];
    private readonly int[] _indexes = new int[TreeRecord.MaxLevel + 1];

    public byte[] Page(int level) => _pages[level]!;

    public int Index(int level) => _indexes[level];

    public void Set(int level, byte[] page, int index)
    {
        _pages[level] = page;
        _indexes[level] = index;
    }

    /// <summary>The page of a level, to be changed: a copy of it takes its place unless it is the transaction's own.</summary>
    public byte[] Edit(int level, TransactionPages pages) => _pages[level] = pages.Edit(_pages[level]!);

    public void Move(int level, int index) => _indexes[level] = index;
}
