using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ModelVault.CodeFixes.Editing;

/// <summary>Fixes a document's, a project's or a solution's diagnostics together: two queries by one field give it one index.</summary>
internal sealed class SourceFixAllProvider : FixAllProvider
{
    public static readonly SourceFixAllProvider Instance = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        SourceFixProvider provider = (SourceFixProvider)fixAllContext.CodeFixProvider;
        List<(DocumentId Document, TextChange Change)> changes = [];
        string? title = null;
        foreach ((Document document, Diagnostic diagnostic) in await DiagnosticsAsync(fixAllContext).ConfigureAwait(false))
        {
            IReadOnlyList<SourceFix> fixes = await provider.FixesAsync(document, diagnostic, fixAllContext.CancellationToken).ConfigureAwait(false);
            SourceFix? fix = fixes.FirstOrDefault(f => f.EquivalenceKey == fixAllContext.CodeActionEquivalenceKey);
            if (fix is null) continue;
            changes.AddRange(fix.Changes);
            title ??= fix.Title;
        }

        Solution solution = fixAllContext.Solution;
        return title is null ? null : CodeAction.Create(title, ct => SourceFix.ApplyAsync(solution, changes, ct), fixAllContext.CodeActionEquivalenceKey);
    }

    private static async Task<List<(Document Document, Diagnostic Diagnostic)>> DiagnosticsAsync(FixAllContext context)
    {
        List<(Document Document, Diagnostic Diagnostic)> found = [];
        IEnumerable<Project> projects = context.Scope == FixAllScope.Solution ? context.Solution.Projects : [context.Project];
        foreach (Project project in projects)
        {
            ImmutableArray<Diagnostic> diagnostics = context is { Scope: FixAllScope.Document, Document: { } document }
                ? await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            foreach (Diagnostic diagnostic in diagnostics)
                if (diagnostic.Location.SourceTree is { } tree && context.Solution.GetDocument(tree) is { } at) found.Add((at, diagnostic));
        }

        return found;
    }
}
