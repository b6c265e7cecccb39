using Microsoft.CodeAnalysis;
using ModelVault.Planning;

namespace ModelVault.Analyzers.Models;

/// <summary>The primary key or an index of a model, by the names of C#.</summary>
internal sealed class ModelKey
{
    /// <summary>The primary key.</summary>
    /// <param name="parts">Its members in order.</param>
    public ModelKey(KeyPart[] parts)
    {
        Parts = parts;
        IsUnique = true;
        Descending = [];
        Included = [];
    }

    /// <summary>An index.</summary>
    /// <param name="attribute">The <c>[Index]</c> or <c>[Unique]</c>.</param>
    /// <param name="model">The model.</param>
    /// <param name="members">What it indexes in order, as the attribute names it.</param>
    public ModelKey(AttributeData attribute, INamedTypeSymbol model, IReadOnlyList<string> members)
    {
        bool ignoresCase = Named(attribute, "IgnoreCase") is true;
        Parts = [.. members.Select(m => PartOf(model, m, ignoresCase))];
        IsUnique = attribute.AttributeClass?.Name == "UniqueAttribute" || Named(attribute, "IsUnique") is true;
        Descending = Named(attribute, "AllDescending") is true ? [.. members.Select(static _ => true)] : [.. Array(attribute, "IsDescending").Select(static v => v is true)];
        Included = [.. Array(attribute, "Include").OfType<string>()];
        Where = Named(attribute, "Where") as string;
    }

    /// <summary>Its members in order. The path of a list whose elements are meant ends in <c>[]</c>: <c>Tags[]</c>, <c>Authors[].Name</c>.</summary>
    public KeyPart[] Parts { get; }

    /// <summary>Whether two records may not share the values.</summary>
    public bool IsUnique { get; }

    /// <summary>Which of the members descend; empty where none does.</summary>
    public IReadOnlyList<bool> Descending { get; }

    /// <summary>The dotted paths of further members that the entries hold.</summary>
    public IReadOnlyList<string> Included { get; }

    /// <summary>What a record must meet to have entries, as the attribute says it; null where every record has.</summary>
    public string? Where { get; }

    /// <summary>Whether it serves any of the conditions, so that not every record is read. One that leaves records out is taken to serve none.</summary>
    public bool Serves(ConditionShape[] conditions) => Where is null && IndexMatcher.Match(Parts, conditions).IsServed;

    // A list that is named itself stands for its elements. Only of strings does case not count.
    private static KeyPart PartOf(INamedTypeSymbol model, string member, bool ignoresCase)
    {
        ITypeSymbol? type = ModelMembers.FindPath(model, member)?.Type;
        bool isList = type is not null && ModelMembers.IsList(type);
        string path = isList && !member.EndsWith("[]", StringComparison.Ordinal) ? $"{member}[]" : member;
        ITypeSymbol? value = isList ? ModelMembers.ElementOf(type!) : type;
        return new KeyPart(path, ignoresCase && value?.SpecialType == SpecialType.System_String, path.Contains("[]"));
    }

    private static object? Named(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value is { Kind: not (TypedConstantKind.Error or TypedConstantKind.Array) } constant ? constant.Value : null;

    private static IEnumerable<object?> Array(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(a => a.Key == name).Value is { Kind: TypedConstantKind.Array, IsNull: false } constant ? constant.Values.Select(static v => v.Value) : [];
}
