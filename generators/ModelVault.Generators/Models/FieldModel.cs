namespace ModelVault.Generators.Models;

/// <summary>A stored member.</summary>
/// <param name="Member">The member's name, not escaped.</param>
/// <param name="StoredName">The stored name.</param>
/// <param name="Value">Its type.</param>
/// <param name="IsRequired">Whether <c>[Required]</c> forbids null though the type allows it.</param>
/// <param name="Constraints">What is checked before a write, in declaration order.</param>
/// <param name="SchemaConstraints">The same as the schema says it, by key.</param>
internal sealed record FieldModel(
    string Member, string StoredName, ValueModel Value, bool IsRequired,
    EquatableArray<ConstraintModel> Constraints, EquatableArray<SchemaConstraint> SchemaConstraints)
{
    /// <summary>What the database puts into it.</summary>
    public GeneratedValue Generated { get; init; }

    /// <summary>Its value in a record that does not store it, as JSON; null where there is none.</summary>
    public string? Default { get; init; }
}

/// <summary>What the database itself puts into a field.</summary>
internal enum GeneratedValue
{
    None,
    AutoIncrement,
    GuidV7,
    CreatedAt,
    UpdatedAt,
    ConcurrencyToken,
}

/// <summary>The constraints that can be checked.</summary>
internal enum ConstraintKind
{
    Required,
    MaxLength,
    MinLength,
    Length,
    Range,
    RegularExpression,
    EmailAddress,
    Url,
    AllowedValues,
    DeniedValues,
    Base64String,
    CreditCard,
    Phone,
    Compare,
    Custom,
}

/// <summary>A constraint.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Arguments">What its check is called with, as C#.</param>
/// <param name="Message">The user's message, or null.</param>
internal sealed record ConstraintModel(ConstraintKind Kind, EquatableArray<string> Arguments, MessageModel? Message);

/// <summary>A message of the user's.</summary>
/// <param name="Code">As C#.</param>
/// <param name="IsStored">Whether it is made once and kept.</param>
internal sealed record MessageModel(string Code, bool IsStored);

/// <summary>A constraint as the schema JSON says it.</summary>
/// <param name="Key">The word.</param>
/// <param name="Json">The value, as JSON.</param>
internal sealed record SchemaConstraint(string Key, string Json);
