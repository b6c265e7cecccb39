using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;

namespace ModelVault.Generators.Parsing;

/// <summary>Finds a collection's indexes: on members, and on the type over several.</summary>
internal sealed class IndexParser(ParseContext context, IReadOnlyList<ParsedField> fields)
{
    private readonly List<(IndexModel Index, Location? Location)> _indexes = [];

    /// <summary>The indexes by stored name.</summary>
    public IReadOnlyList<IndexModel> Parse(IReadOnlyList<FieldModel> key)
    {
        foreach (ParsedField field in fields)
            foreach (AttributeData attribute in field.Member.Attributes) ParseOnMember(field, attribute);
        foreach (AttributeData attribute in context.Type.GetAttributes().Where(static a => a.Is(SymbolExtensions.ModelVault, "IndexAttribute"))) ParseOnType(attribute);

        _indexes.Sort(static (a, b) => string.CompareOrdinal(a.Index.StoredName, b.Index.StoredName));
        ReportRedundant(key);
        return [.. _indexes.Select(static i => i.Index)];
    }

    private void ParseOnMember(ParsedField field, AttributeData attribute)
    {
        bool isUnique = attribute.Is(SymbolExtensions.ModelVault, "UniqueAttribute");
        if (!isUnique && !attribute.Is(SymbolExtensions.ModelVault, "IndexAttribute")) return;
        Location? location = field.Member.LocationOf(attribute, context.CancellationToken);
        if (attribute.Strings().Length > 0) Report(location, field.Member.Name, "on a member [Index] names no others; an index over several members is declared on the type");
        else if (WhyNot(field.Model.Value) is { } why) Report(location, field.Member.Name, why);
        else Add([Leaf([field.Model])], isUnique || attribute.Named<bool>("IsUnique"), attribute.Named<string>("Name"), location);
    }

    private void ParseOnType(AttributeData attribute)
    {
        Location? location = attribute.SourceLocation(context.CancellationToken);
        string[] names = attribute.Strings();
        if (names.Length == 0)
        {
            Report(location, context.Type.Name, "on a type [Index] names the members to index");
            return;
        }

        List<IndexMember> members = [];
        foreach (string name in names)
        {
            if (Resolve(name, location) is not { } member) return;
            if (members.Contains(member))
            {
                Report(location, name, "it is named twice");
                return;
            }

            members.Add(member);
        }

        Add(members, attribute.Named<bool>("IsUnique"), attribute.Named<string>("Name"), location);
    }

    // "Publisher.City" is a member of a nested object.
    private IndexMember? Resolve(string name, Location? location)
    {
        List<FieldModel> path = [];
        IEnumerable<FieldModel> level = fields.Select(static f => f.Model);
        foreach (string segment in name.Split('.'))
        {
            if (level.FirstOrDefault(f => f.Member == segment) is not { } field)
            {
                Report(location, name, $"there is no stored member '{segment}'");
                return null;
            }

            path.Add(field);
            level = field.Value.Object?.Fields ?? Enumerable.Empty<FieldModel>();
        }

        if (WhyNot(path[path.Count - 1].Value) is not { } why) return Leaf(path);
        Report(location, name, why);
        return null;
    }

    // A null anywhere on the way is a null in the index.
    private static IndexMember Leaf(List<FieldModel> path)
    {
        ValueModel value = path[path.Count - 1].Value;
        return new IndexMember(
            path.Select(static f => f.Member).ToEquatableArray(), path.Select(static f => f.StoredName).ToEquatableArray(),
            value with { IsNullable = path.Any(static f => f.Value.IsNullable) });
    }

    private void Add(IReadOnlyList<IndexMember> members, bool isUnique, string? name, Location? location)
    {
        string storedName = name?.Trim() is { Length: > 0 } given ? given : StoredNames.Index(members.SelectMany(static m => m.StoredPath), isUnique);
        if (_indexes.Exists(i => i.Index.StoredName == storedName))
        {
            context.Report(Rules.NameClash, location, $"Two indexes of '{context.Type.Name}' have the same stored name '{storedName}'");
            return;
        }

        _indexes.Add((new IndexModel(storedName, isUnique, members.ToEquatableArray()), location));
    }

    // A prefix of the key is redundant: the key delivers the same records in the same order. A prefix of another index is not:
    // only an index that ends there delivers records of equal values in key order, which every query promises.
    // A unique index also says something about the data: it is redundant only beside the key itself or another unique one.
    private void ReportRedundant(IReadOnlyList<FieldModel> key)
    {
        EquatableArray<IndexMember> keyMembers = key.Select(static k => Leaf([k])).ToEquatableArray();
        foreach ((IndexModel index, Location? location) in _indexes)
        {
            if (key.Count > 0 && IsServedBy(index, keyMembers, otherIsUnique: true)) context.Report(Rules.RedundantIndex, location, index.StoredName, "the primary key");
            else if (_indexes.Find(o => o.Index != index && o.Index.Members.Count == index.Members.Count && IsServedBy(index, o.Index.Members, o.Index.IsUnique) && !IsTwin(index, o.Index)).Index is { } other)
                context.Report(Rules.RedundantIndex, location, index.StoredName, $"the index '{other.StoredName}'");
        }
    }

    private static bool IsServedBy(IndexModel index, EquatableArray<IndexMember> other, bool otherIsUnique)
    {
        bool isPrefix = index.Members.Count <= other.Count && index.Members.SequenceEqual(other.Take(index.Members.Count));
        return isPrefix && (!index.IsUnique || (otherIsUnique && index.Members.Count == other.Count));
    }

    // Of two equal indexes only the later one is called redundant.
    private static bool IsTwin(IndexModel index, IndexModel other) => index.IsUnique == other.IsUnique
        && index.Members.Equals(other.Members) && string.CompareOrdinal(index.StoredName, other.StoredName) < 0;

    private static string? WhyNot(ValueModel value) => value.IsScalar ? null : "only single values such as numbers, strings and dates can be indexed";

    private void Report(Location? location, string what, string why) => context.Report(Rules.NotIndexable, location, what, why);
}
