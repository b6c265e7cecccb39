using ModelVault.Runtime;

namespace ModelVault;

/// <summary>One result of each group of a query's records.</summary>
/// <param name="source">The collection.</param>
/// <param name="spec">Which records.</param>
/// <param name="key">What they are grouped by.</param>
/// <param name="read">Makes the result of a group.</param>
/// <param name="aggregates">What that reads, for the plan.</param>
internal sealed class GroupResults<TModel, TResult>(QuerySource<TModel> source, QuerySpec spec, FieldInfo key, GroupReader<TResult> read, string aggregates) : ResultSource<TResult>
{
    // The records' order matters where it says which of them there are, and where it is the groups' order.
    private readonly QuerySpec _spec = spec.IsWindowed || !key.IsOrdered ? spec : spec with { Order = null, IsReversed = false };

    public override ResultCursor<TResult> Open(CancellationToken ct)
    {
        List<AggregateColumn> columns = [];
        Func<int, TResult> result = read(columns);
        GroupTable groups = new();
        Collect(groups, [.. columns], ct);
        return new Cursor(result, key.IsOrdered ? groups.Order() : null, groups.Count);
    }

    public override QueryPlan Explain(bool analyze)
    {
        List<AggregateColumn> columns = [];
        read(columns);
        return source.Explain(Reading(columns), $"group by {key.Path}: {aggregates}", analyze);
    }

    private QuerySpec Reading(IReadOnlyCollection<AggregateColumn> columns) => _spec with
    {
        Reads = [key, .. columns.Select(static c => c.Field).OfType<FieldInfo>()],
        CountsBy = !_spec.IsWindowed && columns.All(static c => c.NeedsFirstOnly) ? key : null,
    };

    private void Collect(GroupTable groups, AggregateColumn[] columns, CancellationToken ct)
    {
        QuerySpec spec = Reading(columns);
        Collector collector = new(key, groups, columns, ct);
        if (spec.CountsBy is not null && GroupRuns.TryCount(source.Context, source.Store, spec, collector.TakeGroup, ct)) return;
        using RowCursor cursor = new(source.Context, source.Store, spec with { CountsBy = null });
        cursor.DeliverTo(collector);
    }

    private sealed class Collector(FieldInfo key, GroupTable groups, AggregateColumn[] columns, CancellationToken ct) : IRecordConsumer
    {
        private readonly byte[] _scratch = new byte[256];

        public bool Take(ReadOnlySpan<byte> record, ReadOnlySpan<byte> keyStart, ReadOnlySpan<byte> keyEnd)
        {
            ct.ThrowIfCancellationRequested();
            Add(record);
            return true;
        }

        public void TakeGroup(ReadOnlySpan<byte> first, long count)
        {
            int group = Add(first);
            foreach (AggregateColumn column in columns) column.AddMore(group, count - 1);
        }

        private int Add(ReadOnlySpan<byte> record)
        {
            RowContext row = RowContext.Of(record);
            KeyWriter bytes = new(_scratch);
            key.WriteGroupKey(row, ref bytes);
            int group = groups.Find(bytes.Written, out bool isNew);
            bytes.Dispose();
            foreach (AggregateColumn column in columns)
            {
                if (isNew) column.AddGroup();
                column.Add(group, row);
            }

            return group;
        }
    }

    private sealed class Cursor(Func<int, TResult> read, int[]? order, int count) : ResultCursor<TResult>
    {
        private int _next;

        public override bool TryNext(out TResult result)
        {
            bool found = _next < count;
            result = found ? read(order?[_next] ?? _next) : default!;
            _next++;
            return found;
        }

        public override void Dispose()
        {
        }
    }
}
