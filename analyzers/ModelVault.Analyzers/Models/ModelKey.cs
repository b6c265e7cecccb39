using Microsoft.CodeAnalysis;
using ModelVault.Planning;

namespace ModelVault.Analyzers.Models;

/// <summary>The primary key or an index of a model, by the names of C#.</summary>
internal sealed class ModelKey
{
    /// <summary>The primary key.</summary>
    /// <param name="paths">Its members in order.</param>
    public ModelKey(IReadOnlyList<string> paths)
    {
        Paths = paths;
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

    /// <summary>Whether every record has exactly one entry, in the ascending order of the members' values.</summary>
    public bool IsPlain => !Descending.Contains(true) && !IgnoreCase && Where is null && !Paths.Any(static p => p.Contains("[]"));

    /// <summary>Whether it serves any of the conditions, so that not every record is read.</summary>
    public bool Serves(IReadOnlyList<ConditionShape> conditions) => IsPlain && IndexMatcher.Match(Paths, conditions).IsServed;

    private static object? Named(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value is { Kind: not (TypedConstantKind.Error or TypedConstantKind.Array) } constant ? constant.Value : null;

    private static IEnumerable<object?> Array(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value is { Kind: TypedConstantKind.Array, IsNull: false } constant ? constant.Values.Select(static v => v.Value) : [];
}
