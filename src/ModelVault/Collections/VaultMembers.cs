using System.ComponentModel;

namespace ModelVault.Runtime;

/// <summary>What JSON needs to know of a type's members beside the schema. Made by generated code.</summary>
/// <param name="members">The members, in schema order.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class VaultMembers(params VaultMember[] members)
{
    /// <summary>The members, in schema order.</summary>
    public IReadOnlyList<VaultMember> All => members;

    /// <summary>Those of a union's cases, by the cases' names; else empty.</summary>
    public IReadOnlyList<VaultMembers> Cases { get; private init; } = [];

    /// <summary>The members of a union's cases.</summary>
    public static VaultMembers OfUnion(params VaultMembers[] cases) => new() { Cases = cases };
}

/// <summary>A member of a stored type.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="JsonName">The name that <c>[JsonPropertyName]</c> gives it, or null.</param>
/// <param name="IsIgnored">Whether <c>[JsonIgnore]</c> leaves it out always.</param>
/// <param name="IsRequired">Whether C# demands it of whoever makes an instance.</param>
/// <param name="Type">The members of the object or union that it holds, or that the items of its list or map are; else null.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record VaultMember(string Name, string? JsonName = null, bool IsIgnored = false, bool IsRequired = false, VaultMembers? Type = null);
