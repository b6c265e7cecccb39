using Microsoft.CodeAnalysis;

namespace ModelVault.Generators.Models;

/// <summary>
/// A diagnostic before it is made: equal to another with the same rule, place and words. <see cref="Diagnostic"/> itself
/// compares its arguments by reference, so that no two are ever equal.
/// </summary>
/// <param name="Rule">The rule.</param>
/// <param name="Location">The place.</param>
/// <param name="Arguments">What the message is filled with.</param>
internal sealed record LocatedDiagnostic(DiagnosticDescriptor Rule, Location Location, EquatableArray<string> Arguments)
{
    /// <summary>A diagnostic of a rule.</summary>
    public static LocatedDiagnostic Of(DiagnosticDescriptor rule, Location location, params string[] arguments) => new(rule, location, arguments.ToEquatableArray());

    /// <summary>Makes the diagnostic.</summary>
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Rule, Location, [.. Arguments]);
}
