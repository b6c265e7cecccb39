namespace ModelVault.Benchmarks;

/// <summary>A store of books, opened on a file of its own. Every method does what its users would write.</summary>
internal interface IContender : IDisposable
{
    /// <summary>Adds books in one transaction.</summary>
    void InsertMany(IEnumerable<Book> books);

    Book? Get(long id);

    List<Book> ByAuthor(string author);

    /// <summary>The first 20 books from a year on, by year and key.</summary>
    List<Book> FirstFrom(int year);

    /// <summary>Books with at least a rating, which no index serves.</summary>
    List<Book> RatedAtLeast(double rating);

    /// <summary>How many books are from one year on and before another.</summary>
    int CountBetween(int from, int before);

    /// <summary>How many books each year has, and their mean rating, by year.</summary>
    List<(int Year, int Count, double Rating)> ByYear();

    /// <summary>How many books each year has, by year.</summary>
    List<(int Year, int Count)> CountByYear();

    /// <summary>The 20 books rated best, which no index orders.</summary>
    List<Book> Best();

    /// <summary>So many books by year and key, behind a place that an earlier page gave; from the first on where that is null.</summary>
    (IReadOnlyList<Book> Books, object? Next) Page(int size, object? after);

    /// <summary>Adds one book; returns when it is durable.</summary>
    void Insert(Book book);

    /// <summary>Changes one field of each book in one transaction.</summary>
    void Rate(IEnumerable<long> ids, double rating);

    /// <summary>Deletes books in one transaction.</summary>
    void Delete(IEnumerable<long> ids);
}
