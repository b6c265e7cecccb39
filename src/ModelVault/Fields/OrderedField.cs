using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A field that is never null and has an order: numbers, dates, enums, char, Guid, Version, strongly typed keys.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="T">The field's type.</typeparam>
public readonly struct OrderedField<TModel, T> : IOrderedField<TModel, T>, IStoredField<TModel, T>
    where T : notnull
{
    private readonly FieldInfo<TModel, T> _field;

    /// <summary>Made by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public OrderedField(FieldInfo<TModel, T> field) => _field = field;

    FieldInfo<TModel, T> IField<TModel, T>.Field => _field;

    /// <summary>Equal to the value.</summary>
    public static VaultFilter<TModel> operator ==(OrderedField<TModel, T> field, T value) => Compare.With(field._field, FilterOperator.Equal, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator ==(T value, OrderedField<TModel, T> field) => field == value;

    /// <summary>Different from the value (null included).</summary>
    public static VaultFilter<TModel> operator !=(OrderedField<TModel, T> field, T value) => Compare.With(field._field, FilterOperator.NotEqual, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator !=(T value, OrderedField<TModel, T> field) => field != value;

    /// <summary>Less than the value; false for null.</summary>
    public static VaultFilter<TModel> operator <(OrderedField<TModel, T> field, T value) => Compare.With(field._field, FilterOperator.Less, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator <(T value, OrderedField<TModel, T> field) => field > value;

    /// <summary>At most the value; false for null.</summary>
    public static VaultFilter<TModel> operator <=(OrderedField<TModel, T> field, T value) => Compare.With(field._field, FilterOperator.LessOrEqual, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator <=(T value, OrderedField<TModel, T> field) => field >= value;

    /// <summary>Greater than the value; false for null.</summary>
    public static VaultFilter<TModel> operator >(OrderedField<TModel, T> field, T value) => Compare.With(field._field, FilterOperator.Greater, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator >(T value, OrderedField<TModel, T> field) => field < value;

    /// <summary>At least the value; false for null.</summary>
    public static VaultFilter<TModel> operator >=(OrderedField<TModel, T> field, T value) => Compare.With(field._field, FilterOperator.GreaterOrEqual, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator >=(T value, OrderedField<TModel, T> field) => field <= value;

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator ==(OrderedField<TModel, T> left, OrderedField<TModel, T> right) => Compare.Fields(left._field, FilterOperator.Equal, right._field);

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator !=(OrderedField<TModel, T> left, OrderedField<TModel, T> right) => Compare.Fields(left._field, FilterOperator.NotEqual, right._field);

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator <(OrderedField<TModel, T> left, OrderedField<TModel, T> right) => Compare.Fields(left._field, FilterOperator.Less, right._field);

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator <=(OrderedField<TModel, T> left, OrderedField<TModel, T> right) => Compare.Fields(left._field, FilterOperator.LessOrEqual, right._field);

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator >(OrderedField<TModel, T> left, OrderedField<TModel, T> right) => Compare.Fields(left._field, FilterOperator.Greater, right._field);

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator >=(OrderedField<TModel, T> left, OrderedField<TModel, T> right) => Compare.Fields(left._field, FilterOperator.GreaterOrEqual, right._field);

    /// <summary>From one value to another, both included.</summary>
    public VaultFilter<TModel> Between(T from, T to) => this >= from & this <= to;

    /// <summary>One of the values.</summary>
    public VaultFilter<TModel> In(params T[] values) => Compare.In(_field, values);

    /// <summary>One of the values.</summary>
    public VaultFilter<TModel> In(IEnumerable<T> values) => Compare.In(_field, values);

    /// <summary>Equal to the value.</summary>
    public VaultFilter<TModel> Equals(T value) => this == value;

    /// <summary>Not a filter.</summary>
    [Obsolete("Builds no filter. Use == or Equals(value).", error: true)]
    public override bool Equals([NotNullWhen(true)] object? obj) => false;

    /// <inheritdoc/>
    public override int GetHashCode() => _field.GetHashCode();
}
