using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelVault.Analyzers.Filters;
using ModelVault.Planning;

namespace ModelVault.Analyzers.Models;

/// <summary>The primary key or an index of a model, by the names of C#.</summary>
internal sealed class ModelKey
{
    private readonly KeyPart[] _parts;

    /// <summary>The primary key.</summary>
    /// <param name="paths">Its members in order.</param>
    public ModelKey(IReadOnlyList<string> paths)
    {
        Paths = paths;
        _parts = [.. paths.Select(static p => new KeyPart(p))];
        IsUnique = true;
        Descending = [];
        Included = [];
    }

    /// <summary>An index.</summary>
    /// <param name="attribute">The <c>[Index]</c> or <c>[Unique]</c>.</param>
    /// <param name="paths">The dotted paths of its members in order. That of a list whose elements are meant ends in <c>[]</c>: <c>Tags[]</c>, <c>Authors[].Name</c>.</param>
    public ModelKey(AttributeData attribute, IReadOnlyList<string> paths)
    {
        Paths = paths;
        IsUnique = attribute.AttributeClass?.Name == "UniqueAttribute" || Named(attribute, "IsUnique") is true;
        Descending = Named(attribute, "AllDescending") is true ? [.. paths.Select(static _ => true)] : [.. Array(attribute, "IsDescending").Select(static v => v is true)];
        IgnoreCase = Named(attribute, "IgnoreCase") is true;
        Included = [.. Array(attribute, "Include").OfType<string>()];
        Where = Named(attribute, "Where") as string;
        _parts = [.. paths.Select(p => new KeyPart(p, IgnoreCase, p.Contains("[]")))];
    }

    /// <summary>The dotted paths of its members in order.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>Whether two records may not share the values.</summary>
    public bool IsUnique { get; }

    /// <summary>Which of the members descend; empty where none does.</summary>
    public IReadOnlyList<bool> Descending { get; }

    /// <summary>Whether strings are compared without regard to case.</summary>
    public bool IgnoreCase { get; }

    /// <summary>The dotted paths of further members that the entries hold.</summary>
    public IReadOnlyList<string> Included { get; }

    /// <summary>What a record must meet to have entries, as the attribute says it; null where every record has.</summary>
    public string? Where { get; }

    /// <summary>
    /// Whether it serves any of the conditions, so that not every record is read. Where a partial index is asked for what it may
    /// hold, that depends on values: it is taken to serve the query.
    /// </summary>
    /// <param name="conditions">The conditions.</param>
    /// <param name="shapes">Their shapes.</param>
    public bool Serves(IReadOnlyList<FilterCondition> conditions, ConditionShape[] shapes) => Where is null
        ? IndexMatcher.Match(_parts, shapes).IsServed
        : Conditioned().All(path => conditions.Any(c => c.Field.Path == path)) && (IndexMatcher.Match(_parts, shapes).IsServed || !_parts.Any(static p => p.IsItem));

    // The members that a record's place in a partial index depends on.
    private IEnumerable<string> Conditioned() => SyntaxFactory.ParseExpression(Where!).DescendantNodesAndSelf()
        .Where(static n => n is MemberAccessExpressionSyntax or IdentifierNameSyntax && n.Parent is not MemberAccessExpressionSyntax)
        .Where(static n => n is IdentifierNameSyntax || n.DescendantNodesAndSelf().All(static d => d is MemberAccessExpressionSyntax or IdentifierNameSyntax))
        .Where(n => !IsConstant(n))
        .Select(static n => n.ToString());

    // What stands on the right of a comparison is an enum's member, if it is no literal.
    private static bool IsConstant(SyntaxNode name) => name.Parent is BinaryExpressionSyntax comparison && !comparison.IsKind(SyntaxKind.LogicalAndExpression) && comparison.Right == name;

    private static object? Named(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value is { Kind: not (TypedConstantKind.Error or TypedConstantKind.Array) } constant ? constant.Value : null;

    private static IEnumerable<object?> Array(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value is { Kind: TypedConstantKind.Array, IsNull: false } constant ? constant.Values.Select(static v => v.Value) : [];
}
