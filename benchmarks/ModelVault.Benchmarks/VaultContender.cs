namespace ModelVault.Benchmarks;

/// <summary>ModelVault as its users write it.</summary>
internal sealed class VaultContender(string path) : IContender
{
    private readonly VaultDatabase _database = VaultDatabase.Open(path, new VaultOptions { CacheSize = BenchmarkOptions.CacheBytes });

    public void InsertMany(IEnumerable<Book> books) => _database.Books.InsertMany(books);

    public Book? Get(long id) => _database.Books.Get(id);

    public List<Book> ByAuthor(string author) => _database.Books.Where(b => b.Author == author).ToList();

    public List<Book> FirstFrom(int year) => _database.Books.Where(b => b.Year >= year).OrderBy(b => b.Year).Take(20).ToList();

    public List<Book> RatedAtLeast(double rating) => _database.Books.AllowScan("measures a scan").Where(b => b.Rating >= rating).ToList();

    public int CountBetween(int from, int before) => _database.Books.Where(b => b.Year >= from && b.Year < before).Count();

    public List<(int Year, int Count, double Rating)> ByYear() =>
        _database.Books.All().GroupBy(b => b.Year).Select(g => (g.Key, g.Count(), g.Average(b => b.Rating))).ToList();

    public List<(int Year, int Count)> CountByYear() => _database.Books.All().GroupBy(b => b.Year).Count().ToList();

    public List<Book> Best() => _database.Books.AllowScan("measures a scan").OrderByDescending(b => b.Rating).Take(20).ToList();

    public (IReadOnlyList<Book> Books, object? Next) Page(int size, object? after)
    {
        VaultPage<Book> page = _database.Books.OrderBy(b => b.Year).Page(size, (VaultCursor?)after);
        return (page.Items, page.Next);
    }

    public void Insert(Book book) => _database.Books.Insert(book);

    public void Rate(IEnumerable<long> ids, double rating) => _database.Write(tx =>
    {
        foreach (long id in ids) tx.Books.Update(id, b => b.Rating = rating);
    });

    public void Delete(IEnumerable<long> ids) => _database.Books.DeleteMany(ids);

    public void Dispose() => _database.Dispose();
}
