namespace ModelVault.Tests.Queries;

/// <summary>Which conditions indexes serve that are more than plain ones, and why they do not serve others.</summary>
public sealed class IndexKindQueryTests
{
    private const string Fields = """
        [
          {"path":["id"],"type":"int64"}, {"path":["year"],"type":{"optional":"int64"}}, {"path":["title"],"type":{"optional":"string"}}, {"path":["rating"],"type":"float64"}, {"path":["lent"],"type":"bool"},
          {"path":["tags"],"type":{"optional":{"list":"string"}}},
          {"path":["authors"],"type":{"list":{"object":[{"path":["name"],"type":"string"},{"path":["born"],"type":"int64"}]}}},
          {"path":["city"],"type":{"optional":{"object":[{"path":["name"],"type":"string"}]}}}
        ]
        """;

    private const string Indexes = """
        [
          {"name":"title_any_case","paths":[["title"]],"ignore_case":true,"kind":"index"},
          {"name":"tags","paths":[["tags[]"]],"kind":"index"},
          {"name":"recent","paths":[["title"]],"where":[{"path":["year"],"op":"greater_or_equal","value":2}],"kind":"index"}
        ]
        """;

    [Fact]
    public void Two_conditions_on_one_item_are_answered_by_one_index_and_two_items_are_told_apart()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("things", Fields, "id", """[{"name":"authors","paths":[["authors[]","name"],["authors[]","born"]],"kind":"index"}]""");
        VaultRecordCollection things = db.Collection("things");
        things.Insert(Thing.With(1, [("a", 1), ("b", 2)]).ToRecord());
        things.Insert(Thing.With(2, [("a", 2), ("b", 1)]).ToRecord());
        things.Insert(Thing.With(3, [("a", 2), ("a", 3)]).ToRecord());
        VaultFilter<VaultRecord> a = things.Filter("authors[].name", "==", "a"), two = things.Filter("authors[].born", ">=", 2);
        VaultFilter<VaultRecord> both = new ListFilter<VaultRecord>(((IListCondition)a).List, ListQuantifier.Any, (VaultFilter<VaultRecord>)((IListCondition)a).Item! & (VaultFilter<VaultRecord>)((IListCondition)two).Item!);

        Assert.Equal("Sort by key\n└─ IndexRange authors: authors[].name == \"a\" && authors[].born >= 2", things.Where(both).Explain().Tree);
        Assert.Equal([2L, 3L], things.Where(both).All().Select(static r => r.GetInt64("id")));
        Assert.Equal(2, things.Where(both).Count());
        Assert.Equal([1L, 2L, 3L], things.Where(a & two).All().Select(static r => r.GetInt64("id")));
    }

    [Fact]
    public void Indexes_say_why_they_do_not_serve()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("things", Fields, "id", Indexes);
        VaultRecordCollection things = db.Collection("things");
        things.Insert(Thing.With(1, []).ToRecord());

        string plan = things.Where("title", "a").AndWhere("year", ">", 0).Explain().ToString();

        Assert.Contains("title_any_case: rejected: it can't look up title == \"a\"", plan, StringComparison.Ordinal);
        Assert.Contains("recent: rejected: partial; its condition year >= 2 does not follow", plan, StringComparison.Ordinal);
        Assert.Contains("tags: rejected: no condition on its first field 'tags[]'", plan, StringComparison.Ordinal);
        Assert.Equal("recent", things.Where("title", "a").AndWhere("year", ">", 2).Explain().Access.Index);
        Assert.Equal("title_any_case", things.Where("title", "==", "A", StringComparison.OrdinalIgnoreCase).Explain().Access.Index);
    }

    private sealed record Thing(long Id, long? Year, string? Title, double Rating, bool Lent, List<string>? Tags, (string Name, long Born)[] Authors, string? City)
    {
        public static Thing With(long id, (string, long)[] authors) => new(id, null, null, 0, false, null, authors, null);

        public VaultRecord ToRecord() => new()
        {
            ["id"] = Id,
            ["year"] = Year,
            ["title"] = Title,
            ["rating"] = Rating,
            ["lent"] = Lent,
            ["tags"] = Tags,
            ["authors"] = Authors.Select(static a => new VaultRecord { ["name"] = a.Name, ["born"] = a.Born }).ToList(),
            ["city"] = City is null ? null : new VaultRecord { ["name"] = City },
        };
    }
}
