using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ModelVault.Runtime;

namespace ModelVault;

/// <summary>A stored type with the names that the members of its objects have in JSON.</summary>
internal sealed class JsonType
{
    private readonly Dictionary<string, int>? _ordinals;

    private JsonType(FieldTypeSchema schema, JsonMember[] members, JsonType? element, JsonType[] cases, bool ignoresCase)
    {
        Schema = schema;
        Cases = cases;
        Members = members;
        Element = element;
        if (!ignoresCase || members.Length == 0) return;
        _ordinals = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < members.Length; i++)
            if (!members[i].IsHidden) _ordinals.TryAdd(members[i].Name, i);
    }

    public FieldTypeSchema Schema { get; }

    /// <summary>An object's members, by the places of their fields.</summary>
    public JsonMember[] Members { get; }

    /// <summary>A list's items, or a map's values.</summary>
    public JsonType? Element { get; }

    /// <summary>The objects of a union's cases, by the places of the cases.</summary>
    public JsonType[] Cases { get; }

    /// <summary>The records of a collection, by stored names.</summary>
    public static JsonType Of(CollectionSchema schema) => Of(RecordOf(schema));

    /// <summary>A type, by stored names.</summary>
    public static JsonType Of(FieldTypeSchema schema) => new(
        schema,
        [.. schema.Fields.Select(static f => new JsonMember(f.Name, f, Of(f.Type)))],
        schema.Element is { } element ? Of(element) : null,
        [.. schema.UnionCases.Select(static c => Of(c.Type))],
        ignoresCase: false);

    /// <summary>A model's records, by the names that System.Text.Json would give the members of the model itself.</summary>
    /// <param name="schema">The collection's schema.</param>
    /// <param name="members">The model's members.</param>
    /// <param name="options">The options.</param>
    /// <param name="isHidden">Which of the record's own fields are left out.</param>
    public static JsonType Of(CollectionSchema schema, VaultMembers members, JsonSerializerOptions options, Func<FieldSchema, bool> isHidden) =>
        Of(RecordOf(schema), members, options, isHidden);

    private static JsonType Of(FieldTypeSchema schema, VaultMembers? members, JsonSerializerOptions options, Func<FieldSchema, bool>? isHidden) => new(
        schema,
        [.. schema.Fields.Select((f, i) => MemberOf(f, members!.All[i], options, isHidden?.Invoke(f) ?? false))],
        schema.Element is { } element ? Of(element, members, options, null) : null,
        [.. schema.UnionCases.Select((c, i) => Of(c.Type, members!.Cases[i], options, null))],
        options.PropertyNameCaseInsensitive);

    private static JsonMember MemberOf(FieldSchema field, VaultMember member, JsonSerializerOptions options, bool isHidden)
    {
        string name = member.JsonName ?? options.PropertyNamingPolicy?.ConvertName(member.Name) ?? member.Name;
        return new JsonMember(name, field, Of(field.Type, member.Type, options, null), options.Encoder, isHidden || member.IsIgnored);
    }

    /// <summary>A collection's record as an object.</summary>
    public static FieldTypeSchema RecordOf(CollectionSchema schema) => new() { Kind = FieldKind.Object, Fields = schema.Fields };

    /// <summary>The place of the member whose name the reader stands on, or −1.</summary>
    /// <param name="json">The reader.</param>
    /// <param name="expected">The place to look at first: members mostly come in the same order.</param>
    public int OrdinalOf(ref Utf8JsonReader json, int expected)
    {
        if (expected < Members.Length && Members[expected].IsNamed(ref json)) return expected;
        for (int i = 0; i < Members.Length; i++)
            if (Members[i].IsNamed(ref json)) return i;
        return _ordinals is not null && _ordinals.TryGetValue(json.GetString()!, out int ordinal) ? ordinal : -1;
    }
}

/// <summary>A member of an object in JSON.</summary>
internal sealed class JsonMember(string name, FieldSchema schema, JsonType type, JavaScriptEncoder? encoder = null, bool isHidden = false)
{
    private readonly byte[] _utf8Name = Encoding.UTF8.GetBytes(name);

    public string Name => name;

    public FieldSchema Schema => schema;

    public JsonType Type => type;

    /// <summary>Whether JSON does not have it.</summary>
    public bool IsHidden => isHidden;

    public JsonEncodedText EncodedName { get; } = JsonEncodedText.Encode(name, encoder);

    /// <summary>Whether the reader stands on its name.</summary>
    public bool IsNamed(ref Utf8JsonReader json) => !isHidden && json.ValueTextEquals(_utf8Name);
}
