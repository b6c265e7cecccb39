using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ModelVault.Analyzers.Tests.Harness;

/// <summary>Runs the generator, and the analyzers over what it makes of a compilation.</summary>
internal static class Generation
{
    /// <summary>The diagnostics of both.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(Compilation compilation) =>
        await Analysis.RunOnGeneratedAsync(Compilations.Generated(compilation));
}
