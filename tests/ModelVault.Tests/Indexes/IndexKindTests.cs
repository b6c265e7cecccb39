namespace ModelVault.Tests.Indexes;

/// <summary>The entries of each kind of index, byte by byte: they are part of the file format and may never change.</summary>
public sealed class IndexKindTests : IDisposable
{
    private const string Fields = """
        [
          {"path":["id"],"type":"int64"}, {"path":["year"],"type":{"optional":"int64"}}, {"path":["title"],"type":{"optional":"string"}}, {"path":["lent"],"type":"bool"},
          {"path":["tags"],"type":{"optional":{"list":{"optional":"string"}}}}, {"path":["marks"],"type":{"set":"int64"}},
          {"path":["authors"],"type":{"list":{"optional":{"object":[{"path":["name"],"type":"string"},{"path":["born"],"type":{"optional":"int64"}}]}}}},
          {"path":["publisher"],"type":{"optional":{"object":[{"path":["city"],"type":{"optional":"string"}},{"path":["seats"],"type":{"list":"string"}}]}}}
        ]
        """;

    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();

    public void Dispose() => _db.Dispose();

    private VaultRecordCollection Books => _db.Collection("books");

    [Fact]
    public void A_descending_component_is_complemented_with_its_tag()
    {
        Register("""{"paths":[["title"],["year"]],"descending":[true,false]}""");
        Books.Insert(Book(1, title: "a\0", year: 2));
        Books.Insert(Book(2));

        // ~(01 61 00 FF 00 01), 01 and 2, key 1; ~00, 00, key 2: null is the last.
        Assert.Equal(["FE9EFF00FFFE018000000000000002" + Key(1), "FF00" + Key(2)], Entries());
        Books.Update(Book(2, title: "b", year: null));
        Assert.Equal(["FE9DFFFE00" + Key(2), "FE9EFF00FFFE018000000000000002" + Key(1)], Entries());
    }

    [Fact]
    public void Where_case_does_not_count_letters_are_folded()
    {
        Register("""{"path":["title"],"kind":"unique","ignore_case":true}""");
        Books.Insert(Book(1, title: "aÉß"));

        Assert.Equal(["0141C389C39F0001>" + Key(1)], Entries());
        UniqueConstraintException error = Assert.Throws<UniqueConstraintException>(() => Books.Insert(Book(2, title: "Aéß")));
        Assert.Equal(("title_unique", "\"Aéß\"", 1L), (error.Index, error.Value, error.ExistingKey));
        Books.Update(Book(1, title: "AÉß"));
        Assert.Equal(["0141C389C39F0001>" + Key(1)], Entries());
        Books.Update(Book(1, title: null));
        Books.Insert(Book(2, title: null));
        Assert.Equal([$"00{Key(1)}>{Key(1)}", $"00{Key(2)}>{Key(2)}"], Entries());
    }

    [Fact]
    public void A_partial_index_has_entries_of_the_records_that_meet_all_conditions()
    {
        Register("""{"path":["title"],"kind":"unique","where":[{"op":"greater_or_equal","path":["year"],"value":2000},{"op":"equal","path":["lent"],"value":false}]}""");
        Books.InsertMany([Book(1, title: "a", year: 2000), Book(2, title: "a", year: 1999), Book(3, title: "a"), Book(4, title: "a", year: 2001, lent: true)]);
        Assert.Equal(["01610001>" + Key(1)], Entries());

        // A record that comes in by an update clashes with the one that is there; nothing is changed.
        Assert.Throws<UniqueConstraintException>(() => Books.Update(Book(2, title: "a", year: 2000)));
        Assert.Equal(1999L, Books.Get(2L)!["year"]);
        Books.Update(Book(1, title: "a", year: 0));
        Assert.Empty(Entries());
        Books.Update(Book(2, title: "a", year: 2000));
        Assert.Equal(["01610001>" + Key(2)], Entries());
        Books.Delete(2L);
        Assert.Empty(Entries());
    }

    [Fact]
    public void An_index_over_elements_has_an_entry_for_each_different_one()
    {
        Register("""{"paths":[["tags[]"]]}""");
        Books.InsertMany([Book(1, tags: ["b", "a", "b", null, null]), Book(2, tags: []), Book(3, tags: null)]);
        Assert.Equal(["00" + Key(1), "01610001" + Key(1), "01620001" + Key(1)], Entries());

        Books.Update(Book(1, tags: ["c", "b"]));
        Assert.Equal(["01620001" + Key(1), "01630001" + Key(1)], Entries());
        Books.Delete(1L);
        Assert.Empty(Entries());
    }

    [Fact]
    public void No_two_records_share_an_element_of_a_unique_index()
    {
        Register("""{"path":["marks[]"],"kind":"unique"}""");
        Books.InsertMany([Book(1, marks: [1, 2, 2]), Book(2, marks: [3])]);
        List<string> before = Entries();
        Assert.Equal([$"018000000000000001>{Key(1)}", $"018000000000000002>{Key(1)}", $"018000000000000003>{Key(2)}"], before);

        UniqueConstraintException error = Assert.Throws<UniqueConstraintException>(() => Books.Upsert(Book(2, marks: [4, 2, 5])));
        Assert.Equal(("marks_unique", "2", 2L, 1L), (error.Index, error.Value, error.Key, error.ExistingKey));
        Assert.Throws<UniqueConstraintException>(() => Books.InsertMany([Book(5, marks: [7]), Book(6, marks: [8, 7])]));
        Assert.Equal(before, Entries());

        // Elements may pass from one record to another, and stay.
        Books.Update(Book(1, marks: [1]));
        Books.Update(Book(2, marks: [2, 3]));
        Assert.Equal([$"018000000000000001>{Key(1)}", $"018000000000000002>{Key(2)}", $"018000000000000003>{Key(2)}"], Entries());
    }

    [Fact]
    public void Members_of_elements_keep_together()
    {
        Register("""{"paths":[["authors[]","name"],["year"],["authors[]","born"]],"descending":[false,false,true]}""");
        Books.Insert(Book(1, year: 5, authors: [Author("b", 7), Author("a", null), null, Author("b", 7)]));

        string year = "018000000000000005";
        Assert.Equal([$"00{year}FF{Key(1)}", $"01610001{year}FF{Key(1)}", $"01620001{year}FE7FFFFFFFFFFFFFF8{Key(1)}"], Entries());
    }

    [Fact]
    public void A_nested_member_is_null_where_the_object_is()
    {
        Register("""{"paths":[["publisher","city"]]}""");
        Books.InsertMany([Book(1), Book(2, publisher: Publisher(null)), Book(3, publisher: Publisher("a"))]);
        Assert.Equal(["00" + Key(1), "00" + Key(2), "01610001" + Key(3)], Entries());
    }

    [Fact]
    public void Included_fields_stand_in_the_value_as_a_record_that_is_cut()
    {
        Register("""{"paths":[["title"]],"include":[["publisher","city"],["lent"]]}""");
        Books.InsertMany([Book(1, title: "a", publisher: Publisher("x")), Book(2, title: "b", lent: true)]);

        // Version 1; authors, id, lent, marks, publisher, tags, title, year in an array: nil, the key, the flag, nil, [city], nil, the title.
        Assert.Equal([$"01610001{Key(1)}>0197C001C2C091A178C0A161", $"01620001{Key(2)}>0197C002C3C0C0C0A162"], Entries());

        // An update that changes only what is included writes the value anew.
        Books.Update(Book(1, title: "a", lent: true));
        Assert.Equal($"01610001{Key(1)}>0197C001C3C0C0C0A161", Entries()[0]);
        Books.Update(Book(1, lent: true));
        Assert.Equal($"00{Key(1)}>0193C001C3", Entries()[0]);
    }

    [Fact]
    public void In_a_unique_index_the_primary_key_stands_before_what_is_included()
    {
        Register("""{"path":["title"],"kind":"unique","include":[["year"]]}""");
        Books.Insert(Book(1, title: "a", year: 5));
        Assert.Equal([$"01610001>0008{Key(1)}0198C001C0C0C0C0A16105"], Entries());

        Assert.Equal(1L, Assert.Throws<UniqueConstraintException>(() => Books.Insert(Book(2, title: "a"))).ExistingKey);
        Assert.Equal(1L, Assert.Single(Books.Where("title", "a").All())["id"]);
        Books.Update(Book(1, title: "a", year: 6));
        Assert.Equal([$"01610001>0008{Key(1)}0198C001C0C0C0C0A16106"], Entries());
    }

    [Theory]
    [InlineData("""{"paths":[["title"]],"descending":[true],"name":"x"}""")]
    [InlineData("""{"path":["title"],"ignore_case":true,"name":"x"}""")]
    [InlineData("""{"path":["title"],"where":[{"op":"is_not_null","path":["year"]}],"name":"x"}""")]
    [InlineData("""{"path":["tags[]"],"name":"x"}""")]
    [InlineData("""{"path":["title"],"include":[["year"]],"name":"x"}""")]
    public void An_index_added_to_records_has_the_entries_that_it_would_have_had_from_the_beginning(string index)
    {
        IEnumerable<VaultRecord> books = Enumerable.Range(0, 50).Select(i => Book(i, title: i % 7 == 0 ? null : $"Title {i % 11}", year: i % 3 == 0 ? null : i, tags: i % 5 == 0 ? null : [$"t{i}", $"t{i % 4}"]));
        Register(index);
        Books.InsertMany(books);
        List<string> fromTheBeginning = Entries();
        Assert.NotEmpty(fromTheBeginning);

        using VaultDatabase other = VaultDatabase.OpenInMemory();
        other.RegisterCollection("books", Fields, "id");
        other.Collection("books").InsertMany(books);
        other.EnsureCollection("books", Fields, "id", $"[{index}]");

        Assert.Equal(fromTheBeginning, Entries(other));
    }

    [Fact]
    public void A_unique_index_is_not_added_to_records_that_break_it_in_its_own_way()
    {
        _db.RegisterCollection("books", Fields, "id");
        Books.InsertMany([Book(1, title: "a", marks: [1]), Book(2, title: "A", marks: [2, 1])]);

        foreach (string index in (string[])["""{"path":["title"],"kind":"unique","ignore_case":true}""", """{"path":["marks[]"],"kind":"unique"}"""])
            Assert.Contains("the records 1 and 2 hold the same value", Assert.Throws<VaultSchemaException>(() => _db.EnsureCollection("books", Fields, "id", $"[{index}]")).Message, StringComparison.Ordinal);
        _db.EnsureCollection("books", Fields, "id", """[{"path":["title"],"kind":"unique","ignore_case":true,"where":[{"op":"less","path":["id"],"value":2}]}]""");
        Assert.Equal(["01410001>" + Key(1)], Entries());
    }

    [Theory]
    [InlineData("""{"path":["title"],"ignore_case":true}""", "title")]
    [InlineData("""{"paths":[["year"],["tags[]"]]}""", "year, tags[]")]
    [InlineData("""{"path":["title"],"descending":[true]}""", "title")]
    public void A_key_that_is_too_long_is_refused_by_the_name_of_its_members(string index, string path)
    {
        Register(index);
        VaultRecord book = Book(1, title: new string('ɐ', 1200), tags: ["short", new string('t', 4000)]);

        VaultViolation violation = Assert.Single(Assert.Throws<VaultValidationException>(() => Books.Insert(book)).Violations);
        Assert.Equal((path, "KeyLength"), (violation.Path, violation.Rule));
        Assert.Empty(Entries());
        Assert.Equal(0, Books.Count());

        using VaultDatabase other = VaultDatabase.OpenInMemory();
        other.RegisterCollection("books", Fields, "id");
        other.Collection("books").Insert(book);
        Assert.Contains($"'{path}'", Assert.Throws<VaultSchemaException>(() => other.EnsureCollection("books", Fields, "id", $"[{index}]")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"path":["title"],"descending":[true]}""")]
    [InlineData("""{"path":["title"],"ignore_case":true}""")]
    [InlineData("""{"path":["title"],"kind":"unique","where":[{"op":"not_equal","path":["title"],"value":"c"}]}""")]
    [InlineData("""{"path":["tags[]"]}""")]
    [InlineData("""{"path":["title"],"include":[["year"]]}""")]
    public void Queries_are_right_beside_an_index_of_any_kind(string index)
    {
        Register(index);
        Books.InsertMany([Book(1, title: "b", tags: ["x", "y"]), Book(2, title: "a", tags: ["x"]), Book(3, title: "c", tags: null), Book(4)]);

        Assert.Equal([4L, 2L, 1L, 3L], Ids(Books.All().OrderBy("title")));
        Assert.Equal([2L], Ids(Books.Where("title", "a")));
        Assert.Equal([3L], Ids(Books.Where("title", ">", "b")));
        Assert.Equal([1L, 2L], Ids(Books.Where("tags", "contains", "x")));
        Assert.Equal([4L], Ids(Books.Where("title", "is_null", null)));
        Assert.Equal(2, Books.Where("title", "<=", "b").Count());
    }

    private void Register(string index) => _db.RegisterCollection("books", Fields, "id", $"[{index}]");

    private List<string> Entries() => Entries(_db);

    // "key", or "key>value".
    private static List<string> Entries(VaultDatabase db)
    {
        Assert.Equal(IndexOracle.Expected(db, "books"), IndexOracle.Actual(db, "books"));
        return [.. IndexOracle.Actual(db, "books").Select(static line => line.Split(' ') is [_, var key, var value] && value.Length > 0 ? $"{key}>{value}" : line.Split(' ')[1])];
    }

    private static IEnumerable<long> Ids(VaultRecordQuery query) => query.All().Select(static b => b.GetInt64("id"));

    private static string Key(long id) => (id + long.MinValue).ToString("X16", System.Globalization.CultureInfo.InvariantCulture);

    private static VaultRecord Book(long id, string? title = null, long? year = null, bool lent = false, string?[]? tags = null, long[]? marks = null, VaultRecord?[]? authors = null, VaultRecord? publisher = null) => new()
    {
        ["id"] = id, ["title"] = title, ["year"] = year, ["lent"] = lent, ["tags"] = tags, ["marks"] = marks ?? [], ["authors"] = authors ?? [], ["publisher"] = publisher,
    };

    private static VaultRecord Author(string name, long? born) => new() { ["name"] = name, ["born"] = born };

    private static VaultRecord Publisher(string? city) => new() { ["city"] = city, ["seats"] = new[] { "a", "b" } };
}
