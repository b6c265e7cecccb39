using System.Collections.Immutable;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>The kinds of stored types, in the schema JSON's vocabulary.</summary>
public enum FieldKind
{
    /// <summary><c>bool</c>.</summary>
    Bool,

    /// <summary><c>int64</c>: any signed integer of up to 64 bits.</summary>
    Int64,

    /// <summary><c>uint64</c>: any unsigned integer of up to 64 bits.</summary>
    UInt64,

    /// <summary><c>int128</c>.</summary>
    Int128,

    /// <summary><c>uint128</c>.</summary>
    UInt128,

    /// <summary><c>float16</c>.</summary>
    Float16,

    /// <summary><c>float32</c>.</summary>
    Float32,

    /// <summary><c>float64</c>.</summary>
    Float64,

    /// <summary><c>decimal</c>.</summary>
    Decimal,

    /// <summary><c>char</c>: one UTF-16 unit.</summary>
    Char,

    /// <summary><c>string</c>.</summary>
    String,

    /// <summary><c>bytes</c>.</summary>
    Bytes,

    /// <summary><c>uuid</c>.</summary>
    Uuid,

    /// <summary><c>datetime</c>: a DateTime with its kind.</summary>
    DateTime,

    /// <summary><c>timestamptz</c>: a DateTimeOffset with its offset.</summary>
    TimestampTz,

    /// <summary><c>date</c>.</summary>
    Date,

    /// <summary><c>time</c>.</summary>
    Time,

    /// <summary><c>duration</c>.</summary>
    Duration,

    /// <summary><c>uri</c>: the text it was made of.</summary>
    Uri,

    /// <summary><c>version</c>: two to four numbers.</summary>
    Version,

    /// <summary><c>{"enum": [names]}</c>.</summary>
    Enum,

    /// <summary><c>{"list": type}</c>.</summary>
    List,

    /// <summary><c>{"set": type}</c>: stored as a list in the order of the items' keys; of objects, of their bytes.</summary>
    Set,

    /// <summary><c>{"map": {"key": type, "value": type}}</c>.</summary>
    Map,

    /// <summary><c>{"object": [fields]}</c>.</summary>
    Object,

    /// <summary><c>{"union": [{"case": name, "object": [fields]}]}</c>.</summary>
    Union,
}

/// <summary>A stored type: a scalar, or one made of others.</summary>
public sealed record FieldTypeSchema
{
    /// <summary>The kind.</summary>
    public required FieldKind Kind { get; init; }

    /// <summary>Whether null may stand in its place.</summary>
    public bool IsOptional { get; init; }

    /// <summary>A list's or set's items, or a map's values; else null.</summary>
    public FieldTypeSchema? Element { get; init; }

    /// <summary>A map's keys; else null.</summary>
    public FieldTypeSchema? MapKey { get; init; }

    /// <summary>An object's fields in stored order; else empty.</summary>
    public ImmutableArray<FieldSchema> Fields { get; init; } = [];

    /// <summary>A union's cases by name; else empty.</summary>
    public ImmutableArray<UnionCaseSchema> UnionCases { get; init; } = [];

    /// <summary>An enum's cases with their numbers; else empty.</summary>
    public ImmutableArray<(string Name, long Value)> Cases { get; init; } = [];

    /// <summary>Whether an enum's numbers are unsigned.</summary>
    public bool IsUnsignedEnum { get; init; }

    /// <summary>Whether an enum's values are stored by number.</summary>
    public bool IsEnumStoredByNumber { get; init; }

    /// <summary>Whether values have an order and can be keys and index components.</summary>
    public bool IsScalar => Kind is not (FieldKind.List or FieldKind.Set or FieldKind.Map or FieldKind.Object or FieldKind.Union);

    /// <summary>The place of a union's case. Throws <see cref="VaultCorruptionException"/> if there is none.</summary>
    internal int CaseNamed(ReadOnlySpan<byte> utf8Name)
    {
        string name = System.Text.Encoding.UTF8.GetString(utf8Name);
        for (int i = 0; i < UnionCases.Length; i++)
            if (UnionCases[i].Name == name) return i;
        throw RecordErrors.UnknownCase(name);
    }
}

/// <summary>A case of a union.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="Fields">The fields of its object in stored order.</param>
public sealed record UnionCaseSchema(string Name, ImmutableArray<FieldSchema> Fields)
{
    /// <summary>The case as the object that it is.</summary>
    internal FieldTypeSchema Type => new() { Kind = FieldKind.Object, Fields = Fields };
}
