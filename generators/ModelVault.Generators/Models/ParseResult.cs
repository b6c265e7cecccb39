using Microsoft.CodeAnalysis;

namespace ModelVault.Generators.Models;

/// <summary>
/// What parsing a type gives. The model has no locations, so that an edit elsewhere in the file leaves it equal; diagnostics
/// and identity have theirs and change with it. Equality includes the locations, because a diagnostic at a place in a syntax
/// tree that is no longer part of the compilation can't be suppressed by a pragma.
/// </summary>
/// <param name="Model">The model, or null where the type has errors: code for half a type would hide them.</param>
/// <param name="Diagnostics">What was found.</param>
/// <param name="Identity">The collection's names, or null for objects and for types without a model.</param>
internal sealed record ParseResult(TypeModel? Model, EquatableArray<LocatedDiagnostic> Diagnostics, CollectionIdentity? Identity)
{
    /// <summary>The view, where the type is one; it has no model of its own.</summary>
    public ViewModel? View { get; init; }

    /// <summary>Nothing to emit.</summary>
    public static ParseResult Failed(IEnumerable<LocatedDiagnostic> diagnostics) => new(null, diagnostics.ToEquatableArray(), null);
}

/// <summary>The names of a collection that must not be another's, and where to say so.</summary>
/// <param name="StoredName">The stored name.</param>
/// <param name="Accessor">The accessor's name.</param>
/// <param name="Namespace">The namespace.</param>
/// <param name="TypeName">The type, for a message.</param>
/// <param name="Location">The type's name in its declaration.</param>
internal sealed record CollectionIdentity(string StoredName, string Accessor, string Namespace, string TypeName, Location Location);

/// <summary>What the pipeline needs to know about the compilation's options.</summary>
/// <param name="LanguageVersion">The C# version as Roslyn numbers it: 1300 is C# 13.</param>
/// <param name="AccessorIsMethod">Whether the project asks for <c>db.Books()</c> in any C# version.</param>
internal sealed record GeneratorOptions(int LanguageVersion, bool AccessorIsMethod)
{
    /// <summary>C# 13, which has <c>allows ref struct</c>.</summary>
    public const int MinimumLanguageVersion = 1300;

    /// <summary>C# 14, which has extension properties.</summary>
    public const int ExtensionPropertyLanguageVersion = 1400;

    /// <summary>Whether the generated code compiles.</summary>
    public bool IsLanguageSupported => LanguageVersion >= MinimumLanguageVersion;

    /// <summary>Whether the accessor is an extension property.</summary>
    public bool UsesExtensionProperty => !AccessorIsMethod && LanguageVersion >= ExtensionPropertyLanguageVersion;
}

/// <summary>One line of the registry.</summary>
/// <param name="StoredName">The stored name.</param>
/// <param name="CollectionType">The generated collection's full name.</param>
internal sealed record RegistryEntry(string StoredName, string CollectionType);
