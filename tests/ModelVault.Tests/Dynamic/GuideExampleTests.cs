using System.Globalization;
using ModelVault.Tests.Database;

namespace ModelVault.Tests.Dynamic;

/// <summary>The low-level examples of ModelVault's Python guide in this API's words, with what they print; where the key itself is asked for, the plan is this project's own.</summary>
public sealed class GuideExampleTests : IDisposable
{
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture) { NewLine = "\n" };

    [Fact]
    public void Open_in_memory_and_register()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        var (id, version) = db.RegisterCollection("books", """[{"path": ["title"], "type": "string"}]""", primaryField: "title");
        _output.WriteLine($"path: {db.Path}");
        _output.WriteLine($"collection_id: {id} schema_version: {version}");
        _output.WriteLine($"collection_names: [{string.Join(", ", db.CollectionNames)}]");

        Printed("""
            path: :memory:
            collection_id: 1 schema_version: 1
            collection_names: [books]
            """);
    }

    [Fact]
    public void Indexed_equality_with_a_projection()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        const string fields = """[{"path": ["title"], "type": "string"}, {"path": ["year"], "type": "int64"}]""";
        const string indexes = """[{"name": "year_idx", "path": ["year"], "kind": "index"}]""";
        db.RegisterCollection("books", fields, "title", indexes);
        VaultRecordCollection books = db.Collection("books");
        books.Upsert(new VaultRecord { ["title"] = "Hello", ["year"] = 2020 });

        QueryPlan plan = books.Where("year", 2020).Explain();
        IReadOnlyList<VaultRecord> rows = books.Where("year", 2020).All("title");
        _output.WriteLine($"index_lookup: {plan.Access.Kind == PlanNodeKind.IndexLookup}");
        _output.WriteLine($"rows: [{string.Join(", ", rows)}]");

        Printed("""
            index_lookup: True
            rows: [{"title":"Hello"}]
            """);
    }

    // The guide indexes the key itself and looks it up by that index; here the key needs none.
    [Fact]
    public void Equality_on_the_key_is_a_key_lookup_whatever_is_indexed()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        const string fields = """[{"path": ["title"], "type": "string"}, {"path": ["year"], "type": "int64"}]""";
        const string indexes = """[{"name": "title_idx", "path": ["title"], "kind": "index"}]""";
        db.RegisterCollection("books", fields, "title", indexes);
        db.Collection("books").Upsert(new VaultRecord { ["title"] = "Hello", ["year"] = 2020 });

        _output.WriteLine(db.Collection("books").Where("title", "Hello").Explain("title").Tree);
        _output.WriteLine($"rows: [{string.Join(", ", db.Collection("books").Where("title", "Hello").All("title"))}]");

        Printed("""
            Project title
            └─ KeyLookup title == "Hello"
            rows: [{"title":"Hello"}]
            """);
    }

    [Fact]
    public void Order_lines_on_disk_with_indexes_a_conjunction_and_a_second_opening()
    {
        using TemporaryFile file = new();
        const string fields = """
            [
              {"path": ["id"], "type": "int64"},
              {"path": ["sku"], "type": "string"},
              {"path": ["qty"], "type": "int64"},
              {"path": ["status"], "type": "string"}
            ]
            """;
        const string indexes = """
            [
              {"name": "sku_idx", "path": ["sku"], "kind": "index"},
              {"name": "status_idx", "path": ["status"], "kind": "index"}
            ]
            """;
        using VaultDatabase db = VaultDatabase.Open(file.Path);
        db.RegisterCollection("order_lines", fields, "id", indexes);
        VaultRecordCollection lines = db.Collection("order_lines");
        foreach ((int id, string sku, int qty, string status) in ((int, string, int, string)[])[(1, "SKU-A", 2, "open"), (2, "SKU-B", 1, "shipped"), (3, "SKU-A", 4, "open")])
            lines.Upsert(new VaultRecord { ["id"] = id, ["sku"] = sku, ["qty"] = qty, ["status"] = status });

        VaultRecordQuery query = lines.Where("status", "open").AndWhere("sku", "SKU-A").Limit(10);
        IReadOnlyList<VaultRecord> rows = query.All();
        _output.WriteLine($"indexed: {query.Explain().Access.Kind == PlanNodeKind.IndexLookup}");
        _output.WriteLine($"matches: {rows.Count}");
        _output.WriteLine($"rows: [{string.Join(", ", rows)}]");
        _output.WriteLine($"subset: [{string.Join(", ", lines.Where("status", "open").All("id", "qty"))}]");
        using VaultDatabase db2 = VaultDatabase.Open(file.Path);
        _output.WriteLine($"reopen_qty: {db2.Collection("order_lines").Get(1)?["qty"]}");

        Printed("""
            indexed: True
            matches: 2
            rows: [{"id":1,"qty":2,"sku":"SKU-A","status":"open"}, {"id":3,"qty":4,"sku":"SKU-A","status":"open"}]
            subset: [{"id":1,"qty":2}, {"id":3,"qty":4}]
            reopen_qty: 2
            """);
    }

    [Fact]
    public void Several_fields_of_several_types()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        const string fields = """
            [
              {"path": ["title"], "type": "string"},
              {"path": ["year"], "type": "int64"},
              {"path": ["tags"], "type": {"list": "string"}}
            ]
            """;
        var (id, version) = db.RegisterCollection("books", fields, "title");
        _output.WriteLine($"collection_id: {id} schema_version: {version}");

        Printed("collection_id: 1 schema_version: 1");
    }

    public void Dispose() => _output.Dispose();

    private void Printed(string expected) => Assert.Equal(expected.ReplaceLineEndings("\n"), _output.ToString().TrimEnd('\n'));
}
