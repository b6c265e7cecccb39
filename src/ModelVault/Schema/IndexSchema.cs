using System.Collections.Immutable;

namespace ModelVault;

/// <summary>A secondary index. Two are equal if the schema JSON writes them alike.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="Paths">The indexed fields, in order. A path into a list or set has a segment that ends in <c>[]</c>: such an index has an entry for each different element.</param>
/// <param name="IsUnique">Whether two records may not share the values.</param>
public sealed record IndexSchema(string Name, ImmutableArray<FieldPath> Paths, bool IsUnique)
{
    /// <summary>Which of the paths descend; empty where none does.</summary>
    public ImmutableArray<bool> Descending { get; init; } = [];

    /// <summary>Whether strings are compared without regard to case: ordinal, as <see cref="StringComparison.OrdinalIgnoreCase"/> does.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>Further fields that the entries hold, for queries that ask for no others.</summary>
    public ImmutableArray<FieldPath> Included { get; init; } = [];

    /// <summary>What a record must meet, all of it, to have entries in the index; empty where every record has.</summary>
    public ImmutableArray<IndexCondition> Where { get; init; } = [];

    /// <summary>Whether the path at a position descends.</summary>
    internal bool IsDescending(int position) => !Descending.IsEmpty && Descending[position];

    /// <inheritdoc/>
    public bool Equals(IndexSchema? other) => other is not null && SchemaWriter.Write(this) == SchemaWriter.Write(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}
