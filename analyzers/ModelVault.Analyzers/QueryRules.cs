using Microsoft.CodeAnalysis;

namespace ModelVault.Analyzers;

/// <summary>The rules about queries. Each has a page under <c>docs/rules</c>.</summary>
internal static class QueryRules
{
    /// <summary>The category of every rule.</summary>
    public const string Category = "ModelVault";

    /// <summary>A filtered query of which no condition is served by the primary key or an index.</summary>
    public static readonly DiagnosticDescriptor Unserved = new(
        "MV0101",
        "Query served by no index",
        "No index serves this query on {0}: it reads the whole collection. {1}.",
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description: "None of the query's conditions is served by the primary key or an index, so every record is read to answer it.",
        helpLinkUri: "https://github.com/modelvault-gen/modelvault-gen/blob/main/docs/rules/MV0101.md");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DiagnosticDescriptor> All { get; } = [Unserved];
}

/// <summary>The keys of a diagnostic's properties, by which code fixes know what to change.</summary>
internal static class DiagnosticProperties
{
    /// <summary>The model's full metadata name.</summary>
    public const string Model = "model";

    /// <summary>The path of the member that an index would serve the query by; absent where no index on one member would.</summary>
    public const string Field = "field";
}
