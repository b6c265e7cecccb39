using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>The expressions that make a value's run-time field type.</summary>
internal static class FieldTypes
{
    /// <summary>Whether the library has the one instance of the type; else the model's code keeps one.</summary>
    public static bool IsShared(ValueModel value) => value.Kind < ValueKind.Enum && (!value.IsNullable || !value.IsValueType);

    /// <summary>The expression.</summary>
    public static string Of(ValueModel value, StorageEmitter storage, string member)
    {
        if (value is { IsNullable: true, IsValueType: true })
            return $"{Library.FieldTypes}.Nullable({storage.FieldType(value with { IsNullable = false }, member)})";
        return value.Kind switch
        {
            ValueKind.Bool => $"{Library.FieldTypes}.Boolean",
            ValueKind.String => $"{Library.FieldTypes}.{(value.IsNullable ? "NullableString" : "String")}",
            ValueKind.Bytes or ValueKind.Uri or ValueKind.Version => $"{Library.FieldTypes}.{(value.IsNullable ? "Nullable" : "")}{value.Kind}",
            ValueKind.Enum when value.Enum!.AsNumber => $"{Library.FieldTypes}.EnumAsNumber<{value.Type}>()",
            ValueKind.Enum => $"{Library.FieldTypes}.Enum({storage.EnumNames(value)})",
            ValueKind.Wrapper => Wrapped(value, storage, member),
            ValueKind.Converted => $"{Library.FieldTypes}.{(value.IsNullable ? "NullableConverted" : "Converted")}<{Conversion(value)}>({storage.FieldType(value.Converter!.Stored, $"{member}Stored")})",
            ValueKind.Object => $"{Library.FieldTypes}.{(value.IsNullable ? "NullableObject" : "Object")}<{value.Type}>()",
            ValueKind.Union => $"{Library.FieldTypes}.Custom<{value.DeclaredType}>({storage.UnionReader(value)}<{Library.Runtime}.MessagePackReader>)",
            ValueKind.List or ValueKind.Map => $"{Library.FieldTypes}.Custom<{value.DeclaredType}>({storage.Reader(value, member)}<{Library.Runtime}.MessagePackReader>)",
            _ => $"{Library.FieldTypes}.{value.Kind}",
        };
    }

    private static string Wrapped(ValueModel value, StorageEmitter storage, string member)
    {
        WrapperModel wrapper = value.Wrapper!;
        string inner = storage.FieldType(wrapper.Inner, member);
        return $"{Library.FieldTypes}.Wrapped<{value.Type}, {wrapper.Inner.Type}>({inner}, static v => v.{wrapper.Member}, static v => {Wrap(value, "v")})";
    }

    /// <summary>The expression of what is stored for a value.</summary>
    public static string ToStored(ValueModel value, string expression) => $"{Library.Runtime}.VaultConverters.ToStored<{Conversion(value)}>({expression})";

    /// <summary>The expression of the value that was stored.</summary>
    public static string FromStored(ValueModel value, string stored) => $"{Library.Runtime}.VaultConverters.FromStored<{Conversion(value)}>({stored})";

    private static string Conversion(ValueModel value) => $"{value.Converter!.Type}, {value.Type}, {value.Converter.Stored.Type}";

    /// <summary>The expression that makes a struct of one scalar.</summary>
    public static string Wrap(ValueModel value, string inner) => value.Wrapper!.IsPositional
        ? $"new {value.Type}({inner})"
        : $"new {value.Type} {{ {value.Wrapper.Member} = {inner} }}";
}
