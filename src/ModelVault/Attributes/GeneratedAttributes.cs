namespace ModelVault;

/// <summary>How a primary key that is left at its default is made.</summary>
public enum KeyGeneration
{
    /// <summary>It is not: the default is a key like any other.</summary>
    None,

    /// <summary>A <see cref="Guid"/> of version 7, which begins with the time: later keys sort behind earlier ones.</summary>
    GuidV7,
}

/// <summary>
/// Marks when a record was first written, from <see cref="VaultOptions.TimeProvider"/>: a <see cref="DateTime"/> in UTC, a
/// <see cref="DateTimeOffset"/> of offset 0, or the nullable form of one. A value that is given with a new record stays; writes
/// that replace a record keep what it has.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class CreatedAtAttribute : Attribute;

/// <summary>Marks when a record was last written, from <see cref="VaultOptions.TimeProvider"/>: of the types of <see cref="CreatedAtAttribute"/>. Set at every write.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class UpdatedAtAttribute : Attribute;

/// <summary>
/// Marks an integer that counts a record's writes: 1 for a new record, one more at each later write, behind the type's greatest
/// number 1 again. A write over a record whose token is not the model's is a <see cref="VaultConflictException"/>.
/// <c>[ConcurrencyCheck]</c> and <c>[Timestamp]</c> mean the same.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ConcurrencyTokenAttribute : Attribute;
