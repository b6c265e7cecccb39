using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Builds the filters behind the fields' operators.</summary>
internal static class Compare
{
    public static VaultFilter<TModel> With<TModel, T>(FieldInfo<TModel, T> field, FilterOperator op, T value)
    {
        if (field.CanBeNull && value is null)
        {
            return op switch
            {
                FilterOperator.Equal => new NullFilter<TModel>(field),
                FilterOperator.NotEqual => new PresentFilter<TModel>(field),
                _ => new NothingFilter<TModel>(field, op),
            };
        }

        if (typeof(T) != typeof(string) || !field.IsStored) return new CompareFilter<TModel, T>(field, op, value);
        string text = (string)(object)value!;
        DemandStorable(text);
        return new TextFilter<TModel>(field, op, text, StringComparison.Ordinal);
    }

    public static VaultFilter<TModel> Text<TModel>(FieldInfo field, FilterOperator op, string text, StringComparison comparison)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (comparison is not (StringComparison.Ordinal or StringComparison.OrdinalIgnoreCase))
            throw new ArgumentException("Filters compare text ordinally: pass StringComparison.Ordinal or OrdinalIgnoreCase. Culture rules change between machines and versions.", nameof(comparison));
        DemandStorable(text);
        return new TextFilter<TModel>(field, op, text, comparison);
    }

    public static VaultFilter<TModel> Fields<TModel, T>(FieldInfo<TModel, T> left, FilterOperator op, FieldInfo<TModel, T> right) =>
        new FieldsFilter<TModel, T>(left, op, right);

    public static VaultFilter<TModel> In<TModel, T>(FieldInfo<TModel, T> field, IEnumerable<T> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        T[] all = [.. values];
        if (typeof(T) != typeof(string) || !field.IsStored)
        {
            // Without a model the values of a text field are texts all the same.
            if (typeof(T) == typeof(object))
                foreach (T value in all) DemandStorable(value as string);
            return new InFilter<TModel, T>(field, all);
        }

        string[] texts = (string[])(object)all;
        foreach (string text in texts) DemandStorable(text);
        return new TextInFilter<TModel>((FieldInfo<TModel, string>)(object)field, texts);
    }

    public static VaultFilter<TModel> Null<TModel, T>(FieldInfo<TModel, T> field) => new NullFilter<TModel>(field);

    public static FieldInfo<TModel, T?> Widen<TModel, T>(OrderedField<TModel, T> field) where T : struct
    {
        FieldInfo<TModel, T> info = Descriptor<TModel, T>(field);
        return info.As(FieldTypes.Nullable(info.Type));
    }

    public static FieldInfo<TModel, T?> WidenReference<TModel, T>(OrderedField<TModel, T> field) where T : class => Descriptor<TModel, T>(field)!;

    public static FieldInfo<TModel, string?> Widen<TModel>(StringField<TModel> field) => Descriptor<TModel, string>(field)!;

    // UTF-8 has no form for it, so it could only be compared as something else than it is.
    private static void DemandStorable(string? text)
    {
        foreach (char c in text ?? "")
        {
            if (!char.IsSurrogate(c)) continue;
            if (Utf8Text.CanEncode(text)) return;
            throw new VaultQueryException("A text to compare with holds an unpaired surrogate (half of a character outside the basic plane). No stored text can, so it cannot be compared with one.");
        }
    }

    private static FieldInfo<TModel, T> Descriptor<TModel, T>(IField<TModel, T> field) => field.Field;
}
