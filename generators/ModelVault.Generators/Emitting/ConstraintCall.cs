using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>The call of a constraint's check.</summary>
internal static class ConstraintCall
{
    /// <summary>Whether the check judges null itself, so that it is called whatever the value.</summary>
    public static bool TakesNull(ConstraintModel constraint, FieldModel field) => constraint.Kind switch
    {
        ConstraintKind.Required => field.Value.Kind == ValueKind.String,
        ConstraintKind.AllowedValues or ConstraintKind.DeniedValues or ConstraintKind.Compare or ConstraintKind.Custom => field.Value.IsNullable && !field.IsRequired,
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
        string message = constraint.Message is { } given ? $", message: {Message(given, field, storage)}" : "";
        string call = constraint.Kind switch
        {
            ConstraintKind.Required => $"Required({path.Expression}, {value}, {arguments[0]}",
            ConstraintKind.MaxLength => $"MaxLength({path.Expression}, {value}.{Length(field.Value)}, {arguments[0]}, {value}",
            ConstraintKind.MinLength => $"MinLength({path.Expression}, {value}.{Length(field.Value)}, {arguments[0]}, {value}",
            ConstraintKind.Length => $"Length({path.Expression}, {arguments[0]}, {value}.{Length(field.Value)}, {arguments[1]}, {arguments[2]}, {value}",
            ConstraintKind.Range when field.Value.Kind is ValueKind.Half or ValueKind.Single => $"Range({path.Expression}, {value}, {arguments[0]}, {arguments[1]}{Exclusive(arguments)}",
            ConstraintKind.Range => $"Range<{field.Value.Type}>({path.Expression}, {value}, {arguments[0]}, {arguments[1]}{Exclusive(arguments)}",
            ConstraintKind.RegularExpression => $"RegularExpression({path.Expression}, {value}, {storage.Pattern(arguments[0], field.Member)}",
            ConstraintKind.EmailAddress => $"EmailAddress({path.Expression}, {value}",
            ConstraintKind.Url => $"Url({path.Expression}, {value}",
            ConstraintKind.AllowedValues => $"AllowedValues<{field.Value.DeclaredType}>({path.Expression}, {value}, {arguments[0]}",
            ConstraintKind.Base64String => $"Base64String({path.Expression}, {value}",
            ConstraintKind.CreditCard => $"CreditCard({path.Expression}, {value}",
            ConstraintKind.Phone => $"Phone({path.Expression}, {value}",
            ConstraintKind.Compare => $"Compare<{arguments[0]}>({path.Expression}, {value}, {arguments[1]}, value.{arguments[2]}",
            ConstraintKind.Custom => $"Custom({path.Expression}, {value}, {storage.Attribute(arguments[1], $"{field.Member}{arguments[0].Trim('"')}")}, {arguments[0]}, {arguments[2]}, {arguments[3]}, value",
            _ => $"DeniedValues<{field.Value.DeclaredType}>({path.Expression}, {value}, {arguments[0]}",
        };
        return $"validator.{call}{message});";
    }

    /// <summary>A message's expression.</summary>
    public static string Message(MessageModel message, FieldModel field, StorageEmitter storage) => message.IsStored ? storage.Message(message.Code, field.Member) : message.Code;

    private static string Exclusive(EquatableArray<string> arguments) =>
        arguments[2] == "false" && arguments[3] == "false" ? "" : $", {arguments[2]}, {arguments[3]}";

    private static string Length(ValueModel value) => value is { Kind: ValueKind.String or ValueKind.Bytes or ValueKind.Memory } or { List.HasLength: true } ? "Length" : "Count";
}
