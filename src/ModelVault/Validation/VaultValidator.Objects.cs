using System.ComponentModel.DataAnnotations;
#if !NET10_0_OR_GREATER
using System.Diagnostics.CodeAnalysis;
#endif

namespace ModelVault.Runtime;

/// <summary>A member by its name in C#: its stored name, and its value.</summary>
/// <typeparam name="T">The object's type.</typeparam>
/// <param name="value">The object.</param>
/// <param name="member">The member's name; any other name is given back, with null.</param>
public delegate (string? Field, object? Value) MemberFinder<in T>(T value, string member);

/// <summary>The checks that users write: validation attributes of their own, and <see cref="IValidatableObject"/>.</summary>
public partial struct VaultValidator
{
    /// <summary>How many violations there are.</summary>
    public readonly int Count => _violations?.Count ?? 0;

    /// <summary>A validation attribute of the user's on a member.</summary>
    /// <param name="field">The stored name.</param>
    /// <param name="value">The member's value.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="rule">Its name without the suffix.</param>
    /// <param name="member">The member's name.</param>
    /// <param name="displayName">The member's name in messages.</param>
    /// <param name="instance">The object whose member it is.</param>
    public void Custom(string field, object? value, ValidationAttribute attribute, string rule, string member, string displayName, object instance)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        ValidationContext context = ContextOf(instance, displayName);
        context.MemberName = member;
        if (attribute.GetValidationResult(value, context) is { } result) Fail(field, rule, value, result.ErrorMessage ?? $"the value breaks the rule {rule}");
    }

    /// <summary>A validation attribute of the user's on a type. A violation stands at the members that it names, else at the object.</summary>
    public void Custom<T>(T value, ValidationAttribute attribute, string rule, string typeName, MemberFinder<T> members)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(attribute);
        if (attribute.GetValidationResult(value, ContextOf(value, typeName)) is { } result) Add(result, rule, value, members);
    }

    /// <summary>The object's own validation. A violation stands at the members that it names, else at the object.</summary>
    public void Validatable<T>(T value, string typeName, MemberFinder<T> members)
        where T : IValidatableObject
    {
        foreach (ValidationResult? result in value.Validate(ContextOf(value, typeName)) ?? [])
            if (result is not null) Add(result, nameof(IValidatableObject), value, members);
    }

    private void Add<T>(ValidationResult result, string rule, T value, MemberFinder<T> members)
    {
        string message = result.ErrorMessage ?? $"the object breaks the rule {rule}";
        bool isPlaced = false;
        foreach (string name in result.MemberNames)
        {
            (string? field, object? memberValue) = members(value, name);
            Fail(field, rule, memberValue, message);
            isPlaced = true;
        }

        if (!isPlaced) Fail(null, rule, value, message);
    }

#if NET10_0_OR_GREATER
    private static ValidationContext ContextOf(object instance, string displayName) => new(instance, displayName, serviceProvider: null, items: null);
#else
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "What needs reflection is the look-up of the display name, which is given; .NET 10 has a constructor that says so.")]
    private static ValidationContext ContextOf(object instance, string displayName) => new(instance) { DisplayName = displayName };
#endif
}
