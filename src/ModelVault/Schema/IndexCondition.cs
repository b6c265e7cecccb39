namespace ModelVault;

/// <summary>How a condition of a partial index compares its field.</summary>
public enum IndexOperator
{
    /// <summary><c>equal</c>; false for null.</summary>
    Equal,

    /// <summary><c>not_equal</c>; true for null.</summary>
    NotEqual,

    /// <summary><c>less</c>; false for null and NaN, as all orders are.</summary>
    Less,

    /// <summary><c>less_or_equal</c>.</summary>
    LessOrEqual,

    /// <summary><c>greater</c>.</summary>
    Greater,

    /// <summary><c>greater_or_equal</c>.</summary>
    GreaterOrEqual,

    /// <summary><c>is_null</c>: the field is null, or an object on the way to it is.</summary>
    IsNull,

    /// <summary><c>is_not_null</c>.</summary>
    IsNotNull,
}

/// <summary>One condition of a partial index: a field compared with a constant. Two are equal if the schema JSON writes them alike.</summary>
/// <param name="Path">The field.</param>
/// <param name="Operator">How it is compared.</param>
/// <param name="Value">The constant: a scalar, an enum's by its name or number; null for <see cref="IndexOperator.IsNull"/> and <see cref="IndexOperator.IsNotNull"/>.</param>
public sealed record IndexCondition(FieldPath Path, IndexOperator Operator, object? Value)
{
    /// <inheritdoc/>
    public bool Equals(IndexCondition? other) => other is not null && SchemaWriter.Write(this) == SchemaWriter.Write(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, Operator);
}
