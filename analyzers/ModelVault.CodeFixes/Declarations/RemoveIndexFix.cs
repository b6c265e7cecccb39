using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using ModelVault.CodeFixes.Editing;

namespace ModelVault.CodeFixes.Declarations;

/// <summary>MV0013: removes the attribute of an index that another one, or the key, serves already.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RemoveIndexFix)), Shared]
public sealed class RemoveIndexFix : SourceFixProvider
{
    /// <summary>What "fix all" takes together.</summary>
    public const string EquivalenceKey = "ModelVault.RemoveIndex";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.RedundantIndex];

    /// <inheritdoc/>
    internal override async Task<IReadOnlyList<SourceFix>> FixesAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        SourceText text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        AttributeSyntax? attribute = root?.FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<AttributeSyntax>();
        return attribute?.Parent is AttributeListSyntax list
            ? [new SourceFix("Remove the redundant index", EquivalenceKey, [(document.Id, new TextChange(Extent(attribute, list, text), ""))])]
            : [];
    }

    private static TextSpan Extent(AttributeSyntax attribute, AttributeListSyntax list, SourceText text)
    {
        int index = list.Attributes.IndexOf(attribute);
        if (list.Attributes.Count == 1) return ExtentOfList(list, text);
        return index > 0
            ? TextSpan.FromBounds(list.Attributes[index - 1].Span.End, attribute.Span.End)
            : TextSpan.FromBounds(attribute.SpanStart, list.Attributes[1].SpanStart);
    }

    // With the line if it has that to itself, else with the blanks behind it.
    private static TextSpan ExtentOfList(AttributeListSyntax list, SourceText text)
    {
        TextLine line = text.Lines.GetLineFromPosition(list.SpanStart);
        bool beginsLine = string.IsNullOrWhiteSpace(text.ToString(TextSpan.FromBounds(line.Start, list.SpanStart)));
        int end = list.Span.End;
        while (end < line.End && text[end] is ' ' or '\t') end++;
        return beginsLine && end == line.End ? line.SpanIncludingLineBreak : TextSpan.FromBounds(list.SpanStart, end);
    }
}
