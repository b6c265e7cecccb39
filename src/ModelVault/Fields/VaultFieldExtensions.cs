namespace ModelVault;

/// <summary>The forms in which the values come first: <c>authors.Contains(b.Author)</c>.</summary>
public static class VaultFieldExtensions
{
    /// <summary>The field's value is one of the values.</summary>
    public static VaultFilter<TModel> Contains<TModel, T>(this IEnumerable<T> values, OrderedField<TModel, T> field) where T : notnull => field.In(values);

    /// <summary>The field's value is one of the values.</summary>
    public static VaultFilter<TModel> Contains<TModel, T>(this IEnumerable<T> values, NullableOrderedField<TModel, T> field) where T : struct => field.In(values);

    /// <summary>The field's value is one of the values.</summary>
    public static VaultFilter<TModel> Contains<TModel, T>(this IEnumerable<T> values, EqualityField<TModel, T> field) where T : notnull => field.In(values);

    /// <summary>The field's value is one of the values.</summary>
    public static VaultFilter<TModel> Contains<TModel, T>(this IEnumerable<T> values, NullableEqualityField<TModel, T> field) where T : struct => field.In(values);

    /// <summary>The field's value is one of the values.</summary>
    public static VaultFilter<TModel> Contains<TModel, T>(this IEnumerable<T> values, NullableReferenceField<TModel, T> field) where T : class => field.In(values);

    /// <summary>The field's value is one of the values.</summary>
    public static VaultFilter<TModel> Contains<TModel, T>(this IEnumerable<T> values, NullableOrderedReferenceField<TModel, T> field) where T : class => field.In(values);

    /// <summary>The field's value is one of the values.</summary>
    public static VaultFilter<TModel> Contains<TModel>(this IEnumerable<string> values, StringField<TModel> field) => field.In(values);

    /// <summary>The field's value is one of the values.</summary>
    public static VaultFilter<TModel> Contains<TModel>(this IEnumerable<string> values, NullableStringField<TModel> field) => field.In(values);
}
