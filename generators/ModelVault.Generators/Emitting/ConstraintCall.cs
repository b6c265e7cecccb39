using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>The call of a constraint's check.</summary>
internal static class ConstraintCall
{
    /// <summary>Whether the check judges null itself, so that it is called whatever the value.</summary>
    public static bool TakesNull(ConstraintModel constraint, ValueModel value) => constraint.Kind switch
    {
        ConstraintKind.Required => value.Kind == ValueKind.String,
        ConstraintKind.AllowedValues or ConstraintKind.DeniedValues => value.IsNullable,
        _ => false,
    };

    /// <summary>The call.</summary>
    /// <param name="constraint">The constraint.</param>
    /// <param name="field">The field it is on.</param>
    /// <param name="value">The value's expression.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="storage">Where patterns are kept.</param>
    public static string Of(ConstraintModel constraint, FieldModel field, string value, ValuePath path, StorageEmitter storage)
    {
        EquatableArray<string> arguments = constraint.Arguments;
        string message = constraint.Message is { } text ? $", message: {CSharpText.Literal(text)}" : "";
        string call = constraint.Kind switch
        {
            ConstraintKind.Required => $"Required({path.Expression}, {value}, {arguments[0]}",
            ConstraintKind.MaxLength => $"MaxLength({path.Expression}, {value}.{Length(field.Value)}, {arguments[0]}, {value}",
            ConstraintKind.MinLength => $"MinLength({path.Expression}, {value}.{Length(field.Value)}, {arguments[0]}, {value}",
            ConstraintKind.Length => $"Length({path.Expression}, {arguments[0]}, {value}.{Length(field.Value)}, {arguments[1]}, {arguments[2]}, {value}",
            ConstraintKind.Range when field.Value.Kind == ValueKind.Single => $"Range({path.Expression}, {value}, {arguments[0]}, {arguments[1]}{Exclusive(arguments)}",
            ConstraintKind.Range when field.Value.Kind == ValueKind.Half => $"Range({path.Expression}, (float){value}, {arguments[0]}, {arguments[1]}{Exclusive(arguments)}",
            ConstraintKind.Range => $"Range<{field.Value.Type}>({path.Expression}, {value}, {arguments[0]}, {arguments[1]}{Exclusive(arguments)}",
            ConstraintKind.RegularExpression => $"RegularExpression({path.Expression}, {value}, {storage.Pattern(arguments[0], field.Member)}",
            ConstraintKind.EmailAddress => $"EmailAddress({path.Expression}, {value}",
            ConstraintKind.Url => $"Url({path.Expression}, {value}",
            ConstraintKind.AllowedValues => $"AllowedValues<{field.Value.DeclaredType}>({path.Expression}, {value}, {arguments[0]}",
            _ => $"DeniedValues<{field.Value.DeclaredType}>({path.Expression}, {value}, {arguments[0]}",
        };
        return $"validator.{call}{message});";
    }

    private static string Exclusive(EquatableArray<string> arguments) =>
        arguments[2] == "false" && arguments[3] == "false" ? "" : $", {arguments[2]}, {arguments[3]}";

    private static string Length(ValueModel value) => value is { Kind: ValueKind.String or ValueKind.Bytes or ValueKind.Memory } or { List.HasLength: true } ? "Length" : "Count";
}
