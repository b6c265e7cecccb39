namespace ModelVault.Generators.Models;

/// <summary>What an attribute makes of a type.</summary>
internal enum AnnotatedKind
{
    /// <summary><c>[VaultCollection]</c>.</summary>
    Collection,

    /// <summary><c>[VaultObject]</c>.</summary>
    Object,

    /// <summary><c>[VaultView]</c>.</summary>
    View,
}
