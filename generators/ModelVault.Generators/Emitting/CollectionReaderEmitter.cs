using ModelVault.Generators.Models;

namespace ModelVault.Generators.Emitting;

/// <summary>
/// Emits the method that reads a list, an array, a set or a map:
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
    private const string Generic = "global::System.Collections.Generic";
    private const string Immutable = "global::System.Collections.Immutable";

    private readonly Text.SourceWriter _writer = new();

    /// <summary>The method's lines.</summary>
    public List<string> Lines()
    {
        _writer.Line($"internal static {value.Type} {name}<TReader>(ref TReader reader)");
        _writer.Indented($"where TReader : struct, {Library.Runtime}.IRecordReader, allows ref struct");
        _writer.Line("{");
        foreach (string line in value.Kind == ValueKind.Map ? Map(value.Map!) : value.List!.Shape == ListShape.Array ? Array(value.List) : List(value.List!)) _writer.Indented(line);
        _writer.Line("}");
        return [.. _writer.ToString().TrimEnd('\n').Split('\n')];
    }

    private IEnumerable<string> List(ListModel list)
    {
        string item = ValueReader.Expression(list.Element, storage, member + "Item");
        return
        [
            "int count = reader.BeginList();",
            NewList(list),
            list.IsSet
                ? $"for (int i = 0; reader.NextItem(i, count); i++) if (!items.Add({item})) throw {Library.Errors}.DuplicateItem();"
                : $"for (int i = 0; reader.NextItem(i, count); i++) items.Add({item});",
            "reader.EndList();",
            $"return {Finished("items", list.Shape.ToString())};",
        ];
    }

    private static string NewList(ListModel list)
    {
        string item = list.Element.DeclaredType;
        return list.Shape switch
        {
            ListShape.List or ListShape.HashSet => $"{Generic}.{list.Shape}<{item}> items = new(global::System.Math.Max(count, 0));",
            ListShape.SortedSet => $"{Generic}.SortedSet<{item}> items = new({Order(list.Element)});",
            ListShape.ImmutableArray => $"{Immutable}.ImmutableArray<{item}>.Builder items = {Immutable}.ImmutableArray.CreateBuilder<{item}>(global::System.Math.Max(count, 0));",
            _ => $"{Immutable}.{list.Shape}<{item}>.Builder items = {Immutable}.{list.Shape}.CreateBuilder<{item}>({(list.Shape == ListShape.ImmutableSortedSet ? Order(list.Element) : "")});",
        };
    }

    // The default order of strings depends on the culture: what is sorted under one would be damaged under another.
    private static string Order(ValueModel item) => item.Kind == ValueKind.String ? "global::System.StringComparer.Ordinal" : "";

    private static string Finished(string collection, string shape) => shape switch
    {
        nameof(ListShape.ImmutableArray) => $"{collection}.DrainToImmutable()",
        _ => shape.StartsWith("Immutable", StringComparison.Ordinal) ? $"{collection}.ToImmutable()" : collection,
    };

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
        NewMap(map),
        "for (int i = 0; reader.NextItem(i, count); i++)",
        "{",
        $"    {map.Key.Type} key = {ValueReader.MapKey(map.Key)};",
        .. AddEntry(map, ValueReader.Expression(map.Value, storage, member + "Value")),
        "}",
        "",
        "reader.EndMap();",
        $"return {Finished("entries", map.Shape.ToString())};",
    ];

    private static string NewMap(MapModel map)
    {
        string types = $"<{map.Key.Type}, {map.Value.DeclaredType}>";
        return map.Shape switch
        {
            MapShape.Dictionary => $"{Generic}.Dictionary{types} entries = new(global::System.Math.Max(count, 0));",
            MapShape.SortedDictionary => $"{Generic}.SortedDictionary{types} entries = new({Order(map.Key)});",
            _ => $"{Immutable}.{map.Shape}{types}.Builder entries = {Immutable}.{map.Shape}.CreateBuilder{types}({(map.Shape == MapShape.ImmutableSortedDictionary ? Order(map.Key) : "")});",
        };
    }

    private static IEnumerable<string> AddEntry(MapModel map, string read) => map.Shape == MapShape.Dictionary
        ? [$"    if (!entries.TryAdd(key, {read})) throw {Library.Errors}.DuplicateEntry(key);"]
        : [$"    if (entries.ContainsKey(key)) throw {Library.Errors}.DuplicateEntry(key);", $"    entries.Add(key, {read});"];
}
