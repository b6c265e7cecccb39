namespace ModelVault;

/// <summary>One of the fields that an index is made of.</summary>
/// <param name="Field">Where it stands: in the record, or, for one of a list's elements, in the element.</param>
internal sealed record IndexComponent(ResolvedField Field)
{
    /// <summary>The dotted path, the list's part of it included.</summary>
    public string Path { get; } = Field.Path.ToString();

    /// <summary>Whether greater values come first.</summary>
    public bool IsDescending { get; init; }

    /// <summary>Whether it is a string whose case does not count.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>Whether it is, or belongs to, an element of the index's list.</summary>
    public bool IsElement { get; init; }
}
