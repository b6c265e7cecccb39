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
            AccessPath path = QueryPlanner.Plan(store.Layout, binding, spec);
            context.ScanMonitor.Note(path, spec, store.Name, binding.Primary?.Count ?? 0);
            (_skip, _take) = (spec.Skip, spec.Take);
            _source = Open(binding, path, out _residual);
        }
        catch
        {
            _scope.Dispose();
            throw;
        }
    }

    /// <summary>Runs a plan inside of a read that goes on for longer.</summary>
    public RowCursor(CollectionBinding binding, AccessPath path, int skip, int take)
    {
        (_skip, _take) = (skip, take);
        _source = Open(binding, path, out _residual);
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

    /// <summary>Moves to the next record that passes; fetches only what conditions have to be checked on.</summary>
    public bool TryNextKey()
    {
        if (_residual.Length > 0) return TryNext(out _);
        while (_take > 0 && _source.TryNextKey())
        {
            if (_skip > 0)
            {
                _skip--;
                continue;
            }

            _take--;
            return true;
        }

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

    // What sorts checks the conditions first, so that only records that pass are sorted.
    private RowSource Open(CollectionBinding binding, AccessPath path, out VaultFilter[] residual)
    {
        RowSource source = RowSources.Records(binding, path);
        residual = path.SortsRecords ? [] : path.Residual;
        if (!path.SortsRecords) return source;
        int limit = _take == int.MaxValue ? int.MaxValue : (int)Math.Min(int.MaxValue, (long)_skip + _take);
        return new SortSource(source, path.Residual, path.Sort, path.KeyDescends, limit);
    }
}
