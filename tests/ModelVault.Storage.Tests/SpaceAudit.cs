using System.Buffers.Binary;

namespace ModelVault.Storage.Tests;

/// <summary>Walks everything a commit refers to and holds it against the space map: no page twice, none lost, none free and used.</summary>
internal static class SpaceAudit
{
    /// <summary>What is wrong; null when nothing is.</summary>
    public static string? Run(Snapshot snapshot)
    {
        var used = new HashSet<long>();
        var commit = snapshot.Commit;
        string? problem = null;
        void Use(Extent run)
        {
            for (var page = run.Start; page < run.End; page++)
            {
                if (!used.Add(page)) problem ??= $"page {page} is used twice";
                if (page >= commit.PageCount) problem ??= $"page {page} lies above the high-water mark {commit.PageCount}";
            }
        }

        Walk(snapshot.OpenSystemTree(commit.Catalog), Use);
        Walk(snapshot.OpenSystemTree(commit.SpaceMap), Use);
        foreach (var name in snapshot.TreeNames)
        {
            if (snapshot.TryGetTree(name, out var tree)) Walk(tree, Use);
        }

        if (problem is not null) return problem;
        var free = FreePages(snapshot);
        if (free.Overlaps(used)) return $"page {free.Intersect(used).First()} is free and used";
        var total = commit.PageCount - FileLayout.FirstPage;
        if (used.Count + free.Count != total) return $"{used.Count} used and {free.Count} free pages of {total}";
        return free.Count == commit.FreePages ? null : $"the commit counts {commit.FreePages} free pages where {free.Count} are";
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

    private static HashSet<long> FreePages(Snapshot snapshot)
    {
        var free = new HashSet<long>();
        using var cursor = snapshot.OpenSystemTree(snapshot.Commit.SpaceMap).OpenCursor();
        for (var more = cursor.SeekFirst(); more; more = cursor.MoveNext())
        {
            var first = BinaryPrimitives.ReadInt64BigEndian(cursor.Key) * SpaceChunk.PageCount;
            var bits = cursor.Value;
            for (var i = 0; i < SpaceChunk.PageCount; i += bits[i >> 3] == 0 ? 8 : 1)
            {
                if ((bits[i >> 3] >> (i & 7) & 1) != 0) free.Add(first + i);
            }
        }

        foreach (var change in snapshot.Commit.SpaceEvents)
        {
            for (var page = change.Run.Start; page < change.Run.End; page++)
            {
                if (change.IsFree) free.Add(page);
                else free.Remove(page);
            }
        }

        return free;
    }
}
