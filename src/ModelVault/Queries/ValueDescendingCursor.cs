using ModelVault.Storage;

namespace ModelVault;

/// <summary>
/// Goes over the entries of an index from the highest values down, entries with equal values upwards by primary key: the
/// order of <c>OrderByDescending</c> with ties in key order. Each group of equal values is entered at its start.
/// </summary>
internal sealed class ValueDescendingCursor(IndexLayout layout, Tree tree, KeyRange[] ranges) : IDisposable
{
    private readonly TreeCursor _cursor = tree.OpenCursor();
    private int _left = ranges.Length;
    private byte[] _group = [];
    private byte[] _floor = [];
    private bool _inside;

    public ReadOnlySpan<byte> Key => _cursor.Key;

    public ReadOnlySpan<byte> Value => _cursor.Value;

    public bool MoveNext()
    {
        if (_inside && _cursor.MoveNext() && _cursor.Key.StartsWith(_group)) return true;
        while (true)
        {
            bool found = _inside ? _cursor.SeekBefore(_group) : EnterRange();
            if (found && _cursor.Key.SequenceCompareTo(_floor) >= 0) return EnterGroup();
            _inside = false;
            if (_left == 0) return false;
        }
    }

    public void Dispose() => _cursor.Dispose();

    private bool EnterRange()
    {
        if (_left == 0) return false;
        KeyRange range = ranges[--_left];
        _floor = range.Start;
        return range.End is null ? _cursor.SeekLast() : _cursor.SeekBefore(range.End);
    }

    private bool EnterGroup()
    {
        ReadOnlySpan<byte> key = _cursor.Key;
        _group = key[..layout.ComponentsLength(key)].ToArray();

        // An interval may begin inside a group: where a page ended.
        return _inside = _cursor.Seek(_group.AsSpan().SequenceCompareTo(_floor) < 0 ? _floor : _group);
    }
}
