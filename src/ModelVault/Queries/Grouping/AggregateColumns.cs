using System.Numerics;
using System.Runtime.InteropServices;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>One aggregate's state for any number of groups, side by side. Groups are numbered as they come.</summary>
internal abstract class AggregateColumn
{
    /// <summary>The field that is read; null where none is.</summary>
    public virtual FieldInfo? Field => null;

    /// <summary>Makes room for a further group.</summary>
    public abstract void AddGroup();

    /// <summary>Takes a record into a group.</summary>
    public abstract void Add(int group, in RowContext row);

    /// <summary>Whether the first record of a group says it all, if it is known how many more there are.</summary>
    public virtual bool NeedsFirstOnly => false;

    /// <summary>Takes more records into a group that are to the column as its first one is.</summary>
    public virtual void AddMore(int group, long count)
    {
    }
}

/// <summary>Takes all records into one group.</summary>
internal sealed class ColumnFeeder(AggregateColumn column, CancellationToken ct) : IRecordConsumer
{
    public bool Take(ReadOnlySpan<byte> record, ReadOnlySpan<byte> keyStart, ReadOnlySpan<byte> keyEnd)
    {
        ct.ThrowIfCancellationRequested();
        column.Add(0, RowContext.Of(record));
        return true;
    }
}

/// <summary>An aggregate's state, with what it comes to.</summary>
internal abstract class AggregateColumn<T> : AggregateColumn
{
    public abstract T Result(int group);
}

/// <summary>The key: a field's value in the group's first record.</summary>
internal sealed class KeyColumn<TModel, T>(FieldInfo<TModel, T> of) : AggregateColumn<T>
{
    public override FieldInfo? Field => of;

    private readonly List<T> _keys = [];

    public override void AddGroup()
    {
    }

    public override bool NeedsFirstOnly => true;

    public override void Add(int group, in RowContext row)
    {
        if (group == _keys.Count) _keys.Add(of.Read(row));
    }

    public override T Result(int group) => _keys[group];
}

/// <summary>How many records.</summary>
internal sealed class CountColumn : AggregateColumn<int>
{
    private readonly List<long> _counts = [];

    public override void AddGroup() => _counts.Add(0);

    public override bool NeedsFirstOnly => true;

    public override void Add(int group, in RowContext row) => AddMore(group, 1);

    public override void AddMore(int group, long count) => CollectionsMarshal.AsSpan(_counts)[group] += count;

    public override int Result(int group) => checked((int)_counts[group]);
}

/// <summary>The smallest (sign −1) or largest (1) value that is not null.</summary>
internal sealed class ExtremeColumn<TModel, T>(FieldInfo<TModel, T> of, int sign) : AggregateColumn<T?>
{
    public override FieldInfo? Field => of;

    private readonly List<(bool IsFound, T? Value)> _best = [];

    public override void AddGroup() => _best.Add(default);

    public override void Add(int group, in RowContext row)
    {
        T value = of.Read(row);
        ref (bool IsFound, T? Value) best = ref CollectionsMarshal.AsSpan(_best)[group];
        if (value is not null && (!best.IsFound || Math.Sign(of.Type.Compare(value, best.Value!)) == sign)) best = (true, value);
    }

    public override T? Result(int group) => _best[group] is (true, var best) ? best
        : default(T) is null ? default
        : throw new InvalidOperationException("The query has no records.");
}

/// <summary>A sum of each group.</summary>
internal abstract class SumsColumn<T> : AggregateColumn<T>
    where T : struct, INumberBase<T>
{
    private readonly List<T> _sums = [];

    public override void AddGroup() => _sums.Add(T.Zero);

    public override T Result(int group) => _sums[group];

    protected void Add(int group, T value)
    {
        ref T sum = ref CollectionsMarshal.AsSpan(_sums)[group];
        sum = checked(sum + value);
    }
}

/// <summary>The sum.</summary>
internal sealed class SumColumn<TModel, T>(FieldInfo<TModel, T> of) : SumsColumn<T>
    where T : struct, INumberBase<T>
{
    public override FieldInfo? Field => of;

    public override void Add(int group, in RowContext row) => Add(group, of.Read(row));
}

/// <summary>The sum of what is not null.</summary>
internal sealed class NullableSumColumn<TModel, T>(FieldInfo<TModel, T?> of) : SumsColumn<T>
    where T : struct, INumberBase<T>
{
    public override FieldInfo? Field => of;

    public override void Add(int group, in RowContext row)
    {
        if (of.Read(row) is { } value) Add(group, value);
    }
}

/// <summary>The sum and the number of each group's values; <typeparamref name="TResult"/> is their mean.</summary>
internal abstract class MeansColumn<T, TMean, TResult> : AggregateColumn<TResult>
    where T : struct, INumberBase<T>
    where TMean : struct, INumber<TMean>
{
    private readonly List<(TMean Sum, long Count)> _states = [];

    public override void AddGroup() => _states.Add(default);

    protected void Add(int group, T value)
    {
        ref (TMean Sum, long Count) state = ref CollectionsMarshal.AsSpan(_states)[group];
        state.Sum += TMean.CreateChecked(value);
        state.Count++;
    }

    protected TMean? Mean(int group) => _states[group] is (var sum, > 0 and var count) ? sum / TMean.CreateChecked(count) : null;
}

/// <summary>The mean.</summary>
internal sealed class MeanColumn<TModel, T, TMean>(FieldInfo<TModel, T> of) : MeansColumn<T, TMean, TMean>
    where T : struct, INumberBase<T>
    where TMean : struct, INumber<TMean>
{
    public override FieldInfo? Field => of;

    public override void Add(int group, in RowContext row) => Add(group, of.Read(row));

    public override TMean Result(int group) => Mean(group) ?? throw new InvalidOperationException("The query has no records.");
}

/// <summary>The mean of what is not null.</summary>
internal sealed class NullableMeanColumn<TModel, T, TMean>(FieldInfo<TModel, T?> of) : MeansColumn<T, TMean, TMean?>
    where T : struct, INumberBase<T>
    where TMean : struct, INumber<TMean>
{
    public override FieldInfo? Field => of;

    public override void Add(int group, in RowContext row)
    {
        if (of.Read(row) is { } value) Add(group, value);
    }

    public override TMean? Result(int group) => Mean(group);
}
