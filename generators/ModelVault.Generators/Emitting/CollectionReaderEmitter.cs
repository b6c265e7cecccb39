using ModelVault.Generators.Models;

namespace ModelVault.Generators.Emitting;

/// <summary>
/// Emits the method that reads a list, an array or a map:
/// <code>
/// int count = reader.BeginList();
/// List&lt;string&gt; items = new(Math.Max(count, 0));
/// for (int i = 0; reader.NextItem(i, count); i++) items.Add(reader.ReadString());
/// reader.EndList();
/// return items;
/// </code>
/// </summary>
internal sealed class CollectionReaderEmitter(string name, ValueModel value, string member, StorageEmitter storage)
{
    private readonly Text.SourceWriter _writer = new();

    /// <summary>The method's lines.</summary>
    public List<string> Lines()
    {
        _writer.Line($"internal static {value.Type} {name}<TReader>(ref TReader reader)");
        _writer.Indented($"where TReader : struct, {Library.Runtime}.IRecordReader, allows ref struct");
        _writer.Line("{");
        foreach (string line in value.Kind == ValueKind.Map ? Map(value.Map!) : value.List!.IsArray ? Array(value.List) : List(value.List!)) _writer.Indented(line);
        _writer.Line("}");
        return [.. _writer.ToString().TrimEnd('\n').Split('\n')];
    }

    private IEnumerable<string> List(ListModel list) =>
    [
        "int count = reader.BeginList();",
        $"global::System.Collections.Generic.List<{list.Element.DeclaredType}> items = new(global::System.Math.Max(count, 0));",
        $"for (int i = 0; reader.NextItem(i, count); i++) items.Add({ValueReader.Expression(list.Element, storage, member + "Item")});",
        "reader.EndList();",
        "return items;",
    ];

    private IEnumerable<string> Array(ListModel list) =>
    [
        "int count = reader.BeginList();",
        "int length = 0;",
        $"{value.Type} items = [];",
        "global::System.Array.Resize(ref items, global::System.Math.Max(count, 0));",
        "for (; reader.NextItem(length, count); length++)",
        "{",
        "    if (length == items.Length) global::System.Array.Resize(ref items, global::System.Math.Max(length * 2, 4));",
        $"    items[length] = {ValueReader.Expression(list.Element, storage, member + "Item")};",
        "}",
        "",
        "reader.EndList();",
        "if (length != items.Length) global::System.Array.Resize(ref items, length);",
        "return items;",
    ];

    private IEnumerable<string> Map(MapModel map) =>
    [
        "int count = reader.BeginMap();",
        $"global::System.Collections.Generic.Dictionary<{map.Key.Type}, {map.Value.DeclaredType}> entries = new(global::System.Math.Max(count, 0));",
        "for (int i = 0; reader.NextItem(i, count); i++)",
        "{",
        $"    {map.Key.Type} key = {ValueReader.MapKey(map.Key)};",
        $"    if (!entries.TryAdd(key, {ValueReader.Expression(map.Value, storage, member + "Value")})) throw {Library.Errors}.DuplicateEntry(key);",
        "}",
        "",
        "reader.EndMap();",
        "return entries;",
    ];
}
