namespace ModelVault.Generators.Models;

/// <summary>The kinds of values a member can hold.</summary>
internal enum ValueKind
{
    Bool,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Int128,
    UInt128,
    Half,
    Single,
    Double,
    Decimal,
    Char,
    String,
    Bytes,
    Memory,
    Guid,
    DateTime,
    DateTimeOffset,
    DateOnly,
    TimeOnly,
    TimeSpan,
    Uri,
    Version,
    Enum,
    Wrapper,
    Converted,
    Object,
    Union,
    List,
    Map,
}

/// <summary>The type of a member, an item or an entry. Equal for equal types: it is part of a pipeline value.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Type">The C# type without a nullable annotation of its own.</param>
/// <param name="IsValueType">Whether it is a value type.</param>
/// <param name="IsNullable">Whether null may stand in its place.</param>
internal sealed record ValueModel(ValueKind Kind, string Type, bool IsValueType, bool IsNullable)
{
    /// <summary>An enum's members; else null.</summary>
    public EnumModel? Enum { get; init; }

    /// <summary>What a struct of one scalar holds; else null.</summary>
    public WrapperModel? Wrapper { get; init; }

    /// <summary>What a type is stored as through a converter; else null.</summary>
    public ConverterModel? Converter { get; init; }

    /// <summary>A nested object's fields; else null.</summary>
    public ObjectModel? Object { get; init; }

    /// <summary>A union's cases; else null.</summary>
    public UnionModel? Union { get; init; }

    /// <summary>A list's items; else null.</summary>
    public ListModel? List { get; init; }

    /// <summary>A map's keys and values; else null.</summary>
    public MapModel? Map { get; init; }

    /// <summary>The C# type as declared.</summary>
    public string DeclaredType => IsNullable ? Type + "?" : Type;

    /// <summary>Whether values have an order and can be keys and index components.</summary>
    public bool IsScalar => Converter?.Stored.IsScalar ?? Kind < ValueKind.Object;

    /// <summary>Whether it is a scalar that <c>&lt;</c> compares: C# has no order of bytes and URIs.</summary>
    public bool IsOrdered => (Wrapper?.Inner ?? Converter?.Stored)?.IsOrdered ?? (IsScalar && Kind is not (ValueKind.Bytes or ValueKind.Memory or ValueKind.Uri));

    /// <summary>Whether it is an integer stored signed.</summary>
    public bool IsSigned => Kind is ValueKind.SByte or ValueKind.Int16 or ValueKind.Int32 or ValueKind.Int64;

    /// <summary>Whether it is an integer stored unsigned.</summary>
    public bool IsUnsigned => Kind is ValueKind.Byte or ValueKind.UInt16 or ValueKind.UInt32 or ValueKind.UInt64;

    /// <summary>Whether a reference stands where null is not allowed.</summary>
    public bool IsRequiredReference => !IsValueType && !IsNullable;

    /// <summary>Whether it is an <c>ImmutableArray</c>, whose default is no array at all.</summary>
    public bool IsImmutableArray => List is { Shape: ListShape.ImmutableArray };

    /// <summary>Whether the default of its type is no value that could be stored.</summary>
    public bool CanBeAbsent => !IsNullable && (!IsValueType || IsImmutableArray);

    /// <summary>The test whether it is absent.</summary>
    public string AbsenceOf(string expression) => IsImmutableArray ? $"{expression}.IsDefault" : $"{expression} is null";
}

/// <summary>An enum, read from its declaration.</summary>
/// <param name="Members">The members by value, those of one value in declaration order.</param>
/// <param name="IsUnsigned">Whether its numbers are unsigned.</param>
/// <param name="AsNumber">Whether values are stored by number.</param>
internal sealed record EnumModel(EquatableArray<EnumMemberModel> Members, bool IsUnsigned, bool AsNumber);

/// <summary>An enum's member.</summary>
/// <param name="Name">Its name, not escaped.</param>
/// <param name="Number">Its number in the invariant culture.</param>
internal sealed record EnumMemberModel(string Name, string Number);

/// <summary>A struct around one scalar, stored as that scalar.</summary>
/// <param name="Inner">The scalar.</param>
/// <param name="Member">The property that holds it, escaped.</param>
/// <param name="IsPositional">Whether the constructor takes it; else it is set by an initializer.</param>
internal sealed record WrapperModel(ValueModel Inner, string Member, bool IsPositional);

/// <summary>A converter.</summary>
/// <param name="Stored">The stored type.</param>
/// <param name="Type">The converter's C# type.</param>
internal sealed record ConverterModel(ValueModel Stored, string Type);

/// <summary>A nested object.</summary>
/// <param name="FieldsType">The generated fields type without its type argument.</param>
/// <param name="NullableFieldsType">Its twin for objects that may be null.</param>
/// <param name="Fields">The fields in schema order.</param>
internal sealed record ObjectModel(string FieldsType, string NullableFieldsType, EquatableArray<FieldModel> Fields);

/// <summary>A union.</summary>
/// <param name="Cases">The cases by stored name.</param>
internal sealed record UnionModel(EquatableArray<UnionCaseModel> Cases);

/// <summary>A case of a union.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="Type">The C# type.</param>
/// <param name="Fields">Its fields in schema order.</param>
internal sealed record UnionCaseModel(string Name, string Type, EquatableArray<FieldModel> Fields);

/// <summary>What lists and sets are made as when they are read.</summary>
internal enum ListShape
{
    List,
    Array,
    ImmutableArray,
    ImmutableList,
    HashSet,
    SortedSet,
    ImmutableHashSet,
    ImmutableSortedSet,
}

/// <summary>A list, an array or a set.</summary>
/// <param name="Element">The items' type.</param>
/// <param name="Shape">What it is made as.</param>
/// <param name="CanAdd">Whether items can be added to one that is there.</param>
internal sealed record ListModel(ValueModel Element, ListShape Shape, bool CanAdd)
{
    /// <summary>Whether each item is in it once, in no order of its own.</summary>
    public bool IsSet => Shape >= ListShape.HashSet;

    /// <summary>Whether it has a <c>Length</c> instead of a <c>Count</c>.</summary>
    public bool HasLength => Shape is ListShape.Array or ListShape.ImmutableArray;
}

/// <summary>What maps are made as when they are read.</summary>
internal enum MapShape
{
    Dictionary,
    SortedDictionary,
    ImmutableDictionary,
    ImmutableSortedDictionary,
}

/// <summary>A dictionary.</summary>
/// <param name="Key">The keys' type: a string, an integer or a Guid, or a struct around one of them.</param>
/// <param name="Value">The values' type.</param>
/// <param name="Shape">What it is made as.</param>
/// <param name="CanAdd">Whether entries can be added to one that is there.</param>
internal sealed record MapModel(ValueModel Key, ValueModel Value, MapShape Shape, bool CanAdd)
{
    /// <summary>The keys' stored type.</summary>
    public ValueModel StoredKey => Key.Wrapper?.Inner ?? Key;

    /// <summary>The expression of a key's stored value.</summary>
    public string StoredKeyOf(string key) => Key.Wrapper is { } wrapper ? $"{key}.{wrapper.Member}" : key;
}
