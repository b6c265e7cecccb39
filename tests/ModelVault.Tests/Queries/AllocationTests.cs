using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

/// <summary>What queries cost in memory: building one next to nothing, running one little more than what it returns.</summary>
public sealed class AllocationTests : IDisposable
{
    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();

    public AllocationTests() => _db.Books.InsertMany(Enumerable.Range(0, 2000).Select(i => new Book { Id = i, Title = "t", Author = $"a{i % 9}", Year = i % 100, Rating = i }));

    public void Dispose() => _db.Dispose();

    [Fact]
    public void Building_a_query_of_two_conditions_and_two_orders_takes_at_most_250_bytes()
    {
        VaultCollection<Book, long, BookFields> books = _db.Books;
        Assert.InRange(Allocations.Of(() => books.Where(b => b.Year >= 2000 && b.Author == "Ursula K. Le Guin").OrderBy(b => b.Year).ThenBy(b => b.Id).Skip(20).Take(20)), 1, 250);
        Assert.InRange(Allocations.Of(() => books.Where(b => b.Year >= 2000 && b.Rating > 4).OrderByDescending(b => b.Rating).ThenBy(b => b.Title).Skip(20).Take(20)), 1, 250);
        Assert.InRange(Allocations.Of(() => books.Where(b => b.Year >= 2000).Where(b => !b.Lent).OrderByDescending(b => b.Rating).ThenBy(b => b.Title).Take(20)), 1, 250);
    }

    [Fact]
    public void Going_over_a_query_allocates_no_more_by_the_record_than_the_record()
    {
        VaultQuery<Book, BookFields> all = _db.Books.All();
        Book one = _db.Books.Get(7)!;
        long perRecord = Allocations.Of(() => _db.Books.Get(one.Id));

        long allocated = Allocations.Of(() =>
        {
            foreach (Book book in all) GC.KeepAlive(book);
        });

        Assert.InRange(allocated, 2000, 2000 * perRecord + 4000);
    }

    [Fact]
    public void A_projection_of_numbers_allocates_nothing_by_the_record()
    {
        VaultProjection<Book, (long, int)> pairs = _db.Books.All().Select(b => b.Id, b => b.Year);

        long allocated = Allocations.Of(() =>
        {
            long sum = 0;
            foreach ((long id, int year) in pairs) sum += id + year;
            Assert.NotEqual(0, sum);
        });

        Assert.InRange(allocated, 1, 4000);
    }

    [Fact]
    public void A_loop_that_is_left_lets_go_of_its_snapshot()
    {
        long during = 0;
        foreach (Book book in _db.Books.All())
        {
            _db.Books.Delete(1999 - book.Id);
            during = _db.Statistics.CommitId - _db.Statistics.OldestSnapshotCommitId;
            if (book.Id == 3) break;
        }

        foreach (long id in _db.Books.All().Select(b => b.Id)) if (id == 3) break;
        foreach (Book book in _db.Books) if (book.Id == 3) break;
        foreach (VaultRecord book in _db.Collection("books").All()) if (book.GetInt64("id") == 3) break;
        _db.Books.Delete(1000);

        Assert.Equal(4, during);
        Assert.Equal(_db.Statistics.CommitId, _db.Statistics.OldestSnapshotCommitId);
    }
}
