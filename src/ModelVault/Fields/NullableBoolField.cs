using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A bool field that may be null.</summary>
/// <typeparam name="TModel">The model.</typeparam>
public readonly struct NullableBoolField<TModel> : IOrderedField<TModel, bool?>, IStoredField<TModel, bool?>
{
    private readonly FieldInfo<TModel, bool?> _field;

    /// <summary>Made by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public NullableBoolField(FieldInfo<TModel, bool?> field) => _field = field;

    FieldInfo<TModel, bool?> IField<TModel, bool?>.Field => _field;

    /// <summary>Equal to the value.</summary>
    public static VaultFilter<TModel> operator ==(NullableBoolField<TModel> field, bool? value) => Compare.With(field._field, FilterOperator.Equal, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator ==(bool? value, NullableBoolField<TModel> field) => field == value;

    /// <summary>Different from the value (null included).</summary>
    public static VaultFilter<TModel> operator !=(NullableBoolField<TModel> field, bool? value) => Compare.With(field._field, FilterOperator.NotEqual, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator !=(bool? value, NullableBoolField<TModel> field) => field != value;

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator ==(NullableBoolField<TModel> left, NullableBoolField<TModel> right) => Compare.Fields(left._field, FilterOperator.Equal, right._field);

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator !=(NullableBoolField<TModel> left, NullableBoolField<TModel> right) => Compare.Fields(left._field, FilterOperator.NotEqual, right._field);

    /// <summary>Whether it is null; <c>== null</c> means the same.</summary>
    public VaultFilter<TModel> IsNull => Compare.Null(_field);

    /// <summary>Whether it is not null.</summary>
    public VaultFilter<TModel> HasValue => !IsNull;

    /// <summary>Equal to the value.</summary>
    public VaultFilter<TModel> Equals(bool? value) => this == value;

    /// <summary>Not a filter.</summary>
    [Obsolete("Builds no filter. Use == or Equals(value).", error: true)]
    public override bool Equals([NotNullWhen(true)] object? obj) => false;

    /// <inheritdoc/>
    public override int GetHashCode() => _field.GetHashCode();
}
