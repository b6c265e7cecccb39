namespace ModelVault.Storage.Tests;

/// <summary>
/// Walks all pages of a tree and checks what holds them together: keys ascend across pages and lie between the separators above
/// them, levels are right, no page is there twice, no page is empty, the root has two children, and the rows are as
/// many as the tree says. Counts what the pages hold.
/// </summary>
internal sealed class TreeAudit
{
    private readonly Tree _tree;
    private readonly HashSet<long> _pages = [];
    private readonly List<double> _leafFills = [];
    private readonly List<double> _innerFills = [];
    private byte[]? _last;
    private long _rows;

    private TreeAudit(Tree tree)
    {
        _tree = tree;
        if (tree.Record.Root.IsNone) return;
        Walk(tree.Record.Root, tree.Record.Level, [], null);
        if (_rows != tree.Count) Problem ??= $"{_rows} rows instead of {tree.Count}";
    }

    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Problem { get; private set; }

    public int Leaves => _leafFills.Count;

    public int Pages => _pages.Count;

    /// <summary>The part of the leaves' bytes that is in use.</summary>
    public double LeafFill => _leafFills.Count == 0 ? 1 : _leafFills.Average();

    public double EmptiestLeaf => _leafFills.Count == 0 ? 1 : _leafFills.Min();

    /// <summary>The same of the inner pages but the root.</summary>
    public double InnerFill => _innerFills.Count == 0 ? 1 : _innerFills.Average();

    public double EmptiestInner => _innerFills.Count == 0 ? 1 : _innerFills.Min();

    /// <summary>Leaves below this fill.</summary>
    public int LeavesBelow(double fill) => _leafFills.Count(value => value < fill);

    /// <summary>Leaves whose keys have a prefix in common that they store once.</summary>
    public int LeavesWithPrefix { get; private set; }

    /// <summary>Pages above the leaves whose keys have more in common than the page stores once: in a transaction some, committed none.</summary>
    public int InnerPagesWithoutPrefix { get; private set; }

    public static TreeAudit Of(Tree tree) => new(tree);

    /// <summary>Audits a tree of the newest commit, and the space.</summary>
    public static TreeAudit Of(StorageEngine engine, string name) => engine.Read(snapshot =>
    {
        Assert.Null(SpaceAudit.Run(snapshot));
        Assert.True(snapshot.TryGetTree(name, out var tree));
        var audit = Of(tree);
        Assert.Null(audit.Problem);
        Assert.Equal(0, audit.InnerPagesWithoutPrefix);
        return audit;
    });

    private void Walk(PageReference reference, int level, byte[] lower, byte[]? upper)
    {
        if (!_pages.Add(reference.Page)) Problem ??= $"page {reference.Page} is there twice";
        var page = new byte[FileLayout.PageSize];
        _tree.CopyPage(reference, level, page);
        var count = NodePage.Count(page);
        if (count == 0) Problem ??= $"page {reference.Page} is empty";
        if (level > 0 && level == _tree.Record.Level && count < 2) Problem ??= $"the root {reference.Page} has one child";
        if (level == 0 || level < _tree.Record.Level) (level > 0 ? _innerFills : _leafFills).Add((double)NodePage.UsedBytes(page) / FileLayout.PageSize);
        if (level == 0)
        {
            if (NodePage.PrefixLength(page) > 0) LeavesWithPrefix++;
            for (var i = 0; i < count; i++, _rows++) CheckRow(reference, KeyOf(page, i), lower, upper);
            return;
        }

        if (count > 2 && KeyOf(page, 1).AsSpan().CommonPrefixLength(KeyOf(page, count - 1)) is >= 3 and var shared && NodePage.PrefixLength(page) < shared) InnerPagesWithoutPrefix++;
        for (var i = 0; i < count; i++)
        {
            var from = i == 0 ? lower : KeyOf(page, i);
            var to = i == count - 1 ? upper : KeyOf(page, i + 1);
            if (from.AsSpan().SequenceCompareTo(lower) < 0 || (upper is not null && from.AsSpan().SequenceCompareTo(upper) >= 0))
                Problem ??= $"separator {Convert.ToHexString(from)} of page {reference.Page} lies outside its range";
            Walk(NodePage.Child(page, i), level - 1, from, to);
        }
    }

    private void CheckRow(PageReference reference, byte[] key, byte[] lower, byte[]? upper)
    {
        if (_last is not null && _last.AsSpan().SequenceCompareTo(key) >= 0) Problem ??= $"key {Convert.ToHexString(key)} of page {reference.Page} does not ascend";
        if (key.AsSpan().SequenceCompareTo(lower) < 0 || (upper is not null && key.AsSpan().SequenceCompareTo(upper) >= 0))
            Problem ??= $"key {Convert.ToHexString(key)} of page {reference.Page} lies outside its range";
        _last = key;
    }

    private static byte[] KeyOf(byte[] page, int index)
    {
        var key = new byte[Tree.MaxKeyLength];
        return key[..NodePage.CopyKey(page, index, key)];
    }
}
