using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;

namespace ModelVault.Generators.Parsing;

/// <summary>Parses what an <c>[Index]</c> says besides its members.</summary>
internal sealed class IndexOptions(IndexMemberParser parser, AttributeData attribute, IReadOnlyList<IndexMember> members, IReadOnlyList<FieldModel> key)
{
    /// <summary>What is not possible, and why.</summary>
    public (string What, string Why) Refused { get; private set; }

    /// <summary>The index with all that is said of it. Null, and <see cref="Refused"/> says why, where something is not possible.</summary>
    public IndexModel? Parse(IndexModel index)
    {
        if (ParseDescending() is not { } descending || ParseIgnoreCase() is not { } ignoreCase || ParseIncluded() is not { } included || ParseWhere() is not { } where) return null;
        return index with { Descending = descending, IgnoreCase = ignoreCase, Included = included, Where = where };
    }

    private EquatableArray<bool>? ParseDescending()
    {
        TypedConstant given = attribute.NamedArguments.FirstOrDefault(static a => a.Key == "IsDescending").Value;
        bool all = attribute.Named<bool>("AllDescending");
        if (given.Kind != TypedConstantKind.Array || given.IsNull) return all ? members.Select(static _ => true).ToEquatableArray() : [];
        if (all) return Refuse<EquatableArray<bool>>("AllDescending", "it and IsDescending are given; give one of them");
        if (given.Values.Length != members.Count) return Refuse<EquatableArray<bool>>("IsDescending", $"it says so of {given.Values.Length} members, the index has {members.Count}");
        bool[] descending = [.. given.Values.Select(static v => v.Value is true)];
        return descending.Contains(true) ? descending.ToEquatableArray() : [];
    }

    private bool? ParseIgnoreCase()
    {
        if (!attribute.Named<bool>("IgnoreCase")) return false;
        return members.Any(static m => (m.Value.Wrapper?.Inner ?? m.Value.Converter?.Stored ?? m.Value).Kind == ValueKind.String) ? true : Refuse<bool>("IgnoreCase", "none of the members is a string");
    }

    private EquatableArray<IndexMember>? ParseIncluded()
    {
        TypedConstant given = attribute.NamedArguments.FirstOrDefault(static a => a.Key == "Include").Value;
        if (given.Kind != TypedConstantKind.Array || given.IsNull) return [];
        List<IndexMember> included = [];
        foreach (TypedConstant value in given.Values)
        {
            string name = value.Value as string ?? "";
            if (parser.ParseIncluded(name, out string why) is not { } member) return Refuse<EquatableArray<IndexMember>>(name, why);
            included.Add(member);
        }

        included.Sort(static (a, b) => string.CompareOrdinal(string.Join(".", a.StoredPath), string.Join(".", b.StoredPath)));
        List<IReadOnlyList<string>> held = [.. members.Select(static m => (IReadOnlyList<string>)[.. m.StoredPath]), .. key.Select(static k => (IReadOnlyList<string>)[k.StoredName])];
        foreach (IndexMember member in included)
        {
            if (held.Exists(h => h.SequenceEqual(member.StoredPath.Take(h.Count)))) return Refuse<EquatableArray<IndexMember>>(string.Join(".", member.Members), "the entries hold it already, so it can't be included");
            held.Add([.. member.StoredPath]);
        }

        return included.ToEquatableArray();
    }

    private EquatableArray<string>? ParseWhere()
    {
        if (attribute.Named<string>("Where") is not { } text) return [];
        IndexConditionParser conditions = new(parser);
        return conditions.Parse(text) ?? Refuse<EquatableArray<string>>(conditions.Refused.What, conditions.Refused.Why);
    }

    private T? Refuse<T>(string what, string why) where T : struct
    {
        Refused = (what, why);
        return null;
    }
}
