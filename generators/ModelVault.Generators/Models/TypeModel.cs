namespace ModelVault.Generators.Models;

/// <summary>
/// An annotated type: all that its generated code is printed from. A pipeline value, so it consists of strings, numbers and
/// equatable arrays; two parses of an unchanged type are equal, and nothing is emitted again.
/// </summary>
/// <param name="Name">Names and place.</param>
/// <param name="Fields">The stored members in schema order, which is the ordinal order of their stored names.</param>
/// <param name="Construction">How an instance is made from a record.</param>
/// <param name="Collection">What only collections have; null for objects.</param>
internal sealed record TypeModel(TypeName Name, EquatableArray<FieldModel> Fields, ConstructionModel Construction, CollectionModel? Collection)
{
    /// <summary>Diagnostics about the user's own declarations that the generated code would repeat.</summary>
    public EquatableArray<string> Suppressed { get; init; }

    /// <summary>What is checked of the object as a whole; null where nothing is.</summary>
    public ObjectChecksModel? Checks { get; init; }
}

/// <summary>What is checked of an object as a whole.</summary>
/// <param name="Attributes">The validation attributes on the type.</param>
/// <param name="IsValidatable">Whether it is an <c>IValidatableObject</c>.</param>
internal sealed record ObjectChecksModel(EquatableArray<ObjectAttributeModel> Attributes, bool IsValidatable);

/// <summary>A validation attribute on a type.</summary>
/// <param name="Rule">The attribute's name without its suffix.</param>
/// <param name="Code">The expression that makes it.</param>
internal sealed record ObjectAttributeModel(string Rule, string Code);

/// <summary>A type's names and place.</summary>
/// <param name="Namespace">The namespace, escaped; empty for the global one.</param>
/// <param name="Simple">The name, not escaped.</param>
/// <param name="FullName">The full name with <c>global::</c>, escaped.</param>
/// <param name="Path">The full name with dots and no escapes: unique in the compilation.</param>
/// <param name="Declaration">The keywords of its partial declaration: <c>partial record struct</c>.</param>
/// <param name="ContainingTypes">The declarations of the containing types, outermost first.</param>
/// <param name="ContainingName">The containing types' names run together; empty for a type that is not nested.</param>
/// <param name="Accessibility"><c>public</c> or <c>internal</c>, whatever of the chain is narrower.</param>
/// <param name="IsValueType">Whether it is a struct.</param>
/// <param name="IsRecord">Whether it is a record.</param>
internal sealed record TypeName(
    string Namespace, string Simple, string FullName, string Path, string Declaration, EquatableArray<string> ContainingTypes,
    string ContainingName, string Accessibility, bool IsValueType, bool IsRecord)
{
    /// <summary>What the file-local class with the shared parts of the code is called.</summary>
    public string StorageClass { get; init; } = "";
}

/// <summary>What a collection has besides fields.</summary>
/// <param name="StoredName">The stored name.</param>
/// <param name="Accessor">The accessor's name on a context, not escaped.</param>
/// <param name="Key">The key's members in key order.</param>
/// <param name="Indexes">The indexes by stored name.</param>
internal sealed record CollectionModel(string StoredName, string Accessor, EquatableArray<FieldModel> Key, EquatableArray<IndexModel> Indexes);
