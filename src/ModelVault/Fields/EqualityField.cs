using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A field that is never null and can only be compared for equality: byte[], ReadOnlyMemory&lt;byte&gt;, Uri.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="T">The field's type.</typeparam>
public readonly struct EqualityField<TModel, T> : IStoredField<TModel, T>
    where T : notnull
{
    private readonly FieldInfo<TModel, T> _field;

    /// <summary>Made by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public EqualityField(FieldInfo<TModel, T> field) => _field = field;

    FieldInfo<TModel, T> IField<TModel, T>.Field => _field;

    /// <summary>Equal to the value.</summary>
    public static VaultFilter<TModel> operator ==(EqualityField<TModel, T> field, T value) => Compare.With(field._field, FilterOperator.Equal, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator ==(T value, EqualityField<TModel, T> field) => field == value;

    /// <summary>Different from the value (null included).</summary>
    public static VaultFilter<TModel> operator !=(EqualityField<TModel, T> field, T value) => Compare.With(field._field, FilterOperator.NotEqual, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator !=(T value, EqualityField<TModel, T> field) => field != value;

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator ==(EqualityField<TModel, T> left, EqualityField<TModel, T> right) => Compare.Fields(left._field, FilterOperator.Equal, right._field);

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator !=(EqualityField<TModel, T> left, EqualityField<TModel, T> right) => Compare.Fields(left._field, FilterOperator.NotEqual, right._field);

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
