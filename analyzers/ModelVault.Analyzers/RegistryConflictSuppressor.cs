using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ModelVault.Analyzers;

/// <summary>
/// Silences CS0436 for the generated registry. Every assembly with models has an internal <c>ModelVault.VaultModels</c>; one that
/// sees the internals of another sees two, of which the compiler rightly takes its own, and says so. Hiding the registry from
/// other assemblies altogether would take it from test projects, which have a right to it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RegistryConflictSuppressor : DiagnosticSuppressor
{
    private const string Registry = "VaultModels";

    private static readonly SuppressionDescriptor OwnRegistry = new(
        "MVS0436", "CS0436", "Every assembly with models has a registry of this name, and its own is meant.");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [OwnRegistry];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
            if (IsRegistry(diagnostic.Location, context)) context.ReportSuppression(Suppression.Create(OwnRegistry, diagnostic));
    }

    private static bool IsRegistry(Location location, SuppressionAnalysisContext context)
    {
        if (location.SourceTree is not { } tree || tree.GetText(context.CancellationToken).ToString(location.SourceSpan) is not { } text || !text.EndsWith(Registry, StringComparison.Ordinal)) return false;
        SyntaxNode node = tree.GetRoot(context.CancellationToken).FindNode(location.SourceSpan, getInnermostNodeForTie: true);
        return context.GetSemanticModel(tree).GetSymbolInfo(node, context.CancellationToken).Symbol is INamedTypeSymbol { Name: Registry, ContainingType: null } type
            && type.ContainingNamespace is { Name: "ModelVault", ContainingNamespace.IsGlobalNamespace: true };
    }
}
