using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;

namespace ModelVault.Generators.Parsing;

/// <summary>Finds a collection's primary key.</summary>
internal static class KeyParser
{
    private const int MaxMembers = 7;

    /// <summary>The key's fields in key order; empty if there is none, and the context has the error.</summary>
    public static IReadOnlyList<FieldModel> Parse(ParseContext context, IReadOnlyList<ParsedField> fields)
    {
        IReadOnlyList<ParsedField> key = Find(context, fields);
        foreach (ParsedField field in key)
        {
            if (WhyNot(field.Model) is { } why) context.Report(Rules.KeyType, field.Member.Location, context.Type.Name, field.Member.Name, why);
        }

        return [.. key.Select(static f => f.Model)];
    }

    private static IReadOnlyList<ParsedField> Find(ParseContext context, IReadOnlyList<ParsedField> fields)
    {
        AttributeData? onType = context.Type.GetAttributes().Find(SymbolExtensions.ModelVault, "PrimaryKeyAttribute");
        List<ParsedField> marked = [.. fields.Where(static f => IsMarked(f.Member))];
        if (onType is not null)
        {
            if (marked.Count == 0) return ByName(onType, context, fields);
            return Unclear(context, marked[0].Member.Location, "it is marked both on the type and on a member");
        }

        if (marked.Count > 1) return Unclear(context, marked[1].Member.Location, "several members are marked; a composite key is [PrimaryKey(nameof(A), nameof(B))] on the type");
        if (marked.Count == 1) return CheckMarked(context, marked[0]);
        if (fields.FirstOrDefault(static f => f.Member.Name == "Id") is { } id) return [id];

        // A key that could not be parsed has its error already.
        if (!MemberCollector.Collect(context.Nested(context.Type)).Any(static m => m.Name == "Id" || IsMarked(m)))
            context.Report(Rules.NoKey, context.TypeLocation, context.Type.Name);
        return [];
    }

    private static bool IsMarked(Member member) => member.Has("PrimaryKeyAttribute") || member.Attributes.Find(SymbolExtensions.DataAnnotations, "KeyAttribute") is not null;

    private static IReadOnlyList<ParsedField> CheckMarked(ParseContext context, ParsedField field)
    {
        AttributeData? attribute = field.Member.Attributes.Find(SymbolExtensions.ModelVault, "PrimaryKeyAttribute");
        if (attribute is null || attribute.Strings().Length == 0) return [field];
        return Unclear(context, field.Member.LocationOf(attribute, context.CancellationToken), "on a member [PrimaryKey] names no others; a composite key is marked on the type");
    }

    private static IReadOnlyList<ParsedField> ByName(AttributeData attribute, ParseContext context, IReadOnlyList<ParsedField> fields)
    {
        Location? location = attribute.SourceLocation(context.CancellationToken);
        string[] names = attribute.Strings();
        if (names.Length == 0) return Unclear(context, location, "on a type [PrimaryKey] names the key's members");
        if (names.Length > 1 && GeneratedValueParser.KeyKind(attribute) != GeneratedValue.None) return Unclear(context, location, "a key of several members can't be generated");
        if (names.Length > MaxMembers) return Unclear(context, location, $"a key has at most {MaxMembers} members");
        if (names.Distinct().Count() < names.Length) return Unclear(context, location, "a member is named twice");
        if (names.FirstOrDefault(n => fields.All(f => f.Member.Name != n)) is { } unknown) return Unclear(context, location, $"there is no stored member '{unknown}'");
        return [.. names.Select(n => fields.First(f => f.Member.Name == n))];
    }

    private static IReadOnlyList<ParsedField> Unclear(ParseContext context, Location? location, string why)
    {
        context.Report(Rules.KeyMembers, location, context.Type.Name, why);
        return [];
    }

    private static string? WhyNot(FieldModel field)
    {
        if (!field.Value.IsScalar) return "it is not a single value such as a number, a string or a Guid";
        return field.Value.IsNullable ? "it may be null" : GeneratedValueParser.WhyNotKey(field);
    }
}
