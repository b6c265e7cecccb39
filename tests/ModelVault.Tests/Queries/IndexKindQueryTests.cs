namespace ModelVault.Tests.Queries;

/// <summary>Queries that indexes of every kind serve give what LINQ gives on the same rows.</summary>
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

    // Each has something that a plain index has not.
    private static readonly string[] Indexes =
    [
        """{"name":"year_desc","paths":[["year"],["title"]],"descending":[true,false]}""",
        """{"name":"rating_desc","paths":[["rating"]],"descending":[true]}""",
        """{"name":"title_desc","paths":[["title"],["year"]],"descending":[true,true]}""",
        """{"name":"title_any_case","paths":[["title"]],"ignore_case":true}""",
        """{"name":"title_any_case_year","paths":[["title"],["year"]],"ignore_case":true}""",
        """{"name":"tags","paths":[["tags[]"]]}""",
        """{"name":"lent_tags_any_case","paths":[["lent"],["tags[]"]],"ignore_case":true,"descending":[true,false]}""",
        """{"name":"authors","paths":[["authors[]","name"],["authors[]","born"]]}""",
        """{"name":"born_desc","paths":[["authors[]","born"]],"descending":[true]}""",
        """{"name":"recent","paths":[["title"]],"where":[{"path":["year"],"op":"greater_or_equal","value":2}]}""",
        """{"name":"rated","paths":[["year"]],"where":[{"path":["rating"],"op":"less","value":1.5},{"path":["lent"],"op":"equal","value":false}]}""",
        """{"name":"known","paths":[["rating"]],"where":[{"path":["year"],"op":"is_not_null"}]}""",
        """{"name":"not_one","paths":[["lent"]],"where":[{"path":["year"],"op":"not_equal","value":1}]}""",
        """{"name":"covering","paths":[["year"]],"include":[["title"],["lent"]]}""",
        """{"name":"covering_city","paths":[["title"],["rating"]],"include":[["city"],["tags"]],"descending":[false,true]}""",
        """{"name":"unique_city","paths":[["city","name"],["id"]],"kind":"unique","include":[["year"]]}""",
    ];

    private static readonly string[] Texts = ["", "a", "A", "ab", "Ab", "b", "é", "É", "\0"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_queries_over_random_indexes_agree_with_linq(int seed)
    {
        Random random = new(seed);
        HashSet<string> used = [];
        bool covered = false;
        for (int round = 0; round < 6; round++)
        {
            using VaultDatabase db = VaultDatabase.OpenInMemory();
            string[] indexes = [.. Indexes.Where(_ => random.Next(2) == 0)];
            db.RegisterCollection("things", Fields, "id", $"[{string.Join(',', indexes.Select(static i => i.Contains("kind", StringComparison.Ordinal) ? i : i[..^1] + ",\"kind\":\"index\"}"))}]");
            VaultRecordCollection things = db.Collection("things");
            List<Thing> rows = [.. Enumerable.Range(0, round % 2 == 0 ? 60 : 700).Select(i => Thing.Next(i, random))];
            things.InsertMany(rows.Select(static r => r.ToRecord()));

            for (int i = 0; i < 120; i++)
            {
                if (i % 40 == 39) Change(things, rows, random);
                QueryPlan plan = Compare(things, rows, random, $"seed {seed}, round {round}, query {i}");
                covered |= plan.Tree.Contains(", covered", StringComparison.Ordinal);
                Collect(plan.Access, used);
            }
        }

        Assert.True(used.Count >= 12 && covered, $"only {string.Join(", ", used)} were used; covered: {covered}");
    }

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
        db.RegisterCollection("things", Fields, "id", $"[{string.Join(',', new[] { Indexes[3], Indexes[5], Indexes[9] }.Select(static i => i[..^1] + ",\"kind\":\"index\"}"))}]");
        VaultRecordCollection things = db.Collection("things");
        things.Insert(Thing.With(1, []).ToRecord());

        string plan = things.Where("title", "a").AndWhere("year", ">", 0).Explain().ToString();

        Assert.Contains("title_any_case: rejected: it can't look up title == \"a\"", plan, StringComparison.Ordinal);
        Assert.Contains("recent: rejected: partial; its condition year >= 2 does not follow", plan, StringComparison.Ordinal);
        Assert.Contains("tags: rejected: no condition on its first field 'tags[]'", plan, StringComparison.Ordinal);
        Assert.Equal("recent", things.Where("title", "a").AndWhere("year", ">", 2).Explain().Access.Index);
        Assert.Equal("title_any_case", things.Where("title", "==", "A", StringComparison.OrdinalIgnoreCase).Explain().Access.Index);
    }

    private static QueryPlan Compare(VaultRecordCollection things, List<Thing> rows, Random random, string name)
    {
        (VaultFilter<VaultRecord> filter, Func<Thing, bool> meaning) = Condition(things, random, 2);
        VaultRecordQuery query = things.Where(filter);
        IEnumerable<Thing> expected = rows.Where(meaning);
        bool first = random.Next(2) == 0, second = random.Next(2) == 0;
        switch (random.Next(5))
        {
            case 0:
                query = first ? query.OrderByDescending("year") : query.OrderBy("year");
                query = second ? query.ThenByDescending("title") : query.ThenBy("title");
                expected = Then(By(expected, static t => t.Year, Comparer<long?>.Default, first), static t => t.Title, Order, second);
                break;
            case 1:
                query = first ? query.OrderByDescending("title") : query.OrderBy("title");
                query = second ? query.ThenByDescending("rating") : query.ThenBy("rating");
                expected = Then(By(expected, static t => t.Title, Order, first), static t => t.Rating == 0 ? 0 : t.Rating, Comparer<double>.Default, second);
                break;
            case 2:
                query = first ? query.OrderByDescending("rating") : query.OrderBy("rating");
                expected = By(expected, static t => t.Rating == 0 ? 0 : t.Rating, Comparer<double>.Default, first);
                break;
        }

        int take = random.Next(3) == 0 ? random.Next(1, 8) : int.MaxValue;
        string context = $"{name}: {query.Explain()}";
        List<Thing> all = [.. expected];
        Assert.True(all.Count == query.Count(), $"{query.Count()} are counted instead of {all.Count}, {context}");
        if (take != int.MaxValue) query = query.Limit(take);
        List<long> ids = [.. all.Take(take).Select(static t => t.Id)];
        Assert.True(ids.SequenceEqual(query.All().Select(static r => r.GetInt64("id"))), $"records, {context}");
        Assert.True(all.Take(take).Select(static t => (t.Id, t.Year)).SequenceEqual(query.All("id", "year").Select(static r => (r.GetInt64("id"), (long?)r["year"]))), $"fields, {context}");
        Assert.True(all.Take(take).Select(static t => (t.Title, t.City)).SequenceEqual(query.All("title", "city.name").Select(static r => ((string?)r["title"], (string?)((VaultRecord?)r["city"])?["name"]))), $"other fields, {context}");
        Assert.True(ids.Count > 0 == query.Any(), $"any, {context}");
        QueryPlan plan = query.Explain(true, "id", "year");
        Assert.True(plan.Root.ActualRows == ids.Count, $"analyzed, {plan}");
        return plan;
    }

    private static IOrderedEnumerable<Thing> By<T>(IEnumerable<Thing> things, Func<Thing, T> key, IComparer<T> comparer, bool descending) =>
        descending ? things.OrderByDescending(key, comparer) : things.OrderBy(key, comparer);

    private static IOrderedEnumerable<Thing> Then<T>(IOrderedEnumerable<Thing> things, Func<Thing, T> key, IComparer<T> comparer, bool descending) =>
        descending ? things.ThenByDescending(key, comparer) : things.ThenBy(key, comparer);

    private static IComparer<string?> Order { get; } = Comparer<string?>.Create(static (l, r) => l is null || r is null ? (l is null ? 0 : 1) - (r is null ? 0 : 1) : RowConditions.Order(l, r));

    private static (VaultFilter<VaultRecord> Filter, Func<Thing, bool> Meaning) Condition(VaultRecordCollection things, Random random, int depth)
    {
        if (depth > 0 && random.Next(5) > 1)
        {
            (VaultFilter<VaultRecord> Filter, Func<Thing, bool> Meaning) l = Condition(things, random, depth - 1), r = Condition(things, random, depth - 1);
            return random.Next(3) == 0 ? (l.Filter | r.Filter, t => l.Meaning(t) || r.Meaning(t)) : (l.Filter & r.Filter, t => l.Meaning(t) && r.Meaning(t));
        }

        string text = Texts[random.Next(Texts.Length)];
        long number = random.Next(4);
        double rating = Ratings[random.Next(Ratings.Length)];
        bool truth = random.Next(2) == 0;
        return random.Next(22) switch
        {
            0 => (things.Filter("year", "==", number), t => t.Year == number),
            1 => (things.Filter("year", ">", number), t => t.Year > number),
            2 => (things.Filter("year", "<=", number), t => t.Year <= number),
            3 => (things.Filter("year", ">=", number), t => t.Year >= number),
            4 => (things.Filter("year", "is_null", null), t => t.Year is null),
            5 => (things.Filter("year", "is_not_null", null), t => t.Year is not null),
            6 => (things.Filter("year", "in", new object?[] { number, 2L, null }), t => t.Year is null or 2 || t.Year == number),
            7 => (things.Filter("year", "!=", number), t => t.Year != number),
            8 => (things.Filter("title", "==", text), t => t.Title == text),
            9 => (things.Filter("title", "==", text, StringComparison.OrdinalIgnoreCase), t => string.Equals(t.Title, text, StringComparison.OrdinalIgnoreCase)),
            10 => (things.Filter("title", "starts_with", text, StringComparison.OrdinalIgnoreCase), t => t.Title?.StartsWith(text, StringComparison.OrdinalIgnoreCase) ?? false),
            11 => (things.Filter("title", "starts_with", text), t => t.Title?.StartsWith(text, StringComparison.Ordinal) ?? false),
            12 => (things.Filter("title", "<", text), t => t.Title is not null && RowConditions.Order(t.Title, text) < 0),
            13 => (things.Filter("rating", "<", rating), t => t.Rating < rating),
            14 => (things.Filter("rating", "==", rating), t => t.Rating == rating || (double.IsNaN(t.Rating) && double.IsNaN(rating))),
            15 => (things.Filter("lent", "==", truth), t => t.Lent == truth),
            16 => (things.Filter("tags", "contains", text), t => t.Tags?.Contains(text) ?? false),
            17 => (things.Filter("tags[]", "==", text, StringComparison.OrdinalIgnoreCase), t => t.Tags?.Exists(x => string.Equals(x, text, StringComparison.OrdinalIgnoreCase)) ?? false),
            18 => (things.Filter("authors[].name", "==", text), t => t.Authors.Any(a => a.Name == text)),
            19 => (things.Filter("authors[].born", ">", number), t => t.Authors.Any(a => a.Born > number)),
            20 => (things.Filter("city.name", "==", text), t => t.City == text),
            _ => (things.Filter("title", "is_null", null), t => t.Title is null),
        };
    }

    private static readonly double[] Ratings = [double.NaN, double.NegativeInfinity, -1, -0d, 0, 1, 1.5, 2];

    private static void Change(VaultRecordCollection things, List<Thing> rows, Random random)
    {
        for (int i = 0; i < 20; i++)
        {
            int at = random.Next(rows.Count);
            rows[at] = Thing.Next(rows[at].Id, random);
            things.Update(rows[at].ToRecord());
        }
    }

    private static void Collect(PlanNode node, HashSet<string> used)
    {
        if (node.Index is { } index) used.Add(index);
        foreach (PlanNode input in node.Inputs) Collect(input, used);
    }

    private sealed record Thing(long Id, long? Year, string? Title, double Rating, bool Lent, List<string>? Tags, (string Name, long Born)[] Authors, string? City)
    {
        public static Thing With(long id, (string, long)[] authors) => new(id, null, null, 0, false, null, authors, null);

        public static Thing Next(long id, Random random) => new(
            id,
            random.Next(5) == 0 ? null : random.Next(4),
            random.Next(5) == 0 ? null : Texts[random.Next(Texts.Length)],
            Ratings[random.Next(Ratings.Length)],
            random.Next(2) == 0,
            random.Next(5) == 0 ? null : [.. Enumerable.Range(0, random.Next(4)).Select(_ => Texts[random.Next(Texts.Length)])],
            [.. Enumerable.Range(0, random.Next(3)).Select(_ => (Texts[random.Next(Texts.Length)], (long)random.Next(4)))],
            random.Next(3) == 0 ? null : Texts[random.Next(Texts.Length)]);

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
