using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A string field that is never null.</summary>
/// <typeparam name="TModel">The model.</typeparam>
public readonly struct StringField<TModel> : IOrderedField<TModel, string>, IStoredField<TModel, string>
{
    private readonly FieldInfo<TModel, string> _field;

    /// <summary>Made by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public StringField(FieldInfo<TModel, string> field) => _field = field;

    FieldInfo<TModel, string> IField<TModel, string>.Field => _field;

    /// <summary>Equal to the value.</summary>
    public static VaultFilter<TModel> operator ==(StringField<TModel> field, string value) => Compare.With(field._field, FilterOperator.Equal, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator ==(string value, StringField<TModel> field) => field == value;

    /// <summary>Different from the value (null included).</summary>
    public static VaultFilter<TModel> operator !=(StringField<TModel> field, string value) => Compare.With(field._field, FilterOperator.NotEqual, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator !=(string value, StringField<TModel> field) => field != value;

    /// <summary>Less than the value; false for null.</summary>
    public static VaultFilter<TModel> operator <(StringField<TModel> field, string value) => Compare.With(field._field, FilterOperator.Less, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator <(string value, StringField<TModel> field) => field > value;

    /// <summary>At most the value; false for null.</summary>
    public static VaultFilter<TModel> operator <=(StringField<TModel> field, string value) => Compare.With(field._field, FilterOperator.LessOrEqual, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator <=(string value, StringField<TModel> field) => field >= value;

    /// <summary>Greater than the value; false for null.</summary>
    public static VaultFilter<TModel> operator >(StringField<TModel> field, string value) => Compare.With(field._field, FilterOperator.Greater, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator >(string value, StringField<TModel> field) => field < value;

    /// <summary>At least the value; false for null.</summary>
    public static VaultFilter<TModel> operator >=(StringField<TModel> field, string value) => Compare.With(field._field, FilterOperator.GreaterOrEqual, value);

    /// <summary>The same, turned around.</summary>
    public static VaultFilter<TModel> operator >=(string value, StringField<TModel> field) => field <= value;

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator ==(StringField<TModel> left, StringField<TModel> right) => Compare.Fields(left._field, FilterOperator.Equal, right._field);

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator !=(StringField<TModel> left, StringField<TModel> right) => Compare.Fields(left._field, FilterOperator.NotEqual, right._field);

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator <(StringField<TModel> left, StringField<TModel> right) => Compare.Fields(left._field, FilterOperator.Less, right._field);

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator <=(StringField<TModel> left, StringField<TModel> right) => Compare.Fields(left._field, FilterOperator.LessOrEqual, right._field);

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator >(StringField<TModel> left, StringField<TModel> right) => Compare.Fields(left._field, FilterOperator.Greater, right._field);

    /// <summary>Compares two fields of the same record.</summary>
    public static VaultFilter<TModel> operator >=(StringField<TModel> left, StringField<TModel> right) => Compare.Fields(left._field, FilterOperator.GreaterOrEqual, right._field);

    /// <summary>From one value to another, both included.</summary>
    public VaultFilter<TModel> Between(string from, string to) => this >= from & this <= to;

    /// <summary>One of the values.</summary>
    public VaultFilter<TModel> In(params string[] values) => Compare.In(_field, values);

    /// <summary>One of the values.</summary>
    public VaultFilter<TModel> In(IEnumerable<string> values) => Compare.In(_field, values);

    /// <summary>Begins with the text, ordinal unless <paramref name="comparison"/> is <see cref="StringComparison.OrdinalIgnoreCase"/>.</summary>
    public VaultFilter<TModel> StartsWith(string text, StringComparison comparison = StringComparison.Ordinal) => Compare.Text<TModel>(_field, FilterOperator.StartsWith, text, comparison);

    /// <summary>Ends with the text, ordinal unless <paramref name="comparison"/> is <see cref="StringComparison.OrdinalIgnoreCase"/>.</summary>
    public VaultFilter<TModel> EndsWith(string text, StringComparison comparison = StringComparison.Ordinal) => Compare.Text<TModel>(_field, FilterOperator.EndsWith, text, comparison);

    /// <summary>Contains the text, ordinal unless <paramref name="comparison"/> is <see cref="StringComparison.OrdinalIgnoreCase"/>.</summary>
    public VaultFilter<TModel> Contains(string text, StringComparison comparison = StringComparison.Ordinal) => Compare.Text<TModel>(_field, FilterOperator.Contains, text, comparison);

    /// <summary>Equal to the text, ordinal unless <paramref name="comparison"/> is <see cref="StringComparison.OrdinalIgnoreCase"/>.</summary>
    public VaultFilter<TModel> Equals(string value, StringComparison comparison = StringComparison.Ordinal) => Compare.Text<TModel>(_field, FilterOperator.Equal, value, comparison);

    /// <summary>Not there: names the form that is.</summary>
    [Obsolete("No index serves ToLower(): write Equals(value, StringComparison.OrdinalIgnoreCase).", error: true)]
    public StringField<TModel> ToLower() => this;

    /// <summary>Not there: names the form that is.</summary>
    [Obsolete("No index serves ToUpper(): write Equals(value, StringComparison.OrdinalIgnoreCase).", error: true)]
    public StringField<TModel> ToUpper() => this;

    /// <summary>Not there: names the form that is.</summary>
    [Obsolete("Compare with < <= > >=.", error: true)]
    public int CompareTo(string value) => 0;

    /// <summary>The length in UTF-16 units, as .NET counts.</summary>
    public ComputedField<TModel, int> Length => new(_field.Computed("length", FieldTypes.TextLength));

    /// <summary>Not a filter.</summary>
    [Obsolete("Builds no filter. Use == or Equals(value).", error: true)]
    public override bool Equals([NotNullWhen(true)] object? obj) => false;

    /// <inheritdoc/>
    public override int GetHashCode() => _field.GetHashCode();
}
