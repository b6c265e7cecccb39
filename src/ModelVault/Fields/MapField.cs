using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A dictionary field.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TMap">The field's type.</typeparam>
/// <typeparam name="TKey">The keys' type.</typeparam>
/// <typeparam name="TValue">What a condition on one entry's value sees: a field that may be null, or an object's.</typeparam>
public readonly struct MapField<TModel, TMap, TKey, TValue> : IStoredField<TModel, TMap>
    where TKey : notnull
{
    private readonly FieldInfo<TModel, TMap> _field;
    private readonly Func<FieldInfo<TModel, TMap>, TKey, TValue> _entry;
    private readonly Func<FieldInfo<TModel, TMap>, TKey, FieldInfo<TModel, bool>>? _presence;

    /// <summary>Made by generated code.</summary>
    /// <param name="field">The map's descriptor.</param>
    /// <param name="entry">Makes the field of one entry, by <see cref="FieldInfo{TModel, T}.Entry"/>.</param>
    /// <param name="presence">Makes the field that is there where an entry is; null where keys are stored as they are.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public MapField(FieldInfo<TModel, TMap> field, Func<FieldInfo<TModel, TMap>, TKey, TValue> entry, Func<FieldInfo<TModel, TMap>, TKey, FieldInfo<TModel, bool>>? presence = null)
    {
        _field = field;
        _entry = entry;
        _presence = presence;
    }

    FieldInfo<TModel, TMap> IField<TModel, TMap>.Field => _field;

    /// <summary>Whether it is null; <c>== null</c> means the same.</summary>
    public VaultFilter<TModel> IsNull => Compare.Null(_field);

    /// <summary>The value of an entry; null where the map has none.</summary>
    public TValue this[TKey key] => _entry(_field, key);

    /// <summary>Whether the field is null.</summary>
    public static VaultFilter<TModel> operator ==(MapField<TModel, TMap, TKey, TValue> field, VaultNull? value) => field.IsNull;

    /// <summary>Whether the field is not null.</summary>
    public static VaultFilter<TModel> operator !=(MapField<TModel, TMap, TKey, TValue> field, VaultNull? value) => !field.IsNull;

    /// <summary>The map has an entry for the key.</summary>
    public VaultFilter<TModel> ContainsKey(TKey key) => new EntryFilter<TModel>(_presence?.Invoke(_field, key) ?? _field.Entry(key, FieldTypes.Presence));

    /// <summary>Not a filter.</summary>
    [Obsolete("Builds no filter. A map is compared by ContainsKey, its indexer and == null.", error: true)]
    public override bool Equals([NotNullWhen(true)] object? obj) => false;

    /// <inheritdoc/>
    public override int GetHashCode() => _field.GetHashCode();
}
