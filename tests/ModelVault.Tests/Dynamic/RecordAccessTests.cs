using System.Text.Json;
using System.Text.Json.Serialization;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Dynamic;

/// <summary>Records in the hand: their accessors, their equality and their JSON.</summary>
public sealed partial class RecordAccessTests
{
    private static readonly DateTimeOffset At = new(2020, 1, 31, 10, 0, 0, TimeSpan.FromHours(2));

    private static VaultRecord Sample() => new()
    {
        ["n"] = 300L,
        ["d"] = 1.5,
        ["m"] = 2.50m,
        ["flag"] = true,
        ["none"] = null,
        ["tags"] = new List<object?> { 1L, 2L },
        ["p"] = new VaultRecord { ["c"] = "Oslo", ["dotted.name"] = 1L },
        ["color"] = "Blue",
        ["id"] = Guid.AllBitsSet,
        ["bytes"] = new byte[] { 1, 2 },
        ["at"] = At,
        ["utc"] = At.UtcDateTime,
    };

    [Fact]
    public void Values_are_read_by_path_as_any_type_that_holds_them()
    {
        VaultRecord r = Sample();

        Assert.Equal((300, 300L, 300m, (short)300, 300d), (r.GetInt32("n"), r.GetInt64("n"), r.GetDecimal("n"), r.Get<short>("n"), r.GetDouble("n")));
        Assert.Equal((1.5, 1.5f, (Half)1.5, 1.5m), (r.GetDouble("d"), r.Get<float>("d"), r.Get<Half>("d"), r.GetDecimal("d")));
        Assert.Equal((true, "Oslo", Guid.AllBitsSet), (r.GetBoolean("flag"), r.GetString("p.c"), r.GetGuid("id")));
        Assert.Equal((At, At.UtcDateTime, At), (r.GetDateTimeOffset("at"), r.GetDateTime("utc"), r.GetDateTimeOffset("utc")));
        Assert.Equal((Color.Blue, (Color)300), (r.Get<Color>("color"), r.Get<Color>("n")));
        Assert.Equal([1, 2], r.GetBytes("bytes"));
        Assert.Equal([1, 2], r.GetList<int>("tags"));
        Assert.Equal("Oslo", r.GetRecord("p")["c"]);
        Assert.Equal(1, r.Get<int>("p.dotted.name"));
    }

    [Fact]
    public void What_is_null_or_not_there_is_told_apart_where_it_is_asked_for()
    {
        VaultRecord r = Sample();

        Assert.Equal((null, 0, null), (r.Get<int?>("none"), r.GetOrDefault<int>("missing"), r.GetOrDefault<string>("none")));
        Assert.Equal((true, true, false), (r.IsNull("none"), r.IsNull("p.missing"), r.IsNull("n")));
        Assert.Equal((true, false), (r.TryGet("none", out object? none), r.TryGet("missing", out _)));
        Assert.Null(none);
        Assert.Throws<KeyNotFoundException>(() => r.Get<int>("p.missing"));
        Assert.Throws<KeyNotFoundException>(() => r["missing"]);
        Assert.Throws<InvalidCastException>(() => r.Get<int>("none"));
        Assert.Throws<InvalidCastException>(() => r.GetString("none"));
    }

    [Fact]
    public void What_would_lose_something_is_refused()
    {
        VaultRecord r = Sample();

        Assert.Throws<InvalidCastException>(() => r.Get<byte>("n"));
        Assert.Throws<InvalidCastException>(() => r.GetInt32("d"));
        Assert.Throws<InvalidCastException>(() => r.GetDateTime("at"));
        Assert.Throws<InvalidCastException>(() => r.GetString("n"));
        Assert.Throws<InvalidCastException>(() => r.GetList<byte>("p"));
        Assert.Throws<InvalidCastException>(() => new VaultRecord { ["color"] = "Purple" }.Get<Color>("color"));
        Assert.Throws<InvalidCastException>(() => r.GetOrDefault<byte>("n"));
    }

    [Fact]
    public void Records_are_equal_by_their_contents_alone()
    {
        Assert.Equal(Sample(), Sample());
        Assert.Equal(Sample().GetHashCode(), Sample().GetHashCode());
        Assert.Equal(new VaultRecord { ["a"] = 1, ["b"] = 2 }, new VaultRecord { ["b"] = 2, ["a"] = 1 });
        foreach ((string field, object? other) in (IEnumerable<(string, object?)>)[("n", 301L), ("n", 300), ("none", 1), ("tags", new List<object?> { 1L }), ("p", new VaultRecord { ["c"] = "Oslo" }), ("bytes", new byte[] { 1, 3 })])
            Assert.NotEqual(Sample(), new VaultRecord(Sample()) { [field] = other });
        VaultRecord less = Sample();
        Assert.True(less.Remove("none"));
        Assert.False(less.Remove("none"));
        Assert.NotEqual(Sample(), less);
        Assert.NotEqual(less, Sample());
    }

    [Fact]
    public void A_context_made_by_the_generator_of_System_Text_Json_has_the_same_JSON()
    {
        VaultRecord record = VaultRecord.Parse("""{"id":1,"list":[1.5,null,"x"],"part":{"a":true}}""");
        Holder holder = new() { Records = [record] };

        string json = JsonSerializer.Serialize(holder, RecordContext.Default.Holder);

        Assert.Equal($$"""{"Records":[{{record.ToJson()}}]}""", json);
        Assert.Equal(record, Assert.Single(JsonSerializer.Deserialize(json, RecordContext.Default.Holder)!.Records));
        Assert.Equal(record, JsonSerializer.Deserialize<VaultRecord>(JsonSerializer.Serialize(record)));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"a":1,"a":2}""")]
    [InlineData("{} {}")]
    [InlineData("""{"a":"x\ud800"}""")]
    [InlineData("""{"a":{"b":1,"b":1}}""")]
    public void What_is_no_single_object_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => VaultRecord.Parse(json));

    [Fact]
    public void What_no_collection_stores_has_no_JSON() =>
        Assert.Throws<InvalidOperationException>(() => new VaultRecord { ["a"] = new object() }.ToJson());

    public sealed class Holder
    {
        public List<VaultRecord> Records { get; set; } = [];
    }

    [JsonSerializable(typeof(Holder))]
    private sealed partial class RecordContext : JsonSerializerContext;
}
