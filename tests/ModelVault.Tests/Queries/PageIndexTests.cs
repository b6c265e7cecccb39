using ModelVault.Runtime;

namespace ModelVault.Tests.Queries;

/// <summary>Pages over every kind of index: the same records as without pages, and no more of them read where the index delivers the order.</summary>
public sealed class PageIndexTests
{
    private const string Fields = """
        [{"path":["id"],"type":"int64"},{"path":["a"],"type":{"optional":"int64"}},{"path":["b"],"type":"string"},{"path":["c"],"type":"float64"},
         {"path":["lent"],"type":"bool"},{"path":["tags"],"type":{"list":"string"}}]
        """;

    private static readonly double Scale = TestScale.Or(1);

    private static readonly string[] Indexes =
    [
        """{"name":"a_desc","paths":[["a"]],"descending":[true]}""",
        """{"name":"a_desc_b","paths":[["a"],["b"]],"descending":[true,false]}""",
        """{"name":"b_a_desc","paths":[["b"],["a"]],"descending":[false,true],"include":[["c"]]}""",
        """{"name":"b_any_case","paths":[["b"]],"ignore_case":true}""",
        """{"name":"tags","paths":[["tags[]"]]}""",
        """{"name":"tags_c","paths":[["tags[]"],["c"]],"descending":[false,true]}""",
        """{"name":"c_b_desc","paths":[["c"],["b"]],"descending":[false,true]}""",
        """{"name":"a_b_desc","paths":[["a"],["b"]],"descending":[true,true],"include":[["c"],["lent"]]}""",
        """{"name":"lent_by_c","paths":[["c"]],"where":[{"op":"equal","path":["lent"],"value":true}],"include":[["b"]]}""",
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Pages_over_any_indexes_are_the_list_cut_up(int seed)
    {
        Random random = new(seed);
        for (int round = 0; round < 8 * Scale; round++)
        {
            using VaultDatabase db = VaultDatabase.OpenInMemory();
            string[] indexes = [.. Indexes.Where(_ => random.Next(2) == 0)];
            db.RegisterCollection("things", Fields, "id", $"[{string.Join(',', indexes)}]");
            VaultRecordCollection things = db.Collection("things");
            things.InsertMany(Enumerable.Range(0, random.Next(2) == 0 ? 80 : 700).Select(i => Thing(i, random)));
            for (int i = 0; i < 40; i++)
            {
                VaultRecordQuery query = Ordered(Filtered(things.All(), random), random);
                List<long> expected = [.. query.All().Select(r => r.GetInt64("id"))];
                int size = random.Next(1, 60);
                List<long> paged = [], projected = [];
                for (VaultPage<VaultRecord> page = query.Page(size); ; page = query.Page(size, page.Next))
                {
                    paged.AddRange(page.Items.Select(r => r.GetInt64("id")));
                    if (page.Next is null) break;
                }

                for (VaultPage<VaultRecord> page = query.Page(size, null, "id", "c"); ; page = query.Page(size, page.Next, "id", "c"))
                {
                    projected.AddRange(page.Items.Select(r => r.GetInt64("id")));
                    if (page.Next is null) break;
                }

                string context = $"seed {seed}, round {round}, query {i}, size {size}: {query.Explain()}";
                Assert.True(expected.SequenceEqual(paged), context);
                Assert.True(expected.SequenceEqual(projected), $"fields, {context}");
            }
        }
    }

    [Theory]
    [InlineData("""{"paths":[["a"]],"descending":[true]}""", "a desc")]
    [InlineData("""{"paths":[["a"]],"descending":[true]}""", "a")]
    [InlineData("""{"paths":[["a"],["b"]],"descending":[true,false]}""", "a desc, b")]
    [InlineData("""{"paths":[["a"],["b"]],"descending":[true,false]}""", "a, b desc")]
    [InlineData("""{"paths":[["b"],["a"]],"include":[["c"]]}""", "b, a")]
    [InlineData("""{"paths":[["b"],["a"]],"include":[["c"]]}""", "b desc, a desc")]
    public void A_page_in_the_middle_of_an_index_is_a_seek_away(string index, string order)
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("things", Fields, "id", $"[{index}]");
        VaultRecordCollection things = db.Collection("things");
        Random random = new(5);
        things.InsertMany(Enumerable.Range(0, 3000).Select(i => Thing(i, random)));
        VaultRecordQuery query = things.All();
        foreach ((int i, string term) in order.Split(", ").Index())
        {
            bool descends = term.EndsWith(" desc", StringComparison.Ordinal);
            string path = term.Split(' ')[0];
            query = (i == 0, descends) switch
            {
                (true, false) => query.OrderBy(path),
                (true, true) => query.OrderByDescending(path),
                (false, false) => query.ThenBy(path),
                _ => query.ThenByDescending(path),
            };
        }

        VaultCursor? cursor = query.Skip(2000).Page(1).Next;
        int looked = 0;

        VaultPage<VaultRecord> page = query.AndWhere(new CountingFilter(() => looked++)).Page(10, cursor);

        Assert.Equal(query.Skip(2001).Limit(10).All().Select(r => r.GetInt64("id")), page.Items.Select(r => r.GetInt64("id")));
        Assert.True(looked <= 12, $"{looked} records were looked at:\n{query.Limit(10).Explain()}");
    }

    private static VaultRecord Thing(int id, Random random) => new()
    {
        ["id"] = id,
        ["a"] = random.Next(4) == 0 ? null : random.Next(-5, 30),
        ["b"] = ((string[])["a", "A", "b", "ab", ""])[random.Next(5)],
        ["c"] = ((double[])[double.NaN, -0d, 0d, 1, -1])[random.Next(5)],
        ["lent"] = random.Next(2) == 0,
        ["tags"] = Enumerable.Range(0, random.Next(4)).Select(_ => ((string[])["x", "y", "z"])[random.Next(3)]).ToList(),
    };

    private static VaultRecordQuery Filtered(VaultRecordQuery query, Random random)
    {
        for (int conditions = random.Next(3); conditions > 0; conditions--)
            query = random.Next(8) switch
            {
                0 => query.AndWhere("a", ">=", random.Next(10)),
                1 => query.AndWhere("a", "==", random.Next(10)),
                2 => query.AndWhere("b", "==", "a"),
                3 => query.AndWhere("b", "==", "A", StringComparison.OrdinalIgnoreCase),
                4 => query.AndWhere("tags", "contains", "x"),
                5 => query.AndWhere("a", "in", (int?[])[1, 2, 3, null]),
                6 => query.AndWhere("c", "<=", 0.0),
                _ => query.AndWhere("lent", true),
            };
        return query;
    }

    private static VaultRecordQuery Ordered(VaultRecordQuery query, Random random)
    {
        string[] paths = ["a", "b", "c", "lent", "id", "b.length"];
        int terms = random.Next(4);
        for (int i = 0; i < terms; i++)
        {
            string path = paths[random.Next(paths.Length)];
            NullPlacement nulls = random.Next(4) == 0 ? (NullPlacement)random.Next(3) : NullPlacement.Default;
            query = (i == 0, random.Next(2) == 0) switch
            {
                (true, true) => query.OrderBy(path, nulls),
                (true, false) => query.OrderByDescending(path, nulls),
                (false, true) => query.ThenBy(path, nulls),
                _ => query.ThenByDescending(path, nulls),
            };
        }

        return random.Next(4) == 0 ? query.Reverse() : query;
    }

    private sealed class CountingFilter(Action look) : VaultFilter<VaultRecord>
    {
        internal override string Shape => "";

        internal override bool ReadsOnly(IFieldSet part) => true;

        internal override bool Matches(ref RowContext row)
        {
            look();
            return true;
        }
    }
}
