namespace ModelVault;

/// <summary>A model broke one or more of its constraints; nothing was written. Carries all violations.</summary>
public sealed class VaultValidationException : VaultException
{
    /// <summary>Makes an error from the violations of one model.</summary>
    /// <param name="collection">The collection's stored name, or null where no collection is concerned.</param>
    /// <param name="violations">What was broken; at least one.</param>
    public VaultValidationException(string? collection, IReadOnlyList<VaultViolation> violations)
        : base(VaultErrorCode.Validation, Describe(collection, violations))
    {
        Collection = collection;
        Violations = violations;
    }

    /// <summary>The collection's stored name, or null.</summary>
    public string? Collection { get; }

    /// <summary>What was broken, in schema order.</summary>
    public IReadOnlyList<VaultViolation> Violations { get; }

    internal static VaultValidationException UnpairedSurrogate(string path, string value) =>
        new(null, [new VaultViolation(path, "Utf8", value, "the string holds an unpaired surrogate, which UTF-8 cannot store")]);

    internal static VaultValidationException TooDeep(string path, int maxDepth) =>
        new(null, [new VaultViolation(path, "Depth", null, $"objects nest deeper than {maxDepth} levels, or refer to themselves in a cycle")]);

    private static string Describe(string? collection, IReadOnlyList<VaultViolation> violations)
    {
        ArgumentNullException.ThrowIfNull(violations);
        string what = collection is null ? "The value is not valid" : $"The record for '{collection}' is not valid";
        return violations.Count == 1
            ? $"{what}: {violations[0]}"
            : $"{what} ({violations.Count} violations): {string.Join("; ", violations)}";
    }
}
