using ModelVault.Storage;

namespace ModelVault;

/// <summary>Goes over the entries of a tree in several intervals, upwards or downwards.</summary>
internal sealed class RangeCursor(Tree tree, KeyRange[] ranges, bool backward) : IDisposable
{
    private readonly TreeCursor _cursor = tree.OpenCursor();
    private int _entered;
    private bool _inside;

    public ReadOnlySpan<byte> Key => _cursor.Key;

    public ReadOnlySpan<byte> Value => _cursor.Value;

    public bool MoveNext()
    {
        while (true)
        {
            if (_inside)
            {
                _inside = (backward ? _cursor.MovePrevious() : _cursor.MoveNext()) && Contains(Range(_entered - 1));
                if (_inside) return true;
            }

            if (_entered == ranges.Length) return false;
            KeyRange range = Range(_entered++);
            _inside = Enter(range) && Contains(range);
            if (_inside) return true;
        }
    }

    public void Dispose() => _cursor.Dispose();

    private KeyRange Range(int entered) => ranges[backward ? ranges.Length - 1 - entered : entered];

    private bool Enter(KeyRange range)
    {
        if (!backward) return _cursor.Seek(range.Start);
        return range.End is null ? _cursor.SeekLast() : _cursor.SeekBefore(range.End);
    }

    private bool Contains(KeyRange range) => backward
        ? _cursor.Key.SequenceCompareTo(range.Start) >= 0
        : range.End is null || _cursor.Key.SequenceCompareTo(range.End) < 0;
}
