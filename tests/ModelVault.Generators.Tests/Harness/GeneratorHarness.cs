using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ModelVault.Generators.Tests.Harness;

/// <summary>
/// Runs the generator. Every run is also a test of caching (a second run on an equal compilation emits nothing), of retention
/// (no step's value holds a symbol or a syntax node), of determinism (reordered trees give the same files) and of the
/// generated code (it compiles without a warning).
/// </summary>
internal static class GeneratorHarness
{
    /// <summary>C# 13, the oldest that the generated code compiles with.</summary>
    public const LanguageVersion CSharp13 = (LanguageVersion)1300;

    /// <summary>C# 14, which the Roslyn version that is pinned calls a preview.</summary>
    public const LanguageVersion CSharp14 = LanguageVersion.Preview;

    private const string Usings = "global using System; global using System.Collections.Generic; global using System.Collections.Immutable; global using System.Linq; global using System.ComponentModel.DataAnnotations; global using ModelVault; global using ModelVault.Runtime;\n";

    // The SDK suppresses these, too.
    private static readonly KeyValuePair<string, ReportDiagnostic>[] Suppressed = [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)];

    // Compilations made from this one share its references, bound once.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create("Models", [], References.All, new CSharpCompilationOptions(
        OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, warningLevel: 9999, specificDiagnosticOptions: Suppressed));

    /// <summary>Runs on sources that have no errors of any kind.</summary>
    public static GeneratorRun Run(params string[] sources) => Run(CSharp13, sources);

    /// <summary>Runs on sources that have no errors of any kind, in a version of C#.</summary>
    public static GeneratorRun Run(LanguageVersion version, params string[] sources)
    {
        GeneratorRun run = RunWithDiagnostics(version, null, sources);
        Assert.True(run.Diagnostics.IsEmpty, string.Join("\n", run.Diagnostics));
        return run;
    }

    /// <summary>Runs on sources in which the generator may find something. The output compiles all the same.</summary>
    public static GeneratorRun RunWithDiagnostics(LanguageVersion version, IReadOnlyDictionary<string, string>? properties, params string[] sources)
    {
        return RunWithDiagnostics(Compile(version, sources), version, properties);
    }

    /// <summary>Runs on a compilation in which the generator may find something. The output compiles all the same.</summary>
    public static GeneratorRun RunWithDiagnostics(CSharpCompilation compilation, LanguageVersion version, IReadOnlyDictionary<string, string>? properties = null)
    {
        GeneratorDriver driver = Driver(version, properties).RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        Assert.Null(result.Exception);
        AssertCompiles(output);
        AssertSchemasAreCanonical(output, result);
        AssertCached(driver.RunGenerators(compilation.Clone()).GetRunResult().Results[0]);
        RetainedObjects.AssertNone(result);
        AssertOrderDoesNotMatter(compilation, result, version, properties);
        return new GeneratorRun(compilation, output, result, diagnostics);
    }

    /// <summary>An assembly of the source that other compilations refer to; it is found when what refers to it runs.</summary>
    public static MetadataReference Library(string source, LanguageVersion version, string? name = null)
    {
        GeneratorRun run = RunWithDiagnostics(Compile(version, source).WithAssemblyName(name ?? $"Library{Guid.NewGuid():N}"), version);
        Assert.Empty(run.Diagnostics);
        using MemoryStream image = new();
        Assert.True(run.Output.Emit(image).Success);
        Assembly loaded = Assembly.Load(image.ToArray());
        AppDomain.CurrentDomain.AssemblyResolve += (_, e) => e.Name == loaded.FullName ? loaded : null;
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    /// <summary>A compilation of the sources beside another assembly.</summary>
    public static CSharpCompilation Compile(LanguageVersion version, MetadataReference library, params string[] sources) => Compile(version, sources).AddReferences(library);

    /// <summary>A compilation of the sources.</summary>
    public static CSharpCompilation Compile(LanguageVersion version, params string[] sources)
    {
        CSharpParseOptions options = ParseOptions(version);
        IEnumerable<SyntaxTree> trees = sources.Prepend(Usings).Select((s, i) => CSharpSyntaxTree.ParseText(s, options, path: i == 0 ? "Usings.cs" : $"Source{i}.cs"));
        return Empty.AddSyntaxTrees(trees);
    }

    /// <summary>A driver that tracks the pipeline's steps.</summary>
    public static GeneratorDriver Driver(LanguageVersion version, IReadOnlyDictionary<string, string>? properties = null, VaultGenerator? generator = null) => CSharpGeneratorDriver.Create(
        [(generator ?? new VaultGenerator()).AsSourceGenerator()], parseOptions: ParseOptions(version), optionsProvider: new BuildProperties(properties ?? ImmutableDictionary<string, string>.Empty),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Parse options of the sources and of the driver: they have to be equal.</summary>
    public static CSharpParseOptions ParseOptions(LanguageVersion version) => new(version, DocumentationMode.Diagnose);

    private static void AssertCompiles(Compilation output)
    {
        // The documentation of generated code is checked; that the sources of the tests have none is not.
        IEnumerable<Diagnostic> found = output.GetDiagnostics().Where(static d => d.Severity != DiagnosticSeverity.Hidden && !(d.Id == "CS1591" && !IsGenerated(d)));
        string report = string.Join("\n", found.Select(static d => $"{d}\n{d.Location.SourceTree?.GetText().Lines[d.Location.GetLineSpan().StartLinePosition.Line]}"));
        Assert.True(report.Length == 0, report);
    }

    private static void AssertSchemasAreCanonical(Compilation output, GeneratorRunResult result)
    {
        foreach (SyntaxTree tree in result.GeneratedSources.Select(static s => s.SyntaxTree))
            foreach (VariableDeclaratorSyntax constant in tree.GetRoot().DescendantNodes().OfType<VariableDeclaratorSyntax>().Where(static v => v.Identifier.Text == "SchemaJson"))
            {
                string json = (string)((IFieldSymbol)output.GetSemanticModel(tree).GetDeclaredSymbol(constant)!).ConstantValue!;
                Assert.Equal(json, CollectionSchema.Parse(json).Json);
            }
    }

    private static bool IsGenerated(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == true;

    private static void AssertCached(GeneratorRunResult second)
    {
        foreach ((string name, ImmutableArray<IncrementalGeneratorRunStep> steps) in second.TrackedOutputSteps)
            foreach ((object _, IncrementalStepRunReason reason) in steps.SelectMany(static s => s.Outputs))
                Assert.True(reason is IncrementalStepRunReason.Cached, $"The output '{name}' of an unchanged compilation is {reason}.");
        foreach ((string name, ImmutableArray<IncrementalGeneratorRunStep> steps) in second.TrackedSteps)
            foreach ((object _, IncrementalStepRunReason reason) in steps.SelectMany(static s => s.Outputs))
                if (Steps.Names.Contains(name)) Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"The step '{name}' of an unchanged compilation is {reason}.");
    }

    private static void AssertOrderDoesNotMatter(CSharpCompilation compilation, GeneratorRunResult first, LanguageVersion version, IReadOnlyDictionary<string, string>? properties)
    {
        CSharpCompilation reversed = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Reverse());
        GeneratorRunResult second = Driver(version, properties).RunGenerators(reversed).GetRunResult().Results[0];
        Assert.Equal(Ordered(first), Ordered(second));
    }

    private static IEnumerable<string> Ordered(GeneratorRunResult result) =>
        result.GeneratedSources.OrderBy(static s => s.HintName, StringComparer.Ordinal).Select(static s => $"{s.HintName}\n{s.SourceText}");
}

/// <summary>MSBuild properties as the compiler hands them to generators.</summary>
internal sealed class BuildProperties(IReadOnlyDictionary<string, string> properties) : AnalyzerConfigOptionsProvider
{
    public override AnalyzerConfigOptions GlobalOptions { get; } = new Options(properties);

    public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Options(ImmutableDictionary<string, string>.Empty);

    public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Options(ImmutableDictionary<string, string>.Empty);

    private sealed class Options(IReadOnlyDictionary<string, string> properties) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) =>
            properties.TryGetValue(key.Replace("build_property.", "", StringComparison.Ordinal), out value);
    }
}
