using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

/// <summary>The first records of an order that nothing delivers: most are told to be behind by their first value alone, which null and NaN must not be.</summary>
public sealed class TopTests : IDisposable
{
    private static readonly double[] Scores = [double.NaN, double.NegativeInfinity, -1, -0d, 0, 1, 2, double.PositiveInfinity];
    private static readonly string?[] Texts = [null, "", "a", "A", "\ue000", "😀"];

    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();
    private readonly List<Row> _rows;

    public TopTests()
    {
        // As many as several batches, those that come last in an order before those that come first, so that what is kept changes.
        Random random = new(3);
        _rows = [.. Enumerable.Range(0, 2000).Select(i => new Row
        {
            Id = i,
            PlainNumber = random.Next(20) == 0 ? null : random.Next(-50, 50) * (2000 - i),
            PlainText = Texts[random.Next(Texts.Length)],
            PlainScore = random.Next(i < 1000 ? Scores.Length : 3) is var at && i < 1000 ? Scores[at] : random.NextDouble() * i,
        })];
        _rows[^1].PlainScore = double.NaN;
        _rows[^2].PlainNumber = null;
        _db.Rows.InsertMany(_rows);
    }

    public void Dispose() => _db.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(300)]
    public void The_first_of_an_order_are_the_first_of_all_of_them_sorted(int count)
    {
        foreach (NullPlacement nulls in Enum.GetValues<NullPlacement>())
        {
            Same(count, q => q.OrderBy(r => r.PlainNumber, nulls));
            Same(count, q => q.OrderByDescending(r => r.PlainNumber, nulls));
            Same(count, q => q.OrderBy(r => r.PlainText, nulls).ThenByDescending(r => r.PlainScore));
            Same(count, q => q.OrderByDescending(r => r.PlainText, nulls).ThenBy(r => r.PlainNumber, nulls));
        }

        Same(count, q => q.OrderBy(r => r.PlainScore));
        Same(count, q => q.OrderByDescending(r => r.PlainScore));
        Same(count, q => q.Where(r => r.PlainNumber > 0).OrderByDescending(r => r.PlainScore).ThenBy(r => r.PlainText));
        Assert.Equal(PlanNodeKind.TopN, _db.Rows.OrderBy(r => r.PlainScore).Take(count).Explain().Root.Kind);
    }

    // Without a limit everything is sorted, which is tested against LINQ elsewhere.
    private void Same(int count, Func<VaultQuery<Row, RowFields>, VaultQuery<Row, RowFields>> order)
    {
        VaultQuery<Row, RowFields> query = order(_db.Rows.AllowScan("the point of it"));
        Assert.Equal(query.AsEnumerable().Take(count).Select(static r => r.Id), query.Take(count).AsEnumerable().Select(static r => r.Id));
    }
}
