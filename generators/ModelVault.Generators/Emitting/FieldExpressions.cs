using ModelVault.Generators.Models;

namespace ModelVault.Generators.Emitting;

/// <summary>The types and expressions of fields: what a value of a model is in a filter.</summary>
internal sealed class FieldExpressions(StorageEmitter storage)
{
    /// <summary>The field's type.</summary>
    /// <param name="value">The value.</param>
    /// <param name="model">The model's type, or the type parameter that stands for it.</param>
    public static string TypeOf(ValueModel value, string model)
    {
        string arguments = value.Kind switch
        {
            ValueKind.Object => $"<{model}>",
            ValueKind.Union => $"<{model}, {value.DeclaredType}>",
            ValueKind.List => $"<{model}, {value.DeclaredType}, {value.List!.Element.DeclaredType}, {TypeOf(value.List.Element, model)}>",
            ValueKind.Map => $"<{model}, {value.DeclaredType}, {value.Map!.Key.Type}, {TypeOf(Entry(value.Map), model)}>",
            ValueKind.Converted when !value.IsScalar => $"<{model}, {value.DeclaredType}>",
            ValueKind.Bool or ValueKind.String => $"<{model}>",
            _ => $"<{model}, {value.Type}>",
        };
        return Name(value) + arguments;
    }

    /// <summary>The expression that makes the field.</summary>
    /// <param name="value">The value.</param>
    /// <param name="model">The model's type, or the type parameter that stands for it.</param>
    /// <param name="info">The descriptor's expression.</param>
    /// <param name="member">The member, to name shared parts after.</param>
    public string New(ValueModel value, string model, string info, string member) => value.Kind switch
    {
        ValueKind.Union => $"new({info}, {storage.UnionCases(value)})",
        ValueKind.List => $"new({info}, {ItemType(value, member)}, {NewOf(value.List!.Element, model, $"{info}.Element({ItemType(value, member)})", $"{member}Item")})",
        ValueKind.Map => $"new({info}, static (map, key) => {NewOf(Entry(value.Map!), model, $"map.Entry({value.Map!.StoredKeyOf("key")}, {storage.FieldType(Entry(value.Map), $"{member}Value")})", $"{member}Value")}{PresenceOf(value.Map)})",
        _ => $"new({info})",
    };

    private string NewOf(ValueModel value, string model, string info, string member) => $"new {TypeOf(value, model)}{New(value, model, info, member).Substring(3)}";

    private string ItemType(ValueModel value, string member) => storage.FieldType(value.List!.Element, $"{member}Item");

    // Keys that are structs are looked up by what they hold.
    private static string PresenceOf(MapModel map) =>
        map.Key.Wrapper is null ? "" : $", static (map, key) => map.Entry({map.StoredKeyOf("key")}, {Library.FieldTypes}.Boolean)";

    // An entry that the map lacks is null.
    private static ValueModel Entry(MapModel map) => map.Value with { IsNullable = true };

    private static string Name(ValueModel value) => value.Kind switch
    {
        ValueKind.Object => value.IsNullable ? value.Object!.NullableFieldsType : value.Object!.FieldsType,
        ValueKind.Union => $"{Library.Public}.UnionField",
        ValueKind.List => $"{Library.Public}.ListField",
        ValueKind.Map => $"{Library.Public}.MapField",
        ValueKind.Converted when !value.IsScalar => $"{Library.Public}.OpaqueField",
        ValueKind.Bool => $"{Library.Public}.{(value.IsNullable ? "NullableBoolField" : "BoolField")}",
        ValueKind.String => $"{Library.Public}.{(value.IsNullable ? "NullableStringField" : "StringField")}",
        _ when !value.IsNullable => $"{Library.Public}.{(value.IsOrdered ? "OrderedField" : "EqualityField")}",
        _ when value.IsOrdered => $"{Library.Public}.{(value.IsValueType ? "NullableOrderedField" : "NullableOrderedReferenceField")}",
        _ => $"{Library.Public}.{(value.IsValueType ? "NullableEqualityField" : "NullableReferenceField")}",
    };
}
