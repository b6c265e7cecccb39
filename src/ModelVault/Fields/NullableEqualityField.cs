using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A field of a value type that may be null and can only be compared for equality: ReadOnlyMemory&lt;byte&gt;.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="T">The field's type.</typeparam>
public readonly struct NullableEqualityField<TModel, T> : IStoredField<TModel, T?>
    where T : struct
{
    private readonly FieldInfo<TModel, T?> _field;

    /// <summary>Made by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NullableEqualityField(FieldInfo<TModel, T?> field) => _field = field;

    FieldInfo<TModel, T?> IField<TModel, T?>.Field => _field;

    /// <summary>Equal to the value.</summary>
    public static VaultFilter<TModel> operator ==(NullableEqualityField<TModel, T> field, T? value) => Compare.With(field._field, FilterOperator.Equal, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator ==(T? value, NullableEqualityField<TModel, T> field) => field == value;

    /// <summary>Different from the value (null included).</summary>
    public static VaultFilter<TModel> operator !=(NullableEqualityField<TModel, T> field, T? value) => Compare.With(field._field, FilterOperator.NotEqual, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator !=(T? value, NullableEqualityField<TModel, T> field) => field != value;

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator ==(NullableEqualityField<TModel, T> left, NullableEqualityField<TModel, T> right) => Compare.Fields(left._field, FilterOperator.Equal, right._field);

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator !=(NullableEqualityField<TModel, T> left, NullableEqualityField<TModel, T> right) => Compare.Fields(left._field, FilterOperator.NotEqual, right._field);

    /// <summary>Whether it is null; <c>== null</c> means the same.</summary>
    public VaultFilter<TModel> IsNull => Compare.Null(_field);

    /// <summary>Whether it is not null.</summary>
    public VaultFilter<TModel> HasValue => !IsNull;

    /// <summary>One of the values.</summary>
    public VaultFilter<TModel> In(params T?[] values) => Compare.In(_field, values);

    /// <summary>One of the values.</summary>
    public VaultFilter<TModel> In(IEnumerable<T?> values) => Compare.In(_field, values);

    /// <summary>One of the values.</summary>
    public VaultFilter<TModel> In(IEnumerable<T> values) => Compare.In(_field, values.Select(static v => (T?)v));

    /// <summary>Equal to the value.</summary>
    public VaultFilter<TModel> Equals(T? value) => this == value;

    /// <summary>Not a filter.</summary>
    [Obsolete("Builds no filter. Use == or Equals(value).", error: true)]
    public override bool Equals([NotNullWhen(true)] object? obj) => false;

    /// <inheritdoc/>
    public override int GetHashCode() => _field.GetHashCode();
}
