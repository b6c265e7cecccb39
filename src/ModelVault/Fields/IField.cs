using System.ComponentModel;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A typed reference to a field: what <c>Select</c>, <c>GroupBy</c> and equality need.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="T">The field's type.</typeparam>
public interface IField<TModel, T>
{
    /// <summary>The descriptor.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    FieldInfo<TModel, T> Field { get; }
}

/// <summary>A field with an order: what <c>OrderBy</c>, <c>ThenBy</c>, <c>Min</c> and <c>Max</c> accept.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="T">The field's type.</typeparam>
public interface IOrderedField<TModel, T> : IField<TModel, T>;

/// <summary>A field that is stored, so that it can be assigned as well as read. Lengths and counts are not.</summary>
/// <typeparam name="TModel">The model.</typeparam>
/// <typeparam name="T">The field's type.</typeparam>
public interface IStoredField<TModel, T> : IField<TModel, T>;

/// <summary>Never instantiated: lets <c>field == null</c> compile where null is all a field may be compared with.</summary>
public sealed class VaultNull
{
    private VaultNull()
    {
    }
}
