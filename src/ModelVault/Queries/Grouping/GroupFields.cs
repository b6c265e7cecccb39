using System.Numerics;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>What <c>g</c> is in <c>GroupBy(…).Select(g =&gt; …)</c>: a group's key and what can be said of its records.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TFields">Its generated fields.</typeparam>
/// <typeparam name="TKey">The key's type.</typeparam>
public readonly struct GroupFields<TModel, TFields, TKey>
    where TFields : struct
{
    private readonly FieldInfo<TModel, TKey> _key;

    internal GroupFields(FieldInfo<TModel, TKey> key) => _key = key;

    /// <summary>The key; of values that are equal without being the same (1.0 and 1.00) the one of the group's first record.</summary>
    public IAggregate<TModel, TKey> Key
    {
        get
        {
            FieldInfo<TModel, TKey> key = _key;
            return new Aggregate<TModel, TKey>(() => new KeyColumn<TModel, TKey>(key), key.Path.ToString());
        }
    }

    /// <summary>How many records there are.</summary>
    public IAggregate<TModel, int> Count() => new Aggregate<TModel, int>(static () => new CountColumn(), "count");

    /// <summary>The smallest value, nulls left out; null if nothing is left.</summary>
    public IAggregate<TModel, T?> Min<T>(Func<TFields, IOrderedField<TModel, T>> by)
    {
        FieldInfo<TModel, T> field = Field(by);
        return new Aggregate<TModel, T?>(() => new ExtremeColumn<TModel, T>(field, -1), $"min({field.Path})");
    }

    /// <summary>The largest value, nulls left out; null if nothing is left.</summary>
    public IAggregate<TModel, T?> Max<T>(Func<TFields, IOrderedField<TModel, T>> by)
    {
        FieldInfo<TModel, T> field = Field(by);
        return new Aggregate<TModel, T?>(() => new ExtremeColumn<TModel, T>(field, 1), $"max({field.Path})");
    }

    /// <summary>The sum. Reading it throws <see cref="OverflowException"/> where the type cannot hold it.</summary>
    public IAggregate<TModel, T> Sum<T>(Func<TFields, IField<TModel, T>> by)
        where T : struct, INumberBase<T>
    {
        FieldInfo<TModel, T> field = Field(by);
        return new Aggregate<TModel, T>(() => new SumColumn<TModel, T>(field), $"sum({field.Path})");
    }

    /// <summary>The sum, nulls left out. Reading it throws <see cref="OverflowException"/> where the type cannot hold it.</summary>
    public IAggregate<TModel, T> Sum<T>(Func<TFields, IField<TModel, T?>> by)
        where T : struct, INumberBase<T>
    {
        FieldInfo<TModel, T?> field = Field(by);
        return new Aggregate<TModel, T>(() => new NullableSumColumn<TModel, T>(field), $"sum({field.Path})");
    }

    /// <summary>The mean.</summary>
    public IAggregate<TModel, double> Average<T>(Func<TFields, IField<TModel, T>> by)
        where T : struct, INumberBase<T> => Mean<T, double>(Field(by));

    /// <summary>The mean, nulls left out; null if nothing is left.</summary>
    public IAggregate<TModel, double?> Average<T>(Func<TFields, IField<TModel, T?>> by)
        where T : struct, INumberBase<T> => NullableMean<T, double>(Field(by));

    /// <summary>The mean.</summary>
    public IAggregate<TModel, decimal> Average(Func<TFields, IField<TModel, decimal>> by) => Mean<decimal, decimal>(Field(by));

    /// <summary>The mean, nulls left out; null if nothing is left.</summary>
    public IAggregate<TModel, decimal?> Average(Func<TFields, IField<TModel, decimal?>> by) => NullableMean<decimal, decimal>(Field(by));

    private static Aggregate<TModel, TMean> Mean<T, TMean>(FieldInfo<TModel, T> field)
        where T : struct, INumberBase<T>
        where TMean : struct, INumber<TMean> => new(() => new MeanColumn<TModel, T, TMean>(field), $"average({field.Path})");

    private static Aggregate<TModel, TMean?> NullableMean<T, TMean>(FieldInfo<TModel, T?> field)
        where T : struct, INumberBase<T>
        where TMean : struct, INumber<TMean> => new(() => new NullableMeanColumn<TModel, T, TMean>(field), $"average({field.Path})");

    private static FieldInfo<TModel, T> Field<T>(Func<TFields, IField<TModel, T>> by)
    {
        ArgumentNullException.ThrowIfNull(by);
        return by(default).Field;
    }
}
