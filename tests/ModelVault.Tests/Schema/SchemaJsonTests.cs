using System.Security.Cryptography;
namespace ModelVault.Tests.Schema;

/// <summary>Schema JSON is read into objects and written back.</summary>
public class SchemaJsonTests
{
    public static TheoryData<string> Generated => [.. VaultModels.All.Select(m => m.Schema.Json)];

    [Theory]
    [MemberData(nameof(Generated))]
    public void What_is_generated_is_canonical(string json) => Assert.Equal(json, SchemaWriter.Write(CollectionSchema.Parse(json)));

    [Fact]
    public void The_order_of_everything_but_keys_and_cases_is_made_canonical()
    {
        CollectionSchema schema = CollectionSchema.Parse("""
            { "key": ["id"], "indexes": [{"name":"z","paths":[["b"]],"kind":"index"}, {"paths":[["b"]],"kind":"unique","name":"a"}], "collection": "things",
              "fields": [
                {"type":"int64","path":["id"]},
                {"type":{"object":[{"path":["y"],"type":"bool"},{"path":["x"],"type":{"list":{"optional":"string"}},"constraints":[{"nonempty":true,"max_length":3}]}]},"path":["c"]},
                {"path":["b"],"type":"string","default":"http://a\u000F","constraints":[{"url":true},{"regex":"a","max_length":9,"min_length":2},{"email":false},{"max_length":9}]}
              ] }
            """);
        Assert.Equal(
            """{"collection":"things","fields":[{"constraints":[{"max_length":9},{"min_length":2},{"regex":"a"},{"url":true}],"default":"http://a\u000f","path":["b"],"type":"string"},""" +
            """{"path":["c"],"type":{"object":[{"constraints":[{"max_length":3},{"min_length":1}],"path":["x"],"type":{"list":{"optional":"string"}}},{"path":["y"],"type":"bool"}]}},""" +
            """{"path":["id"],"type":"int64"}],"indexes":[{"kind":"unique","name":"a","paths":[["b"]]},{"kind":"index","name":"z","paths":[["b"]]}],"key":["id"]}""",
            schema.Json);
    }

    [Theory]
    [InlineData("\"int64\"", "{\"min_i64\":-9223372036854775808}")]
    [InlineData("\"uint64\"", "{\"max_u64\":18446744073709551615}")]
    [InlineData("\"float32\"", "{\"min_f64\":0.1}")]
    [InlineData("\"float64\"", "{\"max_exclusive\":true},{\"max_f64\":1E+300}")]
    [InlineData("\"decimal\"", "{\"max_decimal\":\"1000.00\"},{\"min_decimal\":\"-0.10\"},{\"min_exclusive\":true}")]
    [InlineData("\"date\"", "{\"min_date\":\"2020-01-31\"}")]
    [InlineData("\"time\"", "{\"min_time\":\"10:00:00.0000001\"}")]
    [InlineData("\"duration\"", "{\"min_duration\":\"-3.10:00:00\"}")]
    [InlineData("\"datetime\"", "{\"min_datetime\":\"2020-01-31T10:00:00.0000000Z\"}")]
    [InlineData("\"datetime\"", "{\"min_datetime\":\"2020-01-31T10:00:00.0000000\"}")]
    [InlineData("\"timestamptz\"", "{\"max_timestamptz\":\"2020-01-31T10:00:00.0000000+05:30\"}")]
    [InlineData("\"string\"", "{\"base64\":true},{\"credit_card\":true},{\"email\":true},{\"max_length\":5},{\"min_length\":5},{\"nonblank\":true},{\"phone\":true},{\"regex\":\"^(?:[a-z]\\\\d\\\"ü\\ud83d\\ude00)?\\\\z\"},{\"url\":true}")]
    [InlineData("\"bytes\"", "{\"min_length\":1}")]
    [InlineData("{\"map\":{\"key\":\"string\",\"value\":\"bool\"}}", "{\"min_length\":1}")]
    [InlineData("{\"optional\":\"string\"}", "{\"allowed\":[\"a\",null]},{\"denied\":[]}")]
    [InlineData("\"char\"", "{\"allowed\":[\"a\",\"\\u0000\"]}")]
    [InlineData("\"bool\"", "{\"allowed\":[true]}")]
    [InlineData("\"float32\"", "{\"denied\":[0.10000000149011612,\"NaN\"]}")]
    [InlineData("\"uuid\"", "{\"denied\":[\"00112233-4455-6677-8899-aabbccddeeff\"]}")]
    [InlineData("{\"enum\":[\"A\",\"B\"]}", "{\"allowed\":[\"B\",7]}")]
    [InlineData("{\"as\":\"number\",\"enum\":[\"A\",\"B\"],\"unsigned\":true,\"values\":[1,18446744073709551615]}", "{\"allowed\":[18446744073709551615]}")]
    [InlineData("\"int64\"", "{\"equals\":\"id\"}")]
    public void Every_constraint_is_read_and_written(string type, string constraints)
    {
        string json = Json($$"""{"constraints":[{{constraints}}],"path":["value"],"type":{{type}}}""");
        Assert.Equal(json, CollectionSchema.Parse(json).Json);
    }

    [Theory]
    [InlineData("\"bool\"", "true")]
    [InlineData("\"int64\"", "-5")]
    [InlineData("\"float64\"", "\"NaN\"")]
    [InlineData("\"float64\"", "0.5")]
    [InlineData("\"decimal\"", "1.50")]
    [InlineData("\"string\"", "\"\"")]
    [InlineData("\"bytes\"", "\"AAEC\"")]
    [InlineData("\"date\"", "\"2020-01-31\"")]
    [InlineData("{\"enum\":[\"A\",\"B\"]}", "\"B\"")]
    [InlineData("{\"list\":\"int64\"}", "[]")]
    [InlineData("{\"map\":{\"key\":\"string\",\"value\":\"bool\"}}", "{}")]
    public void Every_default_is_read_and_written(string type, string value)
    {
        string json = Json($$"""{"default":{{value}},"path":["value"],"type":{{type}}}""");
        Assert.Equal(json, CollectionSchema.Parse(json).Json);
    }

    [Theory]
    [InlineData("\"string\"", "{\"longest\":5}", "The field 'value' has an unknown constraint 'longest'.")]
    [InlineData("\"string\"", "{\"min_i64\":5}", "The field 'value' of the type \"string\" can't have the constraint 'min_i64', which is for another type.")]
    [InlineData("\"int64\"", "{\"min_u64\":5}", "The field 'value' of the type \"int64\" can't have the constraint 'min_u64', which is for another type.")]
    [InlineData("\"int64\"", "{\"max_length\":5}", "The field 'value' of the type \"int64\" can't have the constraint 'max_length', which applies to strings, bytes, lists, sets and maps.")]
    [InlineData("\"bytes\"", "{\"email\":true}", "The field 'value' of the type \"bytes\" can't have the constraint 'email', which applies to strings.")]
    [InlineData("\"int64\"", "{\"nonempty\":true}", "The field 'value' of the type \"int64\" can't have the constraint 'nonempty', which applies to strings, bytes, lists, sets and maps.")]
    [InlineData("{\"list\":\"int64\"}", "{\"allowed\":[1]}", "The field 'value' of the type {\"list\":\"int64\"} can't have the constraint 'allowed', which applies to scalars.")]
    [InlineData("\"int64\"", "{\"min_exclusive\":true,\"min_i64\":1}", "The field 'value' of the type \"int64\" can't have the constraint 'min_exclusive', which applies to limits that are no integer's.")]
    [InlineData("\"float64\"", "{\"min_exclusive\":true}", "The field 'value' has the constraint 'min_exclusive' without a limit.")]
    [InlineData("\"string\"", "{\"max_length\":-1}", "The field 'value' has the constraint 'max_length' of -1, which is no length.")]
    [InlineData("\"string\"", "{\"email\":1}", "The field 'value' has the constraint 'email' of 1, which is neither true nor false.")]
    [InlineData("\"string\"", "{\"max_length\":2,\"min_length\":3}", "The field 'value' can have no value: 'min_length' is 3, 'max_length' 2.")]
    [InlineData("\"int64\"", "{\"max_i64\":2},{\"min_i64\":3}", "The field 'value' can have no value: 'min_i64' is 3, 'max_i64' 2.")]
    [InlineData("\"decimal\"", "{\"max_decimal\":\"2\",\"min_decimal\":\"2.0\",\"max_exclusive\":true}", "The field 'value' can have no value: 'min_decimal' is \"2.0\", 'max_decimal' \"2\".")]
    [InlineData("\"int64\"", "{\"min_i64\":1.5}", "1.5 is not a value of the type \"int64\".")]
    [InlineData("\"date\"", "{\"min_date\":\"31.1.2020\"}", "\"31.1.2020\" is not a value of the type \"date\".")]
    [InlineData("\"string\"", "{\"allowed\":[null]}", "null is not a value of the type \"string\".")]
    [InlineData("{\"enum\":[\"A\"]}", "{\"allowed\":[\"B\"]}", "\"B\" is not a value of the type {\"enum\":[\"A\"]}.")]
    [InlineData("\"string\"", "{\"equals\":\"other\"}", "'value' is to equal 'other', which is not a field beside it.")]
    [InlineData("\"string\"", "{\"equals\":\"id\"}", "'value' is to equal 'id', which is of another type or no scalar.")]
    public void A_constraint_that_can_not_be_checked_is_refused(string type, string constraints, string message)
    {
        VaultSchemaException error = Assert.Throws<VaultSchemaException>(() => CollectionSchema.Parse(Json($$"""{"path":["value"],"type":{{type}},"constraints":[{{constraints}}]}""")));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("(", "The field 'value' has an invalid pattern: ")]
    [InlineData("(?=a)b", "can't be matched without backtracking: ")]
    [InlineData("(a)\\\\1", "can't be matched without backtracking: ")]
    [InlineData("(a{1000}){1000}", "can't be matched without backtracking: ")]
    public void A_pattern_that_can_not_be_matched_in_linear_time_is_refused(string pattern, string message)
    {
        string json = Json($$"""{"path":["value"],"type":"string","constraints":[{"regex":"{{pattern}}"}]}""");
        Assert.Contains(message, Assert.Throws<VaultSchemaException>(() => CollectionSchema.Parse(json)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"default\":5,\"path\":[\"value\"],\"type\":\"string\"}", "5 is not a value of the type \"string\".")]
    [InlineData("{\"default\":[1],\"path\":[\"value\"],\"type\":{\"list\":\"int64\"}}", "[1] can't be a default; a list, set or map begins empty.")]
    [InlineData("{\"default\":{},\"path\":[\"value\"],\"type\":{\"object\":[]}}", "A field of the type {\"object\":[]} has no default.")]
    [InlineData("{\"constraints\":[{\"max_i64\":3}],\"default\":4,\"path\":[\"value\"],\"type\":\"int64\"}", "The default 4 of the field 'value' breaks its constraints: 4 is not between -9223372036854775808 and 3.")]
    [InlineData("{\"path\":[\"id\"],\"type\":\"string\"}", "Two fields are called 'id'.")]
    [InlineData("{\"path\":[\"a\",\"b\"],\"type\":\"string\"}", "The path [\"a\",\"b\"] of a field is not one name; a field inside another belongs to an object.")]
    [InlineData("{\"path\":[\"value\"],\"type\":\"text\"}", "Unknown type 'text'.")]
    [InlineData("{\"path\":[\"value\"],\"type\":{\"lists\":\"int64\"}}", "Unknown type {\"lists\":\"int64\"}.")]
    [InlineData("{\"path\":[\"a.b\"],\"type\":\"int64\"}", "The field name 'a.b' is empty, or has a '.', '[' or ']', which paths are made of.")]
    [InlineData("{\"path\":[\"value\"],\"type\":\"int64\",\"constraint\":[]}", "The field 'value' has an unknown member 'constraint'.")]
    [InlineData("{\"path\":[\"value\"],\"type\":{\"list\":\"int64\",\"set\":\"int64\"}}", "A type has an unknown member 'set'.")]
    [InlineData("{\"path\":[\"value\"],\"type\":{\"enum\":[\"A\",\"B\"],\"values\":[1]}}", "An enum has another number of values than of names.")]
    [InlineData("{\"path\":[\"value\"],\"type\":{\"map\":{\"key\":\"int128\",\"value\":\"bool\"}}}", "The keys of a map are string, int64, uint64 or uuid, not \"int128\".")]
    [InlineData("{\"path\":[\"value\"],\"type\":{\"map\":{\"key\":{\"optional\":\"string\"},\"value\":\"bool\"}}}", "The keys of a map are string, int64, uint64 or uuid, not {\"optional\":\"string\"}.")]
    public void A_field_that_is_not_one_is_refused(string field, string message) =>
        Assert.Equal(message, Assert.Throws<VaultSchemaException>(() => CollectionSchema.Parse(Json(field))).Message);

    [Fact]
    public void The_fingerprint_is_of_the_contents_and_not_of_the_name()
    {
        const string field = """{"path":["value"],"type":{"object":[{"path":["x"],"type":"string"}]}}""";
        string fingerprint = CollectionSchema.Parse(Json(field)).Fingerprint;
        Assert.Matches("^[0-9a-f]{64}$", fingerprint);
        Assert.Equal(fingerprint, CollectionSchema.Parse(Json(field).Replace("things", "others", StringComparison.Ordinal)).Fingerprint);
        Assert.Equal(fingerprint, CollectionSchema.Parse(Json(field).Replace(",", " , ", StringComparison.Ordinal)).Fingerprint);
    }

    [Theory]
    [InlineData("{\"constraints\":[{\"max_length\":6}],\"default\":\"a\",\"path\":[\"x\"],\"type\":\"string\"}")]
    [InlineData("{\"default\":\"a\",\"path\":[\"x\"],\"type\":\"string\"}")]
    [InlineData("{\"constraints\":[{\"max_length\":5}],\"default\":\"b\",\"path\":[\"x\"],\"type\":\"string\"}")]
    [InlineData("{\"constraints\":[{\"max_length\":5}],\"path\":[\"x\"],\"type\":\"string\"}")]
    [InlineData("{\"constraints\":[{\"max_length\":5}],\"default\":\"a\",\"path\":[\"x\"],\"type\":{\"optional\":\"string\"}}")]
    [InlineData("{\"constraints\":[{\"max_length\":5}],\"default\":\"a\",\"path\":[\"y\"],\"type\":\"string\"}")]
    public void Every_detail_of_a_nested_field_is_in_the_fingerprint(string changed)
    {
        const string Original = "{\"constraints\":[{\"max_length\":5}],\"default\":\"a\",\"path\":[\"x\"],\"type\":\"string\"}";
        Assert.NotEqual(Fingerprint(Original), Fingerprint(changed));

        static string Fingerprint(string nested) => CollectionSchema.Parse(Json("{\"path\":[\"value\"],\"type\":{\"list\":{\"object\":[" + nested + "]}}}")).Fingerprint;
    }

    [Theory]
    [InlineData("\"key\":[\"id\"]", "\"key\":[\"value\"]")]
    [InlineData("{\"path\":[\"id\"]", "{\"generated\":\"auto_increment\",\"path\":[\"id\"]")]
    [InlineData("{\"list\":\"int64\"}", "{\"set\":\"int64\"}")]
    [InlineData("[\"A\",\"B\"]", "[\"A\",\"C\"]")]
    [InlineData("[\"A\",\"B\"]", "[\"B\",\"A\"]")]
    [InlineData("{\"key\":\"string\"", "{\"key\":\"uuid\"")]
    [InlineData("\"case\":\"one\"", "\"case\":\"two\"")]
    [InlineData("\"path\":[\"inside\"],\"type\":\"bool\"", "\"path\":[\"inside\"],\"type\":\"char\"")]
    public void Everything_that_decides_what_is_stored_is_in_the_fingerprint(string part, string changed)
    {
        string json = Json("""
            {"path":["list"],"type":{"list":"int64"}},{"path":["map"],"type":{"map":{"key":"string","value":{"enum":["A","B"]}}}},{"path":["union"],"type":{"union":[{"case":"one","object":[{"path":["inside"],"type":"bool"}]}]}},{"path":["value"],"type":"string"}
            """.Trim());
        Assert.Contains(part, json, StringComparison.Ordinal);
        Assert.NotEqual(CollectionSchema.Parse(json).Fingerprint, CollectionSchema.Parse(json.Replace(part, changed, StringComparison.Ordinal)).Fingerprint);
    }

    [Fact]
    public void The_fingerprint_is_the_hash_that_the_documentation_says() => Assert.Equal(
        Convert.ToHexStringLower(SHA256.HashData("""{"fields":[{"path":["id"],"type":"int64"},{"path":["value"],"type":"string"}],"indexes":[],"key":["id"]}"""u8)),
        CollectionSchema.Parse(Json("""{"path":["value"],"type":"string"}""")).Fingerprint);

    [Fact]
    public void Models_that_store_the_same_under_other_names_of_CSharp_have_one_fingerprint()
    {
        Assert.Equal(Parcel1.Schema.Fingerprint, Parcel2.Schema.Fingerprint);
        Assert.NotEqual(Parcel1.Schema.Json, Parcel2.Schema.Json);
    }

    // A collection with an integer key and one more field, in canonical order if that comes after "id".
    private static string Json(string field) => $$"""{"collection":"things","fields":[{"path":["id"],"type":"int64"},{{field}}],"indexes":[],"key":["id"]}""";
}

[VaultCollection("first_parcels")]
public partial class Parcel1
{
    public int Id { get; init; }
    public Size1? Size { get; set; }
    public Grade1 Grade { get; set; }
}

[VaultCollection("second_parcels")]
public partial record Parcel2([property: PrimaryKey, VaultField("id")] int Number, [property: VaultField("size")] Size2? Extent, [property: VaultField("grade")] Grade2 Class);

[VaultObject]
public partial class Size1
{
    public double Width { get; set; }
}

[VaultObject]
public partial record struct Size2([property: VaultField("width")] double Across);

public enum Grade1
{
    Low,
    High,
}

public enum Grade2
{
    Low,
    High,
}
