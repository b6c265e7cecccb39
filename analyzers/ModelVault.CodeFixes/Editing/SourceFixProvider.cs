using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ModelVault.CodeFixes.Editing;

/// <summary>A code fix that says which changes it makes, so that one change asked for by several diagnostics is made once.</summary>
public abstract class SourceFixProvider : CodeFixProvider
{
    private protected SourceFixProvider()
    {
    }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => SourceFixAllProvider.Instance;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            foreach (SourceFix fix in await FixesAsync(context.Document, diagnostic, context.CancellationToken).ConfigureAwait(false))
            {
                Solution solution = context.Document.Project.Solution;
                context.RegisterCodeFix(CodeAction.Create(fix.Title, ct => SourceFix.ApplyAsync(solution, fix.Changes, ct), fix.EquivalenceKey), diagnostic);
            }
        }
    }

    /// <summary>The ways to fix a diagnostic, best first.</summary>
    internal abstract Task<IReadOnlyList<SourceFix>> FixesAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken);
}
