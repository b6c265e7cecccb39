using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Parsing;

/// <summary>
/// Turns a member's DataAnnotations into checks and schema constraints. One that can't be checked as its attribute would
/// check it is an error: a constraint is never skipped silently.
/// </summary>
internal sealed class ConstraintParser(Member member, ValueModel value, ParseContext context)
{
    private readonly List<ConstraintModel> _constraints = [];
    private readonly List<SchemaConstraint> _schema = [];
    private NumberRange? _range;

    /// <summary>The checks, in declaration order.</summary>
    public IReadOnlyList<ConstraintModel> Constraints => _constraints;

    /// <summary>Whether <c>[Required]</c> forbids null.</summary>
    public bool IsRequired { get; private set; }

    /// <summary>Parses the member's attributes.</summary>
    public void Parse()
    {
        foreach (AttributeData attribute in member.Attributes.Where(static a => TypeConstraints.IsValidation(a.AttributeClass)))
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            string name = attribute.AttributeClass!.Name;
            string? error = HasResourceMessage(attribute) ? "its message comes from a resource; use ErrorMessage"
                : attribute.AttributeClass.ContainingNamespace.ToDisplayString() != SymbolExtensions.DataAnnotations ? "attributes of one's own are not supported"
                : ParseAttribute(name, attribute);
            if (error is not null) context.Report(Rules.Validation, member.LocationOf(attribute, context.CancellationToken), ShortName(name), $"{context.Type.Name}.{member.Name}", error);
        }
    }

    /// <summary>The constraints as the schema says them, by key. A narrow integer's own limits are among them.</summary>
    public IEnumerable<SchemaConstraint> ForSchema()
    {
        NumberRange? limits = NumberRange.Of(value.Kind);
        if (limits is not null) _schema.AddRange((_range ?? limits).ForSchema(value.IsSigned));
        return _schema.Distinct().OrderBy(static c => c.Key, StringComparer.Ordinal).ThenBy(static c => c.Json, StringComparer.Ordinal);
    }

    private string? ParseAttribute(string name, AttributeData attribute) => name switch
    {
        "RequiredAttribute" => ParseRequired(attribute),
        "MaxLengthAttribute" => ParseMaxLength(attribute),
        "MinLengthAttribute" => ParseMinLength(attribute),
        "StringLengthAttribute" => ParseStringLength(attribute),
        "LengthAttribute" => ParseLength(attribute),
        "RangeAttribute" => ParseRange(attribute),
        "RegularExpressionAttribute" => ParseRegularExpression(attribute),
        "EmailAddressAttribute" => ParseText(attribute, ConstraintKind.EmailAddress, "email"),
        "UrlAttribute" => ParseText(attribute, ConstraintKind.Url, "url"),
        "AllowedValuesAttribute" => ParseValues(attribute, ConstraintKind.AllowedValues, "allowed"),
        "DeniedValuesAttribute" => ParseValues(attribute, ConstraintKind.DeniedValues, "denied"),
        "DataTypeAttribute" => null, // a hint to user interfaces: it checks nothing
        _ => "it is not supported",
    };

    private string? ParseRequired(AttributeData attribute)
    {
        IsRequired = true;
        if (value.Kind != ValueKind.String) return null;
        bool allowEmpty = attribute.Named<bool>("AllowEmptyStrings");
        if (!allowEmpty) _schema.Add(new SchemaConstraint("nonblank", "true"));
        Add(attribute, ConstraintKind.Required, [CSharpText.Literal(allowEmpty)]);
        return null;
    }

    private string? ParseMaxLength(AttributeData attribute)
    {
        if (!HasLength()) return NotApplicable("strings, lists, arrays and dictionaries");
        int max = attribute.Argument(0)?.Value is int given ? given : -1;
        if (max == -1) return null; // as long as the database allows
        if (max <= 0) return "the length must be greater than 0";
        _schema.Add(new SchemaConstraint("max_length", CSharpText.Number(max)));
        Add(attribute, ConstraintKind.MaxLength, [CSharpText.Number(max)], max);
        return null;
    }

    private string? ParseMinLength(AttributeData attribute)
    {
        if (!HasLength()) return NotApplicable("strings, lists, arrays and dictionaries");
        int min = (int)attribute.ConstructorArguments[0].Value!;
        if (min < 0) return "the length must not be negative";
        _schema.Add(new SchemaConstraint("min_length", CSharpText.Number(min)));
        Add(attribute, ConstraintKind.MinLength, [CSharpText.Number(min)], min);
        return null;
    }

    private string? ParseStringLength(AttributeData attribute)
    {
        if (value.Kind != ValueKind.String) return NotApplicable("strings");
        int max = (int)attribute.ConstructorArguments[0].Value!;
        int min = attribute.Named<int>("MinimumLength");
        return AddLength(attribute, "StringLength", min, max, max, min);
    }

    private string? ParseLength(AttributeData attribute)
    {
        if (!HasLength()) return NotApplicable("strings, lists, arrays and dictionaries");
        int min = (int)attribute.ConstructorArguments[0].Value!, max = (int)attribute.ConstructorArguments[1].Value!;
        return AddLength(attribute, "Length", min, max, min, max);
    }

    private string? AddLength(AttributeData attribute, string rule, int min, int max, params object[] messageArguments)
    {
        if (min < 0 || max < min) return "the lengths must be 0 or more, the maximum at least the minimum";
        if (min > 0) _schema.Add(new SchemaConstraint("min_length", CSharpText.Number(min)));
        _schema.Add(new SchemaConstraint("max_length", CSharpText.Number(max)));
        Add(attribute, ConstraintKind.Length, [CSharpText.Literal(rule), CSharpText.Number(min), CSharpText.Number(max)], messageArguments);
        return null;
    }

    private string? ParseRange(AttributeData attribute)
    {
        RangeParser range = new(value.Kind, attribute);
        if (range.Parse() is { } error) return error;
        _range = range.Integers;
        _schema.AddRange(range.Schema);
        Add(attribute, ConstraintKind.Range, range.Arguments, range.MessageArguments);
        return null;
    }

    private string? ParseRegularExpression(AttributeData attribute)
    {
        if (value.Kind != ValueKind.String) return NotApplicable("strings");
        string pattern = (string?)attribute.ConstructorArguments[0].Value ?? "";
        try
        {
            _ = new System.Text.RegularExpressions.Regex(pattern);
        }
        catch (ArgumentException e)
        {
            return $"the pattern is not valid: {e.Message}";
        }

        _schema.Add(new SchemaConstraint("regex", JsonText.String($@"^(?:{pattern})?\z")));
        Add(attribute, ConstraintKind.RegularExpression, [CSharpText.Literal(pattern)], pattern);
        return null;
    }

    private string? ParseText(AttributeData attribute, ConstraintKind kind, string key)
    {
        if (value.Kind != ValueKind.String) return NotApplicable("strings");
        _schema.Add(new SchemaConstraint(key, "true"));
        Add(attribute, kind, []);
        return null;
    }

    private string? ParseValues(AttributeData attribute, ConstraintKind kind, string key)
    {
        if (attribute.Argument(0) is not { Kind: TypedConstantKind.Array, IsNull: false } values) return "it names no values";
        List<string> code = [], json = [];
        foreach (TypedConstant constant in values.Values)
        {
            if (ConstantParser.Parse(constant, value) is not { } parsed) return $"{constant.ToCSharpString()} is not a value of type {value.DeclaredType.Replace("global::", "")}";
            code.Add(parsed.Code);
            json.Add(parsed.Json);
        }

        _schema.Add(new SchemaConstraint(key, $"[{string.Join(",", json)}]"));
        Add(attribute, kind, [$"[{string.Join(", ", code)}]"]);
        return null;
    }

    private void Add(AttributeData attribute, ConstraintKind kind, IEnumerable<string> arguments, params object[] messageArguments) =>
        _constraints.Add(new ConstraintModel(kind, arguments.ToEquatableArray(), MessageOf(attribute, messageArguments)));

    // {0} is the member, the others what the attribute says, as ValidationAttribute.FormatErrorMessage has it.
    private string? MessageOf(AttributeData attribute, object[] arguments)
    {
        if (attribute.Named<string>("ErrorMessage") is not { } message) return null;
        try
        {
            return string.Format(CultureInfo.InvariantCulture, message, [member.Name, .. arguments]);
        }
        catch (FormatException)
        {
            return message;
        }
    }

    private bool HasLength() => value.Kind is ValueKind.String or ValueKind.Bytes or ValueKind.Memory or ValueKind.List or ValueKind.Map;

    private static bool HasResourceMessage(AttributeData attribute) => attribute.NamedArguments.Any(static a => a.Key is "ErrorMessageResourceName" or "ErrorMessageResourceType");

    private static string NotApplicable(string to) => $"it applies to {to} only";

    private static string ShortName(string attribute) => attribute.EndsWith("Attribute", StringComparison.Ordinal) ? attribute.Substring(0, attribute.Length - 9) : attribute;
}
