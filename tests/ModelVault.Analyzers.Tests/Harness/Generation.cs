using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelVault.Generators;

namespace ModelVault.Analyzers.Tests.Harness;

/// <summary>Runs the generator.</summary>
internal static class Generation
{
    /// <summary>The compilation with what the generator adds.</summary>
    public static Compilation Complete(Compilation compilation)
    {
        Driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation generated, out _);
        return generated;
    }

    /// <summary>What the generator says of a compilation.</summary>
    public static ImmutableArray<Diagnostic> Diagnostics(Compilation compilation) => Driver.RunGenerators(compilation).GetRunResult().Diagnostics;

    // It has seen the shop already, so that most tests find its code in the cache.
    private static readonly GeneratorDriver Driver = CSharpGeneratorDriver.Create([new VaultGenerator().AsSourceGenerator()], parseOptions: Compilations.Parse)
        .RunGenerators(Compilations.Of(("Other0.cs", Shop.Models)));
}

/// <summary>Makes a project run the generator, as a package reference does.</summary>
internal sealed class GeneratorReference : AnalyzerReference
{
    // One instance: a workspace tells generators apart by reference.
    private static readonly ImmutableArray<ISourceGenerator> Generators = [new VaultGenerator().AsSourceGenerator()];

    public override string? FullPath => null;

    public override object Id => nameof(VaultGenerator);

    public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];

    public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];

    public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => Generators;

    public override ImmutableArray<ISourceGenerator> GetGeneratorsForAllLanguages() => Generators;
}
