namespace ModelVault.Storage;

/// <summary>A row where it stands in its page, for as long as an <see cref="IRowVisitor"/> looks at it.</summary>
public readonly ref struct TreeRow
{
    private readonly Tree _tree;
    private readonly byte[] _leaf;
    private readonly int _index;

    internal TreeRow(Tree tree, byte[] leaf, int index)
    {
        _tree = tree;
        _leaf = leaf;
        _index = index;
    }

    /// <summary>The first part of the key, which the rows around it share; the rest is <see cref="KeySuffix"/>.</summary>
    public ReadOnlySpan<byte> KeyPrefix => NodePage.Prefix(_leaf);

    /// <summary>The key behind <see cref="KeyPrefix"/>.</summary>
    public ReadOnlySpan<byte> KeySuffix => NodePage.Suffix(_leaf, _index);

    /// <summary>The length of the key, in bytes.</summary>
    public int KeyLength => NodePage.PrefixLength(_leaf) + KeySuffix.Length;

    /// <summary>The value. One of more than a quarter page comes as an array of its own, others without any allocation.</summary>
    /// <exception cref="VaultCorruptionException">The pages that hold it are damaged.</exception>
    public ReadOnlySpan<byte> Value => _tree.ReadValue(_leaf, _index);

    /// <summary>Copies the key; returns its length.</summary>
    public int CopyKey(Span<byte> destination) => NodePage.CopyKey(_leaf, _index, destination);
}

/// <summary>Looks at the rows of a <see cref="TreeScan"/>, one after the other.</summary>
public interface IRowVisitor
{
    /// <summary>Looks at a row, which is valid during the call alone. It must not change the tree.</summary>
    /// <returns>Whether to go on; false pauses the scan behind the row.</returns>
    bool Visit(in TreeRow row);
}
