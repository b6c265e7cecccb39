namespace ModelVault;

/// <summary>
/// Stores a type of one's own, or another library's, as a type that can be stored: on the member for it alone, on the type
/// wherever a model holds it. Null stays null and never reaches the converter.
/// </summary>
/// <param name="converter">The converter: a type that implements <see cref="IVaultConverter{T, TStored}"/>.</param>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Interface | AttributeTargets.Property | AttributeTargets.Parameter,
    Inherited = false)]
public sealed class VaultConverterAttribute(Type converter) : Attribute
{
    /// <summary>The converter.</summary>
    public Type Converter => converter;
}

/// <summary>
/// Turns values into what is stored, and back. What was stored must give an equal value back. Where the stored type is a scalar,
/// values are compared, ordered and indexed as their stored ones are.
/// </summary>
/// <typeparam name="T">The members' type.</typeparam>
/// <typeparam name="TStored">The stored type: any that a member can have, but for nullable ones.</typeparam>
public interface IVaultConverter<T, TStored>
    where T : notnull
    where TStored : notnull
{
    /// <summary>What is stored for a value.</summary>
    static abstract TStored ToStored(T value);

    /// <summary>The value that was stored.</summary>
    static abstract T FromStored(TStored stored);
}
