using System.Buffers;

namespace ModelVault.Storage;

/// <summary>Frees all pages of a tree, or of a part of it.</summary>
internal static class TreeRemoval
{
    public static void FreeAll(Tree tree, TransactionPages pages)
    {
        if (!tree.Record.Root.IsNone) FreeSubtree(tree, pages, tree.Record.Root, tree.Record.Level, readsLeaves: tree.Record.HasOverflow);
    }

    /// <summary>Frees a subtree; returns how many rows it had.</summary>
    public static long FreeSubtree(Tree tree, TransactionPages pages, PageReference reference, int level) =>
        FreeSubtree(tree, pages, reference, level, readsLeaves: true);

    // Levels fall by one with each step, so even a hostile file cannot make this go in circles.
    private static long FreeSubtree(Tree tree, TransactionPages pages, PageReference reference, int level, bool readsLeaves)
    {
        if (level == 0 && !readsLeaves)
        {
            // Where nobody counts the rows, a leaf without overflow values need not be read; its birth is then not known.
            pages.FreeUnread(reference);
            return 0;
        }

        // A copy, because the pages below may be more than fit in memory: they cannot all be read inside one scope.
        var page = ArrayPool<byte>.Shared.Rent(FileLayout.PageSize);
        tree.CopyPage(reference, level, page);
        long rows = level == 0 ? NodePage.Count(page) : 0;
        if (level > 0)
        {
            for (var i = 0; i < NodePage.Count(page); i++) rows += FreeSubtree(tree, pages, NodePage.Child(page, i), level - 1, readsLeaves);
        }
        else if (tree.Record.HasOverflow)
        {
            FreeOverflow(pages, page, 0, NodePage.Count(page));
        }

        pages.Free(page);
        ArrayPool<byte>.Shared.Return(page);
        return rows;
    }

    /// <summary>Frees the overflow values of rows [from, to) of a leaf.</summary>
    public static void FreeOverflow(TransactionPages pages, byte[] leaf, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            var stored = NodePage.StoredValue(leaf, i, out var isOverflow);
            if (isOverflow) pages.FreeOverflow(OverflowValue.Read(stored));
        }
    }
}
