using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelVault.Generators;

namespace ModelVault.Samples.Tests;

/// <summary>The snippets of a document are one program: compiled with the generator, without a warning, and run in an empty folder.</summary>
[Collection(nameof(ConsoleAndFolder))]
public sealed class SnippetTests
{
    private static readonly CSharpParseOptions Parse = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);

    public static TheoryData<string> Documents => [.. Snippets.Documents()];

    [Theory]
    [MemberData(nameof(Documents))]
    public void The_snippets_of_a_document_compile_and_run(string document)
    {
        Compilation program = Compile(document);
        using MemoryStream image = new();
        var emitted = program.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));

        string printed = ConsoleAndFolder.Run(Assembly.Load(image.ToArray()));
        Assert.DoesNotContain("Exception", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void The_readme_prints_what_its_comments_say()
    {
        using MemoryStream image = new();
        Compile("README.md").Emit(image);

        string printed = ConsoleAndFolder.Run(Assembly.Load(image.ToArray()));

        Assert.StartsWith("1 early book, 2 titles, 1 left\nIndexRange year_idx: year >= 1960  (about 1 row)\nconsidered\n", printed.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    private static Compilation Compile(string document)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Snippets", [Program(document)], References(),
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable)
                .WithSpecificDiagnosticOptions([new("CS1701", ReportDiagnostic.Suppress), new("CS1702", ReportDiagnostic.Suppress)]));
        CSharpGeneratorDriver.Create([new VaultGenerator().AsSourceGenerator()], parseOptions: Parse)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out var reported);
        IEnumerable<Diagnostic> found = output.GetDiagnostics().Concat(reported).Where(d => d.Severity >= DiagnosticSeverity.Warning);
        Assert.True(!found.Any(), $"{document}:\n{string.Join('\n', found)}");
        return output;
    }

    // Usings, then the statements of all snippets in order, then their types.
    private static SyntaxTree Program(string document)
    {
        CompilationUnitSyntax[] units = [.. Snippets.Read(document).Select(code => SyntaxFactory.ParseCompilationUnit(code, options: Parse))];
        string[] usings = ["using System;", "using System.Collections.Generic;", "using System.IO;", "using System.Linq;", "using System.Threading;", "using System.Threading.Tasks;", .. units.SelectMany(u => u.Usings).Select(u => u.ToString())];
        IEnumerable<MemberDeclarationSyntax> members = units.SelectMany(u => u.Members);
        string text = string.Join('\n', usings.Distinct(StringComparer.Ordinal)) + "\n"
            + string.Concat(members.Where(m => m is GlobalStatementSyntax).Select(m => m.ToFullString()))
            + string.Concat(members.Where(m => m is not GlobalStatementSyntax).Select(m => m.ToFullString()));
        return CSharpSyntaxTree.ParseText(text, Parse, $"{document}.cs");
    }

    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is "ModelVault.dll" or "ModelVault.Storage.dll" || Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal))
            .Select(p => MetadataReference.CreateFromFile(p));
}
