using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ModelVault.Analyzers.Tests.Harness;

/// <summary>How test sources are compiled: as a user's project is, nullable and against the library.</summary>
internal static class Compilations
{
    public static CSharpParseOptions Parse { get; } = new(LanguageVersion.Preview);

    public static CSharpCompilationOptions Options { get; } = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        specificDiagnosticOptions: [new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]);

    /// <summary>What the test host itself runs on, and ModelVault.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(static p => Path.GetFileName(p) is { } name && (name.StartsWith("System.", StringComparison.Ordinal) || name is "netstandard.dll" or "mscorlib.dll" or "ModelVault.dll" or "ModelVault.Storage.dll"))
            .Select(static p => MetadataReference.CreateFromFile(p)),
    ];

    // New trees on one empty compilation: the symbols of the references are then made once.
    private static readonly CSharpCompilation Empty = CSharpCompilation.Create("Test", [], References, Options);

    private static readonly ConcurrentDictionary<(string Path, string Text), SyntaxTree> Trees = [];

    /// <summary>Sources against the library, as the assembly <c>Test</c>.</summary>
    public static CSharpCompilation Of(params IEnumerable<(string Path, string Text)> sources) => Empty.AddSyntaxTrees(sources.Select(Tree));

    private static SyntaxTree Tree((string Path, string Text) source) =>
        Trees.GetOrAdd(source, static s => CSharpSyntaxTree.ParseText(SourceText.From(s.Text, Encoding.UTF8), Parse, s.Path));
}
