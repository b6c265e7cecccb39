using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;

namespace ModelVault.Generators.Parsing;

/// <summary>Finds the members that the database sets: generated keys, stamps and concurrency tokens.</summary>
internal static class GeneratedValueParser
{
    private static readonly (string Namespace, string Name, GeneratedValue Kind)[] Stamps =
    [
        (SymbolExtensions.ModelVault, "CreatedAtAttribute", GeneratedValue.CreatedAt),
        (SymbolExtensions.ModelVault, "UpdatedAtAttribute", GeneratedValue.UpdatedAt),
        (SymbolExtensions.ModelVault, "ConcurrencyTokenAttribute", GeneratedValue.ConcurrencyToken),
        (SymbolExtensions.DataAnnotations, "ConcurrencyCheckAttribute", GeneratedValue.ConcurrencyToken),
        (SymbolExtensions.DataAnnotations, "TimestampAttribute", GeneratedValue.ConcurrencyToken),
    ];

    /// <summary>What a member's attributes ask for. What its type can't hold is reported.</summary>
    public static GeneratedValue Parse(Member member, ValueModel value, ParseContext context)
    {
        GeneratedValue kind = ParseKey(member, value, context);
        AttributeData? first = null;
        foreach ((string @namespace, string name, GeneratedValue stamp) in Stamps)
        {
            if (member.Attributes.Find(@namespace, name) is not { } attribute || stamp == kind) continue;
            Location? location = member.LocationOf(attribute, context.CancellationToken);
            if (first is not null || kind != GeneratedValue.None) Report(context, location, member, $"{Shown(attribute)} stands beside {(first is null ? "a generated key" : Shown(first))}, and one value can't be both");
            else if (WhyNot(stamp, value, context) is { } why) Report(context, location, member, $"{Shown(attribute)} {why}");
            first = attribute;
            kind = stamp;
        }

        return kind;
    }

    /// <summary>What a <c>[PrimaryKey]</c> asks for.</summary>
    public static GeneratedValue KeyKind(AttributeData attribute) =>
        attribute.Named<bool>("AutoIncrement") ? GeneratedValue.AutoIncrement
        : attribute.Named<int>("Generated") == 1 ? GeneratedValue.GuidV7
        : GeneratedValue.None;

    /// <summary>Reports what more than one member has, and stamps on a key.</summary>
    public static void CheckUnique(ParseContext context, IReadOnlyList<ParsedField> fields)
    {
        foreach (IGrouping<GeneratedValue, ParsedField> kind in fields.Where(static f => f.Model.Generated != GeneratedValue.None).GroupBy(static f => f.Model.Generated))
            foreach (ParsedField other in kind.Skip(1).Where(static f => f.Model.Generated >= GeneratedValue.CreatedAt))
                Report(context, other.Member.Location, other.Member, $"'{kind.First().Member.Name}' is marked in the same way, and a record has one");
    }

    /// <summary>Why a key can't be generated; null where it can, or is not.</summary>
    public static string? WhyNotKey(FieldModel field)
    {
        ValueModel scalar = field.Value.Wrapper?.Inner ?? field.Value;
        return field.Generated switch
        {
            GeneratedValue.AutoIncrement when !IsInteger(scalar) => "AutoIncrement makes integers of up to 64 bits",
            GeneratedValue.GuidV7 when scalar.Kind != ValueKind.Guid => "KeyGeneration.GuidV7 makes Guids",
            GeneratedValue.CreatedAt or GeneratedValue.UpdatedAt or GeneratedValue.ConcurrencyToken => "a key does not change, so it is neither stamped nor counted",
            _ => null,
        };
    }

    private static GeneratedValue ParseKey(Member member, ValueModel value, ParseContext context)
    {
        AttributeData? attribute = member.Attributes.Find(SymbolExtensions.ModelVault, "PrimaryKeyAttribute");
        if (attribute is null && context.Type.GetAttributes().Find(SymbolExtensions.ModelVault, "PrimaryKeyAttribute") is { } onType)
        {
            string[] names = onType.Strings();
            if (names.Length == 1 && names[0] == member.Name) attribute = onType;
        }

        if (attribute is null || !context.Type.IsVaultCollection()) return GeneratedValue.None;
        if (attribute.Named<bool>("AutoIncrement") && attribute.Named<int>("Generated") != 0)
            context.Report(Rules.KeyType, member.LocationOf(attribute, context.CancellationToken), context.Type.Name, member.Name, "AutoIncrement and Generated are two ways to make a key; name one");
        return KeyKind(attribute);
    }

    private static string? WhyNot(GeneratedValue kind, ValueModel value, ParseContext context)
    {
        if (!context.Type.IsVaultCollection()) return "is for the members of a collection; the record that holds this object can have it";
        if (kind == GeneratedValue.ConcurrencyToken) return IsInteger(value) && !value.IsNullable ? null : "asks for a concurrency token, which is an integer of up to 64 bits that is never null";
        return value.Kind is ValueKind.DateTime or ValueKind.DateTimeOffset ? null : "asks for a time, which is a DateTime or DateTimeOffset";
    }

    private static bool IsInteger(ValueModel value) => value.Kind is >= ValueKind.SByte and <= ValueKind.UInt64;

    private static string Shown(AttributeData attribute) => $"[{attribute.AttributeClass!.Name.Replace("Attribute", "")}]";

    private static void Report(ParseContext context, Location? location, Member member, string why) =>
        context.Report(Rules.MemberType, location, context.Type.Name, member.Name, why);
}
