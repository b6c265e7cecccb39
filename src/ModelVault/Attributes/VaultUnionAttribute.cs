namespace ModelVault;

/// <summary>
/// Makes an abstract class or record a type that models can hold. Its cases are the <see cref="VaultObjectAttribute">[VaultObject]</see>
/// types of the same assembly that derive from it; which one a value is, is stored beside its fields, by the case's name.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class VaultUnionAttribute : Attribute;
