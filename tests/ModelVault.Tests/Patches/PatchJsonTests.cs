using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ModelVault.Tests.Patches;

// What an application has: its own context over its own models, and nothing of the library's in it.
[JsonSerializable(typeof(Volume))]
[JsonSerializable(typeof(Models.Book))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class UserContext : JsonSerializerContext;

public sealed class PatchJsonTests
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web) { TypeInfoResolverChain = { UserContext.Default, new VaultJsonTypeInfoResolver(VaultModels.All) } };
    private static readonly JsonSerializerOptions Plain = new() { TypeInfoResolverChain = { UserContext.Default, new VaultJsonTypeInfoResolver(VaultModels.All) } };

    private static readonly JsonSerializerOptions Reflecting = new(JsonSerializerDefaults.Web) { TypeInfoResolverChain = { new DefaultJsonTypeInfoResolver(), new VaultJsonTypeInfoResolver(VaultModels.All) } };

    [Fact]
    public void Absent_is_not_null()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(PatchTests.Sample());

        db.Volumes.Patch(id, Patch("""{"rating":null,"year":7}"""));

        Volume after = db.Volumes.Get(id)!;
        Assert.Equal((null, 7, "Title"), (after.Rating, after.Year, after.Title));
    }

    [Fact]
    public void A_nested_object_is_a_patch_of_it_and_a_list_replaces_the_list()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(PatchTests.Sample());

        db.Volumes.Patch(id, Patch("""{"house":{"city":"Bergen","address":{"code":"5003"}},"tags":["q"],"addresses":[{"number":1},{"number":2,"country":"SE"}],"shelves":[3,1,3],"scores":{"b":2}}"""));

        Volume after = db.Volumes.Get(id)!;
        Assert.Equal(("Ace", "Bergen", "NO", "5003", 7), (after.House!.Name, after.House.City, after.House.Address!.Country, after.House.Address.Code, after.House.Address.Number));
        Assert.Equal(["q"], after.Tags);
        Assert.Equal(["NO 1", "SE 2"], after.Addresses.Select(static a => $"{a.Country} {a.Number}"));
        Assert.Equal([1, 3], after.Shelves.Order());
        Assert.Equal(2, after.Scores["b"]);
    }

    [Fact]
    public void A_union_is_an_object_that_says_which_case_it_is()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(PatchTests.Sample());

        db.Volumes.Patch(id, Patch("""{"cover":{"color":"red","$type":"cloth"}}"""));

        Assert.Equal(new Cloth("red"), db.Volumes.Get(id)!.Cover);
        Assert.Equal("""{"cover":{"$type":"paper","weight":3}}""", JsonSerializer.Serialize(new VaultPatch<Volume>().Set(Volume.Fields.Cover, new Paper(3)), Info<VaultPatch<Volume>>(Web)));
    }

    [Fact]
    public void What_is_stored_through_a_converter_is_the_stored_value_in_JSON()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Sales.Insert(new Sale { Id = 1 });
        Models.AuthorId seller = new(new Guid("3f2504e0-4f89-11d3-9a0c-0305e82c3301"));

        db.Sales.Patch(1, JsonSerializer.Deserialize("""{"price":"2.50 EUR","seller":"3f2504e0-4f89-11d3-9a0c-0305e82c3301"}""", Info<VaultPatch<Sale>>(Web))!.Set(Sale.Fields.Rebate, new Money(1, "SEK")));

        Sale after = db.Sales.Get(1)!;
        Assert.Equal((new Money(2.50m, "EUR"), new Money(1, "SEK"), seller), (after.Price, after.Rebate, after.Seller));
        Assert.Equal(new SalePrice(after.Price, seller), db.Sales.All().As<SalePrice>().Single());
        Assert.Equal("""{"rebate":"1 SEK"}""", JsonSerializer.Serialize(new VaultPatch<Sale>().Set(Sale.Fields.Rebate, new Money(1, "SEK")), Info<VaultPatch<Sale>>(Web)));
    }

    [Fact]
    public void Members_have_the_names_that_they_have_in_the_model_itself()
    {
        string[] patchNames = NamesOf(JsonSerializer.Serialize(new VaultPatch<Volume>().Set(Volume.Fields.Isbn, "1").Set(Volume.Fields.Note, "n").Set(Volume.Fields.House.City, "x").Set(Volume.Fields.Secret, "s"), Info<VaultPatch<Volume>>(Plain)));
        string[] modelNames = NamesOf(JsonSerializer.Serialize(PatchTests.Sample(), Info<Volume>(Plain)));

        Assert.Equal(["House", "isbn-13", "Note"], patchNames.Order(StringComparer.OrdinalIgnoreCase));
        Assert.Subset(modelNames.ToHashSet(), patchNames.ToHashSet());
        Assert.DoesNotContain("Secret", modelNames);
        Assert.Equal(["isbn-13", "note"], NamesOf(JsonSerializer.Serialize(new VaultPatch<Volume>().Set(Volume.Fields.Isbn, "1").Set(Volume.Fields.Note, "n"), Info<VaultPatch<Volume>>(Web))).Order(StringComparer.Ordinal));
        Assert.False(Patch("""{"YEAR":1,"ISBN-13":"2"}""").IsEmpty);
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize("""{"YEAR":1}""", Info<VaultPatch<Volume>>(Plain)));
    }

    [Fact]
    public void The_values_of_a_model_s_own_JSON_are_read_as_the_model_reads_them()
    {
        Volume volume = PatchTests.Sample(static v => v.Isbn = "1");
        JsonSerializerOptions options = new(Web) { Converters = { new JsonStringEnumConverter<Condition>() } };
        string json = JsonSerializer.Serialize(volume, Info<Volume>(options));
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(new Volume { Title = "x", Publisher = "y" });

        db.Volumes.Patch(id, JsonSerializer.Deserialize(json.Replace("\"id\":0", $"\"id\":{id}", StringComparison.Ordinal).Replace("\"version\":0", "\"version\":1", StringComparison.Ordinal), Info<VaultPatch<Volume>>(options))!);

        Volume after = db.Volumes.Get(id)!;
        Assert.Equal((volume.Title, volume.Year, volume.Rating, volume.Isbn, volume.House!.Name), (after.Title, after.Year, after.Rating, after.Isbn, after.House!.Name));
        Assert.Equal(volume.Pages, after.Pages);
        Assert.Equal(volume.House.Address!.Number, after.House.Address!.Number);
    }

    [Fact]
    public void What_is_wrong_is_said_with_paths_all_at_once()
    {
        JsonException e = Assert.ThrowsAny<JsonException>(() => Patch("""{"year":1.5,"title":null,"house":{"city":3,"street":"x"},"addresses":[{"number":1},{"number":"2.5"}],"extra":1,"year":2}"""));

        VaultValidationException inner = Assert.IsType<VaultValidationException>(e.InnerException);
        Assert.Equal("$.year", e.Path);
        Assert.Equal(
            ["year Type", "title Required", "house.city Type", "house.street Unknown", "addresses[1].number Type", "extra Unknown", "year Duplicate"],
            inner.Violations.Select(static v => $"{v.Path} {v.Rule}"));
        Assert.Contains("$.house.city: expected a string", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{\"year\":}")]
    [InlineData("{\"year\":1")]
    [InlineData("{\"title\":\"\\ud800\"}")]
    [InlineData("{\"year\":1e400}")]
    [InlineData("{\"rating\":1e400}")]
    [InlineData("{\"secret\":\"x\"}")]
    [InlineData("{\"house\":[]}")]
    [InlineData("{\"scores\":{\"a\":1,\"a\":2}}")]
    public void A_document_that_is_no_patch_is_a_JSON_error(string json) => Assert.ThrowsAny<JsonException>(() => Patch(json));

    [Fact]
    public void A_number_too_large_for_its_member_is_refused_with_its_path_at_the_write()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(PatchTests.Sample());

        VaultValidationException e = Assert.Throws<VaultValidationException>(() => db.Volumes.Patch(id, Patch("""{"small":[1,300]}""")));

        Assert.Equal("small[1] Type", $"{e.Violations.Single().Path} {e.Violations.Single().Rule}");
    }

    [Fact]
    public void A_patch_comes_back_from_JSON_as_it_was()
    {
        const string Json = """{"addresses":[{"number":1}],"cover":{"$type":"paper","weight":1},"house":{"address":{"code":null},"city":"x"},"lent":true,"pages":"AwE=","rating":null,"scores":{"a":1},"tags":[],"title":"T"}""";

        Assert.Equal(Json, JsonSerializer.Serialize(Patch(Json), Info<VaultPatch<Volume>>(Web)));
    }

    [Fact]
    public void What_JSON_can_not_say_is_not_written()
    {
        Assert.Equal("""{"rating":null}""", JsonSerializer.Serialize(new VaultPatch<Volume>().Remove(Volume.Fields.Rating), Info<VaultPatch<Volume>>(Web)));
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Serialize(new VaultPatch<Volume>().Remove(Volume.Fields.Year), Info<VaultPatch<Volume>>(Web)));
    }

    [Fact]
    public void Numbers_in_strings_are_read_where_the_options_say_so()
    {
        Assert.False(Patch("""{"year":"7"}""").IsEmpty);
        Assert.ThrowsAny<JsonException>(() => Patch("""{"year":"7 "}"""));
        Assert.ThrowsAny<JsonException>(() => JsonSerializer.Deserialize("""{"Year":"7"}""", Info<VaultPatch<Volume>>(Plain)));
    }

    [Fact]
    public void An_input_has_the_members_that_the_database_does_not_set()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();

        long id = db.Volumes.Insert(Input("""{"title":"A","publisher":"P","house":{"name":"H"},"condition":"worn"}"""));

        Assert.Equal(("A", "H", Condition.Worn, 1999), (db.Volumes.Get(id)!.Title, db.Volumes.Get(id)!.House!.Name, db.Volumes.Get(id)!.Condition, db.Volumes.Get(id)!.Year));
        foreach (string name in (string[])["id", "createdAt", "updatedAt", "version"]) Assert.ThrowsAny<JsonException>(() => Input($$"""{"title":"A","publisher":"P","{{name}}":1}"""));
        Assert.Equal("""{"publisher":"P","title":"A"}""", JsonSerializer.Serialize(Input("""{"title":"A","publisher":"P"}"""), Info<VaultInput<Volume>>(Web)));
    }

    [Fact]
    public void What_an_input_lacks_is_said_when_it_is_written()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();

        VaultValidationException e = Assert.Throws<VaultValidationException>(() => db.Volumes.Insert(Input("""{"year":9999,"house":{},"addresses":[{}],"cover":{"$type":"cloth"}}""")));

        Assert.Equal(
            ["addresses[0].number Required", "cover.color Required", "house.name Required", "title Required", "year Range"],
            e.Violations.Select(static v => $"{v.Path} {v.Rule}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("fa-IR")]
    public void The_culture_does_not_matter(string culture)
    {
        using CultureScope scope = new(culture);
        Assert.Equal("""{"rating":1234.5,"title":"I"}""", JsonSerializer.Serialize(Patch("""{"TITLE":"I","rating":1234.5}"""), Info<VaultPatch<Volume>>(Web)));
    }

    [Fact]
    public void Reflection_in_front_and_a_list_of_patches_find_the_models_too()
    {
        List<VaultPatch<Volume>> patches = JsonSerializer.Deserialize<List<VaultPatch<Volume>>>("""[{"year":1},{}]""", Reflecting)!;

        Assert.Equal([false, true], patches.Select(static p => p.IsEmpty));
    }

    [Fact]
    public void Without_the_models_the_error_says_what_to_add()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => JsonSerializer.Deserialize<VaultPatch<Volume>>("{}", JsonSerializerOptions.Default));

        Assert.Contains("new VaultJsonTypeInfoResolver(VaultModels.All)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_null_patch_is_null() => Assert.Null(JsonSerializer.Deserialize("null", Info<VaultPatch<Volume>>(Web)));

    [Fact]
    public async Task A_patch_is_read_from_a_stream_in_pieces()
    {
        using MemoryStream stream = new(System.Text.Encoding.UTF8.GetBytes($$"""{"tags":[{{string.Join(',', Enumerable.Repeat("\"tag\"", 50_000))}}]}"""));
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(PatchTests.Sample());

        db.Volumes.Patch(id, (await JsonSerializer.DeserializeAsync(stream, Info<VaultPatch<Volume>>(Web)))!);

        Assert.Equal(50_000, db.Volumes.Get(id)!.Tags.Count);
    }

    [Fact]
    public void A_model_works_with_the_user_s_own_context_and_shows_nothing_of_the_library()
    {
        Models.Book book = new() { Id = 1, Title = "T", Author = "A", Year = 2000, Tags = ["x"], Publisher = new Models.Publisher("Ace", null) };

        string json = JsonSerializer.Serialize(book, UserContext.Default.Book);
        Models.Book back = JsonSerializer.Deserialize(json, UserContext.Default.Book)!;

        Assert.Equal("""{"id":1,"title":"T","author":"A","year":2000,"isbn":null,"rating":null,"lent":false,"tags":["x"],"publisher":{"name":"Ace","city":null}}""", json);
        Assert.Equal((book.Id, book.Title, book.Publisher), (back.Id, back.Title, back.Publisher));
    }

    private static VaultPatch<Volume> Patch(string json) => JsonSerializer.Deserialize(json, Info<VaultPatch<Volume>>(Web))!;

    private static VaultInput<Volume> Input(string json) => JsonSerializer.Deserialize(json, Info<VaultInput<Volume>>(Web))!;

    private static JsonTypeInfo<T> Info<T>(JsonSerializerOptions options) => (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));

    private static string[] NamesOf(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(static p => p.Name)];
    }
}
