using Microsoft.CodeAnalysis;

namespace ModelVault.Generators;

/// <summary>The rules about declarations. Each has a page under <c>docs/rules</c>.</summary>
internal static class Rules
{
    /// <summary>The category of every rule.</summary>
    public const string Category = "ModelVault";

    /// <summary>The generator adds members to the type, so it has to be partial.</summary>
    public static readonly DiagnosticDescriptor NotPartial = Error(
        "MV0001", "Type must be partial", "'{0}' must be partial, so that its schema, fields and serializer can be added to it");

    /// <summary>A nested type is reached through its containing types' declarations.</summary>
    public static readonly DiagnosticDescriptor ContainingTypeNotPartial = Error(
        "MV0002", "Containing type must be partial", "'{0}' must be partial, because it contains the stored type '{1}'");

    /// <summary>A kind of type that can't be stored.</summary>
    public static readonly DiagnosticDescriptor KindNotSupported = Error(
        "MV0003", "Kind of type not supported", "'{0}' can't be stored: {1}");

    /// <summary>Every collection has a primary key.</summary>
    public static readonly DiagnosticDescriptor NoKey = Error(
        "MV0004", "Collection without a key", "'{0}' has no primary key: mark a property with [PrimaryKey], or call it Id");

    /// <summary>The key's members can't be told.</summary>
    public static readonly DiagnosticDescriptor KeyMembers = Error(
        "MV0005", "Several or unknown key members", "The primary key of '{0}' is not clear: {1}");

    /// <summary>A key is compared and sorted, so it is a scalar that is always there.</summary>
    public static readonly DiagnosticDescriptor KeyType = Error(
        "MV0006", "Key type is not a scalar", "'{0}.{1}' can't be a key: {2}");

    /// <summary>A member of a type that can't be stored.</summary>
    public static readonly DiagnosticDescriptor MemberType = Error(
        "MV0007", "Member type not supported", "'{0}.{1}' can't be stored: {2}");

    /// <summary>A member that could be stored, but not set when it is read.</summary>
    public static readonly DiagnosticDescriptor NotWritable = Error(
        "MV0008", "Member can't be written back", "'{0}.{1}' can't be set when a record is read: {2}");

    /// <summary>No constructor that the generated code could call.</summary>
    public static readonly DiagnosticDescriptor NoConstructor = Error(
        "MV0009", "No usable constructor", "'{0}' has no constructor that a record can be read with: {1}");

    /// <summary>A constructor parameter that always gets its default.</summary>
    public static readonly DiagnosticDescriptor ParameterNotCovered = Warning(
        "MV0010", "Constructor parameter not covered", "The parameter '{0}' matches no stored member of '{1}', so it gets its default value whenever a record is read");

    /// <summary>Two things with one name.</summary>
    public static readonly DiagnosticDescriptor NameClash = Error("MV0011", "Stored or generated name clash", "{0}");

    /// <summary>An index over something that can't be indexed.</summary>
    public static readonly DiagnosticDescriptor NotIndexable = Error(
        "MV0012", "Member can't be indexed", "The index on '{0}' is not possible: {1}");

    /// <summary>An index that another one, or the key, serves already.</summary>
    public static readonly DiagnosticDescriptor RedundantIndex = Warning(
        "MV0013", "Redundant index", "The index '{0}' is redundant: {1} has the same members and serves its queries");

    /// <summary>A validation attribute that would not be checked.</summary>
    public static readonly DiagnosticDescriptor Validation = Error(
        "MV0014", "Validation attribute not supported", "'{0}' on '{1}' can't be checked: {2}");

    /// <summary>A converter that generated code can't call.</summary>
    public static readonly DiagnosticDescriptor Converter = Error(
        "MV0301", "Converter missing or not AOT-safe", "'{0}.{1}' can't be stored through '{2}': {3}");

    /// <summary>The generated code needs C# 13.</summary>
    public static readonly DiagnosticDescriptor LanguageVersion = Error(
        "MV0303", "C# version too old", "ModelVault's generated code needs C# 13 or later; this project compiles as C# {0}");

    /// <summary>The generator failed; the build goes on without the type's code.</summary>
    public static readonly DiagnosticDescriptor InternalFailure = Warning(
        "MV0999", "Internal failure", "No code was generated for '{0}', because the generator failed: {1}");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } =
    [
        NotPartial, ContainingTypeNotPartial, KindNotSupported, NoKey, KeyMembers, KeyType, MemberType, NotWritable,
        NoConstructor, ParameterNotCovered, NameClash, NotIndexable, RedundantIndex, Validation, Converter, LanguageVersion, InternalFailure,
    ];

#pragma warning disable RS2008, RS1032, RS1033 // the identifiers are in AnalyzerReleases.*.md; the analyzer can't see them through these methods
    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: HelpLink(id));

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        new(id, title, message, Category, DiagnosticSeverity.Warning, isEnabledByDefault: true, helpLinkUri: HelpLink(id));
#pragma warning restore RS2008, RS1032, RS1033

    private static string HelpLink(string id) => $"https://github.com/modelvault-gen/modelvault-gen/blob/main/docs/rules/{id}.md";
}
