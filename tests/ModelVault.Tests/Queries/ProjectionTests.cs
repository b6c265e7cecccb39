using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

/// <summary>What can be done with projections: Distinct, Skip and Take mean what they mean in LINQ, and every terminal has both its forms.</summary>
public sealed class ProjectionTests : IDisposable
{
    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();
    private readonly List<Row> _rows;

    public ProjectionTests()
    {
        _rows = [.. Enumerable.Range(0, 100).Select(new RowConditions(new Random(3)).Row)];
        _db.Rows.InsertMany(_rows);
    }

    public void Dispose() => _db.Dispose();

    [Fact]
    public void Distinct_keeps_the_first_of_each_in_the_querys_order()
    {
        Assert.Equal(_rows.Select(r => r.Text).Distinct(), _db.Rows.Select(r => r.Text).Distinct().ToList());
        Assert.Equal(_rows.Select(r => (r.Flag, r.Number)).Distinct(), _db.Rows.Select(r => (r.Flag, r.Number)).Distinct().ToList());
        Assert.Equal(
            _rows.OrderByDescending(r => r.Price).ThenBy(r => r.Id).Select(r => r.Color).Distinct(),
            _db.Rows.OrderByDescending(r => r.Price).Select(r => r.Color).Distinct().ToList());
        Assert.Equal(6, _db.Rows.Select(r => r.Score).Distinct().Count());
        Assert.Equal(6, _db.Rows.Select(r => r.Score).Distinct().LongCount());
    }

    [Fact]
    public void Distinct_takes_byte_strings_and_collections_by_value()
    {
        _db.Everything.InsertMany(((byte[][])[[1, 2], [], [1, 2], [2, 1]]).Select(static (b, i) => new Everything { Id = new Guid(i, 0, 0, new byte[8]), Bytes = b, Int32 = i / 3 }));

        Assert.Equal(["0102", "", "0201"], _db.Everything.Select(e => e.Bytes).Distinct().ToList().Select(Convert.ToHexString));
        Assert.Equal(["0102 0", " 0", "0201 1"], _db.Everything.Select(e => (e.Bytes, e.Int32)).Distinct().ToList().Select(static e => $"{Convert.ToHexString(e.Item1)} {e.Item2}"));
        Assert.Equal(3, _db.Everything.All().Select(e => e.Bytes).ToHashSet().Count);
        Assert.Equal(
            _rows.Select(static r => string.Concat(r.Tags.Select(static t => $"<{t}>"))).Distinct(),
            _db.Rows.Select(r => r.Tags).Distinct().ToList().Select(static l => string.Concat(l.Select(static t => $"<{t}>"))));
    }

    [Fact]
    public void Skip_and_take_count_what_is_there_where_they_stand()
    {
        List<int?> numbers = [.. _rows.Select(r => r.Number)];
        VaultProjection<Row, int?> found = _db.Rows.Select(r => r.Number);

        Assert.Equal(numbers.Skip(5).Take(10), found.Skip(5).Take(10).ToList());
        Assert.Equal(numbers.Take(10).Skip(5), found.Take(10).Skip(5).ToList());
        Assert.Equal(numbers.Take(10).Distinct(), found.Take(10).Distinct().ToList());
        Assert.Equal(numbers.Distinct().Take(3), found.Distinct().Take(3).ToList());
        Assert.Equal(numbers.Skip(4).Distinct().Skip(2).Take(3), found.Skip(4).Distinct().Skip(2).Take(3).ToList());
        Assert.Equal(numbers.Distinct().Skip(2).Count(), found.Distinct().Skip(2).Count());
        Assert.Equal(numbers.Take(10).Count(), found.Take(10).Count());
        Assert.Equal(numbers.Distinct().Skip(1).First(), found.Distinct().Skip(1).First());
        Assert.Equal(numbers.Count, found.Skip(-1).Count());
        Assert.Empty(found.Distinct().Take(-1).ToList());
        Assert.False(found.Distinct().Skip(100).Any());
        Assert.True(found.Distinct().Any());
        Assert.Equal("Limit 3\n└─ Skip 1\n   └─ Project distinct\n      └─ Project number\n         └─ CollectionScan rows", found.Distinct().Skip(1).Take(3).Explain().Tree);
    }

    [Fact]
    public async Task Every_terminal_has_both_forms()
    {
        VaultProjection<Row, int> ids = _db.Rows.Where(r => r.Id < 3).Select(r => r.Id);
        VaultProjection<Row, int> one = _db.Rows.Where(r => r.Id == 3).Select(r => r.Id);
        VaultProjection<Row, int> none = _db.Rows.Where(r => r.Id > 300).Select(r => r.Id);

        Assert.Equal([0, 1, 2], ids.ToList());
        Assert.Equal([0, 1, 2], await ids.ToListAsync());
        Assert.Equal((int[])[0, 1, 2], await ids.ToArrayAsync());
        Assert.Equal([0, 1, 2], (await ids.ToHashSetAsync()).Order());
        Assert.Equal((0, 0, 3, 3L, true), (ids.First(), ids.FirstOrDefault(), ids.Count(), ids.LongCount(), ids.Any()));
        Assert.Equal((0, 0, 3, 3L, true), (await ids.FirstAsync(), await ids.FirstOrDefaultAsync(), await ids.CountAsync(), await ids.LongCountAsync(), await ids.AnyAsync()));
        Assert.Equal((3, 3), (one.Single(), one.SingleOrDefault()));
        Assert.Equal((3, 3), (await one.SingleAsync(), await one.SingleOrDefaultAsync()));
        Assert.Equal((0, 0), (none.FirstOrDefault(), await none.SingleOrDefaultAsync()));
        Assert.Throws<InvalidOperationException>(() => none.First());
        Assert.Throws<InvalidOperationException>(() => none.Single());
        Assert.Throws<InvalidOperationException>(() => ids.Single());
        await Assert.ThrowsAsync<InvalidOperationException>(() => ids.SingleOrDefaultAsync());
        List<int> seen = [];
        await foreach (int id in ids.AsAsyncEnumerable()) seen.Add(id);
        foreach (int id in ids) seen.Add(id);
        Assert.Equal([0, 1, 2, 0, 1, 2], seen);
        Assert.Equal([2, 1], ids.AsEnumerable().Reverse().Take(2));
    }

    [Fact]
    public async Task Every_terminal_of_a_query_has_its_async_form()
    {
        VaultQuery<Row, RowFields> few = _db.Rows.Where(r => r.Id < 3);

        Assert.Equal(2, (await few.FirstAsync(r => r.Id > 1)).Id);
        Assert.Equal(2, (await few.FirstOrDefaultAsync(r => r.Id > 1))!.Id);
        Assert.Equal(2, (await few.SingleAsync(r => r.Id > 1)).Id);
        Assert.Equal(2, (await few.SingleOrDefaultAsync(r => r.Id > 1))!.Id);
        Assert.Null(await few.SingleOrDefaultAsync(r => r.Id > 9));
        Assert.Equal((2, 2L, 2, 2L), (few.Count(r => r.Id > 0), few.LongCount(r => r.Id > 0), await few.CountAsync(r => r.Id > 0), await few.LongCountAsync(r => r.Id > 0)));
        Assert.True(await few.AnyAsync(r => r.Id > 0));
        Assert.Equal([0, 1, 2], (await few.ToArrayAsync()).Select(r => r.Id));
        Assert.Equal([0, 1, 2], (await few.ToDictionaryAsync(r => r.Id)).Keys.Order());
        Assert.Equal((0, 2, 3), (await few.MinAsync(r => r.Id), await few.MaxAsync(r => r.Id), await few.SumAsync(r => r.Id)));
        Assert.Equal(1.0, await few.AverageAsync(r => r.Id));
        VaultQuery<Row, RowFields> all = _db.Rows.All();
        Assert.Equal(_rows.Average(r => r.Price), await all.AverageAsync(r => r.Price));
        Assert.Equal(_rows.Average(r => r.Number), await all.AverageAsync(r => r.Number));
        Assert.Equal(_rows.Sum(r => r.Number), await all.SumAsync(r => r.Number));
        Assert.Equal(_rows.Average(r => r.Number), await _db.Rows.AverageAsync(r => r.Number));
        Assert.Equal(1, (await _db.Rows.SingleAsync(r => r.Id == 1)).Id);
        await Assert.ThrowsAsync<InvalidOperationException>(() => few.Where(r => r.Id > 9).AverageAsync(r => r.Id));
        using CancellationTokenSource source = new();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => all.SumAsync(r => r.Number, source.Token));
    }

    [Fact]
    public void Orders_are_given_as_fields_too()
    {
        List<int> expected = [.. _rows.OrderByDescending(r => r.Flag).ThenBy(r => r.Color).ThenByDescending(r => r.Id).Select(r => r.Id)];

        Assert.Equal(expected, _db.Rows.OrderByDescending(Row.Fields.Flag).ThenBy(Row.Fields.Color).ThenByDescending(Row.Fields.Id).ToList().Select(r => r.Id));
        Assert.Equal(expected, _db.Collection("rows").OrderByDescending("flag").ThenBy(new FieldPath("color")).ThenByDescending("id").All().Select(r => r.GetInt32("id")));
    }

    [Fact]
    public void Records_without_a_model_sort_nulls_where_they_are_told()
    {
        List<int> last = [.. _rows.OrderBy(r => r.Number is null).ThenBy(r => r.Number).Select(r => r.Id)];
        List<int> first = [.. _rows.OrderBy(r => r.Number is not null).ThenByDescending(r => r.Number).Select(r => r.Id)];

        Assert.Equal(last, _db.Collection("rows").OrderBy("number", NullPlacement.Last).All().Select(r => r.GetInt32("id")));
        Assert.Equal(first, _db.Collection("rows").OrderByDescending("number", NullPlacement.First).All().Select(r => r.GetInt32("id")));
        Assert.Equal("Sort number desc, nulls first\n└─ CollectionScan rows", _db.Rows.OrderByDescending(r => r.Number, NullPlacement.First).Explain().Tree);
        Assert.Equal("IndexRange number_idx: all", _db.Rows.OrderBy(r => r.Number, NullPlacement.First).Explain().Tree);
        Assert.Throws<ArgumentOutOfRangeException>(() => _db.Rows.OrderBy(r => r.Number, (NullPlacement)3));
    }
}
