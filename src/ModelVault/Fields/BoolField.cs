using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>
/// A bool field that is never null. It is a filter itself, so it can stand bare, be negated and be combined; that takes a
/// class, because <c>&amp;&amp;</c> needs both operands to be of one type that has <c>operator true</c>.
/// </summary>
/// <typeparam name="TModel">The model.</typeparam>
public sealed class BoolField<TModel> : VaultFilter<TModel>, IOrderedField<TModel, bool>, IStoredField<TModel, bool>, IFieldCondition
{
    private readonly FieldInfo<TModel, bool> _field;

    /// <summary>Made by generated code, once per field.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public BoolField(FieldInfo<TModel, bool> field) => _field = field;

    FieldInfo<TModel, bool> IField<TModel, bool>.Field => _field;

    FieldInfo IFieldCondition.Field => _field;

    FilterOperator IFieldCondition.Operator => FilterOperator.Equal;

    int IFieldCondition.ValueCount => 1;

    void IFieldCondition.WriteKey(ref KeyWriter key, int index) => key.WriteBoolean(true);

    /// <summary>Equal to the value.</summary>
    public static VaultFilter<TModel> operator ==(BoolField<TModel> field, bool value) => Compare.With(field._field, FilterOperator.Equal, value);

    /// <summary>Different from the value.</summary>
    public static VaultFilter<TModel> operator !=(BoolField<TModel> field, bool value) => Compare.With(field._field, FilterOperator.Equal, !value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator ==(bool value, BoolField<TModel> field) => field == value;

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator !=(bool value, BoolField<TModel> field) => field != value;

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator ==(BoolField<TModel> left, BoolField<TModel> right) => Compare.Fields(left._field, FilterOperator.Equal, right._field);

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator !=(BoolField<TModel> left, BoolField<TModel> right) => Compare.Fields(left._field, FilterOperator.NotEqual, right._field);

    /// <summary>Not a filter.</summary>
    [Obsolete("Builds no filter. Use ==.", error: true)]
    public override bool Equals([NotNullWhen(true)] object? obj) => ReferenceEquals(this, obj);

    /// <inheritdoc/>
    public override int GetHashCode() => _field.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => _field.Path.ToString();

    internal override VaultFilter<TModel> Negate() => Compare.With(_field, FilterOperator.Equal, false);

    internal override string Shape => $"{_field.Path} == ?";

    internal override bool ReadsOnly(IFieldSet part) => part.Holds(_field.Path);

    internal override bool Matches(ref RowContext row) => _field.Read(row);
}
