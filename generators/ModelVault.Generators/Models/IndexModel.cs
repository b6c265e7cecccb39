namespace ModelVault.Generators.Models;

/// <summary>A secondary index.</summary>
/// <param name="StoredName">The stored name.</param>
/// <param name="IsUnique">Whether two records may not share the values.</param>
/// <param name="Members">The indexed members in order.</param>
internal sealed record IndexModel(string StoredName, bool IsUnique, EquatableArray<IndexMember> Members)
{
    /// <summary>Which of the members descend; empty where none does.</summary>
    public EquatableArray<bool> Descending { get; init; } = [];

    /// <summary>Whether strings are compared without regard to case.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>Further members that the entries hold, by stored path in ordinal order.</summary>
    public EquatableArray<IndexMember> Included { get; init; } = [];

    /// <summary>What a record must meet, as JSON in ordinal order.</summary>
    public EquatableArray<string> Where { get; init; } = [];

    /// <summary>Whether an equality on the members finds exactly the records with one entry: so that there is a finder.</summary>
    public bool FindsEquals => !IgnoreCase && Where.Count == 0 && Members.All(static m => m.List is null);
}

/// <summary>A member of an index: a field, a field of a nested object, or what is in the elements of a list.</summary>
/// <param name="Members">The names on the way to it, not escaped.</param>
/// <param name="StoredPath">The stored names on the way; that of a list whose elements are meant ends in <c>[]</c>.</param>
/// <param name="Value">Its type.</param>
internal sealed record IndexMember(EquatableArray<string> Members, EquatableArray<string> StoredPath, ValueModel Value)
{
    /// <summary>The stored path of the list whose elements are meant; null where there is none.</summary>
    public string? List { get; init; }
}
