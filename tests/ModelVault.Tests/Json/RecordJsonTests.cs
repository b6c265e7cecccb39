using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ModelVault.Tests.Json;

public sealed class RecordJsonTests
{
    [Theory]
    [InlineData("")]
    [InlineData("tr-TR")]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public void Any_value_of_any_schema_comes_back_from_JSON_byte_for_byte_in_any_culture(string culture)
    {
        using CultureScope scope = new(culture);
        int first = Environment.TickCount;
        for (int seed = first; seed < first + 400; seed++)
        {
            RandomSchema random = new(seed);
            FieldTypeSchema schema = random.Object(4);
            JsonType type = JsonType.Of(schema);
            byte[] value = random.Value(schema);
            string json = ToJson(type, value);

            Assert.True(value.AsSpan().SequenceEqual(RecordJson.Read(type, Encoding.UTF8.GetBytes(json), "things")), $"seed {seed}, culture '{culture}': {json}");
        }
    }

    [Fact]
    public void Members_may_come_in_any_order()
    {
        JsonType type = TypeOf("""{"path":["a"],"type":"int64"},{"path":["b"],"type":{"optional":"string"}},{"path":["c"],"type":{"list":"bool"}}""");

        Assert.Equal("""{"a":1,"b":null,"c":[true]}""", RoundTrip(type, """{ "c": [true], "a": 1.0 }"""));
    }

    [Fact]
    public void A_member_that_is_missing_has_its_default()
    {
        JsonType type = TypeOf("""{"default":7,"path":["a"],"type":"int64"},{"default":[],"path":["b"],"type":{"list":"string"}},{"default":"x","path":["c"],"type":{"optional":"string"}}""");

        Assert.Equal("""{"a":7,"b":[],"c":"x"}""", RoundTrip(type, "{}"));
        Assert.Equal("""{"a":7,"b":[],"c":null}""", RoundTrip(type, """{"c":null}"""));
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_each_with_its_path()
    {
        JsonType type = TypeOf(
            """
            {"path":["a"],"type":"int64"},{"path":["list"],"type":{"list":"uint64"}},{"path":["map"],"type":{"map":{"key":"int64","value":"date"}}},{"path":["missing"],"type":"string"},
            {"path":["nested"],"type":{"object":[{"path":["x"],"type":"uuid"},{"path":["y"],"type":"string"}]}}
            """);
        const string Json =
            """{"a":1.5,"list":[1,-1,null,"3"],"map":{"1":"2020-13-01","x":"2020-01-01","1":"2020-01-01"},"nested":{"x":"no","z":1,"y":null},"extra":{"deep":[{}]},"a":2}""";

        VaultValidationException e = Assert.Throws<VaultValidationException>(() => RecordJson.Read(type, Encoding.UTF8.GetBytes(Json), "things"));

        Assert.Equal(
            ["a Type", "list[1] Type", "list[2] Required", "list[3] Type", "map[1] Type", "map[x] Type", "map[1] Duplicate", "nested.x Type", "nested.z Unknown", "nested.y Required", "extra Unknown", "a Duplicate", "missing Required"],
            e.Violations.Select(static v => $"{v.Path} {v.Rule}"));
        Assert.Equal("1.5", e.Violations[0].Value);
        Assert.Equal("things", e.Collection);
    }

    [Theory]
    [InlineData("\"int64\"", "1.0", "1")]
    [InlineData("\"int64\"", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("\"uint64\"", "1.8446744073709551615e19", "18446744073709551615")]
    [InlineData("\"int128\"", "-170141183460469231731687303715884105728", "-170141183460469231731687303715884105728")]
    [InlineData("\"uint128\"", "340282366920938463463374607431768211455.0", "340282366920938463463374607431768211455")]
    [InlineData("\"float16\"", "0.1", "0.1")]
    [InlineData("\"float16\"", "\"NaN\"", "\"NaN\"")]
    [InlineData("\"uri\"", "\"/a/b?c\"", "\"/a/b?c\"")]
    [InlineData("\"version\"", "\"1.2.3\"", "\"1.2.3\"")]
    [InlineData("{\"set\":\"int64\"}", "[3,1,3.0,2]", "[1,2,3]")]
    [InlineData("{\"union\":[{\"case\":\"circle\",\"object\":[{\"path\":[\"r\"],\"type\":\"int64\"}]},{\"case\":\"dot\",\"object\":[]}]}", "{\"r\":1,\"$type\":\"circle\"}", "{\"$type\":\"circle\",\"r\":1}")]
    [InlineData("{\"union\":[{\"case\":\"circle\",\"object\":[{\"path\":[\"r\"],\"type\":\"int64\"}]},{\"case\":\"dot\",\"object\":[]}]}", "{\"$type\":\"dot\"}", "{\"$type\":\"dot\"}")]
    [InlineData("\"float64\"", "\"NaN\"", "\"NaN\"")]
    [InlineData("\"float64\"", "\"-Infinity\"", "\"-Infinity\"")]
    [InlineData("\"float64\"", "-0.0", "-0")]
    [InlineData("\"float32\"", "0.1", "0.1")]
    [InlineData("\"decimal\"", "1.50", "1.50")]
    [InlineData("\"char\"", "\"\\ud800\"", "\"\\ud800\"")]
    [InlineData("\"char\"", "\"\\u0041\"", "\"A\"")]
    [InlineData("\"bytes\"", "\"AQID\"", "\"AQID\"")]
    [InlineData("\"datetime\"", "\"2020-01-31T10:00:00.1200000Z\"", "\"2020-01-31T10:00:00.12Z\"")]
    [InlineData("\"datetime\"", "\"2020-01-31T10:00:00\"", "\"2020-01-31T10:00:00\"")]
    [InlineData("\"timestamptz\"", "\"2020-01-31T10:00:00-03:30\"", "\"2020-01-31T10:00:00-03:30\"")]
    [InlineData("\"date\"", "\"2020-01-31\"", "\"2020-01-31\"")]
    [InlineData("\"time\"", "\"10:00:00.5\"", "\"10:00:00.5000000\"")]
    [InlineData("\"duration\"", "\"-1.02:03:04\"", "\"-1.02:03:04\"")]
    [InlineData("{\"enum\":[\"Draft\",\"Open\"]}", "\"open\"", "\"Open\"")]
    [InlineData("{\"enum\":[\"Draft\",\"Open\"]}", "1", "\"Open\"")]
    [InlineData("{\"enum\":[\"Draft\",\"Open\"]}", "9", "9")]
    [InlineData("{\"as\":\"number\",\"enum\":[\"Draft\",\"Open\"]}", "\"Open\"", "\"Open\"")]
    [InlineData("{\"map\":{\"key\":\"uuid\",\"value\":\"int64\"}}", "{\"3F2504E0-4F89-11D3-9A0C-0305E82C3301\":1}", "{\"3f2504e0-4f89-11d3-9a0c-0305e82c3301\":1}")]
    public void A_value_is_accepted_in_every_exact_form_and_written_in_one(string type, string json, string expected) =>
        Assert.Equal($$"""{"v":{{expected}}}""", RoundTrip(TypeOf($$"""{"path":["v"],"type":{{type}}}"""), $$"""{"v":{{json}}}"""));

    [Theory]
    [InlineData("\"bool\"", "0")]
    [InlineData("\"int64\"", "1.5")]
    [InlineData("\"int64\"", "\"1\"")]
    [InlineData("\"int64\"", "1e400")]
    [InlineData("\"uint64\"", "-1")]
    [InlineData("\"float64\"", "1e400")]
    [InlineData("\"float64\"", "\"nan\"")]
    [InlineData("\"int128\"", "170141183460469231731687303715884105728")]
    [InlineData("\"uint128\"", "-1")]
    [InlineData("\"float16\"", "65536")]
    [InlineData("\"uri\"", "\"http://\"")]
    [InlineData("\"version\"", "\"1\"")]
    [InlineData("\"float32\"", "1e39")]
    [InlineData("\"decimal\"", "0.00000000000000000000000000001")]
    [InlineData("\"char\"", "\"ab\"")]
    [InlineData("\"char\"", "\"\"")]
    [InlineData("\"string\"", "\"\\ud800\"")]
    [InlineData("\"string\"", "\"\\udc00\\ud800\"")]
    [InlineData("\"string\"", "1")]
    [InlineData("\"bytes\"", "\"a\"")]
    [InlineData("\"uuid\"", "\"{3f2504e0-4f89-11d3-9a0c-0305e82c3301}\"")]
    [InlineData("\"datetime\"", "\"31.01.2020\"")]
    [InlineData("\"timestamptz\"", "\"2020-01-31T10:00:00\"")]
    [InlineData("\"timestamptz\"", "\"2020-01-31\"")]
    [InlineData("\"date\"", "\"2020-01-31T00:00:00\"")]
    [InlineData("\"time\"", "\"24:00:00\"")]
    [InlineData("\"time\"", "\"-01:00:00\"")]
    [InlineData("\"duration\"", "\"1\\u0020day\"")]
    [InlineData("{\"enum\":[\"Draft\",\"Open\"]}", "\"Closed\"")]
    [InlineData("{\"union\":[{\"case\":\"dot\",\"object\":[]}]}", "{\"$type\":\"line\"}")]
    [InlineData("{\"union\":[{\"case\":\"dot\",\"object\":[]}]}", "{}")]
    [InlineData("{\"union\":[{\"case\":\"dot\",\"object\":[]}]}", "{\"$type\":1}")]
    [InlineData("{\"union\":[{\"case\":\"dot\",\"object\":[]}]}", "{\"$type\":\"dot\",\"r\":1}")]
    [InlineData("{\"list\":\"int64\"}", "{}")]
    [InlineData("{\"object\":[]}", "[]")]
    [InlineData("{\"map\":{\"key\":\"int64\",\"value\":\"int64\"}}", "{\"1.0\":1}")]
    public void A_value_of_another_type_or_that_would_lose_something_is_refused(string type, string json)
    {
        JsonType target = TypeOf($$"""{"path":["v"],"type":{{type}}}""");

        VaultValidationException e = Assert.Throws<VaultValidationException>(() => RecordJson.Read(target, Encoding.UTF8.GetBytes($$"""{"v":{{json}}}"""), "things"));

        Assert.StartsWith("v", Assert.Single(e.Violations).Path, StringComparison.Ordinal);
    }

    [Fact]
    public void A_local_time_comes_back_as_the_same_instant_of_the_same_kind()
    {
        JsonType type = TypeOf("""{"path":["v"],"type":"datetime"}""");
        string text = new DateTime(2020, 7, 1, 12, 0, 0, DateTimeKind.Local).ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

        Assert.Equal($$"""{"v":"{{text}}"}""", RoundTrip(type, $$"""{"v":"{{text}}"}""").Replace("\\u002B", "+", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("""{"v":1""")]
    [InlineData("""{"v":01}""")]
    [InlineData("""{"v":NaN}""")]
    [InlineData("""{"v":1} {}""")]
    [InlineData("""{"v":1,}""")]
    [InlineData("")]
    public void A_document_that_is_not_well_formed_is_a_JSON_error(string json) =>
        Assert.ThrowsAny<JsonException>(() => RecordJson.Read(TypeOf("""{"path":["v"],"type":"int64"}"""), Encoding.UTF8.GetBytes(json), "things"));

    [Fact]
    public void Text_that_is_no_UTF_8_is_refused()
    {
        byte[] json = [.. "{\"v\":\""u8, 0xc3, 0x28, .. "\"}"u8];

        Assert.Throws<VaultValidationException>(() => RecordJson.Read(TypeOf("""{"path":["v"],"type":"string"}"""), json, "things"));
    }

    [Fact]
    public void Nesting_without_end_ends_in_a_JSON_error()
    {
        string json = $$"""{"x":{{string.Concat(Enumerable.Repeat("[", 100_000))}}""";

        Assert.ThrowsAny<JsonException>(() => RecordJson.Read(TypeOf("""{"path":["v"],"type":"int64"}"""), Encoding.UTF8.GetBytes(json), "things"));
    }

    [Fact]
    public void A_number_of_a_million_digits_is_refused_in_linear_time()
    {
        string digits = string.Concat(Enumerable.Repeat("9", 1_000_000));
        JsonType type = TypeOf("""{"path":["a"],"type":"int64"},{"path":["b"],"type":"decimal"},{"path":["c"],"type":"float64"}""");

        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        VaultValidationException e = Assert.Throws<VaultValidationException>(
            () => RecordJson.Read(type, Encoding.UTF8.GetBytes($$"""{"a":{{digits}},"b":0.{{digits}},"c":{{digits}}}"""), "things"));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"it took {watch.Elapsed}");
        Assert.Equal(["a", "b", "c"], e.Violations.Select(static v => v.Path));
        Assert.All(e.Violations, static v => Assert.True(v.ToString().Length < 500));
    }

    [Fact]
    public void Violations_without_number_are_cut_off()
    {
        string json = $$"""{"v":[{{string.Join(',', Enumerable.Repeat("true", 100_000))}}]}""";

        VaultValidationException e = Assert.Throws<VaultValidationException>(
            () => RecordJson.Read(TypeOf("""{"path":["v"],"type":{"list":"int64"}}"""), Encoding.UTF8.GetBytes(json), "things"));

        Assert.Equal(1000, e.Violations.Count);
    }

    // A schema has a key; what is read here has none.
    private static JsonType TypeOf(string fields)
    {
        CollectionSchema schema = CollectionSchema.Parse($$"""{"collection":"things","fields":[{{fields}},{"path":["~"],"type":"int64"}],"indexes":[],"key":["~"]}""");
        return JsonType.Of(new FieldTypeSchema { Kind = FieldKind.Object, Fields = [.. schema.Fields.Where(static f => f.Name != "~")] });
    }

    private static string RoundTrip(JsonType type, string json) => ToJson(type, RecordJson.Read(type, Encoding.UTF8.GetBytes(json), "things"));

    private static string ToJson(JsonType type, byte[] value)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream)) RecordJson.Write(type, value, writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
