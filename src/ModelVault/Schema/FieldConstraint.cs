using System.Text.RegularExpressions;

namespace ModelVault;

/// <summary>What a constraint demands of a field's value.</summary>
public enum FieldConstraintKind
{
    /// <summary><c>min_…</c>: at least the operand, which is of the field's type.</summary>
    Minimum,

    /// <summary><c>max_…</c>: at most the operand, which is of the field's type.</summary>
    Maximum,

    /// <summary><c>min_exclusive</c>: the minimum itself is outside.</summary>
    MinimumIsExclusive,

    /// <summary><c>max_exclusive</c>: the maximum itself is outside.</summary>
    MaximumIsExclusive,

    /// <summary><c>min_length</c>: at least so many UTF-16 units, bytes, items or entries.</summary>
    MinLength,

    /// <summary><c>max_length</c>: at most so many.</summary>
    MaxLength,

    /// <summary><c>nonblank</c>: neither empty nor white space alone.</summary>
    NonBlank,

    /// <summary><c>regex</c>: the pattern is found in the string. It is not anchored unless it says so itself.</summary>
    Pattern,

    /// <summary><c>email</c>.</summary>
    Email,

    /// <summary><c>url</c>.</summary>
    Url,

    /// <summary><c>base64</c>.</summary>
    Base64,

    /// <summary><c>credit_card</c>.</summary>
    CreditCard,

    /// <summary><c>phone</c>.</summary>
    Phone,

    /// <summary><c>equals</c>: equal to the field beside it that the operand names.</summary>
    EqualTo,

    /// <summary><c>allowed</c>: one of the operand's values.</summary>
    Allowed,

    /// <summary><c>denied</c>: none of the operand's values.</summary>
    Denied,
}

/// <summary>One constraint of a field. Two are equal if they are written alike.</summary>
public sealed class FieldConstraint : IEquatable<FieldConstraint>
{
    internal FieldConstraint(FieldConstraintKind kind, string word, object? operand, string json)
    {
        Kind = kind;
        Word = word;
        Operand = operand;
        Json = json;
    }

    /// <summary>What it demands.</summary>
    public FieldConstraintKind Kind { get; }

    /// <summary>The word that stands for it in the schema JSON: <c>max_length</c>.</summary>
    public string Word { get; }

    /// <summary>
    /// What it demands it by: of a limit a value of the field's type (<see cref="long"/>, <see cref="ulong"/>, <see cref="double"/> for both floats,
    /// <see cref="decimal"/>, or a date or time), of a length an <see cref="int"/>, of a pattern and of the field to equal a <see cref="string"/>, of the
    /// allowed and denied an <see cref="IReadOnlyList{T}"/> of values, null among them; of the others <see langword="true"/>.
    /// </summary>
    public object? Operand { get; }

    /// <summary>The operand as the schema JSON writes it.</summary>
    public string Json { get; }

    /// <summary>The pattern, ready to be matched.</summary>
    internal Regex? Regex { get; init; }

    /// <summary>The values that are allowed or denied.</summary>
    internal IReadOnlyList<object?> Values => (IReadOnlyList<object?>)Operand!;

    /// <inheritdoc/>
    public bool Equals(FieldConstraint? other) => other is not null && Word == other.Word && Json == other.Json;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FieldConstraint);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Word, Json);

    /// <summary>The constraint as the schema JSON writes it.</summary>
    public override string ToString() => $"{{\"{Word}\":{Json}}}";
}
