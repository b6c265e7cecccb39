namespace ModelVault;

/// <summary>
/// Makes a partial class or record a stored collection. The generator adds its schema, fields, serializer, validator,
/// typed collection and the accessor on <see cref="VaultContext"/>.
/// </summary>
/// <param name="name">The stored name; by default the English plural of the type's name in snake_case (<c>Book</c> → <c>books</c>).</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class VaultCollectionAttribute(string? name = null) : Attribute
{
    /// <summary>The stored name, or null for the default.</summary>
    public string? Name => name;

    /// <summary>The accessor's name on <see cref="VaultContext"/>; by default the plural of the type's name (<c>Books</c>).</summary>
    public string? Accessor { get; set; }
}

/// <summary>Makes a partial class, record or struct a value that models can hold, to any depth.</summary>
/// <param name="name">Its name as a case of a <see cref="VaultUnionAttribute">union</see>; by default the type's name in snake_case.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class VaultObjectAttribute(string? name = null) : Attribute
{
    /// <summary>The name as a case of a union, or null for the default.</summary>
    public string? Name => name;
}

/// <summary>
/// Marks the primary key: on a property (or positional parameter), or on the type with the key's member names. Without it a
/// property called <c>Id</c> is the key.
/// </summary>
/// <param name="members">On a type: the key's members, in order. On a property: nothing.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter, Inherited = false)]
public sealed class PrimaryKeyAttribute(params string[] members) : Attribute
{
    /// <summary>The key's members, in order; empty on a property.</summary>
    public IReadOnlyList<string> Members => members;

    /// <summary>
    /// On an integer: a new record with the key 0 gets the number behind the greatest that the collection holds or has held,
    /// so that no number comes again.
    /// </summary>
    public bool AutoIncrement { get; set; }

    /// <summary>On a <see cref="Guid"/>: how a new record with an empty key gets one.</summary>
    public KeyGeneration Generated { get; set; }
}

/// <summary>
/// Adds an index: on a property (or positional parameter) over that member, on the type over the named members together.
/// Stored as <c>{fields joined by _}_idx</c>, unique ones as <c>…_unique</c>.
/// </summary>
/// <param name="members">
/// On a type: the indexed members, in order. <c>"Publisher.City"</c> is a member of a nested object, <c>"Authors[].Name"</c> one of the
/// elements of a list. On a property: nothing. A list or set itself stands for its elements: a record then has an entry for each different one.
/// </param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property | AttributeTargets.Parameter, AllowMultiple = true, Inherited = false)]
public sealed class IndexAttribute(params string[] members) : Attribute
{
    /// <summary>The indexed members, in order; empty on a property.</summary>
    public IReadOnlyList<string> Members => members;

    /// <summary>
    /// Whether two records may not share the indexed values; over a list, any of its elements. Records with a null among the values are exempt,
    /// and so are those that <see cref="Where"/> leaves out.
    /// </summary>
    public bool IsUnique { get; set; }

    /// <summary>The stored name, or null for the default.</summary>
    public string? Name { get; set; }

    /// <summary>For each member, whether greater values come first; null for none.</summary>
    public bool[]? IsDescending { get; set; }

    /// <summary>Whether of every member greater values come first.</summary>
    public bool AllDescending { get; set; }

    /// <summary>Whether strings are compared without regard to case, as <see cref="StringComparison.OrdinalIgnoreCase"/> does.</summary>
    public bool IgnoreCase { get; set; }

    /// <summary>Further members that the entries hold, so that a query which asks for nothing else reads no record. May be of any type; <c>"Publisher.City"</c> is a member of a nested object.</summary>
    public string[]? Include { get; set; }

    /// <summary>
    /// What a record must meet to be in the index, as C# over the model's members: <c>"!Lent &amp;&amp; Year >= 2000"</c>. Conditions compare a member with
    /// a literal, <c>null</c> or an enum's member, or name a bool; <c>&amp;&amp;</c> joins them. Null for every record.
    /// </summary>
    public string? Where { get; set; }
}

/// <summary>Adds a unique index over this member. Any number of records may hold null. Over a list or set: no two records share an element.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter, Inherited = false)]
public sealed class UniqueAttribute : Attribute
{
    /// <summary>The stored name, or null for <c>{field}_unique</c>.</summary>
    public string? Name { get; set; }
}

/// <summary>Leaves this member out of the stored record.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class VaultIgnoreAttribute : Attribute;

/// <summary>Says how this member is stored.</summary>
/// <param name="name">The stored name; by default the member's name in snake_case.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class VaultFieldAttribute(string? name = null) : Attribute
{
    /// <summary>The stored name, or null for the default.</summary>
    public string? Name => name;

    /// <summary>Stores an enum by its number instead of its name.</summary>
    public bool EnumAsNumber { get; set; }
}
