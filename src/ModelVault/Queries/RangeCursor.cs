using ModelVault.Storage;

namespace ModelVault;

/// <summary>Goes over the entries of a tree in several intervals, upwards or downwards.</summary>
internal sealed class RangeCursor(Tree tree, KeyRange[] ranges, bool backward) : IDisposable
{
    private readonly TreeCursor _cursor = tree.OpenCursor();
    private KeyRange _range;
    private int _entered;
    private bool _inside;

    public ReadOnlySpan<byte> Key => _cursor.Key;

    public ReadOnlySpan<byte> Value => _cursor.Value;

    public bool MoveNext()
    {
        _inside = _inside && (backward ? _cursor.MovePrevious() : _cursor.MoveNext()) && IsInRange();
        while (!_inside && _entered < ranges.Length)
        {
            _range = ranges[backward ? ranges.Length - 1 - _entered : _entered];
            _entered++;
            _inside = Enter() && IsInRange();
        }

        return _inside;
    }

    public void Dispose() => _cursor.Dispose();

    private bool Enter()
    {
        if (!backward) return _cursor.Seek(_range.Start);
        return _range.End is null ? _cursor.SeekLast() : _cursor.SeekBefore(_range.End);
    }

    private bool IsInRange() => backward
        ? _cursor.Key.SequenceCompareTo(_range.Start) >= 0
        : _range.End is null || _cursor.Key.SequenceCompareTo(_range.End) < 0;
}
