namespace ModelVault;

/// <summary>One broken constraint.</summary>
/// <param name="Path">Where, in stored names: <c>authors[2].name</c>; empty where the record as a whole broke it.</param>
/// <param name="Rule">Which constraint: the attribute's name without its suffix (<c>MaxLength</c>, <c>Range</c>), or <c>IValidatableObject</c>.</param>
/// <param name="Value">The value that broke it.</param>
/// <param name="Message">What was expected, as a sentence.</param>
public sealed record VaultViolation(string Path, string Rule, object? Value, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
