namespace ModelVault.Storage;

/// <content>Neighbours under one parent that help each other out: full ones before they split, empty ones by merging.</content>
public sealed partial class WritableTree
{
    // A neighbour takes rows over when it has this much room: less would last for few inserts. One that is not the
    // transaction's own costs the commit a page more.
    private const int RoomOfOwn = FileLayout.PageSize / 5;
    private const int RoomOfOther = FileLayout.PageSize / 4;

    // A half empty page merges with a neighbour if that leaves room for what comes next; one that is emptier still, and cannot, is
    // given something.
    private const int HalfEmpty = FileLayout.PageSize / 2;
    private const int Low = FileLayout.PageSize * 35 / 100;
    private const int MergedAtMost = FileLayout.PageSize * 90 / 100;
    private const int Step = FileLayout.PageSize / 16;

    private byte[]? _otherScratch;

    // Puts a row that its full leaf has no room for there nevertheless, by sharing the rows with a neighbour.
    private bool TryShift(ReadOnlySpan<byte> key, ReadOnlySpan<byte> stored, bool isOverflow)
    {
        if (Record.Level == 0) return false;
        var at = _path.Index(1);
        var neighbour = LoadNeighbour(0, at + 1);
        var goesBefore = !HasRoom(neighbour);
        if (goesBefore && !HasRoom(neighbour = LoadNeighbour(0, at - 1))) return false;
        CheckBounds(neighbour!, 0, goesBefore ? at - 1 : at + 1);
        var leaf = _path.Page(0);
        var (left, right) = goesBefore ? (neighbour!, leaf) : (leaf, neighbour!);
        var index = _path.Index(0) + (goesBefore ? NodePage.Count(left) : 0);
        var rows = new LeafRows(left, right, index, key, stored, isOverflow);
        var middle = rows.Middle();
        if (middle < 0 || !TrySeparate(rows, middle, goesBefore ? at : at + 1)) return false;
        neighbour = EditNeighbour(neighbour!, 0, goesBefore ? at - 1 : at + 1);
        (left, right) = goesBefore ? (neighbour, leaf) : (leaf, neighbour);
        if (!TryMove(left, right, middle, index, key, stored, isOverflow))
            new LeafRows(CopyOf(left), OtherCopyOf(right), index, key, stored, isOverflow).Divide(middle, left, right);
        return true;
    }

    // Where the pages have one prefix, moves just the rows that go from the path's leaf to its neighbour, if that has the room in
    // one piece: half the work of writing both pages anew.
    private bool TryMove(byte[] left, byte[] right, int middle, int index, ReadOnlySpan<byte> key, ReadOnlySpan<byte> stored, bool isOverflow)
    {
        var prefix = NodePage.Prefix(left);
        if (!prefix.SequenceEqual(NodePage.Prefix(right)) || !key.StartsWith(prefix)) return false;
        var isLeft = left == _path.Page(0);
        var (leaf, neighbour) = isLeft ? (left, right) : (right, left);
        // The new row is not in its page yet.
        var goesLeft = index < middle;
        var kept = goesLeft ? middle - 1 : middle;
        var (from, to) = isLeft ? (kept, NodePage.Count(left)) : (0, kept - NodePage.Count(left));
        var bytes = goesLeft == isLeft ? 0 : NodePage.SlotSize + NodePage.LeafRecordHeader + key.Length + stored.Length;
        for (var i = from; i < to; i++) bytes += NodePage.EntrySize(leaf, i);
        if (from >= to || bytes > NodePage.FreeBytes(neighbour)) return false;
        NodeEdit.InsertRange(leaf, from, to, neighbour, isLeft ? 0 : NodePage.Count(neighbour));
        NodeEdit.RemoveRange(leaf, from, to);
        var isIn = NodeEdit.TryInsert(goesLeft ? left : right, goesLeft ? index : index - kept, key, stored, isOverflow, _pages.Scratch);
        return isIn ? true : throw new InvalidOperationException("A leaf has no room for its share of the rows.");
    }

    // After a leaf has got emptier by so many bytes. Its neighbours are looked at not each time, but every few rows.
    private void RefillLeaf(int freed)
    {
        var used = NodePage.UsedBytes(_path.Page(0));
        if (used < HalfEmpty && used / Step != (used + freed) / Step) Refill(0);
    }

    // Where the path's page of a level has got too empty: makes one page of it and its emptier neighbour, or lets that give some.
    private void Refill(int level)
    {
        if (level == Record.Level)
        {
            CollapseRoot();
            return;
        }

        var page = _path.Page(level);
        if (NodePage.UsedBytes(page) >= HalfEmpty) return;
        var at = _path.Index(level + 1);
        var (before, after) = (LoadNeighbour(level, at - 1), LoadNeighbour(level, at + 1));
        if ((before ?? after) is not { } neighbour) return;
        if (after is not null && NodePage.UsedBytes(after) < NodePage.UsedBytes(neighbour)) neighbour = after;
        var rightAt = neighbour == before ? at : at + 1;
        CheckBounds(neighbour, level, neighbour == before ? at - 1 : at + 1);
        var isMerged = level == 0 ? MergeOrShiftRows(neighbour, rightAt) : MergeOrShiftEntries(level, neighbour, rightAt);
        if (!isMerged) return;

        // The page that is the transaction's own stays, whichever it is, so that the merge copies none.
        _pages.Free(neighbour);
        var parent = _path.Edit(level + 1, _pages);
        NodePage.SetChild(parent, rightAt - 1, NodePage.Reference(page));
        NodeEdit.Remove(parent, rightAt);
        _path.Move(level + 1, rightAt - 1);
        Refill(level + 1);
    }

    // True when the path's leaf has taken over all rows of its neighbour.
    private bool MergeOrShiftRows(byte[] neighbour, int rightAt)
    {
        var leaf = _path.Edit(0, _pages);
        var isLeft = rightAt > _path.Index(1);
        var (left, right) = isLeft ? (leaf, neighbour) : (neighbour, leaf);
        var rows = new LeafRows(left, right);
        if (rows.Size <= MergedAtMost)
        {
            new LeafRows(CopyOf(left), OtherCopyOf(right)).Write(0, rows.Count, leaf);
            return true;
        }

        var middle = NodePage.UsedBytes(leaf) >= Low || IsOnEdge(0) ? -1 : rows.Middle();
        if (middle < 0 || !TrySeparate(rows, middle, rightAt)) return false;
        neighbour = EditNeighbour(neighbour, 0, isLeft ? rightAt : rightAt - 1);
        (left, right) = isLeft ? (leaf, neighbour) : (neighbour, leaf);
        new LeafRows(CopyOf(left), OtherCopyOf(right)).Divide(middle, left, right);
        return false;
    }

    // The same with inner pages.
    private bool MergeOrShiftEntries(int level, byte[] neighbour, int rightAt)
    {
        var page = _path.Edit(level, _pages);
        var isLeft = rightAt > _path.Index(level + 1);
        var (left, right) = isLeft ? (page, neighbour) : (neighbour, page);
        var parent = _path.Edit(level + 1, _pages);
        Span<byte> separator = stackalloc byte[MaxKeyLength];
        var entries = new InnerEntries(left, separator[..NodePage.CopyKey(parent, rightAt, separator)], right);
        if (entries.SizeOf(0, entries.Count) <= MergedAtMost)
        {
            entries.Write(0, entries.Count, page);
            return true;
        }

        var middle = NodePage.UsedBytes(page) >= Low || IsOnEdge(level) ? -1 : entries.Middle();
        if (middle < 0 || !NodeEdit.TryReplaceSeparator(parent, rightAt, entries.Separator(middle), _pages.Scratch)) return false;
        neighbour = EditNeighbour(neighbour, level, isLeft ? rightAt : rightAt - 1);
        (left, right) = isLeft ? (page, neighbour) : (neighbour, page);
        entries.Write(0, middle, left);
        entries.Write(middle, entries.Count, right);
        return false;
    }

    // Whether the path's page of a level is the first or the last one of it. Who deletes rows in order empties these soon: what
    // they were given would have to be moved again and again.
    private bool IsOnEdge(int level) => IsFirstFrom(level + 1) || IsLastFrom(level + 1);

    private bool TrySeparate(LeafRows rows, int middle, int at)
    {
        Span<byte> separator = stackalloc byte[MaxKeyLength];
        var length = rows.Separate(middle, separator);
        return NodeEdit.TryReplaceSeparator(_path.Edit(1, _pages), at, separator[..length], _pages.Scratch);
    }

    // Whether it is worth a neighbour's while to take rows over.
    private bool HasRoom(byte[]? page) =>
        page is not null && FileLayout.PageSize - NodePage.UsedBytes(page) >= (_pages.Owns(page) ? RoomOfOwn : RoomOfOther);

    // The page with this number under the parent of the path's page; null when there is none.
    private byte[]? LoadNeighbour(int level, int at)
    {
        var parent = _path.Page(level + 1);
        if (at < 0 || at >= NodePage.Count(parent)) return null;
        var page = Load(NodePage.Child(parent, at), level);
        return NodePage.PageNumber(page) != NodePage.PageNumber(_path.Page(level)) ? page : throw Pager.Damaged(NodePage.PageNumber(page), "the page above leads to it twice");
    }

    private byte[] EditNeighbour(byte[] page, int level, int at)
    {
        var edited = _pages.Edit(page);
        if (edited != page) NodePage.SetChild(_path.Edit(level + 1, _pages), at, NodePage.Reference(edited));
        return edited;
    }

    private byte[] CopyOf(byte[] page)
    {
        page.AsSpan(0, FileLayout.PageSize).CopyTo(_pages.Scratch);
        return _pages.Scratch;
    }

    private byte[] OtherCopyOf(byte[] page)
    {
        _otherScratch ??= new byte[FileLayout.PageSize];
        page.AsSpan(0, FileLayout.PageSize).CopyTo(_otherScratch);
        return _otherScratch;
    }
}
