using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A field of a list, an array or a set.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TList">The field's type.</typeparam>
/// <typeparam name="T">The items' type.</typeparam>
/// <typeparam name="TElement">What a condition on one item sees: a field, or an object's fields.</typeparam>
public readonly struct ListField<TModel, TList, T, TElement> : IStoredField<TModel, TList>
{
    private readonly FieldInfo<TModel, TList> _field;
    private readonly FieldType<T> _itemType;
    private readonly TElement _element;

    /// <summary>Made by generated code.</summary>
    /// <param name="field">The list's descriptor.</param>
    /// <param name="itemType">The items' type.</param>
    /// <param name="element">The element's field or fields, made from <see cref="FieldInfo{TModel, T}.Element"/>.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ListField(FieldInfo<TModel, TList> field, FieldType<T> itemType, TElement element)
    {
        _field = field;
        _itemType = itemType;
        _element = element;
    }

    FieldInfo<TModel, TList> IField<TModel, TList>.Field => _field;

    /// <summary>Whether it is null; <c>== null</c> means the same.</summary>
    public VaultFilter<TModel> IsNull => Compare.Null(_field);

    /// <summary>The number of items; 0 for null.</summary>
    public ComputedField<TModel, int> Count => new(_field.Computed("count", FieldTypes.ItemCount));

    /// <summary>Whether the field is null.</summary>
    public static VaultFilter<TModel> operator ==(ListField<TModel, TList, T, TElement> field, VaultNull? value) => field.IsNull;

    /// <summary>Whether the field is not null.</summary>
    public static VaultFilter<TModel> operator !=(ListField<TModel, TList, T, TElement> field, VaultNull? value) => !field.IsNull;

    /// <summary>One item equals the value.</summary>
    public VaultFilter<TModel> Contains(T value) => new ListFilter<TModel>(_field, ListQuantifier.Any, Compare.With(_field.Element(_itemType), FilterOperator.Equal, value));

    /// <summary>There is an item.</summary>
    public VaultFilter<TModel> Any() => new ListFilter<TModel>(_field, ListQuantifier.Any, null);

    /// <summary>One item passes.</summary>
    public VaultFilter<TModel> Any(Func<TElement, VaultFilter<TModel>> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new ListFilter<TModel>(_field, ListQuantifier.Any, predicate(_element));
    }

    /// <summary>Every item passes; true for an empty list, false for null.</summary>
    public VaultFilter<TModel> All(Func<TElement, VaultFilter<TModel>> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return new ListFilter<TModel>(_field, ListQuantifier.All, predicate(_element));
    }

    /// <summary>Not a filter.</summary>
    [Obsolete("Builds no filter. A list is compared by Contains, Any, All and == null.", error: true)]
    public override bool Equals([NotNullWhen(true)] object? obj) => false;

    /// <inheritdoc/>
    public override int GetHashCode() => _field.GetHashCode();
}
