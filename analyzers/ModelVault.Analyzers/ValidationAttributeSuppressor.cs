using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ModelVault.Analyzers;

/// <summary>
/// Silences IL2026 on the validation attributes of stored members whose constructors are marked as needing reflection
/// (<c>[MaxLength]</c> looks for a Count property, <c>[Compare]</c> for the other property, <c>[Range(typeof(…), …)]</c> for a
/// converter): on these members generated code checks in their place. Everywhere else the warning stays.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ValidationAttributeSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor Descriptor = new(
        "MVS0001", "IL2026", "The attribute is on a stored type: generated code checks it, without reflection");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [Descriptor];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
            if (IsOnStoredType(diagnostic, context)) context.ReportSuppression(Suppression.Create(Descriptor, diagnostic));
    }

    private static readonly string[] Checked = ["MaxLengthAttribute", "MinLengthAttribute", "LengthAttribute", "RangeAttribute", "CompareAttribute"];

    private static bool IsOnStoredType(Diagnostic diagnostic, SuppressionAnalysisContext context)
    {
        if (diagnostic.Location.SourceTree is not { } tree) return false;
        SyntaxNode node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (node.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute || attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } declaration) return false;
        SemanticModel model = context.GetSemanticModel(tree);
        return model.GetSymbolInfo(attribute, context.CancellationToken).Symbol?.ContainingType is { } type && Checked.Contains(type.Name)
            && type.ContainingNamespace.ToDisplayString() == "System.ComponentModel.DataAnnotations"
            && model.GetDeclaredSymbol(declaration, context.CancellationToken) is { } stored && Has(stored, "VaultCollectionAttribute", "VaultObjectAttribute")
            && attribute.Parent?.Parent is { } member && !(model.GetDeclaredSymbol(member, context.CancellationToken) is { } ignored && Has(ignored, "VaultIgnoreAttribute"));
    }

    private static bool Has(ISymbol symbol, params string[] attributes) =>
        symbol.GetAttributes().Any(a => a.AttributeClass is { } type && attributes.Contains(type.Name) && type.ContainingNamespace.ToDisplayString() == "ModelVault");
}
