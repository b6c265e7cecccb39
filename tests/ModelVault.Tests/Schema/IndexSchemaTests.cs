namespace ModelVault.Tests.Schema;

public sealed class IndexSchemaTests
{
    private const string Fields =
        """{"path":["authors"],"type":{"list":{"object":[{"path":["name"],"type":"string"},{"path":["prizes"],"type":{"list":"string"}}]}}},""" +
        """{"path":["color"],"type":{"enum":["red","green"]}},{"path":["id"],"type":"int64"},{"path":["score"],"type":"float64"},{"path":["tags"],"type":{"optional":{"set":"string"}}},""" +
        """{"path":["title"],"type":{"optional":"string"}},{"path":["where"],"type":{"object":[{"path":["city"],"type":"string"},{"path":["map"],"type":{"map":{"key":"string","value":"bool"}}}]}},{"path":["year"],"type":"int64"}""";

    [Theory]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]]}""")]
    [InlineData("""{"kind":"unique","name":"i","paths":[["where","city"],["year"]]}""")]
    [InlineData("""{"descending":[false,true],"kind":"index","name":"i","paths":[["title"],["year"]]}""")]
    [InlineData("""{"ignore_case":true,"kind":"unique","name":"i","paths":[["year"],["title"]]}""")]
    [InlineData("""{"ignore_case":true,"kind":"index","name":"i","paths":[["tags[]"]]}""")]
    [InlineData("""{"kind":"index","name":"i","paths":[["authors[]","name"],["year"]]}""")]
    [InlineData("""{"include":[["authors"],["where","map"],["year"]],"kind":"index","name":"i","paths":[["title"]]}""")]
    [InlineData("""{"include":[["where"]],"kind":"index","name":"i","paths":[["where","city"]]}""")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"equal","path":["color"],"value":"green"},{"op":"greater_or_equal","path":["year"],"value":2000},{"op":"is_not_null","path":["title"]},{"op":"is_null","path":["title"]}]}""")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"greater","path":["score"],"value":0.5},{"op":"less","path":["where","city"],"value":"x"},{"op":"less_or_equal","path":["year"],"value":-3},{"op":"not_equal","path":["score"],"value":"NaN"}]}""")]
    public void Every_kind_of_index_is_read_and_written(string index)
    {
        CollectionSchema schema = CollectionSchema.Parse(Json(index));
        Assert.Equal(Json(index), schema.Json);
        Assert.Equal(index, SchemaWriter.Write(Assert.Single(schema.Indexes)));
    }

    [Theory]
    [InlineData("""{"paths":[["title"]],"name":"i","kind":"index","descending":[false],"ignore_case":false,"include":[],"where":[]}""", """{"kind":"index","name":"i","paths":[["title"]]}""")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"include":[["year"],["color"]]}""", """{"include":[["color"],["year"]],"kind":"index","name":"i","paths":[["title"]]}""")]
    [InlineData(
        """{"kind":"index","name":"i","paths":[["title"]],"where":[{"path":["year"],"value":1,"op":"less"},{"op":"is_null","path":["title"]},{"op":"less","value":1,"path":["year"]}]}""",
        """{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"is_null","path":["title"]},{"op":"less","path":["year"],"value":1}]}""")]
    public void What_means_the_same_is_written_alike(string loose, string canonical)
    {
        CollectionSchema schema = CollectionSchema.Parse(Json(loose));
        Assert.Equal(Json(canonical), schema.Json);
        Assert.Equal(CollectionSchema.Parse(Json(canonical)).Indexes.AsEnumerable(), schema.Indexes);
    }

    [Theory]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"unqiue":true}""", "The index 'i' has an unknown member 'unqiue'.")]
    [InlineData("""{"kind":"index","name":"i","paths":[]}""", "The index 'i' of 'things' covers no field.")]
    [InlineData("""{"kind":"index","name":"i","paths":["title"]}""", "The index 'i' of 'things' has a path \"title\", which is no array of names.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["name"]]}""", "The index 'i' of 'things' covers 'name', but there is no such field.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["where"]]}""", "The index 'i' of 'things' covers 'where', which is not a scalar.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["tags"]]}""", "The index 'i' of 'things' covers 'tags', which is not a scalar.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["authors[]"]]}""", "The index 'i' of 'things' covers 'authors[]', which is not a scalar.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title[]"]]}""", "The index 'i' of 'things' covers 'title[]', but there is no such field.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["where","map[]"]]}""", "The index 'i' of 'things' covers 'where.map[]', but there is no such field.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["authors","name"]]}""", "The index 'i' of 'things' covers 'authors.name', but there is no such field.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["authors[]","prizes[]"]]}""", "The index 'i' of 'things' covers 'authors[].prizes[]', but there is no such field.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["authors[]","name"],["tags[]"]]}""", "The index 'i' of 'things' covers the elements of several lists; it can cover those of one.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"descending":[true,true]}""", "The index 'i' of 'things' has 1 paths, but 2 of 'descending'.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"descending":[1]}""", "The index 'i' of 'things' has a member 'descending' that is not an array of true and false.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"descending":true}""", "The index 'i' of 'things' has a member 'descending' that is not an array.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"ignore_case":1}""", "The index 'i' of 'things' has a member 'ignore_case' that is not true or false.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["year"]],"ignore_case":true}""", "The index 'i' of 'things' ignores case, but covers no string.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"include":[["month"]]}""", "The index 'i' of 'things' includes 'month', but there is no such field.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"include":[["title"]]}""", "The index 'i' of 'things' includes 'title', which its entries hold already.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"include":[["id"]]}""", "The index 'i' of 'things' includes 'id', which its entries hold already.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"include":[["where"],["where","city"]]}""", "The index 'i' of 'things' includes 'where.city', which its entries hold already.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"include":[["tags[]"]]}""", "The index 'i' of 'things' includes 'tags[]'; of a list it can include all elements or none.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"where":[5]}""", "The index 'i' of 'things' has a member 'where' that is not an array of objects.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"less","path":["year"],"value":1,"of":2}]}""", "A condition of the index 'i' has an unknown member 'of'.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"like","path":["title"],"value":"a"}]}""", "The index 'i' of 'things' compares 'title' by the unknown operator 'like'.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"less","path":["year"]}]}""", "The index 'i' of 'things' compares 'year' by 'less' without a value.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"is_null","path":["title"],"value":null}]}""", "The index 'i' of 'things' compares 'title' by 'is_null', which takes no value.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"less","path":["year"],"value":"a"}]}""", "The index 'i' of 'things' compares 'year' with \"a\": \"a\" is not a value of the type \"int64\".")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"equal","path":["title"],"value":null}]}""", "The index 'i' of 'things' compares 'title' with null: null is not a value of the type \"string\".")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"less","path":["score"],"value":"NaN"}]}""", "The index 'i' of 'things' compares 'score' with \"NaN\": No value is less or greater than NaN.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"is_null","path":["tags"]}]}""", "The index 'i' of 'things' has a condition on 'tags', which is not a scalar of the record.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"is_null","path":["tags[]"]}]}""", "The index 'i' of 'things' has a condition on 'tags[]', which is not a scalar of the record.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"is_null","path":["month"]}]}""", "The index 'i' of 'things' has a condition on 'month', but there is no such field.")]
    [InlineData("""{"kind":"index","name":"i","paths":[["title"]]},{"kind":"index","name":"i","paths":[["year"]]}""", "Two indexes of 'things' are called 'i'.")]
    public void An_index_that_is_not_one_is_refused(string index, string message) =>
        Assert.Equal(message, Assert.Throws<VaultSchemaException>(() => CollectionSchema.Parse(Json(index))).Message);

    [Fact]
    public void Everything_about_an_index_is_in_the_fingerprint_and_decides_whether_it_is_the_same()
    {
        string[] indexes =
        [
            "", """{"kind":"index","name":"i","paths":[["title"]]}""", """{"kind":"unique","name":"i","paths":[["title"]]}""", """{"kind":"index","name":"j","paths":[["title"]]}""",
            """{"kind":"index","name":"i","paths":[["year"]]}""", """{"descending":[true],"kind":"index","name":"i","paths":[["title"]]}""", """{"ignore_case":true,"kind":"index","name":"i","paths":[["title"]]}""",
            """{"include":[["year"]],"kind":"index","name":"i","paths":[["title"]]}""", """{"include":[["color"]],"kind":"index","name":"i","paths":[["title"]]}""",
            """{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"less","path":["year"],"value":1}]}""", """{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"less","path":["year"],"value":2}]}""",
            """{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"greater","path":["year"],"value":1}]}""", """{"kind":"index","name":"i","paths":[["title"]],"where":[{"op":"less","path":["id"],"value":1}]}""",
        ];
        CollectionSchema[] schemas = [.. indexes.Select(static i => CollectionSchema.Parse(Json(i)))];
        Assert.Distinct(schemas.Select(static s => s.Fingerprint));
        Assert.Distinct(schemas.Skip(1).Select(static s => s.Indexes[0]));
        Assert.Equal(schemas[^1].Indexes[0].Where.AsEnumerable(), CollectionSchema.Parse(Json(indexes[^1])).Indexes[0].Where);
        Assert.NotEqual(schemas[^1].Indexes[0].Where[0], schemas[^2].Indexes[0].Where[0]);
    }

    private static string Json(string index) => $$"""{"collection":"things","fields":[{{Fields}}],"indexes":[{{index}}],"key":["id"]}""";
}
