using ModelVault.Tests.Database;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Dynamic;

/// <summary>Registering collections without a model, and keyed reads and writes of their records.</summary>
public sealed class RecordCollectionTests
{
    private const string BookFields = """
        [
          {"path": ["title"], "type": "string"},
          {"path": ["year"], "type": "int64"},
          {"path": ["rating"], "type": {"optional": "float64"}},
          {"path": ["profile", "city"], "type": {"optional": "string"}},
          {"path": ["profile", "zip"], "type": "int64"},
          {"path": ["tags"], "type": {"list": "string"}}
        ]
        """;

    private static VaultRecord Book(string title, int year) => new()
    {
        ["title"] = title,
        ["year"] = year,
        ["profile"] = new VaultRecord { ["zip"] = 1 },
        ["tags"] = new[] { "sf" },
    };

    [Fact]
    public void Ids_count_up_and_versions_begin_at_1()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();

        Assert.Equal((1, 1), db.RegisterCollection(" books ", BookFields, "title"));
        Assert.Equal((2, 1), db.RegisterCollection("other", BookFields, "title"));
        Assert.Equal(["books", "other"], db.CollectionNames);
    }

    [Fact]
    public void Registering_a_name_twice_is_refused_and_changes_nothing()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("books", BookFields, "title");

        Assert.Throws<VaultSchemaException>(() => db.RegisterCollection("books", """[{"path": ["id"], "type": "int64"}]""", "id"));
        Assert.Equal(5, db.Collection("books").Schema.Fields.Length);
    }

    [Fact]
    public void Ensuring_the_same_schema_leaves_it_as_it_is()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        var first = db.EnsureCollection("books", BookFields, "title");

        Assert.Equal(first, db.EnsureCollection("books", BookFields, "title"));
    }

    [Fact]
    public void Ensuring_with_another_index_builds_it_and_collections_at_hand_go_on()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.EnsureCollection("books", BookFields, "title");
        VaultRecordCollection books = db.Collection("books");
        books.Insert(Book("a", 2000));
        VaultRecordQuery before = books.Where("year", 2000);

        Assert.Equal((1, 2), db.EnsureCollection("books", BookFields, "title", """[{"path": ["year"]}]"""));
        Assert.Throws<VaultSchemaException>(() => before.All());
        Assert.Equal(PlanNodeKind.IndexLookup, books.Where("year", 2000).Explain().Access.Kind);
        books.Insert(Book("b", 2000));
        Assert.Equal(2, books.Where("year", 2000).Count());
    }

    [Fact]
    public void Ensuring_another_type_is_refused_with_the_difference()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.EnsureCollection("books", BookFields, "title");

        VaultSchemaException error = Assert.Throws<VaultSchemaException>(() => db.EnsureCollection("books", BookFields.Replace("float64", "int64", StringComparison.Ordinal), "title"));
        Assert.Contains("rating", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_of_several_names_puts_the_field_into_an_object()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("books", BookFields, "title");
        VaultRecordCollection books = db.Collection("books");
        books.Insert(new VaultRecord { ["title"] = "a", ["year"] = 1, ["tags"] = new List<string>(), ["profile"] = new VaultRecord { ["city"] = "Oslo", ["zip"] = 150 } });

        Assert.Equal("Oslo", books.Get("a")!.GetString("profile.city"));
        Assert.Single(books.Where("profile.city", "Oslo").All());
        Assert.Equal("""[{"title":"a","profile":{"zip":150}}]""", $"[{books.All().All("title", "profile.zip")[0]}]");
    }

    [Theory]
    [InlineData("", "title", "empty")]
    [InlineData("  ", "title", "empty")]
    [InlineData("books", "", "primary field")]
    [InlineData("books", "nothing", "nothing")]
    [InlineData("books", "tags", "not a scalar")]
    [InlineData("books", "rating", "not a scalar that is always there")]
    public void A_bad_name_or_key_is_refused(string name, string primaryField, string reason)
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();

        VaultSchemaException error = Assert.Throws<VaultSchemaException>(() => db.RegisterCollection(name, BookFields, primaryField));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Empty(db.CollectionNames);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[{]")]
    [InlineData("""[{"path": ["id"]}]""")]
    [InlineData("""[{"type": "int64"}]""")]
    [InlineData("""[{"path": [], "type": "int64"}]""")]
    [InlineData("""[{"path": [""], "type": "int64"}]""")]
    [InlineData("""[{"path": ["id"], "type": "int64"}, {"path": ["a.b"], "type": "int64"}]""")]
    [InlineData("""[{"path": ["id"], "type": "int64"}, {"path": ["a[]"], "type": "int64"}]""")]
    [InlineData("""[{"path": ["id"], "type": "integer"}]""")]
    [InlineData("""[{"path": ["id"], "type": {"lists": "int64"}}]""")]
    [InlineData("""[{"path": ["id"], "type": "int64", "kind": 1}]""")]
    [InlineData("""[{"path": ["id"], "type": "int64"}, {"path": ["id"], "type": "string"}]""")]
    [InlineData("""[{"path": ["id"], "type": "int64"}, {"path": ["id", "part"], "type": "string"}]""")]
    [InlineData("""[{"path": ["id"], "path": ["id"], "type": "int64"}]""")]
    public void Fields_that_are_not_well_formed_are_refused(string fieldsJson)
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();

        Assert.Throws<VaultSchemaException>(() => db.RegisterCollection("books", fieldsJson, "id"));
        Assert.Empty(db.CollectionNames);
    }

    [Theory]
    [InlineData("""[{"path": ["nothing"]}]""")]
    [InlineData("""[{"path": ["tags"]}]""")]
    [InlineData("""[{"path": ["year"], "kind": "hash"}]""")]
    [InlineData("""[{"path": ["year"], "name": " "}]""")]
    [InlineData("""["year"]""")]
    public void Indexes_that_are_not_well_formed_are_refused(string indexesJson)
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();

        Assert.Throws<VaultSchemaException>(() => db.RegisterCollection("books", BookFields, "title", indexesJson));
    }

    [Fact]
    public void An_unknown_collection_is_named_with_those_that_are_there()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("books", BookFields, "title");

        Assert.Contains("books", Assert.Throws<VaultSchemaException>(() => db.Collection("book")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Insert_upsert_update_and_delete_do_what_the_typed_ones_do()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("books", BookFields, "title");
        VaultRecordCollection books = db.Collection("books");

        Assert.Equal("a", books.Insert(Book("a", 1)));
        Assert.Throws<DuplicateKeyException>(() => books.Insert(Book("a", 2)));
        Assert.Equal("a", books.Upsert(Book("a", 3)));
        Assert.Equal(3L, books.Get("a")!["year"]);
        Assert.True(books.Update(Book("a", 4)));
        Assert.False(books.Update(Book("b", 4)));
        Assert.True(books.Update("a", r => r["year"] = r.GetInt64("year") + 1));
        Assert.False(books.Update("b", r => r["year"] = 0));
        Assert.Equal(5L, books.Get("a")!["year"]);
        Assert.True(books.Update("a", new VaultRecord { ["rating"] = 4.5, ["profile"] = new VaultRecord { ["city"] = "Oslo" } }));
        Assert.Equal("""{"profile":{"city":"Oslo","zip":1},"rating":4.5,"tags":["sf"],"title":"a","year":5}""", books.Get("a")!.ToJson());
        Assert.True(books.Contains("a"));
        Assert.True(books.Delete("a"));
        Assert.False(books.Delete("a"));
        Assert.Null(books.Get("a"));
        Assert.Equal(3, books.InsertMany([Book("x", 1), Book("y", 2), Book("z", 3)]));
        Assert.Equal(["x", "z"], books.GetMany("x", "q", "z").Select(r => r.GetString("title")));
        Assert.Equal(2, books.UpsertMany([Book("z", 4), Book("a", 5)]));
        Assert.Equal(2, books.DeleteMany(["x", "q", "y"]));
        Assert.Equal(["a 5", "z 4"], books.All().All().Select(static r => $"{r["title"]} {r["year"]}"));
    }

    [Fact]
    public void Every_way_of_reading_a_query_gives_what_it_says()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("books", BookFields, "title", """[{"paths": [["year"], ["title"]], "kind": "non_unique"}]""");
        VaultRecordCollection books = db.Collection("books");
        books.InsertMany([Book("a", 2), Book("b", 1), Book("c", 2)]);
        VaultRecordQuery twos = books.Where("year", 2).AllowScan("a test"), none = books.Where("year", 9);

        Assert.Equal("year_title_idx", twos.Explain().Access.Index);
        Assert.Equal(("a", "a"), (twos.First()["title"], twos.FirstOrDefault()!["title"]));
        Assert.Equal("b", books.Where("year", "<", 2).SingleOrDefault()!["title"]);
        Assert.Throws<InvalidOperationException>(() => twos.SingleOrDefault());
        Assert.Throws<InvalidOperationException>(() => none.First());
        Assert.Equal((null, null, false, true), (none.FirstOrDefault(), none.SingleOrDefault(), none.Any(), twos.Any()));
        Assert.Equal(["c", "a"], twos.Reverse().AsEnumerable().Select(static r => r["title"]));
        Assert.Equal(["b", "c", "a"], books.OrderBy("year").ThenByDescending("title").All().Select(static r => r["title"]));
        List<object?> seen = [];
        foreach (VaultRecord record in books.OrderByDescending("title").Skip(1)) seen.Add(record["title"]);
        Assert.Equal(["b", "a"], seen);
    }

    [Fact]
    public void A_value_of_a_CLR_enum_is_taken_by_name_or_by_number()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Everything.Insert(new Everything { Id = Guid.Empty });
        VaultRecordCollection records = db.Collection("everything");

        Assert.True(records.Update(Guid.Empty, new VaultRecord { ["access"] = Access.Read | Access.Admin, ["color"] = Color.Green, ["maybe_color"] = (Color)99 }));

        Everything stored = db.Everything.Get(Guid.Empty)!;
        Assert.Equal((Access.Read | Access.Admin, Color.Green, (Color)99), (stored.Access, stored.Color, stored.MaybeColor));
        Assert.Single(records.Where("maybe_color", (Color)99).All());
        Assert.Throws<VaultValidationException>(() => records.Update(Guid.Empty, new VaultRecord { ["color"] = "Purple" }));
    }

    // What the records that are there do not satisfy is not looked for until schemas evolve.
    [Fact]
    public void Ensuring_other_constraints_makes_a_version_that_later_writes_are_held_to()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.EnsureCollection("books", BookFields, "title");
        VaultRecordCollection books = db.Collection("books");
        books.Insert(Book("a", -1));

        var ensured = db.EnsureCollection("books", BookFields.Replace("\"int64\"},\n  {\"path\": [\"rating\"]", "\"int64\", \"constraints\": [{\"min_i64\": 0}]},\n  {\"path\": [\"rating\"]", StringComparison.Ordinal), "title");

        Assert.Equal((1, 2), ensured);
        Assert.Equal(-1L, books.Get("a")!["year"]);
        Assert.Throws<VaultValidationException>(() => books.Insert(Book("b", -1)));
    }

    [Fact]
    public async Task The_asynchronous_forms_do_the_same()
    {
        await using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("books", BookFields, "title");
        VaultRecordCollection books = db.Collection("books");

        Assert.Equal("a", await books.InsertAsync(Book("a", 1)));
        await Assert.ThrowsAsync<DuplicateKeyException>(() => books.InsertAsync(Book("a", 1)));
        Assert.Equal("a", await books.UpsertAsync(Book("a", 2)));
        Assert.True(await books.UpdateAsync("a", r => r["year"] = 3));
        Assert.Equal(3L, (await books.GetAsync("a"))!["year"]);
        Assert.Equal(1, await books.Where("year", 3).CountAsync());
        Assert.Single(await books.All().ToListAsync());
        Assert.True(await books.UpdateAsync(Book("a", 4)));
        Assert.False(await books.UpdateAsync(Book("b", 4)));
        Assert.True(await books.DeleteAsync("a"));
        Assert.Null(await books.All().FirstOrDefaultAsync());
        Assert.Equal(2, await books.InsertManyAsync([Book("x", 1), Book("y", 2)]));
        Assert.Equal(2, await books.UpsertManyAsync([Book("y", 3), Book("z", 4)]));
        Assert.Equal([1L, 3L, 4L], (await books.All().ToListAsync()).Select(static r => r["year"]));
        await Assert.ThrowsAsync<TaskCanceledException>(() => books.All().ToListAsync(new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Every_violation_of_a_record_is_reported_with_its_path()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("books", BookFields, "title");
        VaultRecord record = new()
        {
            ["title"] = "a",
            ["year"] = 2020.5,
            ["rating"] = "good",
            ["profile"] = new VaultRecord { ["city"] = 7 },
            ["tags"] = new object?[] { "x", 1, null },
            ["extra"] = true,
        };

        VaultValidationException error = Assert.Throws<VaultValidationException>(() => db.Collection("books").Insert(record));
        Assert.Equal(
            ["profile.city Type", "profile.zip Required", "rating Type", "tags[1] Type", "tags[2] Required", "year Type", "extra UnknownField"],
            error.Violations.Select(v => $"{v.Path} {v.Rule}"));
        Assert.Equal(0, db.Collection("books").Count());
    }

    [Fact]
    public void A_key_that_is_missing_null_or_of_another_type_is_refused()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("books", BookFields, "title");
        VaultRecordCollection books = db.Collection("books");

        Assert.Contains(Assert.Throws<VaultValidationException>(() => books.Insert(new VaultRecord { ["year"] = 1 })).Violations, v => v is { Path: "title", Rule: "Required" });
        Assert.Throws<VaultValidationException>(() => books.Get(1));
        Assert.Throws<VaultValidationException>(() => books.Delete(1));
        Assert.Throws<ArgumentNullException>(() => books.Get(null!));
    }

    [Fact]
    public void A_composite_key_is_given_as_a_tuple_or_an_array()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("lines", """[{"path": ["order"], "type": "int64"}, {"path": ["line"], "type": "int64"}]""", "order, line");
        VaultRecordCollection lines = db.Collection("lines");
        lines.InsertMany([new VaultRecord { ["order"] = 2, ["line"] = 1 }, new VaultRecord { ["order"] = 1, ["line"] = 2 }]);

        Assert.NotNull(lines.Get((2, 1)));
        Assert.NotNull(lines.Get(new object[] { 1, 2 }));
        Assert.Null(lines.Get((1, 1)));
        Assert.Throws<VaultValidationException>(() => lines.Get(1));
        Assert.Equal(["1/2", "2/1"], lines.All().All().Select(r => $"{r["order"]}/{r["line"]}"));
    }

    [Fact]
    public void A_unique_index_refuses_a_second_record_with_its_value()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("books", BookFields, "title", """[{"path": ["year"], "kind": "unique"}]""");
        VaultRecordCollection books = db.Collection("books");
        books.Insert(Book("a", 1));

        UniqueConstraintException error = Assert.Throws<UniqueConstraintException>(() => books.Insert(Book("b", 1)));
        Assert.Equal(("year_unique", "b", "a"), (error.Index, error.Key, error.ExistingKey));
    }

    [Fact]
    public void Transactions_and_snapshots_have_the_same_collections()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        using (VaultTransaction tx = db.BeginTransaction())
        {
            tx.RegisterCollection("books", BookFields, "title");
            tx.Collection("books").Insert(Book("a", 1));
            Assert.Single(tx.Collection("books").Where("year", 1).All());
            Assert.Empty(db.CollectionNames);
        }

        Assert.Throws<VaultSchemaException>(() => db.Collection("books"));
        db.RegisterCollection("books", BookFields, "title");
        using VaultSnapshot snapshot = db.BeginSnapshot();
        db.Collection("books").Insert(Book("a", 1));
        Assert.Equal((0, 1), (snapshot.Collection("books").Count(), db.Collection("books").Count()));
        Assert.Throws<VaultReadOnlyException>(() => snapshot.Collection("books").Insert(Book("b", 1)));
        Assert.Throws<VaultReadOnlyException>(() => snapshot.RegisterCollection("other", BookFields, "title"));
    }

    [Fact]
    public void Registrations_are_durable()
    {
        using TemporaryFile file = new();
        using (VaultDatabase db = VaultDatabase.Open(file.Path))
        {
            db.RegisterCollection("books", BookFields, "title");
            db.Collection("books").Insert(Book("a", 1));
        }

        using VaultDatabase again = VaultDatabase.Open(file.Path);
        Assert.Equal(["books"], again.CollectionNames);
        Assert.Equal("""{"profile":{"city":null,"zip":1},"rating":null,"tags":["sf"],"title":"a","year":1}""", again.Collection("books").Get("a")!.ToJson());
    }

    [Fact]
    public async Task A_schema_that_changes_while_others_write_never_fails_them()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.EnsureCollection("books", BookFields, "title");
        VaultRecordCollection books = db.Collection("books");
        Task writing = Task.Run(() =>
        {
            for (int i = 0; i < 1000; i++) books.Upsert(Book($"{i % 50}", i));
        });
        Task writingAsync = Task.Run(async () =>
        {
            for (int i = 0; i < 1000; i++) await books.UpsertAsync(Book($"{i % 50}", i));
        });
        int changes = 0;
        for (; changes < 20 || !writing.IsCompleted || !writingAsync.IsCompleted; changes++)
        {
            db.EnsureCollection("books", BookFields, "title", changes % 2 == 0 ? """[{"path": ["year"]}]""" : null);
            await Task.Delay(2);
        }

        await Task.WhenAll(writing, writingAsync);

        db.EnsureCollection("books", BookFields, "title", """[{"path": ["year"]}]""");
        Assert.Equal(50, books.Where("year", ">=", 0).Count());
    }

    [Fact]
    public void A_schema_that_has_changed_is_noticed_before_the_first_of_many_records_is_taken()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.EnsureCollection("books", BookFields, "title");
        RecordStore before = new(db, new RecordModel(db.Collection("books").Schema));
        db.EnsureCollection("books", BookFields, "title", """[{"path": ["year"]}]""");
        bool isTaken = false;
        IEnumerable<VaultRecord> Taken()
        {
            isTaken = true;
            yield return Book("a", 1);
        }

        Assert.Throws<StaleSchemaException>(() => before.UpsertMany(Taken()));
        Assert.Throws<StaleSchemaException>(() => before.InsertMany(Taken()));
        Assert.Throws<StaleSchemaException>(() => before.DeleteMany(Taken().Select(static r => r["title"]!)));
        Assert.False(isTaken);
    }
}
