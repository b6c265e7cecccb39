using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ModelVault.CodeFixes.Editing;

/// <summary>One way to fix a diagnostic: the changes it makes to the source, in any of the solution's documents.</summary>
internal sealed class SourceFix(string title, string equivalenceKey, IReadOnlyList<(DocumentId Document, TextChange Change)> changes)
{
    /// <summary>What the light bulb says.</summary>
    public string Title { get; } = title;

    /// <summary>What "fix all" takes together.</summary>
    public string EquivalenceKey { get; } = equivalenceKey;

    /// <summary>The changes.</summary>
    public IReadOnlyList<(DocumentId Document, TextChange Change)> Changes { get; } = changes;

    /// <summary>Makes changes. Equal ones are made once; of two that overlap, the second is left for the next time.</summary>
    public static async Task<Solution> ApplyAsync(Solution solution, IEnumerable<(DocumentId Document, TextChange Change)> changes, CancellationToken cancellationToken)
    {
        foreach (IGrouping<DocumentId, TextChange> group in changes.Distinct().GroupBy(static c => c.Document, static c => c.Change))
        {
            SourceText text = await solution.GetDocument(group.Key)!.GetTextAsync(cancellationToken).ConfigureAwait(false);
            solution = solution.WithDocumentText(group.Key, text.WithChanges(Apart(group)));
        }

        return solution;
    }

    private static List<TextChange> Apart(IEnumerable<TextChange> changes)
    {
        List<TextChange> apart = [];
        foreach (TextChange change in changes.OrderBy(static c => c.Span.Start).ThenBy(static c => c.Span.Length))
            if (apart.Count == 0 || change.Span.Start >= apart[apart.Count - 1].Span.End) apart.Add(change);
        return apart;
    }
}
