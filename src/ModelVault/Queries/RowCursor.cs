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

    public RowCursor(VaultContext context, CollectionStore store, in QuerySpec spec)
    {
        _scope = context.BeginRead(store);
        try
        {
            CollectionBinding binding = store.Bind(_scope.Source);
            AccessPath path = QueryPlanner.Plan(store.Layout, binding.IndexLayouts, spec);
            bool sorts = path.Sort.Length > 0;
            RowSource source = Open(binding, path);
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

    public void Dispose()
    {
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

    private static RowSource Open(CollectionBinding binding, AccessPath path)
    {
        if (binding.Primary is not { } primary) return new EmptySource();
        bool backward = path.Order == ScanOrder.Backward;
        if (path.Kind == PlanNodeKind.KeyLookup) return new KeyLookupSource(primary, path.Ranges, backward);
        if (path.Index is null) return new KeyRangeSource(primary, path.Ranges, backward);

        IndexBinding index = binding.IndexOf(path.Index);
        IndexSource source = new(index, primary, path.Ranges, path.Order);
        return path.SortByKey ? new KeyOrderSource(source, primary, path.KeyDescends) : source;
    }
}
