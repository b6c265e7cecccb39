namespace ModelVault;

/// <summary>
/// Makes a partial class, record or struct a view of a collection: some of its fields, read without building the model. Members
/// match the model's by name and type; one may be nullable where the model's is not. <c>[VaultField("publisher.city")]</c> on a
/// member names another field, of a nested object where it has dots.
/// </summary>
/// <param name="source">The model, a <c>[VaultCollection]</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class VaultViewAttribute(Type source) : Attribute
{
    /// <summary>The model.</summary>
    public Type Source => source;
}
