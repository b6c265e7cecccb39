using System.Numerics;
using System.Runtime.InteropServices;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>One aggregate's state for any number of groups, side by side. Groups are numbered as they come.</summary>
internal abstract class AggregateColumn
{
    /// <summary>Makes room for a further group.</summary>
    public abstract void AddGroup();

    /// <summary>Takes a record into a group.</summary>
    public abstract void Add(int group, in RowContext row);
}

/// <summary>An aggregate's state, with what it comes to.</summary>
internal abstract class AggregateColumn<T> : AggregateColumn
{
    public abstract T Result(int group);
}

/// <summary>The key: a field's value in the group's first record.</summary>
internal sealed class KeyColumn<TModel, T>(FieldInfo<TModel, T> field) : AggregateColumn<T>
{
    private readonly List<T> _keys = [];

    public override void AddGroup()
    {
    }

    public override void Add(int group, in RowContext row)
    {
        if (group == _keys.Count) _keys.Add(field.Read(row));
    }

    public override T Result(int group) => _keys[group];
}

/// <summary>How many records.</summary>
internal sealed class CountColumn : AggregateColumn<int>
{
    private readonly List<long> _counts = [];

    public override void AddGroup() => _counts.Add(0);

    public override void Add(int group, in RowContext row) => CollectionsMarshal.AsSpan(_counts)[group]++;

    public override int Result(int group) => checked((int)_counts[group]);
}

/// <summary>The smallest (sign −1) or largest (1) value that is not null.</summary>
internal sealed class ExtremeColumn<TModel, T>(FieldInfo<TModel, T> field, int sign) : AggregateColumn<T?>
{
    private readonly List<(bool IsFound, T? Value)> _best = [];

    public override void AddGroup() => _best.Add(default);

    public override void Add(int group, in RowContext row)
    {
        T value = field.Read(row);
        ref (bool IsFound, T? Value) best = ref CollectionsMarshal.AsSpan(_best)[group];
        if (value is not null && (!best.IsFound || Math.Sign(field.Type.Compare(value, best.Value!)) == sign)) best = (true, value);
    }

    public override T? Result(int group) => _best[group] is (true, var best) ? best
        : default(T) is null ? default
        : throw new InvalidOperationException("The query has no records.");
}

/// <summary>The sum.</summary>
internal sealed class SumColumn<TModel, T>(FieldInfo<TModel, T> field) : AggregateColumn<T>
    where T : struct, INumberBase<T>
{
    private readonly List<T> _sums = [];

    public override void AddGroup() => _sums.Add(T.Zero);

    public override void Add(int group, in RowContext row)
    {
        ref T sum = ref CollectionsMarshal.AsSpan(_sums)[group];
        sum = checked(sum + field.Read(row));
    }

    public override T Result(int group) => _sums[group];
}

/// <summary>The sum of what is not null.</summary>
internal sealed class NullableSumColumn<TModel, T>(FieldInfo<TModel, T?> field) : AggregateColumn<T>
    where T : struct, INumberBase<T>
{
    private readonly List<T> _sums = [];

    public override void AddGroup() => _sums.Add(T.Zero);

    public override void Add(int group, in RowContext row)
    {
        if (field.Read(row) is not { } value) return;
        ref T sum = ref CollectionsMarshal.AsSpan(_sums)[group];
        sum = checked(sum + value);
    }

    public override T Result(int group) => _sums[group];
}

/// <summary>The mean.</summary>
internal sealed class MeanColumn<TModel, T, TMean>(FieldInfo<TModel, T> field) : AggregateColumn<TMean>
    where T : struct, INumberBase<T>
    where TMean : struct, INumber<TMean>
{
    private readonly List<(TMean Sum, long Count)> _states = [];

    public override void AddGroup() => _states.Add(default);

    public override void Add(int group, in RowContext row)
    {
        ref (TMean Sum, long Count) state = ref CollectionsMarshal.AsSpan(_states)[group];
        state.Sum += TMean.CreateChecked(field.Read(row));
        state.Count++;
    }

    public override TMean Result(int group) =>
        _states[group] is (var sum, > 0 and var count) ? sum / TMean.CreateChecked(count) : throw new InvalidOperationException("The query has no records.");
}

/// <summary>The mean of what is not null.</summary>
internal sealed class NullableMeanColumn<TModel, T, TMean>(FieldInfo<TModel, T?> field) : AggregateColumn<TMean?>
    where T : struct, INumberBase<T>
    where TMean : struct, INumber<TMean>
{
    private readonly List<(TMean Sum, long Count)> _states = [];

    public override void AddGroup() => _states.Add(default);

    public override void Add(int group, in RowContext row)
    {
        if (field.Read(row) is not { } value) return;
        ref (TMean Sum, long Count) state = ref CollectionsMarshal.AsSpan(_states)[group];
        state.Sum += TMean.CreateChecked(value);
        state.Count++;
    }

    public override TMean? Result(int group) => _states[group] is (var sum, > 0 and var count) ? sum / TMean.CreateChecked(count) : null;
}
