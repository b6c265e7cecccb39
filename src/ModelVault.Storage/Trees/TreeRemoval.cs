using System.Buffers;

namespace ModelVault.Storage;

/// <summary>Frees all pages of a tree.</summary>
internal static class TreeRemoval
{
    public static void FreeAll(Tree tree, TransactionPages pages)
    {
        if (!tree.Record.Root.IsNone) FreeSubtree(tree, pages, tree.Record.Root, tree.Record.Level);
    }

    // Levels fall by one with each step, so even a hostile file cannot make this go in circles.
    private static void FreeSubtree(Tree tree, TransactionPages pages, PageReference reference, int level)
    {
        if (level == 0 && !tree.Record.HasOverflow)
        {
            // A leaf without overflow values need not be read; its birth is then not known.
            pages.FreeUnread(reference);
            return;
        }

        // A copy, because the pages below may be more than fit in memory: they cannot all be read inside one scope.
        var page = ArrayPool<byte>.Shared.Rent(FileLayout.PageSize);
        tree.CopyPage(reference, level, page);
        for (var i = 0; i < NodePage.Count(page); i++)
        {
            if (level > 0) FreeSubtree(tree, pages, NodePage.Child(page, i), level - 1);
            else if (NodePage.StoredValue(page, i, out var isOverflow) is var stored && isOverflow) pages.FreeOverflow(OverflowValue.Read(stored));
        }

        pages.Free(page);
        ArrayPool<byte>.Shared.Return(page);
    }
}
