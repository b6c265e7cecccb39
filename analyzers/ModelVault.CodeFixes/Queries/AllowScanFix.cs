using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using ModelVault.Analyzers;
using ModelVault.CodeFixes.Editing;

namespace ModelVault.CodeFixes.Queries;

/// <summary>MV0101: says at the query that reading everything is meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AllowScanFix)), Shared]
public sealed class AllowScanFix : SourceFixProvider
{
    /// <summary>What "fix all" takes together.</summary>
    public const string EquivalenceKey = "ModelVault.AllowScan";

    private const string Call = ".AllowScan(\"why this may read everything\")";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [QueryRules.Unserved.Id];

    /// <inheritdoc/>
    internal override async Task<IReadOnlyList<SourceFix>> FixesAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        if (root is null || model is null || diagnostic.AdditionalLocations.Count == 0) return [];

        // The last additional location is the end of the query.
        SyntaxNode end = root.FindNode(diagnostic.AdditionalLocations[diagnostic.AdditionalLocations.Count - 1].SourceSpan, getInnermostNodeForTie: true);
        int? position = EndOfQuery(end as ExpressionSyntax, model, cancellationToken) ?? EndOfFilter(root.FindNode(diagnostic.Location.SourceSpan), model, cancellationToken);
        return position is { } at
            ? [new SourceFix("Allow the scan with .AllowScan(\"why\")", EquivalenceKey, [(document.Id, new TextChange(new TextSpan(at, 0), Call))])]
            : [];
    }

    // The last part of the chain that is a query still: a projection has no AllowScan.
    private static int? EndOfQuery(ExpressionSyntax? expression, SemanticModel model, CancellationToken cancellationToken)
    {
        while (expression is not null)
        {
            if (expression is not (ParenthesizedExpressionSyntax or QueryExpressionSyntax) && HasAllowScan(expression, model, cancellationToken)) return expression.Span.End;
            expression = Receiver(expression);
        }

        return null;
    }

    private static int? EndOfFilter(SyntaxNode field, SemanticModel model, CancellationToken cancellationToken) =>
        field.AncestorsAndSelf().OfType<InvocationExpressionSyntax>().FirstOrDefault(i => HasAllowScan(i, model, cancellationToken))?.Span.End;

    private static bool HasAllowScan(ExpressionSyntax expression, SemanticModel model, CancellationToken cancellationToken)
    {
        for (ITypeSymbol? type = model.GetTypeInfo(expression, cancellationToken).Type; type is not null; type = type.BaseType)
            if (!type.GetMembers("AllowScan").IsEmpty) return true;
        return false;
    }

    private static ExpressionSyntax? Receiver(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Expression,
        ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
        QueryExpressionSyntax query => query.FromClause.Expression,
        _ => null,
    };
}
