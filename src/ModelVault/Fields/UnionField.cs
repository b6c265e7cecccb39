using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A field of a <see cref="VaultUnionAttribute">union</see>: one of several types of objects.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="TBase">The union's base type.</typeparam>
public readonly struct UnionField<TModel, TBase> : IStoredField<TModel, TBase>
    where TBase : class?
{
    private readonly FieldInfo<TModel, TBase> _field;
    private readonly UnionCases _cases;

    /// <summary>Made by generated code.</summary>
    /// <param name="field">The field's descriptor.</param>
    /// <param name="cases">The union's cases.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public UnionField(FieldInfo<TModel, TBase> field, UnionCases cases)
    {
        _field = field;
        _cases = cases;
    }

    FieldInfo<TModel, TBase> IField<TModel, TBase>.Field => _field;

    /// <summary>Whether it is null; <c>== null</c> means the same.</summary>
    public VaultFilter<TModel> IsNull => Compare.Null(_field);

    /// <summary>Whether the field is null.</summary>
    public static VaultFilter<TModel> operator ==(UnionField<TModel, TBase> field, VaultNull? value) => field.IsNull;

    /// <summary>Whether the field is not null.</summary>
    public static VaultFilter<TModel> operator !=(UnionField<TModel, TBase> field, VaultNull? value) => !field.IsNull;

    /// <summary>
    /// The value is of a case, or of one that derives from a type between the union and its cases; false for null.
    /// Throws <see cref="VaultQueryException"/> if the union has no such case.
    /// </summary>
    public VaultFilter<TModel> Is<TCase>() where TCase : TBase
    {
        bool[] accepted = _cases.Of(typeof(TCase));
        return accepted.Contains(true)
            ? new UnionFilter<TModel>(_field, _cases, accepted, typeof(TCase).Name)
            : throw new VaultQueryException($"'{typeof(TCase).Name}' is not a case of '{_field.Path}': mark it, or what derives from it, with [VaultObject].");
    }

    /// <summary>Not a filter.</summary>
    [Obsolete("Builds no filter. A union is compared by Is and == null.", error: true)]
    public override bool Equals([NotNullWhen(true)] object? obj) => false;

    /// <inheritdoc/>
    public override int GetHashCode() => _field.GetHashCode();
}
