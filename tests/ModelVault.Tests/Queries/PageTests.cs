using System.Buffers.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ModelVault.Storage;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

/// <summary>Pages by cursor: all of a query's records once, in its order, whatever is written between two pages.</summary>
public sealed class PageTests
{
    private static readonly double Scale = TestScale.Or(1);

    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private static readonly JsonSerializerOptions Registry = new(JsonSerializerDefaults.Web)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(new VaultJsonTypeInfoResolver(VaultModels.All), new DefaultJsonTypeInfoResolver()),
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_pages_of_a_random_query_are_its_list_cut_up(int seed)
    {
        Random random = new(seed);
        RowConditions conditions = new(random);
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Rows.InsertMany([.. Enumerable.Range(0, 90).Select(conditions.Row)]);

        for (int i = 0; i < 500 * Scale; i++)
        {
            VaultQuery<Row, RowFields> query = random.Next(3) == 0 ? db.Rows.All() : db.Rows.Where(conditions.Next().Filter);
            query = RowOrders.Next(query, random);
            if (random.Next(5) == 0) query = query.Skip(random.Next(6));
            if (random.Next(5) == 0) query = query.Take(random.Next(30));
            int size = random.Next(1, 20);

            List<int> ids = [];
            VaultCursor? after = null;
            do
            {
                VaultPage<Row> page = query.Page(size, after);
                Assert.True(page.Next is null ? page.Items.Count <= size : page.Items.Count == size);
                ids.AddRange(page.Items.Select(r => r.Id));
                after = page.Next is { } next ? VaultCursor.Parse(next.ToString()) : null;
            }
            while (after is not null);

            Assert.True(query.ToList().Select(r => r.Id).SequenceEqual(ids), $"seed {seed}, query {i}, size {size}:\n{query.Explain()}");
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void What_is_written_between_pages_moves_nothing_else(int seed)
    {
        Random random = new(seed);
        RowConditions conditions = new(random);
        using VaultDatabase db = VaultDatabase.OpenInMemory();

        for (int i = 0; i < 120 * Scale; i++)
        {
            db.Rows.All().Delete();
            db.Rows.InsertMany([.. Enumerable.Range(0, 60).Select(n => conditions.Row(2 * n))]);
            VaultQuery<Row, RowFields> query = RowOrders.Next(db.Rows.All(), random);
            HashSet<int> untouched = [.. Enumerable.Range(0, 60).Select(n => 2 * n)];
            List<int> seen = [];
            VaultCursor? after = null;
            do
            {
                VaultPage<Row> page = query.Page(random.Next(1, 12), after);
                seen.AddRange(page.Items.Select(r => r.Id));
                after = page.Next;
                for (int writes = random.Next(4); writes > 0; writes--)
                {
                    int id = 2 * random.Next(60);
                    untouched.Remove(id);
                    db.Rows.Upsert(conditions.Row((2 * random.Next(60)) + 1));
                    if (random.Next(2) == 0) db.Rows.Delete(id);
                    else db.Rows.Upsert(conditions.Row(id));
                }

                // Even the record that the cursor was taken from.
                if (random.Next(3) == 0 && seen.Count > 0 && untouched.Remove(seen[^1])) db.Rows.Delete(seen[^1]);
            }
            while (after is not null);

            int[] expected = [.. query.ToList().Select(r => r.Id).Where(untouched.Contains)];
            Assert.True(expected.SequenceEqual(seen.Where(untouched.Contains)), $"seed {seed}, query {i}: {query.Explain()}");
        }
    }

    [Fact]
    public void A_page_in_the_middle_reads_what_it_shows_where_a_key_or_an_index_serves_the_order()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Books.InsertMany(Enumerable.Range(0, 5000).Select(i => new Book { Id = i, Title = $"t{i}", Author = $"a{i % 7}", Year = i % 10, Isbn = $"{i:00000}" }));
        AssertReads(db.Books.All(), 4000);
        AssertReads(db.Books.All().Reverse(), 4000);
        AssertReads(db.Books.Where(b => b.Id >= 100 && b.Id < 4900), 4000);
        AssertReads(db.Books.OrderBy(b => b.Year), 4000);
        AssertReads(db.Books.OrderByDescending(b => b.Year), 4000);
        AssertReads(db.Books.OrderBy(b => b.Year).Reverse(), 4000);
        AssertReads(db.Books.OrderBy(b => b.Isbn), 4000);
        AssertReads(db.Books.OrderByDescending(b => b.Isbn), 4000);
        AssertReads(db.Books.OrderBy(b => b.Author).ThenBy(b => b.Year), 4000);
        AssertReads(db.Books.OrderByDescending(b => b.Author).ThenByDescending(b => b.Year).ThenByDescending(b => b.Id), 4000);
        AssertReads(db.Books.Where(b => b.Author == "a3").OrderByDescending(b => b.Year), 600);
        AssertReads(db.Books.Where(b => b.Author == "a3" && b.Year >= 2).OrderBy(b => b.Author).ThenBy(b => b.Year), 500);

        static void AssertReads(VaultQuery<Book, BookFields> query, int skip)
        {
            VaultCursor? cursor = query.Skip(skip).Page(1).Next;
            int looked = 0;
            VaultFilter<Book> counting = new CountingFilter(() => looked++);
            VaultPage<Book> page = query.Where(counting).Page(10, cursor);
            Assert.Equal(query.Skip(skip + 1).Take(10).ToList().Select(b => b.Id), page.Items.Select(b => b.Id));

            // The page, the record that tells that there is more, and the cursor's own; and what is looked at together with the last.
            Assert.True(looked < 12 + TreeScan.MaxGroup, $"{looked} records were looked at:\n{query.Explain()}");
        }
    }

    [Fact]
    public void A_cursor_outlives_a_change_of_the_filter()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Books.InsertMany(Enumerable.Range(0, 200).Select(i => new Book { Id = i, Title = "", Author = $"a{i % 3}", Year = i % 10 }));
        foreach (bool byKey in (bool[])[true, false])
        {
            VaultQuery<Book, BookFields> all = byKey ? db.Books.OrderBy(b => b.Author).ThenBy(b => b.Year) : db.Books.OrderBy(b => b.Year).ThenBy(b => b.Author);
            List<long> order = [.. all.ToList().Select(b => b.Id)];
            foreach (string author in (string[])["a0", "a1", "a2"])
            {
                VaultCursor cursor = all.Where(b => b.Author == "a1").Skip(20).Page(5).Next!.Value;
                long last = all.Where(b => b.Author == "a1").Skip(24).First().Id;
                VaultQuery<Book, BookFields> other = all.Where(b => b.Author == author);

                List<long> rest = [.. other.After(cursor).ToList().Select(b => b.Id)];

                Assert.Equal(other.ToList().Select(b => b.Id).Where(id => order.IndexOf(id) > order.IndexOf(last)), rest);
                Assert.Equal(rest.Count, other.After(cursor).Count());
                Assert.Equal(rest.Count > 0, other.After(cursor).Any());
            }
        }
    }

    [Fact]
    public void Composite_keys_are_gone_on_from_part_by_part()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.OrderLines.InsertMany(from o in Enumerable.Range(0, 20) from l in Enumerable.Range(0, 10) select new OrderLine { OrderId = o, Line = l, Sku = $"s{(o * l) % 4}", Quantity = (o + l) % 3 });
        VaultQuery<OrderLine, OrderLineFields>[] queries =
        [
            db.OrderLines.All(),
            db.OrderLines.All().Reverse(),
            db.OrderLines.Where(l => l.OrderId == 7),
            db.OrderLines.Where(l => l.OrderId == 7).OrderByDescending(l => l.Line),
            db.OrderLines.OrderBy(l => l.OrderId).ThenByDescending(l => l.Line),
            db.OrderLines.OrderBy(l => l.Line),
            db.OrderLines.OrderBy(l => l.Sku),
            db.OrderLines.OrderByDescending(l => l.Sku),
            db.OrderLines.OrderBy(l => l.Sku).ThenBy(l => l.OrderId).ThenBy(l => l.Line),
            db.OrderLines.OrderBy(l => l.Sku).ThenByDescending(l => l.OrderId),
            db.OrderLines.Where(l => l.Sku == "s1").OrderBy(l => l.Quantity).Reverse(),
        ];
        foreach (VaultQuery<OrderLine, OrderLineFields> query in queries)
        {
            List<(long, int)> paged = [];
            for (VaultPage<OrderLine> page = query.Page(7); ; page = query.Page(7, page.Next))
            {
                paged.AddRange(page.Items.Select(l => (l.OrderId, l.Line)));
                if (page.Next is null) break;
            }

            Assert.Equal(query.ToList().Select(l => (l.OrderId, l.Line)), paged);
        }
    }

    [Fact]
    public async Task Projections_and_views_and_records_without_a_model_have_pages()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Books.InsertMany(Enumerable.Range(1, 10).Select(i => new Book { Id = i, Title = $"t{i}", Author = "a", Year = -i }));
        VaultPage<string> first = db.Books.OrderBy(b => b.Year).Select(b => b.Title).Page(4);
        VaultPage<string> second = await db.Books.OrderBy(b => b.Year).Select(b => b.Title).PageAsync(4, first.Next);
        VaultPage<Book> third = await db.Books.OrderBy(b => b.Year).PageAsync(4, second.Next);

        Assert.Equal(["t10", "t9", "t8", "t7"], first.Items);
        Assert.Equal(["t6", "t5", "t4", "t3"], second.Items);
        Assert.Equal(["t2", "t1"], third.Items.Select(b => b.Title));
        Assert.Null(third.Next);

        // The same cursor goes with the records without a model, as the order is the same.
        VaultRecordQuery records = db.Collection("books").OrderBy("year");
        Assert.Equal(["t6", "t5"], records.Page(2, first.Next).Items.Select(r => r.GetString("title")));
        Assert.Equal(["t6", "t5"], records.Page(2, first.Next, "title").Items.Select(r => r.GetString("title")));
        Assert.Equal(4, (await records.PageAsync(4, second.Next)).Items.Count + 2);
        Assert.Null(records.Page(2, second.Next).Next);
    }

    [Fact]
    public void Skip_counts_for_the_first_page_and_take_for_all_together()
    {
        using VaultDatabase db = Numbered(50);
        VaultQuery<Book, BookFields> query = db.Books.Skip(3).Take(25);
        List<int> sizes = [];
        List<long> ids = [];
        for (VaultPage<Book> page = query.Page(10); ; page = query.Page(10, page.Next))
        {
            sizes.Add(page.Items.Count);
            ids.AddRange(page.Items.Select(b => b.Id));
            if (page.Next is null) break;
        }

        Assert.Equal([10, 10, 5], sizes);
        Assert.Equal(Enumerable.Range(3, 25).Select(i => (long)i), ids);
        Assert.Empty(db.Books.Take(0).Page(5).Items);
        Assert.Null(db.Books.Take(5).Page(5).Next);
    }

    [Fact]
    public void The_last_page_says_that_it_is_the_last()
    {
        using VaultDatabase db = Numbered(10);

        Assert.NotNull(db.Books.Page(9).Next);
        Assert.Null(db.Books.Page(10).Next);
        Assert.Null(db.Books.Page(int.MaxValue).Next);
        Assert.Null(db.Books.Where(b => b.Id > 99).Page(10).Next);
        Assert.Empty(db.Books.Where(b => b.Id > 99).Page(10).Items);
        Assert.Throws<ArgumentOutOfRangeException>(() => db.Books.Page(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => db.Books.Page(-1));
    }

    [Fact]
    public void A_cursor_of_another_order_is_refused()
    {
        using VaultDatabase db = Numbered(20);
        VaultCursor? cursor = db.Books.OrderBy(b => b.Year).Page(5).Next;
        Func<VaultQuery<Book, BookFields>>[] others =
        [
            () => db.Books.All(),
            () => db.Books.OrderByDescending(b => b.Year),
            () => db.Books.OrderBy(b => b.Year).Reverse(),
            () => db.Books.OrderBy(b => b.Year).ThenBy(b => b.Title),
            () => db.Books.OrderBy(b => b.Rating),
        ];
        foreach (Func<VaultQuery<Book, BookFields>> other in others)
            Assert.Contains("belongs to another query", Assert.Throws<VaultQueryException>(() => other().Page(5, cursor)).Message, StringComparison.Ordinal);

        VaultCursor? ofNulls = db.Books.OrderBy(b => b.Rating, NullPlacement.Last).Page(5).Next;
        Assert.Throws<VaultQueryException>(() => db.Books.OrderBy(b => b.Rating).Page(5, ofNulls));
        Assert.Equal(5, db.Books.OrderBy(b => b.Rating, NullPlacement.Last).Page(5, ofNulls).Items.Count);
        Assert.Throws<VaultQueryException>(() => db.Collection("books").OrderByDescending("year").Page(5, cursor));
        Assert.Throws<VaultQueryException>(() => db.Books.OrderBy(b => b.Year).After(cursor).OrderBy(b => b.Title));
        Assert.Throws<VaultQueryException>(() => db.Books.OrderBy(b => b.Year).After(cursor).Reverse());
    }

    [Fact]
    public void Damaged_and_forged_cursors_end_in_the_error_for_queries_and_nothing_else()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Rows.InsertMany([.. Enumerable.Range(0, 60).Select(new RowConditions(new Random(7)).Row)]);
        Random random = new(11);
        VaultQuery<Row, RowFields>[] queries =
        [
            db.Rows.All(),
            db.Rows.OrderBy(r => r.Text).ThenByDescending(r => r.Number),
            db.Rows.OrderByDescending(r => r.Number),
            db.Rows.Where(r => r.Flag).OrderBy(r => r.Score).ThenBy(r => r.Number),
            db.Rows.OrderBy(r => r.Place.City),
        ];
        int accepted = 0;
        for (int i = 0; i < 4000 * Scale; i++)
        {
            VaultQuery<Row, RowFields> query = queries[random.Next(queries.Length)];
            byte[] bytes = Base64Url.DecodeFromChars(query.Page(5).Next!.Value.Token);
            bool isForged = random.Next(2) == 0;
            switch (random.Next(3))
            {
                case 0: bytes = bytes[..random.Next(bytes.Length)]; break;
                case 1: bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8)); break;
                default: bytes = [.. bytes.AsSpan(0, 13), .. Enumerable.Range(0, random.Next(40)).Select(_ => (byte)random.Next(256))]; break;
            }

            // Someone who knows the format makes the check sum fit.
            if (isForged && bytes.Length >= 13) Sign(bytes);
            string token = Base64Url.EncodeToString(bytes);
            try
            {
                query.Page(5, new VaultCursor(token));
                accepted++;
                Assert.True(isForged, token);
            }
            catch (VaultQueryException)
            {
            }
        }

        Assert.True(accepted > 0);
        foreach (string text in (string[])["", "x", "not a cursor", "ÄÖ", "a b", new string('A', 5000), "…"])
        {
            Assert.Throws<VaultQueryException>(() => db.Rows.All().Page(5, new VaultCursor(text)));
            Assert.Throws<VaultQueryException>(() => VaultCursor.Parse(text));
            Assert.False(VaultCursor.TryParse(text, out _));
        }

        Assert.Throws<VaultQueryException>(() => db.Rows.All().Page(5, default(VaultCursor)));
        Assert.False(VaultCursor.TryParse(null, out _));
    }

    [Fact]
    public void Results_without_a_place_of_their_own_have_no_pages()
    {
        using VaultDatabase db = Numbered(10);

        Assert.Throws<VaultQueryException>(() => db.Books.Select(b => b.Author).Distinct().Page(5));
        Assert.Throws<VaultQueryException>(() => db.Books.GroupBy(b => b.Year).Count().Page(5));
    }

    [Fact]
    public void A_cursor_is_a_string_in_json_and_a_page_an_object()
    {
        using VaultDatabase db = Numbered(10);
        VaultPage<string> page = db.Books.Select(b => b.Title).Page(2);

        string json = JsonSerializer.Serialize(page, Web);

        Assert.Equal($$"""{"items":["t0","t1"],"next":"{{page.Next}}"}""", json);
        VaultPage<string> back = JsonSerializer.Deserialize<VaultPage<string>>(json, Web)!;
        Assert.Equal(page.Next, back.Next);
        Assert.Equal(page.Items, back.Items);
        Assert.Equal("""{"items":[],"next":null}""", JsonSerializer.Serialize(db.Books.Where(b => b.Id > 99).Select(b => b.Title).Page(2), Web));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<VaultCursor>("1"));
    }

    [Fact]
    public void The_registry_knows_the_json_of_a_page_of_models()
    {
        using VaultDatabase db = Numbered(3);
        VaultPage<Book> page = db.Books.Page(2);
        JsonSerializerOptions registry = Registry;

        string json = JsonSerializer.Serialize(page, registry);

        Assert.Equal(JsonSerializer.Serialize(page, Web), json);
        VaultPage<Book> back = JsonSerializer.Deserialize<VaultPage<Book>>(json.Replace("items", "ITEMS", StringComparison.Ordinal), registry)!;
        Assert.Equal(page.Items.Select(b => b.Title), back.Items.Select(b => b.Title));
        Assert.Equal(page.Next, back.Next);
        Assert.Null(JsonSerializer.Deserialize<VaultPage<Book>>("""{"next":null,"more":[1,{}],"items":[]}""", registry)!.Next);
        foreach (string wrong in (string[])["[]", "{}", """{"items":{}}""", """{"items":[],"next":1}"""])
            Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<VaultPage<Book>>(wrong, registry));
    }

    private static VaultDatabase Numbered(int count)
    {
        VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Books.InsertMany(Enumerable.Range(0, count).Select(i => new Book { Id = i, Title = $"t{i}", Author = "a", Year = i % 4 }));
        return db;
    }

    private static void Sign(byte[] token)
    {
        uint sum = 2166136261;
        for (int i = 0; i < token.Length; i++)
            if (i is < 9 or >= 13) sum = (sum ^ token[i]) * 16777619;
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(token.AsSpan(9), sum);
    }

    private sealed class CountingFilter(Action look) : VaultFilter<Book>
    {
        internal override string Shape => "";

        internal override bool ReadsOnly(IFieldSet part) => true;

        internal override bool Matches(ref Runtime.RowContext row)
        {
            look();
            return true;
        }
    }
}
