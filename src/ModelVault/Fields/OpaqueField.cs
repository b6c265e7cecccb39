using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A field that a converter stores as an object, a list or a map: it is selected and assigned, and compared with null.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="T">The field's type.</typeparam>
public readonly struct OpaqueField<TModel, T> : IStoredField<TModel, T>
{
    private readonly FieldInfo<TModel, T> _field;

    /// <summary>Made by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public OpaqueField(FieldInfo<TModel, T> field) => _field = field;

    FieldInfo<TModel, T> IField<TModel, T>.Field => _field;

    /// <summary>Whether it is null; <c>== null</c> means the same.</summary>
    public VaultFilter<TModel> IsNull => Compare.Null(_field);

    /// <summary>Whether the field is null.</summary>
    public static VaultFilter<TModel> operator ==(OpaqueField<TModel, T> field, VaultNull? value) => field.IsNull;

    /// <summary>Whether the field is not null.</summary>
    public static VaultFilter<TModel> operator !=(OpaqueField<TModel, T> field, VaultNull? value) => !field.IsNull;

    /// <summary>Not a filter.</summary>
    [Obsolete("Builds no filter. What a converter stores as more than one value is compared by == null alone.", error: true)]
    public override bool Equals([NotNullWhen(true)] object? obj) => false;

    /// <inheritdoc/>
    public override int GetHashCode() => _field.GetHashCode();
}
