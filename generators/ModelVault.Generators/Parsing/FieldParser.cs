using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;

namespace ModelVault.Generators.Parsing;

/// <summary>A member and the field it is stored as.</summary>
internal sealed record ParsedField(Member Member, FieldModel Model);

/// <summary>Turns members into fields, in schema order.</summary>
internal static class FieldParser
{
    /// <summary>The fields of the context's type, by stored name.</summary>
    public static IReadOnlyList<ParsedField> Parse(ParseContext context)
    {
        List<ParsedField> fields = [];
        IReadOnlyList<Member> members = MemberCollector.Collect(context);
        foreach (Member member in members)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (ParseField(member, members, context) is not { } field) continue;
            if (fields.Find(f => f.Model.StoredName == field.StoredName) is { } other)
                context.Report(Rules.NameClash, member.Location, $"'{context.Type.Name}.{member.Name}' and '{other.Member.Name}' have the same stored name '{field.StoredName}'");
            fields.Add(new ParsedField(member, field));
        }

        GeneratedValueParser.CheckUnique(context, fields);
        fields.Sort(static (a, b) => string.CompareOrdinal(a.Model.StoredName, b.Model.StoredName));
        return fields;
    }

    private static FieldModel? ParseField(Member member, IReadOnlyList<Member> members, ParseContext context)
    {
        AttributeData? attribute = member.Attributes.Find(SymbolExtensions.ModelVault, "VaultFieldAttribute");
        if (member.Attributes.IsObsoleteAsError())
        {
            context.Report(Rules.MemberType, member.Location, context.Type.Name, member.Name, "it is obsolete as an error, so that generated code can't use it either");
            return null;
        }

        ValueParser parser = new(context, attribute?.Named<bool>("EnumAsNumber") ?? false, member.Attributes.Find(SymbolExtensions.ModelVault, "VaultConverterAttribute"));
        if (parser.Parse(member.Property.Type) is not { } value)
        {
            if (parser is { FaultyConverter: { } converter, Error: { } fault }) context.Report(Rules.Converter, member.Location, context.Type.Name, member.Name, converter, fault);
            else if (parser.Error is { } error) context.Report(Rules.MemberType, member.Location, context.Type.Name, member.Name, error);
            return null;
        }

        string storedName = StoredNameOf(member, attribute, context);
        ConstraintParser constraints = new(member, members, value, context);
        constraints.Parse();
        return new FieldModel(member.Name, storedName, value, constraints.IsRequired, constraints.Constraints.ToEquatableArray(), constraints.ForSchema().ToEquatableArray())
        {
            Generated = GeneratedValueParser.Parse(member, value, context),
            Json = JsonOf(member),
        };
    }

    private static JsonMemberModel JsonOf(Member member)
    {
        const string Serialization = "System.Text.Json.Serialization";
        string? name = member.Attributes.Find(Serialization, "JsonPropertyNameAttribute")?.Argument(0)?.Value as string;
        AttributeData? ignore = member.Attributes.Find(Serialization, "JsonIgnoreAttribute");
        const int Always = 1;
        bool isIgnored = ignore is not null && ignore.Named("Condition", Always) == Always;
        return name is null && !isIgnored ? JsonMemberModel.Default : new JsonMemberModel(name, isIgnored);
    }

    /// <summary>The name that a member is stored under.</summary>
    public static string StoredNameOf(Member member) => member.Attributes.Find(SymbolExtensions.ModelVault, "VaultFieldAttribute")?.Argument(0)?.Value is string given
        ? given.Trim()
        : StoredNames.Field(member.Name);

    private static string StoredNameOf(Member member, AttributeData? attribute, ParseContext context)
    {
        string name = StoredNameOf(member);
        if (name.Length == 0) context.Report(Rules.NameClash, member.LocationOf(attribute!, context.CancellationToken), $"The stored name of '{context.Type.Name}.{member.Name}' is empty");
        if (name.IndexOfAny(['.', '[', ']']) >= 0)
            context.Report(Rules.NameClash, member.LocationOf(attribute!, context.CancellationToken), $"The stored name of '{context.Type.Name}.{member.Name}' has a '.', '[' or ']', which paths are made of");
        return name;
    }
}
