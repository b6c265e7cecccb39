using ModelVault.Storage;

namespace ModelVault;

/// <summary>Goes over the rows of a tree in several intervals where they stand, upwards or downwards.</summary>
internal sealed class RangeScan(Tree tree, KeyRange[] ranges, bool backward) : IDisposable
{
    private readonly TreeScan _scan = new(tree);
    private int _entered;
    private bool _isInside;

    /// <inheritdoc cref="TreeScan.Selector"/>
    public IValueSelector? Selector
    {
        set => _scan.Selector = value;
    }

    /// <summary>Shows the next rows. True: the visitor paused; false: there are no more.</summary>
    public bool Continue<TVisitor>(ref TVisitor visitor) where TVisitor : struct, IRowVisitor
    {
        while (_isInside || Enter())
        {
            _isInside = _scan.Continue(ref visitor);
            if (_isInside) return true;
        }

        return false;
    }

    public void Dispose() => _scan.Dispose();

    private bool Enter()
    {
        while (_entered < ranges.Length)
        {
            KeyRange range = ranges[backward ? ranges.Length - 1 - _entered : _entered];
            _entered++;
            if (range.IsEmpty) continue;
            _scan.Start(range.Start, range.End, backward);
            return _isInside = true;
        }

        return false;
    }
}
