using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace ModelVault.Analyzers.Tests.Harness;

/// <summary>A solution to try code fixes on. Diagnostics are those of the analyzers and the generator, on the sources as they stand.</summary>
internal sealed class FixWorkspace : IDisposable
{
    private readonly AdhocWorkspace _workspace = new();

    public FixWorkspace(params IEnumerable<(string Path, string Text)> documents)
    {
        Solution = _workspace.CurrentSolution;
        AddProject("Test", documents);
    }

    public Solution Solution { get; private set; }

    /// <summary>The text of the document at a path.</summary>
    public async Task<string> TextAsync(string path) => (await Document(path).GetTextAsync()).ToString();

    public Document Document(string path) => Solution.Projects.SelectMany(static p => p.Documents).Single(d => d.FilePath == path);

    /// <summary>Adds a project that refers to the earlier ones named.</summary>
    public void AddProject(string name, IEnumerable<(string Path, string Text)> documents, params string[] references)
    {
        ProjectId id = ProjectId.CreateNewId(name);
        Solution = Solution.AddProject(id, name, name, LanguageNames.CSharp)
            .WithProjectCompilationOptions(id, Compilations.Options).WithProjectParseOptions(id, Compilations.Parse)
            .AddMetadataReferences(id, Compilations.References)
            .AddAnalyzerReference(id, new GeneratorReference())
            .AddProjectReferences(id, references.Select(r => new ProjectReference(Solution.Projects.Single(p => p.Name == r).Id)));
        foreach ((string path, string text) in documents)
            Solution = Solution.AddDocument(DocumentId.CreateNewId(id), path, SourceText.From(text), filePath: path);
    }

    /// <summary>The diagnostics that a code fix fixes, in source order.</summary>
    public async Task<IReadOnlyList<Diagnostic>> DiagnosticsAsync(CodeFixProvider fix, Project? project = null) =>
        [.. (await AllDiagnosticsAsync(project)).Where(d => fix.FixableDiagnosticIds.Contains(d.Id))];

    /// <summary>The analyzers' and the generator's diagnostics, in source order.</summary>
    public async Task<IReadOnlyList<Diagnostic>> AllDiagnosticsAsync(Project? project = null)
    {
        project ??= Solution.Projects.First();
        Compilation compilation = (await project.GetCompilationAsync())!;
        HashSet<string> generated = [.. (await project.GetSourceGeneratedDocumentsAsync()).Select(static d => d.FilePath!)];
        Compilation written = compilation.RemoveSyntaxTrees(compilation.SyntaxTrees.Where(t => generated.Contains(t.FilePath)));
        IEnumerable<Diagnostic> all = [.. await Analysis.RunOnGeneratedAsync(compilation, written.SyntaxTrees), .. Generation.Diagnostics(written)];
        return [.. all.OrderBy(static d => d.Location.SourceTree!.FilePath, StringComparer.Ordinal).ThenBy(static d => d.Location.SourceSpan)];
    }

    /// <summary>What a fix offers for the first diagnostic.</summary>
    public async Task<IReadOnlyList<CodeAction>> OffersAsync(CodeFixProvider fix)
    {
        List<CodeAction> actions = [];
        foreach (Diagnostic diagnostic in (await DiagnosticsAsync(fix)).Take(1))
        {
            Document document = Solution.GetDocument(diagnostic.Location.SourceTree)!;
            await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), default));
        }

        return actions;
    }

    /// <summary>Applies what is offered for the first diagnostic: the first offer, or the one of a title.</summary>
    public async Task ApplyAsync(CodeFixProvider fix, string? title = null)
    {
        IReadOnlyList<CodeAction> offers = await OffersAsync(fix);
        CodeAction action = title is null ? offers[0] : offers.Single(o => o.Title == title);
        await ChangeAsync(action);
    }

    /// <summary>Fixes everything in a scope that is offered under an equivalence key.</summary>
    public async Task FixAllAsync(CodeFixProvider fix, FixAllScope scope, string equivalenceKey, Project? project = null)
    {
        Diagnostic first = (await DiagnosticsAsync(fix, project))[0];
        FixAllContext context = new(
            Solution.GetDocument(first.Location.SourceTree)!, fix, scope, equivalenceKey, fix.FixableDiagnosticIds, new Diagnostics(this, fix), default);
        await ChangeAsync((await fix.GetFixAllProvider()!.GetFixAsync(context))!);
    }

    public void Dispose() => _workspace.Dispose();

    private async Task ChangeAsync(CodeAction action) =>
        Solution = (await action.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single().ChangedSolution;

    private sealed class Diagnostics(FixWorkspace workspace, CodeFixProvider fix) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) =>
            (await GetAllDiagnosticsAsync(document.Project, cancellationToken)).Where(d => d.Location.SourceTree!.FilePath == document.FilePath);

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            await workspace.DiagnosticsAsync(fix, project);
    }
}
