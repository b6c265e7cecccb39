using System.ComponentModel;

namespace ModelVault.Runtime;

/// <summary>Calls from generated code to converters.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VaultConverters
{
    /// <summary>What is stored for a value. Throws <see cref="InvalidOperationException"/> where the converter gives null.</summary>
    public static TStored ToStored<TConverter, T, TStored>(T value)
        where TConverter : IVaultConverter<T, TStored>
        where T : notnull
        where TStored : notnull => TConverter.ToStored(value) ?? throw ReturnedNull<TConverter>();

    /// <summary>The value that was stored. Throws <see cref="InvalidOperationException"/> where the converter gives null.</summary>
    public static T FromStored<TConverter, T, TStored>(TStored stored)
        where TConverter : IVaultConverter<T, TStored>
        where T : notnull
        where TStored : notnull => TConverter.FromStored(stored) ?? throw ReturnedNull<TConverter>();

    private static InvalidOperationException ReturnedNull<TConverter>() => new($"The converter '{typeof(TConverter).Name}' returned null. Null is stored without a converter: make the member nullable.");
}
