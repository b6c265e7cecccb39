namespace ModelVault.Benchmarks;

/// <summary>Checks that both contenders give the same answers before their times are compared.</summary>
internal static class Agreement
{
    private const int Samples = 50;

    public static void Check(IContender ours, IContender theirs, BookData data)
    {
        Random random = new(3);
        for (int i = 0; i < Samples; i++)
        {
            long id = random.Next(1, data.Rows + 1);
            Same("get", [ours.Get(id)!], [theirs.Get(id)!]);
            string author = BookData.Author(random.Next(data.Authors));
            Same("equality", ours.ByAuthor(author), theirs.ByAuthor(author));
            int year = random.Next(BookData.FirstYear, BookData.LastYear);
            Same("range", ours.FirstFrom(year), theirs.FirstFrom(year));
        }

        Same("top 20", ours.Best(), theirs.Best());
        if (!ours.ByYear().Select(Rounded).SequenceEqual(theirs.ByYear().Select(Rounded))) throw new InvalidOperationException("The contenders do not agree on the groups. Nothing is compared.");
        if (!ours.CountByYear().SequenceEqual(theirs.CountByYear())) throw new InvalidOperationException("The contenders do not agree on the counted groups. Nothing is compared.");
        if (ours.CountBetween(1950, 1960) != theirs.CountBetween(1950, 1960)) throw new InvalidOperationException("The contenders do not agree on the count. Nothing is compared.");
        (object? our, object? their) = (null, null);
        for (int page = 0; page < 3; page++)
        {
            (IReadOnlyList<Book> books, our) = ours.Page(100, our);
            (IReadOnlyList<Book> others, their) = theirs.Page(100, their);
            Same("page", [.. books], [.. others]);
        }

        Same("scan", ours.RatedAtLeast(4.9), theirs.RatedAtLeast(4.9));
    }

    public static bool AreEqual(Book one, Book other) => Values(one) == Values(other);

    private static void Same(string what, List<Book> ours, List<Book> theirs)
    {
        if (!ours.Select(Values).SequenceEqual(theirs.Select(Values)))
            throw new InvalidOperationException($"The contenders do not agree on the {what}: {ours.Count} rows and {theirs.Count}. Nothing is compared.");
    }

    // The order of additions may differ.
    private static (int, int, double) Rounded((int Year, int Count, double Rating) group) => (group.Year, group.Count, Math.Round(group.Rating, 9));

    private static (long, string, string, int, string?, double) Values(Book book) => (book.Id, book.Title, book.Author, book.Year, book.Isbn, book.Rating);
}
