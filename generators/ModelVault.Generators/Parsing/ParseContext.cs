using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;

namespace ModelVault.Generators.Parsing;

/// <summary>One parse of one annotated type: what the parsers share. Never part of a pipeline value.</summary>
internal sealed class ParseContext(INamedTypeSymbol type, Compilation compilation, ParseContext? parent, CancellationToken cancellationToken)
{
    private readonly List<LocatedDiagnostic> _diagnostics = [];

    /// <summary>The type that is parsed.</summary>
    public INamedTypeSymbol Type { get; } = type;

    /// <summary>The compilation it is in.</summary>
    public Compilation Compilation { get; } = compilation;

    /// <summary>Cancels the parse.</summary>
    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>What was found.</summary>
    public IReadOnlyList<LocatedDiagnostic> Diagnostics => _diagnostics;

    /// <summary>Whether something stands in the way of generating code: an error here, or in a type that this one holds.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>The type's name in its declaration.</summary>
    public Location TypeLocation => Type.SourceLocation() ?? Location.None;

    /// <summary>Reports a diagnostic at a place; at the type's name where the place is not in source.</summary>
    public void Report(DiagnosticDescriptor rule, Location? location, params string[] arguments)
    {
        _diagnostics.Add(LocatedDiagnostic.Of(rule, location ?? TypeLocation, arguments));
        HasErrors |= rule.DefaultSeverity == DiagnosticSeverity.Error;
    }

    /// <summary>Gives up on this type without a word: the type at fault says it.</summary>
    public void DependsOnBrokenType() => HasErrors = true;

    /// <summary>A context for a type that this one holds. Its diagnostics are its own parse's to report.</summary>
    public ParseContext Nested(INamedTypeSymbol type) => new(type, Compilation, this, CancellationToken);

    /// <summary>Whether the type is being parsed already, here or further out.</summary>
    public bool IsInProgress(ITypeSymbol type) =>
        SymbolEqualityComparer.Default.Equals(Type, type) || (parent?.IsInProgress(type) ?? false);

    /// <summary>A type that contains itself by way of the types being parsed; null if there is none.</summary>
    public ITypeSymbol? Cycle { get; set; }
}
