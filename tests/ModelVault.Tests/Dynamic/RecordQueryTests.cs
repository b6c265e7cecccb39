using System.Globalization;
using ModelVault.Tests.Models;
using ModelVault.Tests.Queries;

namespace ModelVault.Tests.Dynamic;

/// <summary>Conditions as text give what LINQ gives on the same rows, which the typed API has written.</summary>
public sealed class RecordQueryTests
{
    private static readonly double Scale = TestScale.Or(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_conditions_agree_with_linq(int seed)
    {
        Random random = new(seed);
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        List<Row> rows = [.. Enumerable.Range(0, 120).Select(new RowConditions(random).Row)];
        db.Rows.InsertMany(rows);
        VaultRecordCollection records = db.Collection("rows");
        TextConditions conditions = new(random, records);

        for (int i = 0; i < 3000 * Scale; i++)
        {
            TextCondition condition = conditions.Next();
            VaultRecordQuery query = records.Where(condition.Filter);
            bool descending = random.Next(2) == 0;
            IEnumerable<Row> expected = rows.Where(condition.Meaning);
            if (random.Next(2) == 0)
            {
                query = descending ? query.OrderByDescending("price").ThenBy("id") : query.OrderBy("price").ThenByDescending("id");
                expected = descending ? expected.OrderByDescending(r => r.Price).ThenBy(r => r.Id) : expected.OrderBy(r => r.Price).ThenByDescending(r => r.Id);
            }

            string context = $"seed {seed}, query {i}: {condition.Filter}\n{query.Explain()}";
            List<int> ids = [.. expected.Select(static r => r.Id)];
            Assert.True(ids.SequenceEqual(query.All().Select(static r => r.GetInt32("id"))), context);
            Assert.True(ids.Skip(2).Take(3).SequenceEqual(query.Skip(2).Limit(3).All("id").Select(static r => r.GetInt32("id"))), context);
            Assert.True(ids.Count == query.Count(), context);
        }
    }

    [Fact]
    public void A_field_with_a_comma_in_its_name_is_read_from_where_it_is()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection(
            "odd",
            """[{"path":["id"],"type":"int64"},{"path":["a"],"type":"int64"},{"path":["b"],"type":{"optional":"int64"}},{"path":["a, b"],"type":{"optional":"int64"}}]""",
            "id",
            """[{"name":"covering","paths":[["a"]],"include":[["b"]]}]""");
        VaultRecordCollection records = db.Collection("odd");
        records.Insert(new VaultRecord { ["id"] = 1L, ["a"] = 2L, ["b"] = 3L, ["a, b"] = 4L });

        VaultRecordQuery query = records.Where("a", "==", 2L);

        Assert.Equal(4L, query.All("a, b").Single().GetInt64("a, b"));
        Assert.EndsWith(", covered", query.Explain(false, "a", "b").Access.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("id", "==", 5, PlanNodeKind.KeyLookup)]
    [InlineData("id", ">=", 5, PlanNodeKind.KeyRange)]
    [InlineData("number", "==", 1, PlanNodeKind.IndexLookup)]
    [InlineData("number", "<", 1, PlanNodeKind.IndexRange)]
    [InlineData("text", "starts_with", "a", PlanNodeKind.IndexRange)]
    [InlineData("text", "is_null", null, PlanNodeKind.IndexLookup)]
    [InlineData("place.city", "==", "a", PlanNodeKind.IndexLookup)]
    [InlineData("color", ">", "Blue", PlanNodeKind.IndexRange)]
    [InlineData("text", "contains", "a", PlanNodeKind.CollectionScan)]
    [InlineData("plain_number", "==", 1, PlanNodeKind.CollectionScan)]
    [InlineData("tags[]", "==", "a", PlanNodeKind.CollectionScan)]
    public void The_planner_is_the_typed_ones(string path, string operation, object? value, PlanNodeKind expected)
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Rows.Insert(new Row { Id = 1 });

        Assert.Equal(expected, db.Collection("rows").Where(path, operation, value).Explain().Access.Kind);
    }

    [Theory]
    [InlineData("nothing", "==", 1, "no field 'nothing'")]
    [InlineData("place.nothing", "==", 1, "no field 'place.nothing'")]
    [InlineData("number.part", "==", 1, "nothing is inside")]
    [InlineData("tags.name", "==", 1, "write [] behind a list")]
    [InlineData("number[]", "==", 1, "[] stands behind a list")]
    [InlineData("number", "~", 1, "Unknown operator '~'")]
    [InlineData("number", "==", "1", "expected int64")]
    [InlineData("number", "==", 1.5, "expected int64")]
    [InlineData("flag", "==", 1, "expected bool")]
    [InlineData("color", "==", "Purple", "expected one of")]
    [InlineData("token", "==", "no guid", "expected uuid")]
    [InlineData("number", "starts_with", "1", "string field")]
    [InlineData("number", "in", 1, "list of values")]
    [InlineData("number", "between", 1, "two values")]
    [InlineData("number", "contains_key", 1, "for maps")]
    [InlineData("number", "any", null, "for lists")]
    [InlineData("number", "any ==", 1, "no list")]
    [InlineData("place", "==", 1, "expected an object")]
    public void What_makes_no_sense_is_refused_before_anything_is_read(string path, string operation, object? value, string reason)
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Rows.Insert(new Row { Id = 1 });

        VaultQueryException error = Assert.Throws<VaultQueryException>(() => db.Collection("rows").Where(path, operation, value));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_single_values_can_be_sorted_by_and_only_what_is_in_no_list_selected()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Rows.Insert(new Row { Id = 1, Tags = ["a"] });
        VaultRecordCollection rows = db.Collection("rows");

        Assert.Throws<VaultQueryException>(() => rows.OrderBy("tags"));
        Assert.Throws<VaultQueryException>(() => rows.OrderBy("tags[]"));
        Assert.Throws<VaultQueryException>(() => rows.All().All("tags[]"));
        Assert.Equal("""{"tags":["a"],"id":1}""", rows.All().All("tags", "id")[0].ToJson());
    }

    [Fact]
    public void Maps_are_asked_by_entry_and_by_key()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("books", """
            [
              {"path": ["id"], "type": "int64"},
              {"path": ["scores"], "type": {"map": {"key": "string", "value": "float64"}}},
              {"path": ["pages"], "type": {"map": {"key": "int64", "value": "string"}}}
            ]
            """, "id");
        VaultRecordCollection books = db.Collection("books");
        books.Insert(new VaultRecord { ["id"] = 1, ["scores"] = new Dictionary<string, double> { ["a"] = 1.5 }, ["pages"] = new Dictionary<int, string> { [7] = "x" } });
        books.Insert(new VaultRecord { ["id"] = 2, ["scores"] = new Dictionary<string, object?>(), ["pages"] = new Dictionary<long, string>() });

        Assert.Equal([1L], Ids(books.Where("scores.a", ">", 1)));
        Assert.Equal([2L], Ids(books.Where("scores.a", "is_null", null)));
        Assert.Equal([1L], Ids(books.Where("scores", "contains_key", "a")));
        Assert.Equal([1L], Ids(books.Where("pages.7", "x")));
        Assert.Equal([1L], Ids(books.Where("pages", "contains_key", 7)));
        VaultViolation twice = Assert.Single(Assert.Throws<VaultValidationException>(() => books.Insert(VaultRecord.Parse("""{"id":3,"scores":{},"pages":{"7":"x","07":"y"}}"""))).Violations);
        Assert.Equal(("pages[07]", "Duplicate"), (twice.Path, twice.Rule));
        Assert.Equal(2, books.Count());
    }

    [Fact]
    public void Lists_of_objects_are_asked_by_any_and_all()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("books", """
            [
              {"path": ["id"], "type": "int64"},
              {"path": ["authors"], "type": {"list": {"object": [{"path": ["name"], "type": "string"}, {"path": ["marks"], "type": {"list": "int64"}}]}}}
            ]
            """, "id");
        VaultRecordCollection books = db.Collection("books");
        VaultRecord Author(string name, params int[] marks) => new() { ["name"] = name, ["marks"] = marks };
        books.Insert(new VaultRecord { ["id"] = 1, ["authors"] = new[] { Author("a", 1, 2), Author("b") } });
        books.Insert(new VaultRecord { ["id"] = 2, ["authors"] = new[] { Author("a", 3) } });
        books.Insert(new VaultRecord { ["id"] = 3, ["authors"] = Array.Empty<VaultRecord>() });

        Assert.Equal([1L], Ids(books.Where("authors[].name", "b")));
        Assert.Equal([2L], Ids(books.Where("authors[].marks[]", 3)));
        Assert.Equal([1L], Ids(books.Where("authors[].marks", "contains", 2)));
        Assert.Equal([1L, 2L], Ids(books.Where("authors[].marks", "any >=", 1)));
        Assert.Equal([1L, 2L], Ids(books.Where("authors", "any", null)));
        Assert.Equal([1L], Ids(books.Where("authors.count", ">", 1)));
        Assert.Equal([2L], Ids(books.Where("authors[].marks", "all >", 2).AndWhere("authors.count", 1)));
    }

    [Fact]
    public void Unions_are_records_that_name_their_case_and_are_asked_for_it()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.RegisterCollection("drawings", """
            [
              {"path": ["id"], "type": "int64"},
              {"path": ["shape"], "type": {"optional": {"union": [
                {"case": "circle", "object": [{"path": ["radius"], "type": "float64", "constraints": [{"min_f64": 0}]}]},
                {"case": "square", "object": [{"path": ["side"], "type": "int64"}]}]}}}
            ]
            """, "id");
        VaultRecordCollection drawings = db.Collection("drawings");
        drawings.Insert(new VaultRecord { ["id"] = 1, ["shape"] = new VaultRecord { ["$type"] = "circle", ["radius"] = 1 } });
        drawings.Insert(VaultRecord.Parse("""{"id": 2, "shape": {"$type": "square", "side": 3}}"""));
        drawings.Insert(new VaultRecord { ["id"] = 3 });

        Assert.Equal("""{"id":2,"shape":{"$type":"square","side":3}}""", drawings.Get(2)!.ToJson());
        Assert.Equal([1L], Ids(drawings.Where("shape", "is", "circle")));
        Assert.Equal([3L], Ids(drawings.Where("shape", null)));
        Assert.Throws<VaultQueryException>(() => drawings.Where("shape", "is", "triangle"));
        VaultValidationException error = Assert.Throws<VaultValidationException>(() => drawings.InsertMany(
        [
            new VaultRecord { ["id"] = 4, ["shape"] = new VaultRecord { ["$type"] = "circle", ["radius"] = -1.0 } },
        ]));
        Assert.Equal(("shape.radius", "Range"), (error.Violations[0].Path, error.Violations[0].Rule));
        Assert.Equal("Type", Assert.Throws<VaultValidationException>(() => drawings.Insert(new VaultRecord { ["id"] = 4, ["shape"] = new VaultRecord { ["radius"] = 1.0 } })).Violations[0].Rule);
        Assert.Equal(3, drawings.Count());
    }

    private static List<long> Ids(VaultRecordQuery query) => [.. query.All().Select(static r => r.GetInt64("id"))];
}
