using System.Buffers;

namespace ModelVault.Storage;

/// <summary>
/// Brings a cursor the leaves that it comes to one after the other. What is not in memory is read past the page cache, so that
/// going over a whole tree does not drive out of it what others use, and ahead: where leaves stand one behind the other on
/// disk, as they do after ordered filling, one read brings up to <see cref="MaxAhead"/> of them.
/// </summary>
internal sealed class LeafReader(Tree tree) : IDisposable
{
    private const int MaxAhead = 16;

    private byte[]? _ahead;
    private long _first;
    private int _count;
    private int _reach = 1;

    /// <summary>The cursor has jumped: what follows may be short.</summary>
    public void Restart() => _reach = 1;

    /// <summary>Copies the leaf that an inner page's entry leads to. The caller is in a scope, in which that page was loaded.</summary>
    public void Read(byte[] parent, int index, bool forward, byte[] destination)
    {
        var reference = NodePage.Child(parent, index);
        var pager = tree.Pager;
        tree.Visit(reference);
        if (!tree.IsCommitted(reference))
        {
            Copy(tree.Load(reference, 0), destination);
        }
        else if (pager.Peek(reference) is { } cached)
        {
            Copy(cached, destination);
        }
        else
        {
            if (!Holds(reference.Page)) ReadAhead(parent, index, forward);
            _ahead.AsSpan((int)(reference.Page - _first) * FileLayout.PageSize, FileLayout.PageSize).CopyTo(destination);
            pager.Admit(destination, reference);
        }
    }

    /// <summary>The leaf that an inner page's entry leads to: where it is in memory, valid until the caller's scope ends, else a copy of it in the buffer, which is rented where there is none yet.</summary>
    public byte[] Fetch(byte[] parent, int index, bool forward, ref byte[]? buffer)
    {
        var reference = NodePage.Child(parent, index);
        tree.Visit(reference);
        if (!tree.IsCommitted(reference)) return tree.Load(reference, 0);
        if (tree.Pager.Peek(reference) is { } cached)
        {
            tree.Visit(reference);
            return cached;
        }

        Read(parent, index, forward, buffer ??= ArrayPool<byte>.Shared.Rent(FileLayout.PageSize));
        return buffer;
    }

    public void Dispose()
    {
        if (_ahead is not null) ArrayPool<byte>.Shared.Return(_ahead);
        _ahead = null;
        _count = 0;
    }

    private static void Copy(byte[] leaf, byte[] destination) => leaf.AsSpan(0, FileLayout.PageSize).CopyTo(destination);

    private bool Holds(long page) => page >= _first && page < _first + _count;

    // Twice as many each time, so that a short walk reads little that it does not come to.
    private void ReadAhead(byte[] parent, int index, bool forward)
    {
        var start = NodePage.Child(parent, index).Page;
        var count = 1;
        for (var next = index; count < _reach; count++)
        {
            next += forward ? 1 : -1;
            if (next < 0 || next >= NodePage.Count(parent)) break;
            var reference = NodePage.Child(parent, next);
            if (reference.Page != (forward ? start + count : start - count) || !tree.IsCommitted(reference) || tree.Pager.Peek(reference) is not null) break;
        }

        _reach = Math.Min(2 * _reach, MaxAhead);
        var first = forward ? start : start - count + 1;
        var wanted = count * FileLayout.PageSize;
        if (_ahead is null || _ahead.Length < wanted)
        {
            Dispose();
            _ahead = ArrayPool<byte>.Shared.Rent(wanted);
        }

        _count = 0;
        var read = tree.Pager.ReadAhead(first, count, _ahead);
        (_first, _count) = (first, read);
        if (Holds(start)) return;
        // The file ends before it, or a neighbour cannot be read. Then it is read alone, or what is said is about it.
        _count = 0;
        (_first, _count) = (start, tree.Pager.ReadAhead(start, 1, _ahead));
    }
}
