using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

/// <summary>Groups that are only counted are counted in an index where one holds them, and come to what LINQ makes of the rows.</summary>
public sealed class GroupRunTests : IDisposable
{
    private static readonly decimal[] Prices = [1.0m, 1.00m, 2m, 2.50m];

    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();
    private readonly List<Row> _rows;

    public GroupRunTests()
    {
        // Groups of one row and of many hundreds, in no order.
        Random random = new(5);
        _rows = [.. Enumerable.Range(0, 3000).Select(i => new Row
        {
            Id = i,
            Number = random.Next(10) == 0 ? null : (int)Math.Sqrt(random.Next(400)),
            Text = i % 50 == 0 ? $"only {i}" : random.Next(9) == 0 ? null : $"text {random.Next(5)}",
            Score = ((double[])[double.NaN, -0d, 0d, 1.5])[random.Next(4)],
            Price = Prices[random.Next(Prices.Length)],
            Color = (Color)random.Next(2),
            Flag = random.Next(5) == 0,
            Token = new Guid(i, 0, 0, new byte[8]),
            PlainNumber = random.Next(100),
        })];
        _db.Rows.InsertMany(_rows);
    }

    public void Dispose() => _db.Dispose();

    [Fact]
    public void Groups_are_counted_in_the_index_that_begins_with_their_field()
    {
        Same(_db.Rows.GroupBy(r => r.Number), _rows.GroupBy(static r => r.Number), "number_idx");
        Same(_db.Rows.GroupBy(r => r.Price), _rows.GroupBy(static r => r.Price), "price_idx");
        Same(_db.Rows.GroupBy(r => r.Color), _rows.GroupBy(static r => r.Color), "color_idx");
        Same(_db.Rows.GroupBy(r => r.Flag), _rows.GroupBy(static r => r.Flag), "flag_score_number_idx");
        Same(_db.Rows.GroupBy(r => r.Score), _rows.GroupBy(static r => r.Score), "score_idx");
    }

    [Fact]
    public void Conditions_that_the_index_answers_leave_the_rest_of_it_unread()
    {
        Same(_db.Rows.Where(r => r.Number >= 5).GroupBy(r => r.Number), _rows.Where(static r => r.Number >= 5).GroupBy(static r => r.Number), "number_idx");
        Same(_db.Rows.Where(r => r.Number.In(3, 7, 90)).GroupBy(r => r.Number), _rows.Where(static r => r.Number is 3 or 7 or 90).GroupBy(static r => r.Number), "number_idx");
        Same(_db.Rows.Where(r => r.Number == null).GroupBy(r => r.Number), _rows.Where(static r => r.Number == null).GroupBy(static r => r.Number), "number_idx");
        Same(_db.Rows.Where(r => r.Flag == false && r.Score == 1.5).GroupBy(r => r.Number), _rows.Where(static r => !r.Flag && r.Score == 1.5).GroupBy(static r => r.Number), "flag_score_number_idx");
        Same(_db.Rows.Where(r => r.Flag == false && r.Score >= 0).GroupBy(r => r.Flag), _rows.Where(static r => !r.Flag && r.Score >= 0).GroupBy(static r => r.Flag), "flag_score_number_idx");
        Assert.Empty(_db.Rows.Where(r => r.Number > 500).GroupBy(r => r.Number).Count().ToList());
    }

    [Fact]
    public void Where_the_index_cannot_know_the_records_are_read()
    {
        Assert.Equal(PlanNodeKind.CollectionScan, _db.Rows.GroupBy(r => r.PlainNumber).Count().Explain().Access.Kind);
        Assert.Equal(PlanNodeKind.CollectionScan, _db.Rows.GroupBy(r => r.Number).Select(g => (g.Key, g.Count(), g.Max(r => r.Id))).Explain().Access.Kind);
        Assert.DoesNotContain("by group", _db.Rows.Where(r => r.Number > 3 && r.PlainNumber > 3).GroupBy(r => r.Number).Count().Explain().Tree, StringComparison.Ordinal);
        Assert.DoesNotContain("by group", _db.Rows.Take(1000).GroupBy(r => r.Number).Count().Explain().Tree, StringComparison.Ordinal);
        // Groups of one row each.
        Assert.Equal(PlanNodeKind.CollectionScan, _db.Rows.GroupBy(r => r.Token).Count().Explain().Access.Kind);
        Assert.Equal(_rows.GroupBy(static r => r.PlainNumber).Count(), _db.Rows.GroupBy(r => r.PlainNumber).Count().Count());
    }

    [Fact]
    public void The_plan_says_so_and_counts_a_fraction_of_the_pages()
    {
        QueryPlan plan = _db.Rows.GroupBy(r => r.Color).Count().Explain(analyze: true);
        Assert.Equal("all, counted by group", plan.Access.Detail);
        Assert.Equal(3000, plan.Access.ActualRows);
        Assert.InRange(plan.Access.Pages!.Value, 1, 20);
        Assert.Equal(new PlanCandidate("color_idx", true, "holds the records group by group, about 3,000 rows"), plan.Considered[0]);
    }

    [Fact]
    public void In_a_transaction_they_are_those_of_the_transaction() => _db.Write(tx =>
    {
        tx.Rows.Where(r => r.Number == 3).Delete();
        tx.Rows.Insert(new Row { Id = 9000, Number = 90 });
        _rows.RemoveAll(static r => r.Number == 3);
        _rows.Add(new Row { Id = 9000, Number = 90 });
        Same(tx.Rows.GroupBy(r => r.Number), _rows.GroupBy(static r => r.Number), "number_idx");
    });

    private static void Same<T>(VaultGrouping<Row, RowFields, T> groups, IEnumerable<IGrouping<T, Row>> wanted, string index)
    {
        Assert.EndsWith("counted by group", groups.Count().Explain().Access.Detail, StringComparison.Ordinal);
        Assert.Equal(index, groups.Count().Explain().Access.Index);
        (T, int)[] expected = [.. wanted.Select(static g => (g.Key, g.Count())).OrderBy(static g => g.Key)];
        Assert.Equal(expected, groups.Count().ToList());
        Assert.Equal(expected.Select(static e => $"{e.Item1}"), groups.Select(g => g.Key).ToList().Select(static k => $"{k}"));
        Assert.Equal(expected.Length, groups.Count().Count());
    }
}
