namespace ModelVault.Storage;

/// <summary>
/// Brings a copy of a tree from one state of the original to a later one. What the two states have in common they share as pages,
/// so only leaves are read that one of them has alone: the cost grows with what has changed.
/// </summary>
internal static class TreeDifference
{
    /// <summary>Makes the target, which holds what the original held, hold what it holds now.</summary>
    /// <returns>How many leaves had to be read.</returns>
    public static int Apply(Tree then, Tree now, WritableTree target)
    {
        if (then.Record.Root == now.Record.Root) return 0;
        var (left, right) = UnsharedLeaves(then, now);
        var (old, current) = (new Rows(then, left), new Rows(now, right));
        bool hasOld = old.MoveNext(), hasCurrent = current.MoveNext();
        while (hasOld || hasCurrent)
        {
            var order = !hasOld ? 1 : !hasCurrent ? -1 : old.Key.SequenceCompareTo(current.Key);
            if (order < 0) target.Delete(old.Key);
            else if (order > 0 || !old.HasSameValue(current)) target.Put(current.Key, current.Value);
            if (order <= 0) hasOld = old.MoveNext();
            if (order >= 0) hasCurrent = current.MoveNext();
        }

        return left.Count + right.Count;
    }

    // Which is where the walk is behind goes on. A leaf that both have may be passed by twice, and then is in both lists.
    private static (List<PageReference> Then, List<PageReference> Now) UnsharedLeaves(Tree then, Tree now)
    {
        var (old, current) = (new List<PageReference>(), new List<PageReference>());
        var (left, right) = (new LeafWalk(then), new LeafWalk(now));
        bool hasLeft = left.MoveNext(), hasRight = right.MoveNext();
        while (hasLeft || hasRight)
        {
            if (hasLeft && hasRight && left.Leaf == right.Leaf)
            {
                (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
                continue;
            }

            var order = !hasLeft ? 1 : !hasRight ? -1 : left.Lower.SequenceCompareTo(right.Lower);
            if (order <= 0)
            {
                old.Add(left.Leaf);
                hasLeft = left.MoveNext();
            }

            if (order >= 0)
            {
                current.Add(right.Leaf);
                hasRight = right.MoveNext();
            }
        }

        return (old, current);
    }

    // The rows of some leaves.
    private sealed class Rows(Tree tree, List<PageReference> leaves)
    {
        private readonly byte[] _leaf = new byte[FileLayout.PageSize];
        private readonly byte[] _key = new byte[Tree.MaxKeyLength];
        private int _next;
        private int _index = -1;
        private int _count;
        private int _keyLength;

        public ReadOnlySpan<byte> Key => _key.AsSpan(0, _keyLength);

        public ReadOnlySpan<byte> Value => tree.ReadValue(_leaf, _index);

        public bool MoveNext()
        {
            while (++_index >= _count)
            {
                if (_next == leaves.Count) return false;
                tree.CopyPage(leaves[_next++], 0, _leaf);
                (_index, _count) = (-1, NodePage.Count(_leaf));
            }

            _keyLength = NodePage.CopyKey(_leaf, _index, _key);
            return true;
        }

        // A value outside its leaf is described by its place, which is never used twice while somebody holds on to it.
        public bool HasSameValue(Rows other) =>
            NodePage.StoredValue(_leaf, _index, out var isOverflow).SequenceEqual(NodePage.StoredValue(other._leaf, other._index, out var isOther)) && isOverflow == isOther;
    }
}
