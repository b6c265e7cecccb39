namespace ModelVault.Runtime;

/// <summary>How a condition compares its field.</summary>
internal enum FilterOperator : byte
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    StartsWith,
    EndsWith,
    Contains,
    In,
    IsNull,
    IsNotNull,
}
