namespace ModelVault;

/// <summary>The operators of conditions that are written as text.</summary>
internal enum RecordOperator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    NotIn,
    Between,
    StartsWith,
    EndsWith,
    Contains,
    ContainsKey,
    Is,
    IsNull,
    IsNotNull,
    Any,
}

/// <summary>Reads operators: C#'s signs, SQL's, or the names of the typed fields' methods in any case, with or without <c>_</c>.</summary>
internal static class RecordOperators
{
    /// <summary>Reads an operator. Throws <see cref="VaultQueryException"/> for an unknown one.</summary>
    public static RecordOperator Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Normalised(text) switch
        {
            "==" or "=" or "eq" => RecordOperator.Equal,
            "!=" or "<>" or "ne" => RecordOperator.NotEqual,
            "<" or "lt" => RecordOperator.Less,
            "<=" or "le" or "lte" => RecordOperator.LessOrEqual,
            ">" or "gt" => RecordOperator.Greater,
            ">=" or "ge" or "gte" => RecordOperator.GreaterOrEqual,
            "in" => RecordOperator.In,
            "notin" => RecordOperator.NotIn,
            "between" => RecordOperator.Between,
            "startswith" => RecordOperator.StartsWith,
            "endswith" => RecordOperator.EndsWith,
            "contains" => RecordOperator.Contains,
            "containskey" => RecordOperator.ContainsKey,
            "is" => RecordOperator.Is,
            "isnull" => RecordOperator.IsNull,
            "isnotnull" or "notnull" or "hasvalue" => RecordOperator.IsNotNull,
            "any" => RecordOperator.Any,
            _ => throw new VaultQueryException($"Unknown operator '{text}'. There are == != < <= > >= in not_in between starts_with ends_with contains contains_key is is_null is_not_null any, and 'any' or 'all' before one of them for the items of a list."),
        };
    }

    /// <summary>Takes <c>any</c> or <c>all</c> from the front of an operator; null where neither stands there.</summary>
    public static ListQuantifier? Quantifier(ref string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        ListQuantifier? quantifier = trimmed.StartsWith("any ", StringComparison.OrdinalIgnoreCase) ? ListQuantifier.Any
            : trimmed.StartsWith("all ", StringComparison.OrdinalIgnoreCase) ? ListQuantifier.All
            : null;
        if (quantifier is not null) text = trimmed[4..];
        return quantifier;
    }

    private static string Normalised(string text) =>
        string.Concat(text.Where(static c => !char.IsWhiteSpace(c) && c is not ('_' or '-'))).ToLowerInvariant();
}
