using System.Text.Json;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

/// <summary>What a plan tells, and that what it counts is true.</summary>
public sealed class ExplainTests : IDisposable
{
    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();

    public ExplainTests() => _db.Books.InsertMany(Enumerable.Range(0, 1000).Select(static i => new Book
    {
        Id = i,
        Title = $"Title {i}",
        Author = $"Author {i % 50:00}",
        Year = 2000 + (i % 20),
        Lent = i % 2 == 0,
    }));

    public void Dispose() => _db.Dispose();

    [Fact]
    public void Without_analyzing_nothing_is_run()
    {
        QueryPlan plan = _db.Books.Where(b => b.Author == "Author 07").Explain();

        Assert.Null(plan.Root.ActualRows);
        Assert.Null(plan.Root.Pages);
        Assert.Null(plan.Root.Time);
        Assert.Equal(20, plan.Root.EstimatedRows);
    }

    [Fact]
    public void Each_step_counts_its_own_rows()
    {
        QueryPlan plan = _db.Books.Where(b => b.Author == "Author 08" && b.Lent).OrderBy(b => b.Title).Skip(2).Take(5).Select(b => b.Title).Explain(analyze: true);

        Assert.Equal(
            [(PlanNodeKind.Project, 5L), (PlanNodeKind.Limit, 5L), (PlanNodeKind.Skip, 5L), (PlanNodeKind.TopN, 7L), (PlanNodeKind.Filter, 20L), (PlanNodeKind.IndexLookup, 20L)],
            Steps(plan.Root).Select(static n => (n.Kind, n.ActualRows!.Value)));
    }

    [Fact]
    public void A_filter_lets_through_as_many_as_it_says()
    {
        QueryPlan plan = _db.Books.Where(b => b.Author == "Author 08" && b.Title.Contains("1") && b.Year > 2010).Explain(analyze: true);

        PlanNode filter = Steps(plan.Root).Single(static n => n.Kind == PlanNodeKind.Filter);
        Assert.Equal(_db.Books.ToList().Count(b => b.Author == "Author 08" && b.Title.Contains('1') && b.Year > 2010), filter.ActualRows);
        Assert.True(filter.ActualRows < filter.Input!.ActualRows);
    }

    [Fact]
    public void A_limit_ends_the_steps_below_it()
    {
        QueryPlan plan = _db.Books.OrderBy(b => b.Year).Take(3).Explain(analyze: true);

        Assert.Equal("Limit 3\n└─ IndexRange year_idx: all", plan.Tree);
        Assert.Equal(3, plan.Access.ActualRows);
        Assert.Equal(1000, plan.Access.EstimatedRows);
    }

    [Fact]
    public void A_union_counts_its_inputs_and_what_they_have_together()
    {
        QueryPlan plan = _db.Books.Where(b => b.Author == "Author 01" || b.Year == 2001).Explain(analyze: true);

        Assert.Equal([20L, 50L], plan.Access.Inputs.Select(static i => i.ActualRows!.Value));
        Assert.Equal(_db.Books.ToList().Count(b => b.Author == "Author 01" || b.Year == 2001), plan.Access.ActualRows);
        Assert.Same(plan.Access.Inputs[0], plan.Access.Input);
    }

    [Fact]
    public void Pages_are_those_that_are_read()
    {
        long one = _db.Books.Where(b => b.Id == 5).Explain(analyze: true).Root.Pages!.Value;
        long all = _db.Books.AllowScan("a test").Where(b => b.Lent).Explain(analyze: true).Root.Pages!.Value;

        Assert.InRange(one, 1, 3);
        Assert.InRange(all, 5, 1000);
        Assert.Equal(0, VaultDatabase.OpenInMemory().Books.Where(b => b.Id == 5).Explain(analyze: true).Root.Pages);
    }

    [Fact]
    public void Analyzing_inside_a_transaction_sees_what_it_has_written()
    {
        using VaultTransaction tx = _db.BeginTransaction();
        tx.Books.Insert(new Book { Id = 5000, Title = "t", Author = "Author 08", Year = 1 });

        QueryPlan plan = tx.Books.Where(b => b.Author == "Author 08").Explain(analyze: true);

        Assert.Equal(21, plan.Root.ActualRows);
        tx.Books.Delete(5000);
        Assert.Equal(20, tx.Books.Where(b => b.Author == "Author 08").Explain(analyze: true).Root.ActualRows);
    }

    [Fact]
    public void The_text_is_the_tree_with_rows_and_what_was_considered()
    {
        Assert.Equal("""
            Filter lent  (about 2 rows)
            └─ IndexLookup author_idx: author == "Author 08"  (about 20 rows)
            considered
               author_idx: chosen: answers 1 condition in the order asked for, about 20 rows
               primary key: rejected: no condition on its first field 'id'
               author_year_idx: rejected: about 20 rows, in another order
               isbn_unique: rejected: no condition on its first field 'isbn'
               year_idx: rejected: no condition on its first field 'year'
               every record: rejected: reads all 1,000 records
            """, _db.Books.Where(b => b.Author == "Author 08" && b.Lent).Explain().ToString(), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Json_has_documented_names()
    {
        string json = _db.Books.Where(b => b.Author == "Author 01" || b.Year == 2001).Take(60).Explain(analyze: true).ToJson();
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement limit = document.RootElement.GetProperty("root");
        JsonElement union = limit.GetProperty("inputs")[0];
        JsonElement input = union.GetProperty("inputs")[1];

        Assert.Equal(["root", "considered"], document.RootElement.EnumerateObject().Select(static p => p.Name));
        Assert.Equal(["kind", "detail", "index", "estimatedRows", "actualRows", "pages", "milliseconds", "inputs"], input.EnumerateObject().Select(static p => p.Name));
        Assert.Equal(["name", "isChosen", "reason"], document.RootElement.GetProperty("considered")[0].EnumerateObject().Select(static p => p.Name));
        Assert.Equal(("Limit", "IndexUnion", "IndexLookup", "year_idx"), (limit.GetProperty("kind").GetString(), union.GetProperty("kind").GetString(), input.GetProperty("kind").GetString(), input.GetProperty("index").GetString()));
        Assert.Equal(60, limit.GetProperty("actualRows").GetInt64());
        Assert.True(document.RootElement.GetProperty("considered")[0].GetProperty("isChosen").GetBoolean());
    }

    [Fact]
    public void Json_of_a_plan_that_was_not_run_leaves_the_counts_out()
    {
        using JsonDocument document = JsonDocument.Parse(_db.Books.All().Explain().ToJson());

        Assert.Equal(["kind", "detail", "estimatedRows", "inputs"], document.RootElement.GetProperty("root").EnumerateObject().Select(static p => p.Name));
    }

    [Fact]
    public void Projections_and_collections_without_a_model_explain_themselves_too()
    {
        Assert.Equal(20, _db.Collection("books").Where("author", "Author 08").Explain(analyze: true).Root.ActualRows);
        Assert.Equal(20, _db.Collection("books").Where("author", "Author 08").Explain(true, "title").Root.ActualRows);
        Assert.Null(_db.Collection("books").Where("author", "Author 08").Explain("title").Root.ActualRows);
    }

    private static IEnumerable<PlanNode> Steps(PlanNode node) => [node, .. node.Inputs.SelectMany(Steps)];
}
