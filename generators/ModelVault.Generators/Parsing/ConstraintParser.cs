using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Parsing;

/// <summary>
/// Turns a member's DataAnnotations into checks and schema constraints. One that can't be checked as its attribute would
/// check it is an error: a constraint is never skipped silently.
/// </summary>
internal sealed class ConstraintParser(Member member, IReadOnlyList<Member> members, ValueModel value, ParseContext context)
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
            INamedTypeSymbol type = attribute.AttributeClass!;
            bool isKnown = type.ContainingNamespace.ToDisplayString() == SymbolExtensions.DataAnnotations;
            string? error = MessageParser.Check(attribute, context) ?? (isKnown ? ParseAttribute(type.Name, attribute) : ParseCustom(attribute));
            if (error is not null) context.Report(Rules.Validation, member.LocationOf(attribute, context.CancellationToken), type.RuleName(), $"{context.Type.Name}.{member.Name}", error);
        }
    }

    /// <summary>The constraints as the schema says them, by key. A narrow integer's own limits are among them.</summary>
    public IEnumerable<SchemaConstraint> ForSchema()
    {
        ValueModel scalar = value.Wrapper?.Inner ?? value;
        NumberRange? limits = NumberRange.Of(scalar.Kind);
        if (limits is not null) _schema.AddRange((_range ?? limits).ForSchema(scalar.IsSigned));
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
        "Base64StringAttribute" => ParseText(attribute, ConstraintKind.Base64String, "base64"),
        "CreditCardAttribute" => ParseText(attribute, ConstraintKind.CreditCard, "credit_card"),
        "PhoneAttribute" => ParseText(attribute, ConstraintKind.Phone, "phone"),
        "CompareAttribute" => ParseCompare(attribute),
        "FileExtensionsAttribute" => ParseCustom(attribute),
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
        if (PatternParser.Check(pattern) is { } error) return error;
        _schema.Add(new SchemaConstraint("regex", CanonicalJson.String(PatternParser.Anchored(pattern))));
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

    private string? ParseCompare(AttributeData attribute)
    {
        string name = (string?)attribute.ConstructorArguments[0].Value ?? "";
        if (members.FirstOrDefault(m => m.Name == name) is not { } other) return $"'{name}' is not a stored member of '{context.Type.Name}'";
        if (!value.IsScalar || !SymbolEqualityComparer.Default.Equals(Underlying(member.Property.Type), Underlying(other.Property.Type))) return $"'{name}' is of another type, or of one that can't be compared";
        bool isNullable = value.IsNullable || other.Property.Type.NullableAnnotation != NullableAnnotation.NotAnnotated;
        _schema.Add(new SchemaConstraint("equals", CanonicalJson.String(FieldParser.StoredNameOf(other))));
        Add(attribute, ConstraintKind.Compare, [isNullable ? value.Type + "?" : value.Type, CSharpText.Literal(FieldParser.StoredNameOf(other)), CSharpText.Identifier(other.Name)], MessageParser.DisplayName(other));
        return null;
    }

    private static ITypeSymbol Underlying(ITypeSymbol type) =>
        type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable ? nullable.TypeArguments[0] : type;

    private string? ParseCustom(AttributeData attribute)
    {
        (string? code, string? error) = AttributeCode.Of(attribute, context);
        if (error is not null) return error;
        string rule = attribute.AttributeClass!.RuleName();
        string[] arguments = [CSharpText.Literal(rule), code!, CSharpText.Literal(member.Name), CSharpText.Literal(MessageParser.DisplayName(member))];
        _constraints.Add(new ConstraintModel(ConstraintKind.Custom, arguments.ToEquatableArray(), null));
        return null;
    }

    private void Add(AttributeData attribute, ConstraintKind kind, IEnumerable<string> arguments, params object[] messageArguments) =>
        _constraints.Add(new ConstraintModel(kind, arguments.ToEquatableArray(), MessageParser.Parse(attribute, member, messageArguments)));

    private bool HasLength() => value.Kind is ValueKind.String or ValueKind.Bytes or ValueKind.Memory or ValueKind.List or ValueKind.Map;

    private static string NotApplicable(string to) => $"it applies to {to} only";
}
