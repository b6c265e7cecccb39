using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>A running query: delivers the records it asks for, in its order. Holds its snapshot until disposed.</summary>
internal sealed class RowCursor : IDisposable
{
    private readonly ReadView _scope;
    private readonly RowSource _source;
    private readonly VaultFilter[] _residual;
    private int _skip;
    private int _take;
    private bool _isDisposed;

    public RowCursor(VaultContext context, CollectionStore store, in QuerySpec spec)
        : this(context.BeginRead(store), store, spec)
    {
    }

    /// <summary>A query on what is given; it is given back at the end.</summary>
    public RowCursor(ReadView view, CollectionStore store, in QuerySpec spec)
    {
        _scope = view;
        try
        {
            CollectionBinding binding = store.Bind(_scope.Source);
            AccessPath path = QueryPlanner.Plan(store.Layout, binding.IndexLayouts, spec);
            bool sorts = path.Sort.Length > 0;
            RowSource source = Open(binding, path, RangesOf(path, spec));
            _source = sorts ? new SortSource(source, path.Residual, path.Sort, path.KeyDescends, SortLimit(spec)) : source;
            _residual = sorts ? [] : path.Residual;
            (_skip, _take) = (spec.Skip, spec.Take);
        }
        catch
        {
            _scope.Dispose();
            throw;
        }
    }

    /// <summary>Moves to the next record that passes, header included; valid until the next move.</summary>
    public bool TryNext(out ReadOnlySpan<byte> record)
    {
        while (_take > 0 && _source.TryNext(out record))
        {
            if (_residual.Length > 0 && !Passes(record)) continue;
            if (_skip > 0)
            {
                _skip--;
                continue;
            }

            _take--;
            return true;
        }

        record = default;
        _take = 0;
        return false;
    }

    /// <summary>Ends it. A second call does nothing: enumerators are copied.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _source.Dispose();
        _scope.Dispose();
    }

    private bool Passes(ReadOnlySpan<byte> record)
    {
        RecordHeader.Read(record, out int start);
        RowContext row = new(record, start);
        return Residual.Matches(_residual, ref row);
    }

    private static int SortLimit(in QuerySpec spec) => spec.IsLimited ? (int)Math.Min(int.MaxValue, (long)spec.Skip + spec.Take) : int.MaxValue;

    // Behind a cursor nothing before it is read. Of single keys those that are not meant are looked at all the same.
    private static KeyRange[] RangesOf(AccessPath path, in QuerySpec spec) =>
        spec.After is { } after && path.Kind != PlanNodeKind.KeyLookup ? PageSeek.Narrow(path.Ranges, path.Index, after) : path.Ranges;

    private static RowSource Open(CollectionBinding binding, AccessPath path, KeyRange[] ranges)
    {
        if (binding.Primary is not { } primary) return new EmptySource();
        bool backward = path.Order == ScanOrder.Backward;
        if (path.Kind == PlanNodeKind.KeyLookup) return new KeyLookupSource(primary, ranges, backward);
        if (path.Index is null) return new KeyRangeSource(primary, ranges, backward);

        IndexBinding index = binding.IndexOf(path.Index);
        IndexSource source = new(index, primary, ranges, path.Order);
        return path.SortByKey ? new KeyOrderSource(source, primary, path.KeyDescends) : source;
    }
}
