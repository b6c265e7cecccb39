using System.Collections.Immutable;
using System.Globalization;

namespace ModelVault.Tests.Queries.Differential;

/// <summary>
/// Asks a model's two collections, with and without indexes, random queries and holds the answers against LINQ's. Everything follows from seeds: each is one round,
/// which fills new collections and asks some hundred queries.
/// </summary>
internal sealed class DifferentialRun<TModel>(ModelCase<TModel> model, Coverage coverage)
    where TModel : notnull
{
    private const int QueriesOfRound = 250;
    private const int MostSmallerQueries = 2000;

    private readonly Question<TModel>[] _questions = model.Questions;

    /// <summary>So many queries, in as many rounds as they need.</summary>
    public void Ask(int queries, int firstSeed)
    {
        for (int seed = firstSeed; queries > 0; seed++, queries -= QueriesOfRound) Round(seed, Math.Min(queries, QueriesOfRound));
    }

    private void Round(int seed, int queries)
    {
        Random random = new(seed);
        ImmutableArray<IndexSchema> indexes = random.Next(3) > 0 ? model.Indexes : [.. model.Indexes.Where(_ => random.Next(2) == 0)];
        int size = Math.Min(model.MostRecords, random.Next(16) switch { 0 => 0, < 4 => 25, < 9 => 90, < 14 => 250, _ => 600 });
        using Side<TModel> indexed = model.Open(indexes), plain = model.Open([]);
        List<TModel> records = Fill(indexed, plain, size, random);
        QueryMaker<TModel> maker = new(model, indexes, size, random);
        for (int i = 0; i < queries; i++)
        {
            RandomQuery<TModel> query = maker.Next();
            Question<TModel> question = _questions[random.Next(_questions.Length)];
            int answerSeed = random.Next();
            coverage.Count(question.Name);
            Check(new(model, query, records, query.Among(records)), question, indexed, plain, answerSeed, seed);
            if (indexes.Length == 0) continue;
            coverage.Look(query.On(indexed.All).Explain());
            if (i % 4 == 0) coverage.LookWhetherCovered(model.Field(random).Explain(query.On(indexed.All)));
        }
    }

    // In every fourth round some records have changed since, in a transaction that is still open.
    private List<TModel> Fill(Side<TModel> indexed, Side<TModel> plain, int size, Random random)
    {
        List<TModel> records = [.. Enumerable.Range(0, size).Select(i => model.Make(random, i))];
        if (size > 0)
        {
            indexed.Insert(records);
            plain.Insert(records);
        }

        bool isOpen = random.Next(4) == 0;
        if (isOpen) indexed.Begin();
        if (isOpen) plain.Begin();
        for (int i = 0; i < size / 8; i++)
        {
            int at = random.Next(records.Count);
            TModel old = records[at];
            foreach (Side<TModel> side in (Side<TModel>[])[indexed, plain]) side.Delete(old);
            records.RemoveAt(at);
            if (random.Next(3) == 0) continue;
            records.Add(model.Make(random, size + i));
            foreach (Side<TModel> side in (Side<TModel>[])[indexed, plain]) side.Insert([records[^1]]);
        }

        records.Sort(model.CompareKeys);
        return records;
    }

    private void Check(Case<TModel> asked, Question<TModel> question, Side<TModel> indexed, Side<TModel> plain, int answerSeed, int seed)
    {
        if (Failure(asked, question, indexed, plain, answerSeed) is not { } failure) return;
        (Case<TModel> smallest, string difference, Side<TModel> side) = Smallest(asked, failure, question, indexed, plain, answerSeed);
        Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"""
            {model.Name}, {question.Name}: {smallest.Query}
            {(side.IsIndexed ? "with" : "without")} indexes, {(side.Transaction is null ? "committed" : "in a transaction")}, {asked.Records.Count} records: {difference}
            {Plan(smallest, side)}
            as asked: {asked.Query}
            Again: MODELVAULT_QUERY_SEED={seed} with this test.
            """));
    }

    // Drops parts of the query for as long as it still fails.
    private static (Case<TModel>, string, Side<TModel>) Smallest(Case<TModel> asked, (string Difference, Side<TModel> Side) failure, Question<TModel> question, Side<TModel> indexed, Side<TModel> plain, int answerSeed)
    {
        for (int tries = 0; tries < MostSmallerQueries;)
        {
            bool isSmaller = false;
            foreach (RandomQuery<TModel> query in asked.Query.Smaller())
            {
                tries++;
                Case<TModel> smaller = asked with { Query = query, Expected = query.Among(asked.Records) };
                if (Failure(smaller, question, indexed, plain, answerSeed) is not { } again) continue;
                (asked, failure, isSmaller) = (smaller, again, true);
                break;
            }

            if (!isSmaller) break;
        }

        return (asked, failure.Difference, failure.Side);
    }

    private static (string Difference, Side<TModel> Side)? Failure(Case<TModel> asked, Question<TModel> question, Side<TModel> indexed, Side<TModel> plain, int answerSeed)
    {
        foreach (Side<TModel> side in (Side<TModel>[])[indexed, plain])
        {
            try
            {
                if (question.Difference(asked, side, new Random(answerSeed)) is { } difference) return (difference, side);
            }
#pragma warning disable CA1031 // Whatever a query throws is a failure of it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                return (e.ToString(), side);
            }
        }

        return null;
    }

    private static string Plan(Case<TModel> asked, Side<TModel> side)
    {
        try
        {
            return asked.On(side).Explain().ToString();
        }
#pragma warning disable CA1031 // The failure to be told of is another one.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return $"no plan: {e.Message}";
        }
    }
}
