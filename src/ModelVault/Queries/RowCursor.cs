using ModelVault.Runtime;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>A running query: delivers the records it asks for, in its order. Holds its snapshot until disposed.</summary>
internal sealed class RowCursor : IDisposable
{
    private const int FirstTries = 4;

    private readonly ReadView _scope;
    private readonly RowSource _source;
    private readonly VaultFilter[] _residual;
    private int _skip;
    private int _take;
    private bool _isDisposed;

    public RowCursor(VaultContext context, CollectionStore store, in QuerySpec spec)
        : this(context.BeginRead(store), store, spec, context.ScanMonitor)
    {
    }

    /// <summary>A query on what is given; it is given back at the end.</summary>
    public RowCursor(ReadView view, CollectionStore store, in QuerySpec spec, ScanMonitor scans)
    {
        _scope = view;
        try
        {
            CollectionBinding binding = store.Bind(_scope.Source);
            AccessPath path = QueryPlanner.Plan(store.Layout, binding, spec);
            if (!binding.IsOutdated) scans.Note(path, spec, store.Name, binding.Primary?.Count ?? 0);
            (_skip, _take) = (spec.Skip, spec.Take);
            _source = Open(binding, path, out _residual);
        }
        catch
        {
            _scope.Dispose();
            throw;
        }
    }

    private RowCursor(ReadView view, CollectionBinding binding, AccessPath path, in QuerySpec spec)
        : this(binding, path, spec.Skip, spec.Take) => _scope = view;

    /// <summary>A query in an order, if that is the one in which its records come anyhow; null if they would have to be sorted.</summary>
    public static RowCursor? OpenUnlessSorted(VaultContext context, CollectionStore store, in QuerySpec spec)
    {
        ReadView view = context.BeginRead(store);
        try
        {
            CollectionBinding binding = store.Bind(view.Source);
            AccessPath path = QueryPlanner.Plan(store.Layout, binding, spec);
            if (!path.SortsRecords && !path.SortByKey && !path.IsUnserved) return new RowCursor(view, binding, path, spec);
        }
        catch
        {
            view.Dispose();
            throw;
        }

        view.Dispose();
        return null;
    }

    /// <summary>Runs a plan inside of a read that goes on for longer.</summary>
    public RowCursor(CollectionBinding binding, AccessPath path, int skip, int take)
    {
        (_skip, _take) = (skip, take);
        _source = Open(binding, path, out _residual);
    }

    /// <summary>About how many records it will deliver; 0 where nobody knows.</summary>
    public int Expected { get; private set; }

    /// <summary>Moves to the next record that passes, header included; valid until the next move.</summary>
    public bool TryNext(out ReadOnlySpan<byte> record)
    {
        while (_take > 0 && _source.TryNext(out record))
        {
            if (!Residual.Matches(_residual, record)) continue;
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

    /// <summary>Gives the records that are left to a consumer, until it wants no more.</summary>
    public void DeliverTo(IRecordConsumer consumer)
    {
        if (_take == 0) return;
        bool isWhole = _residual.Length == 0 && _skip == 0 && (_take == int.MaxValue || consumer.TryLimit(_take));
        _source.DeliverTo(isWhole ? consumer : new Window(this, consumer));
    }

    /// <summary>Ends it. A second call does nothing: enumerators are copied.</summary>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        _source.Dispose();
        _scope.Dispose();
    }

    private RowSource Open(CollectionBinding binding, AccessPath path, out VaultFilter[] residual)
    {
        int limit = _take == int.MaxValue ? int.MaxValue : (int)Math.Min(int.MaxValue, (long)_skip + _take);
        Expected = path.PassingRows > 0 ? (int)Math.Min(_take, Math.Ceiling(path.PassingRows)) : _take == int.MaxValue ? 0 : _take;
        // With conditions to check nobody knows how many records it takes.
        int wanted = path.SortsRecords || limit == int.MaxValue ? int.MaxValue : path.Residual.Length == 0 ? limit : Math.Min(limit, FirstTries);
        RowSource? passing = RowSources.Passing(binding, path, path.SortsRecords ? int.MaxValue : limit);
        RowSource source = passing ?? RowSources.Records(binding, path, null, wanted);
        VaultFilter[] unfiltered = passing is null ? path.Residual : [];
        // What sorts checks the conditions first, so that only records that pass are sorted.
        residual = path.SortsRecords ? [] : unfiltered;
        return path.SortsRecords ? new SortSource(source, unfiltered, path.Sort, path.KeyDescends, limit) : source;
    }

    // What is left of a source's records by conditions, Skip and Take.
    private sealed class Window(RowCursor cursor, IRecordConsumer consumer) : IRecordConsumer
    {
        public bool Take(ReadOnlySpan<byte> record, ReadOnlySpan<byte> keyStart, ReadOnlySpan<byte> keyEnd)
        {
            if (!Residual.Matches(cursor._residual, record)) return true;
            if (cursor._skip > 0)
            {
                cursor._skip--;
                return true;
            }

            return consumer.Take(record, keyStart, keyEnd) && --cursor._take > 0;
        }
    }
}
