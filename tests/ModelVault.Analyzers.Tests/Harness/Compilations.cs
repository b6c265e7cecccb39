using System.Collections.Immutable;
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

    public static CSharpCompilation Of(string assembly, IEnumerable<MetadataReference> references, params IEnumerable<(string Path, string Text)> sources) => CSharpCompilation.Create(
        assembly,
        sources.Select(static s => CSharpSyntaxTree.ParseText(SourceText.From(s.Text), Parse, s.Path)),
        references,
        Options);
}
