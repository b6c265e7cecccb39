namespace ModelVault;

/// <summary>The words of the schema JSON for scalars.</summary>
internal static class SchemaWords
{
    private static readonly (string Word, FieldKind Kind)[] Scalars =
    [
        ("bool", FieldKind.Bool), ("int64", FieldKind.Int64), ("uint64", FieldKind.UInt64), ("int128", FieldKind.Int128), ("uint128", FieldKind.UInt128),
        ("float16", FieldKind.Float16), ("float32", FieldKind.Float32), ("float64", FieldKind.Float64),
        ("decimal", FieldKind.Decimal), ("char", FieldKind.Char), ("string", FieldKind.String), ("bytes", FieldKind.Bytes), ("uuid", FieldKind.Uuid),
        ("datetime", FieldKind.DateTime), ("timestamptz", FieldKind.TimestampTz), ("date", FieldKind.Date), ("time", FieldKind.Time), ("duration", FieldKind.Duration),
        ("uri", FieldKind.Uri), ("version", FieldKind.Version),
    ];

    private static readonly (string Word, GeneratedValue Value)[] Generations =
    [
        ("auto_increment", GeneratedValue.AutoIncrement), ("guid_v7", GeneratedValue.GuidV7), ("created_at", GeneratedValue.CreatedAt),
        ("updated_at", GeneratedValue.UpdatedAt), ("concurrency_token", GeneratedValue.ConcurrencyToken),
    ];

    // By their numbers.
    private static readonly string[] IndexOperators = ["equal", "not_equal", "less", "less_or_equal", "greater", "greater_or_equal", "is_null", "is_not_null"];

    /// <summary>The word of a scalar that is no enum.</summary>
    public static string Of(FieldKind kind) => Scalars.First(s => s.Kind == kind).Word;

    /// <summary>The scalar of a word. Throws <see cref="VaultSchemaException"/> if there is none.</summary>
    public static FieldKind Kind(string word)
    {
        foreach ((string known, FieldKind kind) in Scalars)
            if (known == word) return kind;
        throw new VaultSchemaException($"Unknown type '{word}'.");
    }

    /// <summary>The word of what the database generates.</summary>
    public static string Of(GeneratedValue generated) => Generations.First(g => g.Value == generated).Word;

    /// <summary>What a word says the database generates. Throws <see cref="VaultSchemaException"/> for an unknown one.</summary>
    public static GeneratedValue Generated(string word)
    {
        foreach ((string known, GeneratedValue value) in Generations)
            if (known == word) return value;
        throw new VaultSchemaException($"Unknown generated value '{word}'.");
    }

    /// <summary>The word of an index condition's operator.</summary>
    public static string Of(IndexOperator op) => IndexOperators[(int)op];

    /// <summary>The operator of a word; null if there is none.</summary>
    public static IndexOperator? IndexOperator(string word) => Array.IndexOf(IndexOperators, word) is >= 0 and int number ? (IndexOperator)number : null;

    /// <summary>What the words of a type's limits end in, as in <c>min_i64</c>; null for a type that has none.</summary>
    public static string? LimitSuffix(FieldKind kind) => kind switch
    {
        FieldKind.Int64 => "i64",
        FieldKind.UInt64 => "u64",
        FieldKind.Int128 => "i128",
        FieldKind.UInt128 => "u128",
        FieldKind.Float16 or FieldKind.Float32 or FieldKind.Float64 => "f64",
        FieldKind.Decimal or FieldKind.DateTime or FieldKind.TimestampTz or FieldKind.Date or FieldKind.Time or FieldKind.Duration => Of(kind),
        _ => null,
    };
}
