using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using ModelVault.Analyzers.Filters;
using ModelVault.Analyzers.Models;
using ModelVault.Analyzers.Queries;

namespace ModelVault.Analyzers;

/// <summary>Holds a query's conditions against its model's keys, and words the diagnostic.</summary>
internal sealed class QueryJudge(QueryTypes types, Compilation compilation)
{
    private readonly ConcurrentDictionary<INamedTypeSymbol, ModelKeys> _keys = new(SymbolEqualityComparer.Default);

    /// <summary>The diagnostic of a query that is certain to read the whole collection, or null.</summary>
    public Diagnostic? Judge(QueryChain chain)
    {
        if (chain.IsOpaque || chain.AllowsScan || chain.Model is not { } model) return null;
        List<IInvocationOperation> filters = [.. chain.Filters];
        if (filters.Count == 0) return null;

        FilterReader reader = new(types, model);
        foreach (IInvocationOperation filter in filters) reader.ReadCall(filter);
        if (reader.IsOpaque || _keys.GetOrAdd(model, ModelKeys.Of) is not { } keys || keys.Serve(reader.Conditions)) return null;
        return Describe(model, [.. reader.Conditions.All.OrderBy(static c => c.Field.Place.SpanStart)], reader.Conditions.Missing(keys.Serve), filters[0], chain.End);
    }

    // Additional locations: the property's declaration if it is in this compilation, and the end of the query.
    private Diagnostic Describe(INamedTypeSymbol model, IReadOnlyList<FilterCondition> conditions, FilterCondition? indexable, IInvocationOperation firstFilter, SyntaxNode end)
    {
        FilterCondition? first = conditions.Count > 0 ? conditions[0] : null;
        string? named = (indexable ?? first)?.Field.Path;
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty.Add(DiagnosticProperties.Model, MetadataName(model));
        if (indexable is not null) properties = properties.Add(DiagnosticProperties.Field, indexable.Field.Path);
        return Diagnostic.Create(
            QueryRules.Unserved,
            first is null ? NameOf(firstFilter) : first.Field.Place.GetLocation(),
            [.. named is null ? [] : DeclarationOf(model, named), end.GetLocation()],
            properties,
            model.Name,
            Advice(model, conditions, indexable));
    }

    private static string Advice(INamedTypeSymbol model, IReadOnlyList<FilterCondition> conditions, FilterCondition? indexable)
    {
        string fields = string.Join(", ", conditions.Select(static c => c.Field.Path).Distinct());
        string filtered = fields.Length == 0 ? "" : $"Filtered by {fields}. ";
        string index = indexable?.Field switch
        {
            null => "Filter by an indexed field as well",
            { Members.Count: 1 } own => $"Add [Index] to {own.Members[0]}",
            { } nested => $"Add [Index(\"{nested.Path}\")] to {model.Name}",
        };
        return $"{filtered}{index}, or allow it with .AllowScan(\"why\")";
    }

    private IEnumerable<Location> DeclarationOf(INamedTypeSymbol model, string path) => ModelMembers.FindPath(model, path) is { } property
        ? property.Locations.Where(l => l.SourceTree is { } tree && compilation.ContainsSyntaxTree(tree)).Take(1)
        : [];

    private static Location NameOf(IInvocationOperation call) => call.Syntax switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name.GetLocation(),
        _ => call.Syntax.GetLocation(),
    };

    private static string MetadataName(INamedTypeSymbol type)
    {
        string name = type.MetadataName;
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType) name = $"{outer.MetadataName}+{name}";
        return type.ContainingNamespace.IsGlobalNamespace ? name : $"{type.ContainingNamespace.ToDisplayString()}.{name}";
    }
}
