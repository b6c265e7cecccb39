using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ModelVault.Analyzers.Tests.Harness;

/// <summary>Runs every analyzer of ModelVault's over compiled sources.</summary>
internal static class Analysis
{
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(UnservedQueryAnalyzer).Assembly.GetTypes()
            .Where(static t => t.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !t.IsAbstract)
            .Select(static t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!),
    ];

    /// <summary>Demands exactly the marked diagnostics, and a source that compiles.</summary>
    public static async Task VerifyAsync(string marked, params string[] others)
    {
        Markup markup = Markup.Parse(marked);
        Compilation compilation = Compilations.Of([("Test.cs", markup.Source), .. others.Select(static (o, i) => ($"Other{i}.cs", o))]);
        ImmutableArray<Diagnostic> found = await RunAsync(compilation);
        Assert.Equal(Lines(markup.Source, markup.Expected), Lines(markup.Source, found.Select(static d => (d.Id, d.Location.SourceSpan))));
    }

    /// <summary>The diagnostics in a compilation before generation, suppressed ones left out.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation) =>
        [.. (await RunWithSuppressedAsync(compilation)).Where(static d => !d.IsSuppressed)];

    /// <summary>The diagnostics in a compilation before generation, suppressed ones included.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunWithSuppressedAsync(Compilation compilation)
    {
        Compilation generated = Generation.Complete(compilation);
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
            Assert.Empty(generated.GetSemanticModel(tree).GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));
        return await RunOnGeneratedAsync(generated, compilation.SyntaxTrees);
    }

    /// <summary>The diagnostics in some trees of a compilation after generation.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunOnGeneratedAsync(Compilation generated, IEnumerable<SyntaxTree> trees)
    {
        CompilationWithAnalyzersOptions settings = new(
            new AnalyzerOptions([]),
            onAnalyzerException: static (exception, _, _) => throw new InvalidOperationException("An analyzer failed.", exception),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: true);
        CompilationWithAnalyzers analysis = generated.WithAnalyzers(Analyzers, settings);
        List<Diagnostic> found = [];
        foreach (SyntaxTree tree in trees) found.AddRange(await analysis.GetAnalyzerSemanticDiagnosticsAsync(generated.GetSemanticModel(tree), null, default));
        return [.. found.OrderBy(static d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(static d => d.Location.SourceSpan)];
    }

    private static string Lines(string source, IEnumerable<(string Id, TextSpan Span)> diagnostics) =>
        string.Join("\n", diagnostics.OrderBy(static d => d.Span).Select(d => $"{d.Id} at {d.Span.Start}: {source.Substring(d.Span.Start, d.Span.Length)}"));
}
