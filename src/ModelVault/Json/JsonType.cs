using System.Collections.Immutable;
using System.Text.Json;

namespace ModelVault;

/// <summary>A stored type with the names that the members of its objects have in JSON.</summary>
internal sealed class JsonType
{
    private readonly Dictionary<string, int>? _ordinals;

    private JsonType(FieldTypeSchema schema, JsonMember[] members, JsonType? element, bool ignoresCase)
    {
        Schema = schema;
        Members = members;
        Element = element;
        if (!ignoresCase || members.Length == 0) return;
        _ordinals = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < members.Length; i++) _ordinals.TryAdd(members[i].Name, i);
    }

    public FieldTypeSchema Schema { get; }

    /// <summary>An object's members, by the places of their fields.</summary>
    public JsonMember[] Members { get; }

    /// <summary>A list's items, or a map's values.</summary>
    public JsonType? Element { get; }

    /// <summary>The records of a collection, by stored names.</summary>
    public static JsonType Of(CollectionSchema schema) => Of(RecordOf(schema));

    /// <summary>A type, by stored names.</summary>
    public static JsonType Of(FieldTypeSchema schema) => new(
        schema,
        [.. schema.Fields.Select(static f => new JsonMember(f.Name, f, Of(f.Type)))],
        schema.Element is { } element ? Of(element) : null,
        ignoresCase: false);

    /// <summary>A collection's record as an object.</summary>
    public static FieldTypeSchema RecordOf(CollectionSchema schema) => new() { Kind = FieldKind.Object, Fields = schema.Fields };

    /// <summary>The place of the member whose name the reader stands on, or −1.</summary>
    /// <param name="json">The reader.</param>
    /// <param name="expected">The place to look at first: members mostly come in the same order.</param>
    public int OrdinalOf(ref Utf8JsonReader json, int expected)
    {
        if (expected < Members.Length && json.ValueTextEquals(Members[expected].Utf8Name)) return expected;
        for (int i = 0; i < Members.Length; i++)
            if (json.ValueTextEquals(Members[i].Utf8Name)) return i;
        return _ordinals is not null && _ordinals.TryGetValue(json.GetString()!, out int ordinal) ? ordinal : -1;
    }
}

/// <summary>A member of an object in JSON.</summary>
internal sealed class JsonMember(string name, FieldSchema schema, JsonType type)
{
    public string Name => name;

    public FieldSchema Schema => schema;

    public JsonType Type => type;

    public byte[] Utf8Name { get; } = System.Text.Encoding.UTF8.GetBytes(name);

    public JsonEncodedText EncodedName { get; } = JsonEncodedText.Encode(name);
}
