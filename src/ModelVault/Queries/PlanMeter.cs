using System.Diagnostics;
using ModelVault.Storage;

namespace ModelVault;

/// <summary>The steps of a plan above its access path.</summary>
internal enum PlanStep
{
    Collect,
    Filter,
    Sort,
    Skip,
    Limit,
}

/// <summary>Runs a plan once and keeps what each of its steps did: rows, pages, time.</summary>
internal sealed class PlanMeter
{
    private readonly Dictionary<object, Measured> _measured = [];
    private readonly PageVisits _visits = new();

    /// <summary>Runs the plan to its end. Records are read, not decoded.</summary>
    public void Run(CollectionBinding binding, AccessPath path, in QuerySpec spec)
    {
        long start = Stopwatch.GetTimestamp();
        Measured all = new();
        long passed = 0, delivered = 0;
        if (path.CountedComponents > 0)
        {
            CountGroups(binding, path);
        }
        else if (binding.Primary is not null)
        {
            using RowSource source = Open(binding.Observed(_visits), path, spec);
            long wanted = spec.IsLimited ? (long)spec.Skip + spec.Take : long.MaxValue;
            while (passed < wanted && source.TryNext(out _))
                if (++passed > spec.Skip) delivered++;
        }

        (all.Rows, all.Ticks) = (delivered, Stopwatch.GetTimestamp() - start);
        foreach (Measured measured in _measured.Values) all.Pages.UnionWith(measured.Pages);
        _measured[PlanStep.Skip] = _measured[PlanStep.Limit] = all;
    }

    /// <summary>A step's node with what it did.</summary>
    public PlanNode Complete(PlanNode node, object step)
    {
        Measured measured = _measured.GetValueOrDefault(step) ?? new Measured();
        return node with { ActualRows = measured.Rows, Pages = measured.Pages.Count, Time = Stopwatch.GetElapsedTime(0, measured.Ticks) };
    }

    /// <summary>A source that counts for a step.</summary>
    public RowSource Measure(RowSource source, object step)
    {
        Measured measured = new();
        _measured[step] = measured;
        return new MeasuredSource(source, measured, _visits);
    }

    // Its rows are the records that were counted.
    private void CountGroups(CollectionBinding binding, AccessPath path)
    {
        Measured measured = new();
        _measured[path] = measured;
        _visits.Watchers.Add(measured.Pages);
        long start = Stopwatch.GetTimestamp();
        GroupRuns.Count(binding.Observed(_visits), path, (_, count) => measured.Rows += count, CancellationToken.None);
        measured.Ticks = Stopwatch.GetTimestamp() - start;
        _visits.Watchers.Remove(measured.Pages);
    }

    private RowSource Open(CollectionBinding binding, AccessPath path, in QuerySpec spec)
    {
        RowSource source = RowSources.Records(binding, path, this, int.MaxValue);
        if (path.Residual.Length > 0) source = Measure(new FilterSource(source, path.Residual), PlanStep.Filter);
        if (!path.SortsRecords) return source;
        int limit = spec.IsLimited ? (int)Math.Min(int.MaxValue, (long)spec.Skip + spec.Take) : int.MaxValue;
        return Measure(new SortSource(source, [], path.Sort, path.KeyDescends, limit), PlanStep.Sort);
    }

    private sealed class Measured
    {
        public long Rows { get; set; }

        public long Ticks { get; set; }

        public HashSet<long> Pages { get; } = [];
    }

    private sealed class MeasuredSource(RowSource source, Measured measured, PageVisits visits) : RowSource
    {
        public override ReadOnlySpan<byte> Key => source.Key;

        public override bool TryNext(out ReadOnlySpan<byte> record)
        {
            long start = Begin();
            bool found = source.TryNext(out record);
            End(start, found);
            return found;
        }

        public override bool TryNextKey()
        {
            long start = Begin();
            bool found = source.TryNextKey();
            End(start, found);
            return found;
        }

        public override void Dispose() => source.Dispose();

        private long Begin()
        {
            visits.Watchers.Add(measured.Pages);
            return Stopwatch.GetTimestamp();
        }

        private void End(long start, bool found)
        {
            measured.Ticks += Stopwatch.GetTimestamp() - start;
            visits.Watchers.Remove(measured.Pages);
            if (found) measured.Rows++;
        }
    }

    /// <summary>Checks conditions as a step of its own.</summary>
    private sealed class FilterSource(RowSource source, VaultFilter[] conditions) : RowSource
    {
        public override ReadOnlySpan<byte> Key => source.Key;

        public override bool TryNext(out ReadOnlySpan<byte> record)
        {
            while (source.TryNext(out record))
                if (Residual.Matches(conditions, record)) return true;
            return false;
        }

        public override void Dispose() => source.Dispose();
    }
}
