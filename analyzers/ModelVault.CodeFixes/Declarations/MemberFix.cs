using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using ModelVault.CodeFixes.Editing;

namespace ModelVault.CodeFixes.Declarations;

/// <summary>MV0007 and MV0008: gives a member an <c>init</c> accessor, or leaves it out of the stored record.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MemberFix)), Shared]
public sealed class MemberFix : SourceFixProvider
{
    /// <summary>What "fix all" takes together where members are left out.</summary>
    public const string IgnoreKey = "ModelVault.Ignore";

    /// <summary>What "fix all" takes together where members get an accessor.</summary>
    public const string InitKey = "ModelVault.AddInit";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.MemberType, DeclarationRules.NotWritable];

    /// <inheritdoc/>
    internal override async Task<IReadOnlyList<SourceFix>> FixesAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SemanticModel? semantics = await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false);
        SyntaxNode? declaration = root?.FindNode(diagnostic.Location.SourceSpan).AncestorsAndSelf().FirstOrDefault(static n => n is PropertyDeclarationSyntax or ParameterSyntax);
        if (declaration is null || semantics?.GetDeclaredSymbol(declaration, cancellationToken) is not { } member) return [];

        List<SourceFix> fixes = [];
        if (diagnostic.Id == DeclarationRules.NotWritable && declaration is PropertyDeclarationSyntax property && AddInit(property) is { } change)
            fixes.Add(new SourceFix($"Add init to '{member.Name}'", InitKey, [(document.Id, change)]));
        if (CanBeLeftOut(declaration))
        {
            IReadOnlyList<(DocumentId, TextChange)> changes = await AttributeInsertion
                .AddAsync(document.Project.Solution, member, "VaultIgnore", "", cancellationToken).ConfigureAwait(false);
            fixes.Add(new SourceFix($"Add [VaultIgnore] to '{member.Name}'", IgnoreKey, changes));
        }

        return fixes;
    }

    // A positional parameter that nothing is stored for has to have a default.
    private static bool CanBeLeftOut(SyntaxNode declaration) => declaration is PropertyDeclarationSyntax or ParameterSyntax { Default: not null };

    // { get; } becomes { get; init; }. A computed property has nothing to set.
    private static TextChange? AddInit(PropertyDeclarationSyntax property)
    {
        if (property.AccessorList is not { Accessors.Count: 1 } list) return null;
        AccessorDeclarationSyntax only = list.Accessors[0];
        bool isAuto = only is { Body: null, ExpressionBody: null } && only.IsKind(SyntaxKind.GetAccessorDeclaration);
        return isAuto ? new TextChange(new TextSpan(only.Span.End, 0), " init;") : null;
    }
}
