using System.Buffers.Binary;

namespace ModelVault.Storage.Tests;

/// <summary>Walks everything a commit refers to and holds it against the space map: no page twice, none lost, none free and used.</summary>
internal static class SpaceAudit
{
    /// <summary>What is wrong; null when nothing is.</summary>
    public static string? Run(Snapshot snapshot)
    {
        var commit = snapshot.Commit;
        var isUsed = new bool[commit.PageCount];
        string? problem = null;
        long used = 0;
        void Use(Extent run)
        {
            if (run.End > commit.PageCount) problem ??= $"page {run.End - 1} lies above the high-water mark {commit.PageCount}";
            for (var page = run.Start; page < Math.Min(run.End, commit.PageCount); page++, used++)
            {
                if (isUsed[page]) problem ??= $"page {page} is used twice";
                isUsed[page] = true;
            }
        }

        Walk(snapshot.OpenSystemTree(commit.Catalog), Use);
        Walk(snapshot.OpenSystemTree(commit.SpaceMap), Use);
        foreach (var name in snapshot.TreeNames)
        {
            if (snapshot.TryGetTree(name, out var tree)) Walk(tree, Use);
        }

        if (problem is not null) return problem;
        var isFree = FreePages(snapshot);
        for (var page = 0L; page < commit.PageCount; page++)
        {
            if (isFree[page] && isUsed[page]) return $"page {page} is free and used";
        }

        var free = isFree.Count(static free => free);
        var total = commit.PageCount - FileLayout.FirstPage;
        if (used + free != total) return $"{used} used and {free} free pages of {total}";
        return free == commit.FreePages ? null : $"the commit counts {commit.FreePages} free pages where {free} are";
    }

    private static void Walk(Tree tree, Action<Extent> use)
    {
        if (!tree.Record.Root.IsNone) Walk(tree, tree.Record.Root, tree.Record.Level, use);
    }

    private static void Walk(Tree tree, PageReference reference, int level, Action<Extent> use)
    {
        use(new Extent(reference.Page, 1));
        var page = new byte[FileLayout.PageSize];
        tree.CopyPage(reference, level, page);
        for (var i = 0; i < NodePage.Count(page); i++)
        {
            if (level > 0) Walk(tree, NodePage.Child(page, i), level - 1, use);
            else if (NodePage.StoredValue(page, i, out var isOverflow) is var stored && isOverflow) use(OverflowValue.Read(stored).Pages);
        }
    }

    private static bool[] FreePages(Snapshot snapshot)
    {
        // With room for the last chunk's pages that the file does not have: they must not be free, and then count too many.
        var free = new bool[snapshot.Commit.PageCount + SpaceChunk.PageCount];
        using var cursor = snapshot.OpenSystemTree(snapshot.Commit.SpaceMap).OpenCursor();
        for (var more = cursor.SeekFirst(); more; more = cursor.MoveNext())
        {
            var first = BinaryPrimitives.ReadInt64BigEndian(cursor.Key) * SpaceChunk.PageCount;
            var bits = cursor.Value;
            for (var i = bits.IndexOfAnyExcept((byte)0) * 8; i >= 0 && i < SpaceChunk.PageCount; i += (i & 7) == 0 && bits[i >> 3] == 0 ? 8 : 1)
            {
                if ((bits[i >> 3] >> (i & 7) & 1) != 0) free[first + i] = true;
            }
        }

        foreach (var change in snapshot.Commit.SpaceEvents)
        {
            for (var page = change.Run.Start; page < change.Run.End; page++) free[page] = change.IsFree;
        }

        return free;
    }
}
