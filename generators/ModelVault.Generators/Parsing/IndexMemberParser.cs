using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;

namespace ModelVault.Generators.Parsing;

/// <summary>Finds the members that an index names: <c>"Year"</c>, <c>"Publisher.City"</c>, <c>"Tags"</c>, <c>"Authors[].Name"</c>.</summary>
internal sealed class IndexMemberParser(IReadOnlyList<FieldModel> fields)
{
    private const string Elements = "[]";

    /// <summary>The members, nested ones too, on the way along names; null where one is not stored, or no object.</summary>
    public IReadOnlyList<FieldModel>? Find(IEnumerable<string> names)
    {
        List<FieldModel> path = [];
        IEnumerable<FieldModel> level = fields;
        foreach (string name in names)
        {
            if (level.FirstOrDefault(f => f.Member == name) is not { } field) return null;
            path.Add(field);
            level = field.Value.Object?.Fields ?? Enumerable.Empty<FieldModel>();
        }

        return path;
    }

    /// <summary>A member to index: a single value, perhaps of a list's elements. Null, with the reason, where there is none.</summary>
    public IndexMember? ParseIndexed(string name, out string why)
    {
        List<string> members = [], stored = [];
        IEnumerable<FieldModel> level = fields;
        ValueModel? value = null;
        string? list = null;
        bool isNullable = false;
        string[] segments = name.Split('.');
        foreach (string segment in segments)
        {
            bool namesElements = segment.EndsWith(Elements, StringComparison.Ordinal);
            string member = namesElements ? segment.Substring(0, segment.Length - Elements.Length) : segment;
            if (level.FirstOrDefault(f => f.Member == member) is not { } field) return None(out why, $"there is no stored member '{member}'");
            value = field.Value;
            isNullable |= value.IsNullable;

            // A list that nothing follows stands for its elements.
            bool isElement = namesElements || (value.List is not null && members.Count == segments.Length - 1);
            members.Add(member);
            stored.Add(isElement ? field.StoredName + Elements : field.StoredName);
            if (isElement)
            {
                if (value.List is null) return None(out why, $"'{member}' is no list or set");
                if (list is not null) return None(out why, "it is in a list inside a list");
                list = string.Join(".", stored);
                value = value.List.Element;
                isNullable |= value.IsNullable;
            }

            level = value.Object?.Fields ?? Enumerable.Empty<FieldModel>();
        }

        if (!value!.IsScalar) return None(out why, WhyNot(value, name, list));
        why = "";
        return new IndexMember(members.ToEquatableArray(), stored.ToEquatableArray(), value with { IsNullable = isNullable }) { List = list };
    }

    /// <summary>A member of any type that the entries are to hold. Null, with the reason, where there is none.</summary>
    public IndexMember? ParseIncluded(string name, out string why)
    {
        if (name.Contains(Elements)) return None(out why, "of a list all elements are included: name the list");
        if (Find(name.Split('.')) is not { } path) return None(out why, "there is no stored member of this name to include");
        why = "";
        return new IndexMember(path.Select(static f => f.Member).ToEquatableArray(), path.Select(static f => f.StoredName).ToEquatableArray(), path[path.Count - 1].Value);
    }

    private static string WhyNot(ValueModel value, string name, string? list) => (value.Object, list) switch
    {
        ({ Fields.Count: > 0 }, { }) => $"its elements are objects; name what to index of them on the type, as in \"{name.Replace(Elements, "")}[].{value.Object.Fields[0].Member}\"",
        _ => "only single values such as numbers, strings and dates, and lists of them, can be indexed",
    };

    private static IndexMember? None(out string why, string reason)
    {
        why = reason;
        return null;
    }
}
