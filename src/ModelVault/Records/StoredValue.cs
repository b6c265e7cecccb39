using ModelVault.Runtime;

namespace ModelVault;

/// <summary>Makes objects of stored values by their schema alone.</summary>
internal static class StoredValue
{
    /// <summary>
    /// Reads a value: a scalar as <see cref="SchemaScalar.Read"/> has it, a list as an array, a map as a dictionary, an object as a
    /// dictionary by stored names.
    /// </summary>
    public static object? Read(FieldTypeSchema type, ref MessagePackReader reader)
    {
        if (reader.TryReadNull()) return null;
        return type.Kind switch
        {
            FieldKind.List => ReadList(type.Element!, ref reader),
            FieldKind.Map => ReadMap(type, ref reader),
            FieldKind.Object => ReadObject(type, ref reader),
            _ => SchemaScalar.Read(type, ref reader),
        };
    }

    /// <summary>Whether two scalars are equal, bytes by their contents.</summary>
    public static bool AreEqual(object? a, object? b) => a is byte[] x && b is byte[] y ? x.AsSpan().SequenceEqual(y) : Equals(a, b);

    private static object?[] ReadList(FieldTypeSchema element, ref MessagePackReader reader)
    {
        object?[] items = new object?[reader.BeginList()];
        for (int i = 0; i < items.Length; i++) items[i] = Read(element, ref reader);
        reader.EndList();
        return items;
    }

    private static Dictionary<object, object?> ReadMap(FieldTypeSchema type, ref MessagePackReader reader)
    {
        Dictionary<object, object?> entries = [];
        int count = reader.BeginMap();
        for (int i = 0; i < count; i++) entries[SchemaScalar.Read(type.MapKey!, ref reader)] = Read(type.Element!, ref reader);
        reader.EndMap();
        return entries;
    }

    private static Dictionary<string, object?> ReadObject(FieldTypeSchema type, ref MessagePackReader reader)
    {
        Dictionary<string, object?> fields = new(StringComparer.Ordinal);
        int count = reader.BeginObject();
        for (int i = 0; i < count; i++)
        {
            if (i < type.Fields.Length) fields[type.Fields[i].Name] = Read(type.Fields[i].Type, ref reader);
            else reader.Skip();
        }

        reader.EndObject();
        return fields;
    }
}
