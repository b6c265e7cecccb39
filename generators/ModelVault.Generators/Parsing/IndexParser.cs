using Microsoft.CodeAnalysis;
using ModelVault.Generators.Models;

namespace ModelVault.Generators.Parsing;

/// <summary>Finds a collection's indexes: on members, and on the type over several.</summary>
internal sealed class IndexParser(ParseContext context, IReadOnlyList<ParsedField> fields)
{
    private readonly List<(IndexModel Index, Location? Location)> _indexes = [];
    private readonly IndexMemberParser _members = new([.. fields.Select(static f => f.Model)]);

    /// <summary>The indexes by stored name.</summary>
    public IReadOnlyList<IndexModel> Parse(IReadOnlyList<FieldModel> key)
    {
        foreach (ParsedField field in fields)
            foreach (AttributeData attribute in field.Member.Attributes) ParseOnMember(field, attribute, key);
        foreach (AttributeData attribute in context.Type.GetAttributes().Where(static a => a.Is(SymbolExtensions.ModelVault, "IndexAttribute"))) ParseOnType(attribute, key);

        _indexes.Sort(static (a, b) => string.CompareOrdinal(a.Index.StoredName, b.Index.StoredName));
        ReportRedundant(key);
        return [.. _indexes.Select(static i => i.Index)];
    }

    private void ParseOnMember(ParsedField field, AttributeData attribute, IReadOnlyList<FieldModel> key)
    {
        bool isUnique = attribute.Is(SymbolExtensions.ModelVault, "UniqueAttribute");
        if (!isUnique && !attribute.Is(SymbolExtensions.ModelVault, "IndexAttribute")) return;
        Location? location = field.Member.LocationOf(attribute, context.CancellationToken);
        if (attribute.Strings().Length > 0) Report(location, field.Member.Name, "on a member [Index] names no others; an index over several members is declared on the type");
        else if (_members.ParseIndexed(field.Member.Name, out string why) is { } member) Add([member], isUnique, attribute, location, key);
        else Report(location, field.Member.Name, why);
    }

    private void ParseOnType(AttributeData attribute, IReadOnlyList<FieldModel> key)
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
            IndexMember? member = _members.ParseIndexed(name, out string why);
            if (member is not null && members.Contains(member)) why = "it is named twice";
            else if (member is { List: not null } && members.Exists(m => m.List is not null && m.List != member.List)) why = "it is in another list than a member before it; an index covers the elements of one";
            if (why.Length > 0)
            {
                Report(location, name, why);
                return;
            }

            members.Add(member!);
        }

        Add(members, isUnique: false, attribute, location, key);
    }

    private void Add(IReadOnlyList<IndexMember> members, bool isUnique, AttributeData attribute, Location? location, IReadOnlyList<FieldModel> key)
    {
        isUnique |= attribute.Named<bool>("IsUnique");
        string storedName = attribute.Named<string>("Name")?.Trim() is { Length: > 0 } given ? given : StoredNames.Index(members.SelectMany(static m => m.StoredPath), isUnique);
        if (_indexes.Exists(i => i.Index.StoredName == storedName))
        {
            context.Report(Rules.NameClash, location, $"Two indexes of '{context.Type.Name}' have the same stored name '{storedName}'");
            return;
        }

        IndexOptions options = new(_members, attribute, members, key);
        if (options.Parse(new IndexModel(storedName, isUnique, members.ToEquatableArray())) is { } index) _indexes.Add((index, location));
        else Report(location, options.Refused.What, options.Refused.Why);
    }

    // A prefix of the key is redundant: the key delivers the same records in the same order. A prefix of another index is not:
    // only an index that ends there delivers records of equal values in key order, which every query promises.
    // A unique index also says something about the data: it is redundant only beside the key itself or another unique one.
    // One that compares in its own way or leaves records out is redundant only beside one that does the same.
    private void ReportRedundant(IReadOnlyList<FieldModel> key)
    {
        IndexModel keyIndex = new("", IsUnique: true, key.Select(k => _members.ParseIndexed(k.Member, out _)!).ToEquatableArray());
        foreach ((IndexModel index, Location? location) in _indexes)
        {
            if (key.Count > 0 && IsServedBy(index with { Included = [] }, keyIndex)) context.Report(Rules.RedundantIndex, location, index.StoredName, "the primary key");
            else if (_indexes.Find(o => o.Index != index && o.Index.Members.Count == index.Members.Count && IsServedBy(index, o.Index) && !IsTwin(index, o.Index)).Index is { } other)
                context.Report(Rules.RedundantIndex, location, index.StoredName, $"the index '{other.StoredName}'");
        }
    }

    private static bool IsServedBy(IndexModel index, IndexModel other)
    {
        bool isPrefix = index.Members.Count <= other.Members.Count && index.Members.SequenceEqual(other.Members.Take(index.Members.Count));
        bool isAlike = index.Descending.Equals(other.Descending) && index.IgnoreCase == other.IgnoreCase && index.Where.Equals(other.Where) && index.Included.All(other.Included.Contains);
        return isPrefix && isAlike && (!index.IsUnique || (other.IsUnique && index.Members.Count == other.Members.Count));
    }

    // Of two equal indexes only the later one is called redundant.
    private static bool IsTwin(IndexModel index, IndexModel other) => IsServedBy(other, index) && string.CompareOrdinal(index.StoredName, other.StoredName) < 0;

    private void Report(Location? location, string what, string why) => context.Report(Rules.NotIndexable, location, what, why);
}
