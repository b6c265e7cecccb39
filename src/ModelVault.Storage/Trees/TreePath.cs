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

    public void Replace(int level, byte[] page) => _pages[level] = page;

    public void Move(int level, int index) => _indexes[level] = index;
}
