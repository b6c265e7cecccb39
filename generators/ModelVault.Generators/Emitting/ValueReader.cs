using ModelVault.Generators.Models;

namespace ModelVault.Generators.Emitting;

/// <summary>The expressions that read a value from a record reader called <c>reader</c>.</summary>
internal static class ValueReader
{
    /// <summary>The expression.</summary>
    /// <param name="value">What to read.</param>
    /// <param name="storage">Where readers of lists are kept.</param>
    /// <param name="member">The member, to name them after.</param>
    public static string Expression(ValueModel value, StorageEmitter storage, string member)
    {
        if (value.IsNullable) return $"reader.TryReadNull() ? default({value.DeclaredType}) : {Expression(value with { IsNullable = false }, storage, member)}";
        return value.Kind switch
        {
            ValueKind.Bool => "reader.ReadBoolean()",
            ValueKind.SByte or ValueKind.Int16 or ValueKind.Int32 => $"{Library.Narrow}.To{value.Kind}(reader.ReadInt64())",
            ValueKind.Byte or ValueKind.UInt16 or ValueKind.UInt32 or ValueKind.Char => $"{Library.Narrow}.To{value.Kind}(reader.ReadUInt64())",
            ValueKind.Memory => "reader.ReadBytes()",
            ValueKind.Enum when value.Enum!.AsNumber => $"{Library.Runtime}.EnumNames<{value.Type}>.ReadNumber(ref reader)",
            ValueKind.Enum => $"reader.ReadEnum({storage.EnumNames(value)})",
            ValueKind.Wrapper => FieldTypes.Wrap(value, Expression(value.Wrapper!.Inner, storage, member)),
            ValueKind.Converted => FieldTypes.FromStored(value, Expression(value.Converter!.Stored, storage, $"{member}Stored")),
            ValueKind.Object => $"{Library.Objects}.Read<{value.Type}, TReader>(ref reader)",
            ValueKind.Union => $"{storage.UnionReader(value)}(ref reader)",
            ValueKind.List or ValueKind.Map => $"{storage.Reader(value, member)}(ref reader)",
            _ => $"reader.Read{value.Kind}()",
        };
    }

    /// <summary>The expression that reads a map's key.</summary>
    public static string MapKey(ValueModel key) => key.Kind switch
    {
        ValueKind.Wrapper => FieldTypes.Wrap(key, MapKey(key.Wrapper!.Inner)),
        ValueKind.String => "reader.ReadMapKeyString()",
        ValueKind.Guid => "reader.ReadMapKeyGuid()",
        ValueKind.Int64 => "reader.ReadMapKeyInt64()",
        ValueKind.UInt64 => "reader.ReadMapKeyUInt64()",
        _ when key.IsSigned => $"{Library.Narrow}.To{key.Kind}(reader.ReadMapKeyInt64())",
        _ => $"{Library.Narrow}.To{key.Kind}(reader.ReadMapKeyUInt64())",
    };
}
