using System.Globalization;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

/// <summary>Random queries give what LINQ gives on the same rows, in the same order, whatever the planner chooses.</summary>
public sealed class QueryDifferentialTests
{
    private static readonly double Scale = TestScale.Or(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Random_queries_agree_with_linq(int seed)
    {
        Random random = new(seed);
        RowConditions conditions = new(random);
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        List<Row> rows = Fill(db, conditions, 120);

        for (int i = 0; i < 2500 * Scale; i++)
        {
            if (i % 100 == 99) Mutate(db.Rows, rows, conditions, random);
            Compare(db.Rows, rows, conditions, random, $"seed {seed}, query {i}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void They_do_where_so_many_rows_lie_that_the_planner_has_choices(int seed)
    {
        Random random = new(seed);
        RowConditions conditions = new(random);
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        List<Row> rows = Fill(db, conditions, 1500);
        HashSet<PlanNodeKind> seen = [];

        for (int i = 0; i < 700 * Scale; i++) seen.Add(Compare(db.Rows, rows, conditions, random, $"seed {seed}, query {i}", depth: 3));

        Assert.Superset(AccessKinds, seen);
    }

    [Fact]
    public void They_do_in_a_transaction_that_has_written()
    {
        const int seed = 5;
        Random random = new(seed);
        RowConditions conditions = new(random);
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        List<Row> rows = Fill(db, conditions, 700);
        using VaultTransaction tx = db.BeginTransaction();

        for (int i = 0; i < 600 * Scale; i++)
        {
            if (i % 5 == 0) Mutate(tx.Rows, rows, conditions, random);
            Compare(tx.Rows, rows, conditions, random, $"seed {seed}, query {i}", depth: 3);
        }
    }

    [Fact]
    public void They_find_nothing_in_a_collection_that_is_not_in_the_file_yet()
    {
        const int seed = 6;
        Random random = new(seed);
        RowConditions conditions = new(random);
        using VaultDatabase db = VaultDatabase.OpenInMemory();

        for (int i = 0; i < 300; i++) Compare(db.Rows, [], conditions, random, $"seed {seed}, query {i}", depth: 3);
    }

    private static HashSet<PlanNodeKind> AccessKinds { get; } =
    [
        PlanNodeKind.KeyLookup, PlanNodeKind.KeyRange, PlanNodeKind.IndexLookup, PlanNodeKind.IndexRange,
        PlanNodeKind.IndexUnion, PlanNodeKind.IndexIntersection, PlanNodeKind.CollectionScan,
    ];

    private static List<Row> Fill(VaultDatabase db, RowConditions conditions, int count)
    {
        List<Row> rows = [.. Enumerable.Range(0, count).Select(conditions.Row)];
        db.Rows.InsertMany(rows);
        return rows;
    }

    private static PlanNodeKind Compare(RowCollection collection, List<Row> rows, RowConditions conditions, Random random, string name, int depth = 2)
    {
        RowCondition condition = depth == 3 && random.Next(2) == 0 ? conditions.Indexed() : conditions.Next(depth);
        VaultQuery<Row, RowFields> query = collection.Where(condition.Filter);
        IEnumerable<Row> expected = rows.Where(condition.Meaning);
        (query, expected) = Ordered(query, expected, random);
        string context = $"{name}: {query.Explain()}";
        Assert.True(expected.Count() == query.Count(), $"count, {context}");

        (int skip, int take) = (random.Next(4) == 0 ? random.Next(10) : 0, random.Next(3) == 0 ? random.Next(1, 12) : int.MaxValue);
        if (skip > 0) query = query.Skip(skip);
        if (take != int.MaxValue) query = query.Take(take);
        List<int> ids = [.. expected.Skip(skip).Take(take).Select(r => r.Id)];
        Assert.True(ids.SequenceEqual(query.ToList().Select(r => r.Id)), $"rows, {context}");
        Assert.True(ids.SequenceEqual(query.Select(r => r.Id).ToList()), $"projection, {context}");
        Assert.True(ids.Count == query.Count(), $"windowed count, {context}");
        Assert.True(ids.Count > 0 == query.Any(), $"any, {context}");
        Assert.True(ids.FirstOrDefault(-1) == (query.FirstOrDefault()?.Id ?? -1), $"first, {context}");

        QueryPlan plan = query.Explain(analyze: true);
        Assert.True(ids.Count == plan.Root.ActualRows, $"analyzed rows {plan.Root.ActualRows}, {plan}");
        return plan.Access.Kind;
    }

    private static void Mutate(RowCollection collection, List<Row> rows, RowConditions conditions, Random random)
    {
        for (int i = 0; i < 10; i++)
        {
            int at = random.Next(rows.Count);
            rows[at] = conditions.Row(rows[at].Id);
            collection.Update(rows[at]);
        }

        Row gone = rows[random.Next(rows.Count)];
        rows.Remove(gone);
        collection.Delete(gone.Id);
        Row back = conditions.Row(gone.Id);
        rows.Add(back);
        rows.Sort((a, b) => a.Id.CompareTo(b.Id));
        collection.Insert(back);
    }

    private static (VaultQuery<Row, RowFields>, IEnumerable<Row>) Ordered(VaultQuery<Row, RowFields> query, IEnumerable<Row> expected, Random random)
    {
        IOrderedEnumerable<Row>? ordered = null;
        for (int terms = random.Next(4); terms > 0; terms--)
        {
            bool first = ordered is null, descending = random.Next(2) == 0;
            NullPlacement nulls = (NullPlacement)random.Next(3);
            switch (random.Next(7))
            {
                case 0: Sort(static b => b.Number, static r => r.Number, Comparer<int?>.Default); break;
                case 1: Sort(static b => b.Text, static r => r.Text, Texts); break;
                case 2: Sort(static b => b.Score, static r => r.Score == 0 ? 0d : r.Score, Comparer<double>.Default); break;
                case 3: Sort(static b => b.Id, static r => r.Id, Comparer<int>.Default); break;
                case 4: Sort(static b => b.Flag, static r => r.Flag, Comparer<bool>.Default); break;
                case 5: Sort(static b => b.Place.City, static r => r.Place?.City, Texts); break;
                default: Sort(static b => b.PlainColor, static r => r.Color, Comparer<Color>.Default); break;
            }

            void Sort<T>(Func<RowFields, IOrderedField<Row, T>> by, Func<Row, T> key, IComparer<T> comparer)
            {
                query = (first, descending) switch
                {
                    (true, false) => query.OrderBy(by, nulls),
                    (true, true) => query.OrderByDescending(by, nulls),
                    (false, false) => query.ThenBy(by, nulls),
                    (false, true) => query.ThenByDescending(by, nulls),
                };
                if (nulls != NullPlacement.Default) comparer = NullsAt(comparer, first: nulls == NullPlacement.First != descending);
                ordered = (first, descending) switch
                {
                    (true, false) => expected.OrderBy(key, comparer),
                    (true, true) => expected.OrderByDescending(key, comparer),
                    (false, false) => ordered!.ThenBy(key, comparer),
                    (false, true) => ordered!.ThenByDescending(key, comparer),
                };
            }
        }

        IEnumerable<Row> result = ordered ?? expected;
        return random.Next(5) == 0 ? (query.Reverse(), result.Reverse()) : (query, result);
    }

    private static IComparer<T> NullsAt<T>(IComparer<T> comparer, bool first) => Comparer<T>.Create((l, r) =>
        l is not null && r is not null ? comparer.Compare(l, r) : ((l is null ? 0 : 1) - (r is null ? 0 : 1)) * (first ? 1 : -1));

    private static IComparer<string?> Texts { get; } = Comparer<string?>.Create(static (l, r) => (l, r) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        _ => RowConditions.Order(l, r),
    });
}
