using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelVault.Analyzers.Tests.Harness;

namespace ModelVault.Analyzers.Tests.Declarations;

/// <summary>Assemblies that see each other's internals have a registry each, and compile with warnings as errors.</summary>
public sealed class RegistryConflictTests
{
    private const string Library = "[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"App\")] namespace Lib; [ModelVault.VaultCollection] public partial class Book { public int Id { get; set; } }";

    private const string Model = "namespace App { [ModelVault.VaultCollection] public partial class Author { public int Id { get; set; } } }";

    [Theory]
    [InlineData("public class Use { public object A = ModelVault.VaultModels.All; }")]
    [InlineData("public class Use { public object A = global::ModelVault.VaultModels.All; }")]
    [InlineData("using ModelVault; public class Use { public object A = VaultModels.All; public string B = nameof(VaultModels); }")]
    [InlineData("using static ModelVault.VaultModels; public class Use { public object A = All; }")]
    [InlineData("using Registry = ModelVault.VaultModels; public class Use { public object A = Registry.All; }")]
    public async Task The_own_registry_is_meant(string use)
    {
        ImmutableArray<Diagnostic> found = await DiagnosticsAsync(use, Model);
        Assert.Contains(found, static d => d is { Id: "CS0436", IsSuppressed: true });
        Assert.Empty(found.Where(static d => !d.IsSuppressed));
    }

    [Fact]
    public async Task Without_models_of_its_own_an_assembly_uses_the_other_ones_registry() =>
        Assert.Empty(await DiagnosticsAsync("public class Use { public object A = ModelVault.VaultModels.All; }"));

    [Fact]
    public async Task Other_types_that_conflict_are_still_reported()
    {
        ImmutableArray<Diagnostic> found = await DiagnosticsAsync("namespace Lib { public class Book { } } public class Use { public object A = new Lib.Book(); } class VaultModels { } public class Other { internal VaultModels? B; }", Model);
        Assert.Equal(["CS0436"], found.Where(static d => !d.IsSuppressed && d.Id == "CS0436").Select(static d => d.Id).Distinct());
    }

    private static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(params string[] sources)
    {
        using MemoryStream image = new();
        Assert.True(Generation.Complete(Compilations.Of(("Lib.cs", Library)).WithAssemblyName("Lib")).Emit(image).Success);
        CSharpCompilation app = Compilations.Of(sources.Select(static (s, i) => ($"App{i}.cs", s))).WithAssemblyName("App").AddReferences(MetadataReference.CreateFromImage(image.ToArray()));
        app = app.WithOptions(app.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Error));
        CompilationWithAnalyzersOptions settings = new(new AnalyzerOptions([]), null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true);
        ImmutableArray<Diagnostic> all = await Generation.Complete(app).WithAnalyzers(Analysis.Analyzers, settings).GetAllDiagnosticsAsync();
        return [.. all.Where(static d => d.Severity > DiagnosticSeverity.Info || d.IsSuppressed)];
    }
}
