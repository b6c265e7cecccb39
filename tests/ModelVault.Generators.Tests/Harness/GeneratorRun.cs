using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelVault.Generators.Tests.Harness;

/// <summary>What a run of the generator gave.</summary>
internal sealed record GeneratorRun(CSharpCompilation Input, Compilation Output, GeneratorRunResult Result, ImmutableArray<Diagnostic> Diagnostics)
{
    /// <summary>The generated files by hint name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; } =
        Result.GeneratedSources.ToDictionary(static s => s.HintName, static s => s.SourceText.ToString(), StringComparer.Ordinal);

    /// <summary>The one file whose name has the ending.</summary>
    public string File(string ending) => Files.Single(f => f.Key.EndsWith(ending, StringComparison.Ordinal)).Value;

    /// <summary>Loads the compiled output.</summary>
    public Assembly Load()
    {
        using MemoryStream image = new();
        var result = Output.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return Assembly.Load(image.ToArray());
    }

    /// <summary>Loads the compiled output and calls <c>static string Test.Run()</c>.</summary>
    public string Execute()
    {
        MethodInfo method = Load().GetType("Test", throwOnError: true)!.GetMethod("Run", BindingFlags.Static | BindingFlags.Public)!;
        return method.CreateDelegate<Func<string>>()();
    }
}
