using ModelVault.Generators.Models;
using ModelVault.Generators.Text;

namespace ModelVault.Generators.Emitting;

/// <summary>
/// Emits a model's <c>Write</c>: every field in schema order.
/// <code>
/// writer.BeginField("rating"u8);
/// if (value.Rating is { } rating) writer.WriteDouble(rating);
/// else writer.WriteNull();
/// </code>
/// </summary>
internal sealed class WriteEmitter(TypeModel model, SourceWriter writer, StorageEmitter storage)
{
    private readonly Names _locals = new("value", "writer");

    /// <summary>Emits the method.</summary>
    public void Emit()
    {
        writer.Line(Library.GeneratedCode);
        writer.Open($"static void {Library.Runtime}.IVaultObject<{model.Name.FullName}>.Write<TWriter>(in {model.Name.FullName} value, ref TWriter writer)");
        writer.Line($"writer.BeginObject({CSharpText.Number(model.Fields.Count)});");
        foreach (FieldModel field in model.Fields)
        {
            writer.Line($"writer.BeginField({CSharpText.Literal(field.StoredName)}u8);");
            Write(field.Value, $"value.{CSharpText.Identifier(field.Member)}", CSharpText.Parameter(field.Member));
        }

        writer.Line("writer.EndObject();");
        writer.Close();
    }

    private void Write(ValueModel value, string expression, string name)
    {
        if (!value.IsNullable)
        {
            WriteNotNull(value, expression, name);
            return;
        }

        string local = _locals.Take(name);
        ValueModel present = value with { IsNullable = false };
        if (Statement(present, local) is { } statement)
        {
            writer.Line($"if ({expression} is {{ }} {local}) {statement}");
            writer.Line("else writer.WriteNull();");
            return;
        }

        writer.Open($"if ({expression} is {{ }} {local})");
        WriteNotNull(present, local, name);
        writer.Close();
        writer.Open("else");
        writer.Line("writer.WriteNull();");
        writer.Close();
    }

    private void WriteNotNull(ValueModel value, string expression, string name)
    {
        if (Statement(value, expression) is { } statement) writer.Line(statement);
        else if (value.Kind == ValueKind.Converted) WriteConverted(value, expression, name);
        else if (value.Kind == ValueKind.Map) WriteMap(value.Map!, expression, name);
        else WriteList(value.List!, expression, name);
    }

    private void WriteConverted(ValueModel value, string expression, string name)
    {
        ValueModel stored = value.Converter!.Stored;
        string local = _locals.Take($"{name.TrimStart('@')}Stored");
        writer.Line($"{stored.Type} {local} = {FieldTypes.ToStored(value, expression)};");
        WriteNotNull(stored, local, local);
    }

    private void WriteList(ListModel list, string expression, string name)
    {
        string item = _locals.Take($"{name.TrimStart('@')}Item");
        string items = list.IsSet ? WriteOrdered(list, expression, name) : expression;
        writer.Line($"writer.BeginList({items}.{(list.IsSet || list.HasLength ? "Length" : "Count")});");
        writer.Open($"foreach ({list.Element.DeclaredType} {item} in {items})");
        Write(list.Element, item, item);
        writer.Close();
        writer.Line("writer.EndList();");
    }

    // Equal sets are equal bytes, whatever the order in which they were filled.
    private string WriteOrdered(ListModel list, string expression, string name)
    {
        string plain = name.TrimStart('@'), items = _locals.Take($"{plain}Items");
        string order = list.Element.IsScalar
            ? storage.FieldType(list.Element, $"{char.ToUpperInvariant(plain[0])}{plain.Substring(1)}Item")
            : list.Element.Kind == ValueKind.Union ? $"{storage.UnionWriter(list.Element)}<{Library.Runtime}.MessagePackWriter>"
            : $"{Library.Objects}.Write<{list.Element.Type}, {Library.Runtime}.MessagePackWriter>";
        writer.Line($"{list.Element.DeclaredType}[] {items} = {Library.Runtime}.SetItems.Ordered<{list.Element.DeclaredType}>({expression}, {order});");
        return items;
    }

    private void WriteMap(MapModel map, string expression, string name)
    {
        string entry = _locals.Take($"{name.TrimStart('@')}Entry");
        string key = $"{(map.StoredKey.IsSigned ? "(long)" : map.StoredKey.IsUnsigned ? "(ulong)" : "")}{map.StoredKeyOf($"{entry}.Key")}";
        writer.Line($"writer.BeginMap({expression}.Count);");
        writer.Open($"foreach (global::System.Collections.Generic.KeyValuePair<{map.Key.Type}, {map.Value.DeclaredType}> {entry} in {expression})");
        writer.Line($"writer.WriteMapKey({key});");
        Write(map.Value, $"{entry}.Value", $"{entry}Value");
        writer.Close();
        writer.Line("writer.EndMap();");
    }

    // What one statement writes; null for lists and maps, and for what is stored as one.
    private string? Statement(ValueModel value, string expression) => value.Kind switch
    {
        ValueKind.Bool => $"writer.WriteBoolean({expression});",
        ValueKind.Char => $"writer.WriteUInt64({expression});",
        _ when value.IsSigned => $"writer.WriteInt64({expression});",
        _ when value.IsUnsigned => $"writer.WriteUInt64({expression});",
        ValueKind.Memory => $"writer.WriteBytes({expression}.Span);",
        ValueKind.Enum when value.Enum!.AsNumber => $"{Library.Runtime}.EnumNames<{value.Type}>.WriteNumber({expression}, ref writer);",
        ValueKind.Enum => $"{storage.EnumNames(value)}.Write({expression}, ref writer);",
        ValueKind.Wrapper => Statement(value.Wrapper!.Inner, $"{expression}.{value.Wrapper.Member}"),
        ValueKind.Converted => Statement(value.Converter!.Stored, FieldTypes.ToStored(value, expression)),
        ValueKind.Object => $"{Library.Objects}.Write<{value.Type}, TWriter>({expression}, ref writer);",
        ValueKind.Union => $"{storage.UnionWriter(value)}({expression}, ref writer);",
        ValueKind.List or ValueKind.Map => null,
        _ => $"writer.Write{value.Kind}({expression});",
    };
}
