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
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation, AnalyzerOptions? options = null) =>
        [.. (await RunWithSuppressedAsync(compilation, options)).Where(static d => !d.IsSuppressed)];

    /// <summary>The diagnostics in a compilation before generation, suppressed ones included.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunWithSuppressedAsync(Compilation compilation, AnalyzerOptions? options = null)
    {
        Compilation generated = Generation.Complete(compilation);
        Assert.Empty(generated.GetDiagnostics().Where(static d => d.Severity == DiagnosticSeverity.Error));
        return await RunOnGeneratedAsync(generated, options);
    }

    public static async Task<ImmutableArray<Diagnostic>> RunOnGeneratedAsync(Compilation generated, AnalyzerOptions? options = null)
    {
        CompilationWithAnalyzersOptions settings = new(
            options ?? new AnalyzerOptions([]),
            onAnalyzerException: static (exception, _, _) => throw new InvalidOperationException("An analyzer failed.", exception),
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: true);
        ImmutableArray<Diagnostic> found = await generated.WithAnalyzers(Analyzers, settings).GetAnalyzerDiagnosticsAsync();
        return [.. found.OrderBy(static d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(static d => d.Location.SourceSpan)];
    }

    private static string Lines(string source, IEnumerable<(string Id, TextSpan Span)> diagnostics) =>
        string.Join("\n", diagnostics.OrderBy(static d => d.Span).Select(d => $"{d.Id} at {d.Span.Start}: {source.Substring(d.Span.Start, d.Span.Length)}"));
}
