using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using ModelVault.CodeFixes.Editing;

namespace ModelVault.CodeFixes.Declarations;

/// <summary>MV0001 and MV0002: makes the type, and every type around it, partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix)), Shared]
public sealed class MakePartialFix : SourceFixProvider
{
    /// <summary>What "fix all" takes together.</summary>
    public const string EquivalenceKey = "ModelVault.MakePartial";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.NotPartial, DeclarationRules.ContainingTypeNotPartial];

    /// <inheritdoc/>
    internal override async Task<IReadOnlyList<SourceFix>> FixesAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        TypeDeclarationSyntax? reported = root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>();
        List<TypeDeclarationSyntax> types = reported is null ? [] : [.. Involved(reported).Where(static t => !t.Modifiers.Any(SyntaxKind.PartialKeyword))];
        if (types.Count == 0) return [];

        string names = string.Join(" and ", types.Select(static t => $"'{t.Identifier.ValueText}'"));
        return [new SourceFix($"Make {names} partial", EquivalenceKey, [.. types.Select(t => (document.Id, AddPartial(t)))])];
    }

    // The type, those around it, and those between it and the stored types that it contains; outermost first.
    private static IEnumerable<TypeDeclarationSyntax> Involved(TypeDeclarationSyntax type) => type.DescendantNodes().OfType<TypeDeclarationSyntax>().Where(IsStored)
        .Append(type).SelectMany(static t => t.AncestorsAndSelf().OfType<TypeDeclarationSyntax>()).Distinct().OrderBy(static t => t.SpanStart);

    private static bool IsStored(TypeDeclarationSyntax type) =>
        type.AttributeLists.SelectMany(static l => l.Attributes).Any(static a => NameOf(a) is "VaultCollection" or "VaultCollectionAttribute" or "VaultObject" or "VaultObjectAttribute");

    private static string NameOf(AttributeSyntax attribute) => (attribute.Name as QualifiedNameSyntax)?.Right.Identifier.ValueText ?? attribute.Name.ToString();

    // It is the last modifier, right before "class", "record" or "struct".
    private static TextChange AddPartial(TypeDeclarationSyntax type) => new(new TextSpan(type.Keyword.SpanStart, 0), "partial ");
}
