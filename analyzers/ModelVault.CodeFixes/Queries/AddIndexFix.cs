using System.Collections.Immutable;
using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using ModelVault.Analyzers;
using ModelVault.Analyzers.Models;
using ModelVault.CodeFixes.Editing;

namespace ModelVault.CodeFixes.Queries;

/// <summary>MV0101: declares the index that would serve the query, at the property wherever that is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddIndexFix)), Shared]
public sealed class AddIndexFix : SourceFixProvider
{
    /// <summary>What "fix all" takes together.</summary>
    public const string EquivalenceKey = "ModelVault.AddIndex";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [QueryRules.Unserved.Id];

    /// <inheritdoc/>
    internal override async Task<IReadOnlyList<SourceFix>> FixesAsync(Document document, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (!diagnostic.Properties.TryGetValue(DiagnosticProperties.Field, out string? path) || path is null) return [];
        Compilation? compilation = await document.Project.GetCompilationAsync(cancellationToken).ConfigureAwait(false);
        if (compilation?.GetTypeByMetadataName(diagnostic.Properties[DiagnosticProperties.Model]!) is not { } model) return [];

        // A member of an object is indexed from the model: the object may be part of others too.
        bool isNested = path.Contains('.');
        ISymbol? target = isNested ? model : ModelMembers.Find(model, path);
        if (target is null) return [];
        IReadOnlyList<(DocumentId, TextChange)> changes = await AttributeInsertion
            .AddAsync(document.Project.Solution, target, "Index", isNested ? $"(\"{path}\")" : "", cancellationToken).ConfigureAwait(false);
        string title = isNested ? $"Add [Index(\"{path}\")] to {model.Name}" : $"Add [Index] to {model.Name}.{path}";
        return changes.Count == 0 ? [] : [new SourceFix(title, EquivalenceKey, changes)];
    }
}
