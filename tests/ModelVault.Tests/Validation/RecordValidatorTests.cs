using ModelVault.Runtime;

namespace ModelVault.Tests.Validation;

/// <summary>Records that no model could have written, and those of collections without a model.</summary>
public class RecordValidatorTests
{
    private const string Json = """
        {"collection":"things","key":["id"],"indexes":[],"fields":[
          {"path":["id"],"type":"int64"},
          {"path":["list"],"type":{"list":"int64"},"constraints":[{"min_length":2}]},
          {"path":["map"],"type":{"map":{"key":"uuid","value":{"list":{"object":[{"path":["x"],"type":"string","constraints":[{"max_length":1}]}]}}}}},
          {"path":["maybe"],"type":{"optional":"string"},"constraints":[{"min_length":1,"allowed":["a"]}]},
          {"path":["with_default"],"type":"int64","default":7}]}
        """;

    private static readonly Guid Key = new("00112233-4455-6677-8899-aabbccddeeff");

    [Fact]
    public void A_null_is_found_at_any_depth() => Assert.Equal(
        ["id Required", "list[1] Required", $"map[{Key}] Required", "maybe AllowedValues"],
        Found(static (ref MessagePackWriter w) =>
        {
            w.BeginObject(4);
            w.WriteNull();
            w.BeginList(2);
            w.WriteInt64(1);
            w.WriteNull();
            w.EndList();
            w.BeginMap(1);
            w.WriteMapKey(Key);
            w.WriteNull();
            w.EndMap();
            w.WriteNull();
            w.EndObject();
        }));

    [Fact]
    public void A_record_that_ends_early_lacks_what_has_no_default() => Assert.Equal(
        ["list Required", "map Required", "maybe AllowedValues"],
        Found(static (ref MessagePackWriter w) =>
        {
            w.BeginObject(1);
            w.WriteInt64(1);
            w.EndObject();
        }));

    [Fact]
    public void An_item_of_a_list_in_a_map_is_named_by_both() => Assert.Equal(
        [$"map[{Key}][1] Required", $"map[{Key}][2].x MaxLength"],
        Found(static (ref MessagePackWriter w) =>
        {
            w.BeginObject(6);
            w.WriteInt64(1);
            w.BeginList(2);
            w.WriteInt64(1);
            w.WriteInt64(2);
            w.EndList();
            w.BeginMap(1);
            w.WriteMapKey(Key);
            w.BeginList(3);
            WriteThing(ref w, "a");
            w.WriteNull();
            WriteThing(ref w, "ab");
            w.EndList();
            w.EndMap();
            w.WriteString("a");
            w.WriteInt64(8);
            w.WriteString("a field of a later schema");
            w.EndObject();
        }));

    [Fact]
    public void Integers_and_texts_within_their_limits_allocate_nothing()
    {
        CollectionSchema schema = CollectionSchema.Parse("""
            {"collection":"things","key":["id"],"indexes":[],"fields":[{"path":["id"],"type":"int64","constraints":[{"max_i64":5}]},{"path":["text"],"type":"string","constraints":[{"max_length":5,"min_length":1}]}]}
            """);
        RecordValidator validator = new(schema);
        MessagePackWriter writer = new(new byte[64]);
        writer.BeginObject(2);
        writer.WriteInt64(5);
        writer.WriteString("abcde");
        writer.EndObject();
        byte[] record = writer.Written.ToArray();
        VaultValidator violations = default;
        validator.Validate(record, 0, ref violations);
        Assert.Equal(0, Allocations.Of(() => validator.Validate(record, 0, ref violations)));
        Assert.Null(violations.Violations);
    }

    private delegate void Writing(ref MessagePackWriter writer);

    private static void WriteThing(ref MessagePackWriter writer, string text)
    {
        writer.BeginObject(1);
        writer.WriteString(text);
        writer.EndObject();
    }

    private static string[] Found(Writing write)
    {
        MessagePackWriter writer = new(new byte[64]);
        write(ref writer);
        VaultValidator validator = default;
        new RecordValidator(CollectionSchema.Parse(Json)).Validate(writer.Written, 0, ref validator);
        return [.. (validator.Violations ?? []).Select(static v => $"{v.Path} {v.Rule}")];
    }
}
