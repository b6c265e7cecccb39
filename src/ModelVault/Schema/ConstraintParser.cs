using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ModelVault;

/// <summary>
/// Reads a field's constraints from schema JSON: objects with one or more words each, in any order. They are kept in
/// canonical order, one word each. A constraint that could not be checked is an error: none is ever skipped.
/// </summary>
internal sealed class ConstraintParser(string field, FieldTypeSchema type)
{
    private static readonly string[] LimitSuffixes =
        [.. Enum.GetValues<FieldKind>().Select(SchemaWords.LimitSuffix).OfType<string>().Distinct()];

    private readonly List<FieldConstraint> _constraints = [];

    /// <summary>Reads the constraints of a field. Throws <see cref="VaultSchemaException"/>.</summary>
    public static ImmutableArray<FieldConstraint> Parse(JsonElement constraints, string field, FieldTypeSchema type)
    {
        ConstraintParser parser = new(field, type);
        foreach (JsonElement constraint in constraints.EnumerateArray())
            foreach (JsonProperty word in constraint.EnumerateObject())
                if (parser.ParseWord(word.Name, word.Value) is { } parsed) parser._constraints.Add(parsed);
        parser.CheckLimits();
        return [.. parser._constraints.Distinct().OrderBy(static c => c.Word, StringComparer.Ordinal).ThenBy(static c => c.Json, StringComparer.Ordinal)];
    }

    /// <summary>Checks what a constraint says about the fields beside its own.</summary>
    public static void CheckReferences(ImmutableArray<FieldSchema> fields)
    {
        foreach (FieldSchema field in fields)
            foreach (FieldConstraint constraint in field.Constraints.Where(static c => c.Kind == FieldConstraintKind.EqualTo))
            {
                FieldSchema? other = fields.FirstOrDefault(f => f.Name == (string)constraint.Operand!);
                if (other is null) throw new VaultSchemaException($"'{field.Name}' is to equal '{constraint.Operand}', which is not a field beside it.");
                if (!other.Type.IsScalar || other.Type.Kind != field.Type.Kind || !other.Type.Cases.AsSpan().SequenceEqual(field.Type.Cases.AsSpan()))
                    throw new VaultSchemaException($"'{field.Name}' is to equal '{other.Name}', which is of another type or no scalar.");
            }
    }

    private FieldConstraint? ParseWord(string word, JsonElement operand) => word switch
    {
        "min_exclusive" => Flag(FieldConstraintKind.MinimumIsExclusive, word, operand, HasOpenLimits, "applies to limits that are no integer's"),
        "max_exclusive" => Flag(FieldConstraintKind.MaximumIsExclusive, word, operand, HasOpenLimits, "applies to limits that are no integer's"),
        "min_length" => Length(FieldConstraintKind.MinLength, word, operand),
        "max_length" => Length(FieldConstraintKind.MaxLength, word, operand),
        "nonempty" => Flag(FieldConstraintKind.MinLength, word, operand, HasLength, OnLengths) is null ? null : new(FieldConstraintKind.MinLength, "min_length", 1, "1"),
        "nonblank" => Text(FieldConstraintKind.NonBlank, word, operand),
        "email" => Text(FieldConstraintKind.Email, word, operand),
        "url" => Text(FieldConstraintKind.Url, word, operand),
        "base64" => Text(FieldConstraintKind.Base64, word, operand),
        "credit_card" => Text(FieldConstraintKind.CreditCard, word, operand),
        "phone" => Text(FieldConstraintKind.Phone, word, operand),
        "regex" => Pattern(operand),
        "equals" => EqualTo(operand),
        "allowed" => Values(FieldConstraintKind.Allowed, word, operand),
        "denied" => Values(FieldConstraintKind.Denied, word, operand),
        _ => Limit(word, operand),
    };

    private const string OnLengths = "applies to strings, bytes, lists, sets and maps";

    private bool HasLength => type.Kind is FieldKind.String or FieldKind.Bytes or FieldKind.List or FieldKind.Set or FieldKind.Map;

    private bool HasOpenLimits => SchemaWords.LimitSuffix(type.Kind) is not (null or "i64" or "u64" or "i128" or "u128");

    private FieldConstraint Limit(string word, JsonElement operand)
    {
        if (!LimitSuffixes.Any(s => word == $"min_{s}" || word == $"max_{s}")) throw Error($"has an unknown constraint '{word}'");
        if (!word.EndsWith($"_{SchemaWords.LimitSuffix(type.Kind)}", StringComparison.Ordinal) || SchemaWords.LimitSuffix(type.Kind) is not { } suffix) throw NotApplicable(word, "is for another type");
        // The limits of both floats are doubles: the nearest float may lie on the wrong side of the limit.
        object limit = SchemaScalar.Parse(operand, suffix == "f64" ? type with { Kind = FieldKind.Float64 } : type);
        string json = limit is decimal ? $"\"{SchemaScalar.Text(limit)}\"" : SchemaScalar.Write(limit);
        if (limit is double and (double.NaN or double.PositiveInfinity or double.NegativeInfinity)) throw Error($"has the constraint '{word}' of {json}, which is no limit");
        return new(word[1] == 'i' ? FieldConstraintKind.Minimum : FieldConstraintKind.Maximum, word, limit, json);
    }

    private FieldConstraint Length(FieldConstraintKind kind, string word, JsonElement operand)
    {
        if (!HasLength) throw NotApplicable(word, OnLengths);
        if (operand.ValueKind != JsonValueKind.Number || !operand.TryGetInt32(out int length) || length < 0) throw Error($"has the constraint '{word}' of {operand.GetRawText()}, which is no length");
        return new(kind, word, length, length.ToString(CultureInfo.InvariantCulture));
    }

    private FieldConstraint? Text(FieldConstraintKind kind, string word, JsonElement operand) =>
        Flag(kind, word, operand, type.Kind == FieldKind.String, "applies to strings");

    // One that says false says nothing.
    private FieldConstraint? Flag(FieldConstraintKind kind, string word, JsonElement operand, bool applies, string where)
    {
        if (operand.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) throw Error($"has the constraint '{word}' of {operand.GetRawText()}, which is neither true nor false");
        if (!applies) throw NotApplicable(word, where);
        return operand.GetBoolean() ? new(kind, word, true, "true") : null;
    }

    private FieldConstraint Pattern(JsonElement operand)
    {
        if (type.Kind != FieldKind.String) throw NotApplicable("regex", "applies to strings");
        string pattern = TextOf("regex", operand);
        try
        {
            return new(FieldConstraintKind.Pattern, "regex", pattern, CanonicalJson.String(pattern))
            {
                Regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant),
            };
        }
        catch (ArgumentException e)
        {
            throw new VaultSchemaException($"The field '{field}' has an invalid pattern: {e.Message}", e);
        }
        catch (NotSupportedException e)
        {
            throw new VaultSchemaException($"The field '{field}' has the pattern {CanonicalJson.String(pattern)}, which can't be matched without backtracking: {e.Message}", e);
        }
    }

    private FieldConstraint EqualTo(JsonElement operand)
    {
        if (!type.IsScalar) throw NotApplicable("equals", "applies to scalars");
        string other = TextOf("equals", operand);
        return new(FieldConstraintKind.EqualTo, "equals", other, CanonicalJson.String(other));
    }

    private FieldConstraint Values(FieldConstraintKind kind, string word, JsonElement operand)
    {
        if (!type.IsScalar) throw NotApplicable(word, "applies to scalars");
        if (operand.ValueKind != JsonValueKind.Array) throw Error($"has the constraint '{word}', which is not a list of values");
        object?[] values = [.. operand.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null && type.IsOptional ? null : SchemaScalar.Parse(v, type))];
        return new(kind, word, values, $"[{string.Join(",", values.Select(SchemaScalar.Write))}]");
    }

    private string TextOf(string word, JsonElement operand) =>
        operand.ValueKind == JsonValueKind.String ? operand.GetString()! : throw Error($"has the constraint '{word}' of {operand.GetRawText()}, which is not a string");

    private void CheckLimits()
    {
        CheckOrder(FieldConstraintKind.Minimum, FieldConstraintKind.Maximum);
        CheckOrder(FieldConstraintKind.MinLength, FieldConstraintKind.MaxLength);
        CheckExclusive(FieldConstraintKind.MinimumIsExclusive, FieldConstraintKind.Minimum);
        CheckExclusive(FieldConstraintKind.MaximumIsExclusive, FieldConstraintKind.Maximum);
    }

    private void CheckOrder(FieldConstraintKind minimum, FieldConstraintKind maximum)
    {
        bool isOpen = minimum == FieldConstraintKind.Minimum && _constraints.Any(static c => c.Kind is FieldConstraintKind.MinimumIsExclusive or FieldConstraintKind.MaximumIsExclusive);
        foreach (FieldConstraint min in _constraints.Where(c => c.Kind == minimum))
            foreach (FieldConstraint max in _constraints.Where(c => c.Kind == maximum))
                if (Comparer<object>.Default.Compare(min.Operand!, max.Operand!) is var order && (order > 0 || (order == 0 && isOpen)))
                    throw Error($"can have no value: '{min.Word}' is {min.Json}, '{max.Word}' {max.Json}");
    }

    private void CheckExclusive(FieldConstraintKind exclusive, FieldConstraintKind limit)
    {
        if (_constraints.FirstOrDefault(c => c.Kind == exclusive) is { } flag && !_constraints.Any(c => c.Kind == limit)) throw Error($"has the constraint '{flag.Word}' without a limit");
    }

    private VaultSchemaException NotApplicable(string word, string where) =>
        Error($"of the type {SchemaWriter.Write(type)} can't have the constraint '{word}', which {where}");

    private VaultSchemaException Error(string what) => new($"The field '{field}' {what}.");
}
