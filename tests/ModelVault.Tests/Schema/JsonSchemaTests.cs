using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ModelVault.Tests.Schema;

/// <summary>The JSON Schema for editors says what schema JSON may say.</summary>
public class JsonSchemaTests
{
    private static readonly JsonSchemaChecker Checker = new(JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), "../../../docs/schema/collection-schema.json"))).RootElement);

    public static TheoryData<string> Generated => [.. VaultModels.All.Select(m => m.Schema.Json)];

    [Theory]
    [MemberData(nameof(Generated))]
    public void Every_generated_schema_satisfies_it(string json) => Assert.True(Checker.IsValid(json));

    [Theory]
    [InlineData("{\"min_i128\":-170141183460469231731687303715884105728}")]
    [InlineData("{\"max_u128\":1}")]
    [InlineData("{\"min_f64\":1E+300}")]
    [InlineData("{\"min_decimal\":\"-0.10\"}")]
    [InlineData("{\"min_date\":\"2020-01-31\"}")]
    [InlineData("{\"min_time\":\"10:00:00.0000001\"}")]
    [InlineData("{\"min_duration\":\"-3.10:00:00\"}")]
    [InlineData("{\"min_datetime\":\"2020-01-31T10:00:00.0000000Z\"}")]
    [InlineData("{\"max_timestamptz\":\"2020-01-31T10:00:00.0000000+05:30\"}")]
    [InlineData("{\"allowed\":[\"a\",null,1.5,true]}")]
    public void Every_form_of_a_constraint_satisfies_it(string constraint) => Assert.True(Checker.IsValid(Json($$"""{"constraints":[{{constraint}}],"path":["value"],"type":"string"}""")));

    [Theory]
    [InlineData("{\"path\":[\"value\"]}")]
    [InlineData("{\"path\":[\"a\",\"b\"],\"type\":\"int64\"}")]
    [InlineData("{\"path\":[\"a.b\"],\"type\":\"int64\"}")]
    [InlineData("{\"path\":[\"a[]\"],\"type\":\"int64\"}")]
    [InlineData("{\"path\":[\"value\"],\"type\":{\"map\":{\"key\":\"int128\",\"value\":\"int64\"}}}")]
    [InlineData("{\"path\":[\"value\"],\"type\":\"text\"}")]
    [InlineData("{\"path\":[\"value\"],\"type\":{\"optional\":\"text\"}}")]
    [InlineData("{\"path\":[\"value\"],\"type\":{\"list\":\"int64\",\"set\":\"int64\"}}")]
    [InlineData("{\"path\":[\"value\"],\"type\":{\"map\":{\"key\":\"float64\",\"value\":\"int64\"}}}")]
    [InlineData("{\"path\":[\"value\"],\"type\":{\"object\":[{\"path\":[\"x\"]}]}}")]
    [InlineData("{\"path\":[\"value\"],\"type\":{\"union\":[]}}")]
    [InlineData("{\"path\":[\"value\"],\"type\":\"int64\",\"unknown\":1}")]
    [InlineData("{\"path\":[\"value\"],\"type\":\"int64\",\"generated\":\"random\"}")]
    [InlineData("{\"path\":[\"value\"],\"type\":\"int64\",\"default\":[1]}")]
    [InlineData("{\"path\":[\"value\"],\"type\":\"int64\",\"constraints\":[]}")]
    [InlineData("{\"path\":[\"value\"],\"type\":\"int64\",\"constraints\":[{\"min_i64\":1.5}]}")]
    [InlineData("{\"path\":[\"value\"],\"type\":\"int64\",\"constraints\":[{\"longest\":1}]}")]
    [InlineData("{\"path\":[\"value\"],\"type\":\"int64\",\"constraints\":[{\"min_i64\":1,\"max_i64\":2}]}")]
    [InlineData("{\"path\":[\"value\"],\"type\":\"string\",\"constraints\":[{\"email\":false}]}")]
    [InlineData("{\"path\":[\"value\"],\"type\":\"date\",\"constraints\":[{\"min_date\":\"31.1.2020\"}]}")]
    public void What_is_no_field_does_not_satisfy_it(string field) => Assert.False(Checker.IsValid(Json(field)));

    [Theory]
    [InlineData("\"key\":[\"id\"]", "\"key\":[]")]
    [InlineData("\"indexes\":[]", "\"indexes\":[{\"kind\":\"hash\",\"name\":\"i\",\"paths\":[[\"id\"]]}]")]
    [InlineData("\"indexes\":[]", "\"indexes\":[{\"kind\":\"index\",\"name\":\"i\",\"paths\":[]}]")]
    [InlineData("\"indexes\":[]", "\"indexes\":[{\"ignore_case\":false,\"kind\":\"index\",\"name\":\"i\",\"paths\":[[\"id\"]]}]")]
    [InlineData("\"indexes\":[]", "\"indexes\":[{\"kind\":\"index\",\"name\":\"i\",\"paths\":[[\"[]\"]]}]")]
    [InlineData("\"indexes\":[]", "\"indexes\":[{\"kind\":\"index\",\"name\":\"i\",\"paths\":[[\"id\"]],\"where\":[{\"op\":\"is_null\",\"path\":[\"id\"],\"value\":1}]}]")]
    [InlineData("\"indexes\":[]", "\"indexes\":[{\"kind\":\"index\",\"name\":\"i\",\"paths\":[[\"id\"]],\"where\":[{\"op\":\"less\",\"path\":[\"id\"]}]}]")]
    [InlineData(",\"key\":[\"id\"]", "")]
    public void What_is_no_collection_does_not_satisfy_it(string part, string broken)
    {
        string json = Json("""{"path":["value"],"type":"int64"}""");
        Assert.True(Checker.IsValid(json));
        Assert.False(Checker.IsValid(json.Replace(part, broken, StringComparison.Ordinal)));
    }

    [Fact]
    public void An_index_with_all_that_it_may_have_satisfies_it() => Assert.True(Checker.IsValid(Json("""{"path":["value"],"type":"int64"}""").Replace("\"indexes\":[]", """
        "indexes":[{"descending":[true,false],"ignore_case":true,"include":[["a","b"]],"kind":"unique","name":"i","paths":[["tags[]"],["c"]],"where":[{"op":"is_null","path":["a"]},{"op":"less","path":["c"],"value":"x"}]}]
        """.Trim(), StringComparison.Ordinal)));

    private static string Json(string field) => $$"""{"collection":"things","fields":[{"path":["id"],"type":"int64"},{{field}}],"indexes":[],"key":["id"]}""";

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
