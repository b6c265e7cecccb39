using System.ComponentModel;

namespace ModelVault.Runtime;

/// <summary>On a generated fields struct: names the type whose members its properties stand for, so that analyzers can map one to the other.</summary>
/// <param name="model">The model or object type.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class VaultFieldsAttribute(Type model) : Attribute
{
    /// <summary>The model or object type.</summary>
    public Type Model => model;
}
