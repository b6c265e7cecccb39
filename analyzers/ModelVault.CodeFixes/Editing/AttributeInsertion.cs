using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FindSymbols;
using Microsoft.CodeAnalysis.Text;

namespace ModelVault.CodeFixes.Editing;

/// <summary>Adds one of ModelVault's attributes to a declaration, with the using directive where it is needed.</summary>
internal static class AttributeInsertion
{
    private const string Namespace = "ModelVault";

    /// <summary>The changes that add an attribute to a symbol's declaration; empty where that is not in the solution's source.</summary>
    /// <param name="solution">The solution.</param>
    /// <param name="symbol">A property, a positional parameter's property, or a type.</param>
    /// <param name="attribute">The attribute's name, without suffix.</param>
    /// <param name="arguments">Its arguments with parentheses, or nothing.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<IReadOnlyList<(DocumentId Document, TextChange Change)>> AddAsync(
        Solution solution, ISymbol symbol, string attribute, string arguments, CancellationToken cancellationToken)
    {
        ISymbol source = await SymbolFinder.FindSourceDefinitionAsync(symbol, solution, cancellationToken).ConfigureAwait(false) ?? symbol;
        foreach (SyntaxReference reference in source.DeclaringSyntaxReferences)
        {
            SyntaxNode declaration = await reference.GetSyntaxAsync(cancellationToken).ConfigureAwait(false);
            if (solution.GetDocument(reference.SyntaxTree) is { } document and not SourceGeneratedDocument && declaration is MemberDeclarationSyntax or ParameterSyntax)
                return await AddAsync(document, declaration, attribute, arguments, cancellationToken).ConfigureAwait(false);
        }

        return [];
    }

    private static async Task<IReadOnlyList<(DocumentId Document, TextChange Change)>> AddAsync(
        Document document, SyntaxNode declaration, string attribute, string arguments, CancellationToken cancellationToken)
    {
        SemanticModel model = (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false))!;
        SourceText text = await document.GetTextAsync(cancellationToken).ConfigureAwait(false);
        List<ISymbol> known = [.. model.LookupNamespacesAndTypes(declaration.SpanStart, name: attribute + "Attribute")];
        bool isKnown = known.Exists(IsOurs);

        // Where another library's attribute has the same name (Entity Framework's), only the full name is clear.
        string name = known.Exists(static s => !IsOurs(s)) ? $"{Namespace}.{attribute}" : attribute;
        List<(DocumentId, TextChange)> changes = [(document.Id, Insert(declaration.SpanStart, $"[{name}{arguments}]{Separator(declaration, text)}"))];
        if (!isKnown && name == attribute) changes.Add((document.Id, AddUsing((CompilationUnitSyntax)declaration.SyntaxTree.GetRoot(cancellationToken))));
        return changes;
    }

    private static bool IsOurs(ISymbol symbol) => symbol.ContainingNamespace is { Name: Namespace, ContainingNamespace.IsGlobalNamespace: true };

    // On a line of its own, unless the declaration has its attributes beside it or does not begin its line.
    private static string Separator(SyntaxNode declaration, SourceText text)
    {
        TextLine line = text.Lines.GetLineFromPosition(declaration.SpanStart);
        string before = text.ToString(TextSpan.FromBounds(line.Start, declaration.SpanStart));
        if (declaration is ParameterSyntax || !string.IsNullOrWhiteSpace(before)) return " ";
        return declaration is MemberDeclarationSyntax { AttributeLists: { Count: > 0 } lists } && line.Span.Contains(lists.Last().GetLastToken().GetNextToken().SpanStart)
            ? " "
            : NewLine(text) + before;
    }

    private static TextChange AddUsing(CompilationUnitSyntax root)
    {
        string newLine = NewLine(root.GetText());
        UsingDirectiveSyntax? next = root.Usings.FirstOrDefault(static u => SortKey(u) is { } key && string.CompareOrdinal(key, Namespace) > 0);
        if (next is not null) return Insert(next.SpanStart, $"using {Namespace};{newLine}");
        if (root.Usings.Count > 0) return Insert(root.Usings.Last().Span.End, $"{newLine}using {Namespace};");
        return Insert(root.GetFirstToken().SpanStart, $"using {Namespace};{newLine}{newLine}");
    }

    // System's come first; aliases and static imports come last and are left alone.
    private static string? SortKey(UsingDirectiveSyntax directive)
    {
        string? name = directive.Alias is null && directive.StaticKeyword.Span.IsEmpty ? directive.Name?.ToString() : null;
        return name is null || name == "System" || name.StartsWith("System.", StringComparison.Ordinal) ? null : name;
    }

    private static TextChange Insert(int position, string text) => new(new TextSpan(position, 0), text);

    private static string NewLine(SourceText text) => text.Lines.Count > 1 && text.Lines[0].EndIncludingLineBreak - text.Lines[0].End == 2 ? "\r\n" : "\n";
}
