namespace ModelVault.Tests.Queries.Differential;

/// <summary>One way to run a query, and what it must give.</summary>
/// <param name="Name">The terminal.</param>
/// <param name="Weight">How often it is asked.</param>
/// <param name="Difference">Runs it on a side; the random numbers are the same on both.</param>
internal sealed record Question<TModel>(string Name, int Weight, Func<Case<TModel>, Side<TModel>, Random, string?> Difference)
    where TModel : notnull;

/// <summary>A query, the records that it is asked of, and which of them it finds.</summary>
internal sealed record Case<TModel>(ModelCase<TModel> Model, RandomQuery<TModel> Query, IReadOnlyList<TModel> Records, IReadOnlyList<TModel> Expected)
    where TModel : notnull
{
    public VaultQuery<TModel, NoFields> On(Side<TModel> side) => Query.On(side.All);
}

internal static class Questions
{
    /// <summary>What every model is asked.</summary>
    public static IEnumerable<Question<TModel>> Of<TModel>()
        where TModel : notnull =>
    [
        new("ToList", 5, static (c, side, _) => Keys(c, c.Expected, c.On(side).ToList())),
        new("ToList, every field", 2, static (c, side, _) => Difference.Of(c.Expected, c.On(side).ToList(), c.Model.AreSame)),
        new("foreach", 1, static (c, side, _) => Keys(c, c.Expected, [.. Enumerated(c.On(side))])),
        new("AsEnumerable, left early", 1, static (c, side, random) => random.Next(1, 8) is var few ? Keys(c, [.. c.Expected.Take(few)], [.. c.On(side).AsEnumerable().Take(few)]) : null),
        new("Count", 4, static (c, side, _) => Difference.OfOne(c.Expected.Count, c.On(side).Count(), static (l, r) => l == r)),
        new("Any", 2, static (c, side, _) => Difference.OfOne(c.Expected.Count > 0, c.On(side).Any(), static (l, r) => l == r)),
        new("First", 2, static (c, side, _) => c.Expected.Count == 0 ? Difference.OfThrowing<InvalidOperationException>(() => c.On(side).First()) : Keys(c, [c.Expected[0]], [c.On(side).First()])),
        new("FirstOrDefault", 1, static (c, side, _) => Keys(c, [.. c.Expected.Take(1)], c.On(side).FirstOrDefault() is { } first ? [first] : [])),
        new("Single", 1, static (c, side, _) => c.Expected.Count != 1 ? Difference.OfThrowing<InvalidOperationException>(() => c.On(side).Single()) : Keys(c, c.Expected, [c.On(side).Single()])),
        new("Select", 4, static (c, side, random) => c.Model.Field(random).Select(c.On(side), c.Expected)),
        new("Select of two", 2, static (c, side, random) => c.Model.Field(random).SelectWith(c.On(side), c.Expected, c.Model.Field(random))),
        new("Distinct", 2, static (c, side, random) => random.Next(2) == 0 ? c.Model.Field(random).Distinct(c.On(side), c.Expected, 0, int.MaxValue) : c.Model.Field(random).Distinct(c.On(side), c.Expected, random.Next(4), random.Next(8))),
        new("Min", 2, static (c, side, random) => c.Model.OrderedField(random).Extreme(c.On(side), c.Expected, isMax: false)),
        new("Max", 2, static (c, side, random) => c.Model.OrderedField(random).Extreme(c.On(side), c.Expected, isMax: true)),
        new("GroupBy", 2, static (c, side, random) => c.Model.OrderedField(random).Group(c.On(side), c.Expected, c.Model.OrderedField(random))),
        new("Page", 3, Pages),
        new("Delete", 1, Delete),
        new("Patch", 1, Patch),
        new("Explain", 3, static (c, side, _) => Difference.OfOne(c.Expected.Count, c.On(side).Explain(analyze: true).Root.ActualRows ?? -1, static (l, r) => l == r)),
    ];

    private static string? Keys<TModel>(Case<TModel> c, IReadOnlyList<TModel> expected, IReadOnlyList<TModel> found)
        where TModel : notnull => Difference.Of(expected.Select(c.Model.Key), [.. found.Select(c.Model.Key)], static (l, r) => l.Equals(r));

    // All pages behind one another are the whole; Skip counts for the first, Take for all.
    private static string? Pages<TModel>(Case<TModel> c, Side<TModel> side, Random random)
        where TModel : notnull
    {
        int size = random.Next(1, 4 + c.Expected.Count / 2);
        List<TModel> found = [];
        VaultPage<TModel> page = c.On(side).Page(size);
        found.AddRange(page.Items);
        RandomQuery<TModel> rest = c.Query with { Skip = 0 };
        while (page.Next is { } next && found.Count <= c.Expected.Count)
        {
            int count = random.Next(6) == 0 ? rest.On(side.All).After(next).Count() : -1;
            if (count >= 0 && count != c.Expected.Count - found.Count) return $"{count} records are counted behind the first {found.Count}, instead of {c.Expected.Count - found.Count}";
            page = rest.On(side.All).Page(size, VaultCursor.Parse(next.ToString()));
            if (page.Items.Count == 0) return "a page without records";
            found.AddRange(page.Items);
        }

        return Keys(c, c.Expected, found);
    }

    private static string? Delete<TModel>(Case<TModel> c, Side<TModel> side, Random random)
        where TModel : notnull => side.Undone(all =>
    {
        int gone = c.Query.On(all).Delete();
        if (gone != c.Expected.Count) return $"{gone} of {c.Expected.Count} were deleted";
        HashSet<object> keys = [.. c.Expected.Select(c.Model.Key)];
        List<TModel> left = [.. c.Records.Where(r => !keys.Contains(c.Model.Key(r)))];
        return Keys(c, left, all.ToList()) ?? Difference.OfOne((c.Query with { Skip = 0, Take = null }).Among(left).Count, (c.Query with { Skip = 0, Take = null }).On(all).Count(), static (l, r) => l == r);
    });

    private static string? Patch<TModel>(Case<TModel> c, Side<TModel> side, Random random)
        where TModel : notnull
    {
        if (c.Records.Count == 0) return null;
        QueryField<TModel> field = c.Model.PatchableField(random);
        TModel example = c.Records[random.Next(c.Records.Count)];
        return side.Undone(all => field.Patch(all, c.Query, c.Records, c.Expected, c.Model.Key, example));
    }

    private static IEnumerable<TModel> Enumerated<TModel>(VaultQuery<TModel, NoFields> query)
        where TModel : notnull
    {
        foreach (TModel model in query) yield return model;
    }
}
