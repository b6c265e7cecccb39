using ModelVault.Storage;
using ModelVault.Storage.Simulation;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Database;

public sealed class SavepointTests : IDisposable
{
    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();

    public void Dispose() => _db.Dispose();

    [Fact]
    public void Going_back_takes_records_and_index_entries_back_and_leaves_what_was_before()
    {
        using VaultTransaction tx = _db.BeginTransaction();
        tx.Books.InsertMany(Enumerable.Range(1, 200).Select(i => Make(i)));
        Savepoint savepoint = tx.Savepoint();
        for (int round = 0; round < 2; round++)
        {
            tx.Books.DeleteMany(Enumerable.Range(1, 150).Select(i => (long)i));
            tx.Books.Update(170, b => { b.Author = "Moved"; b.Isbn = "isbn 1"; });
            tx.Books.Insert(Make(500));
            tx.RollbackTo(savepoint);
            Assert.Equal(200, tx.Books.Count());
            Assert.Equal(40, tx.Books.FindByAuthor("Author 1").Count());
            Assert.Equal(1, tx.Books.FindByIsbn("isbn 1")!.Id);
        }

        tx.Commit();
        Assert.Equal(Enumerable.Range(1, 200).Select(i => (long)i), _db.Books.ToList().Select(b => b.Id));
    }

    // The collection, its trees and its place in the catalog came into being after the savepoint.
    [Fact]
    public void A_collection_that_came_after_the_savepoint_is_gone_and_can_come_again()
    {
        using (VaultTransaction tx = _db.BeginTransaction())
        {
            Savepoint savepoint = tx.Savepoint();
            for (int round = 0; round < 3; round++)
            {
                tx.Books.Insert(Make(1));
                tx.Authors.Insert(new Author(new AuthorId(Guid.Empty), "A"));
                Assert.Equal((1, 2), (tx.Books.Count(), tx.CollectionNames.Count));
                tx.RollbackTo(savepoint);
                Assert.Empty(tx.CollectionNames);
            }

            Assert.Equal(0, tx.Books.Count());
            tx.Authors.Insert(new Author(new AuthorId(Guid.AllBitsSet), "B"));
            tx.Books.Insert(Make(2));
            tx.Commit();
        }

        Assert.Equal(2, Assert.Single(_db.Books.ToList()).Id);
        Assert.Equal("B", Assert.Single(_db.Authors.ToList()).Name);
        Assert.Equal(2, _db.Books.FindByAuthor("Author 2").Single().Id);
    }

    // Each single write is a member of a group; the first ones make the collection and fail, so what they made is taken back.
    [Fact]
    public async Task A_single_write_that_fails_takes_its_new_collection_back_and_the_others_make_it_again()
    {
        VaultTransaction first = await Task.Run(() => _db.BeginTransaction());
        Task<long> one = _db.Books.InsertAsync(Make(1));
        Task<long> twice = _db.Books.InsertAsync(Make(1));
        Task<bool> missing = _db.Books.UpdateAsync(Make(9));
        Task<long> two = _db.Books.InsertAsync(Make(2));
        first.Rollback();

        Assert.Equal((1, 2), (await one, await two));
        await Assert.ThrowsAsync<DuplicateKeyException>(() => twice);
        Assert.False(await missing);
        Assert.Equal([1, 2], _db.Books.ToList().Select(b => b.Id));
        Assert.Equal(1, _db.Statistics.CommitCount);
    }

    [Fact]
    public void Savepoints_nest_and_an_ended_one_is_an_error()
    {
        using VaultTransaction tx = _db.BeginTransaction();
        Savepoint outer = tx.Savepoint();
        tx.Books.Insert(Make(1));
        Savepoint inner = tx.Savepoint();
        tx.Books.Insert(Make(2));
        tx.RollbackTo(inner);
        Assert.Equal(1, tx.Books.Count());
        tx.RollbackTo(outer);
        Assert.Throws<VaultTransactionException>(() => tx.RollbackTo(inner));
        tx.Books.Insert(Make(3));
        tx.Release(outer);
        Assert.Throws<VaultTransactionException>(() => tx.RollbackTo(outer));
        tx.Commit();
        Assert.Equal(3, Assert.Single(_db.Books.ToList()).Id);
    }

    [Fact]
    public async Task Durability_is_the_options_unless_a_transaction_says_otherwise()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory(new VaultOptions { Durability = Durability.None });
        db.Books.Insert(Make(1));
        db.Books.Insert(Make(2));
        Assert.Equal(1, Behind(db));
        using (VaultTransaction tx = db.BeginTransaction(Durability.Full))
        {
            tx.Books.Insert(Make(3));
            tx.Commit();
        }

        Assert.Equal(0, Behind(db));
        await db.WriteAsync(tx => tx.Books.Insert(Make(4)), Durability.None);
        await db.Books.InsertAsync(Make(5));
        Assert.Equal(2, Behind(db));
        await db.WriteAsync(tx => { tx.Books.Insert(Make(6)); }, Durability.Full);
        Assert.Equal(0, Behind(db));
        db.Write(tx => tx.Books.Insert(Make(7)));
        db.Checkpoint();
        Assert.Equal(0, Behind(db));
        db.Write(tx => tx.Books.Insert(Make(8)), Durability.Full);
        Assert.Equal((0, 8), (Behind(db), db.Books.Count()));
    }

    [Fact]
    public async Task An_awaited_single_write_gives_up_after_the_lock_timeout()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory(new VaultOptions { LockTimeout = TimeSpan.FromMilliseconds(60) });
        await using VaultTransaction other = await Task.Run(() => db.BeginTransaction());
        VaultTransactionException error = await Assert.ThrowsAsync<VaultTransactionException>(() => db.Books.InsertAsync(Make(1)));
        Assert.Equal(VaultErrorCode.LockTimeout, error.Code);
        other.Rollback();
        Assert.Equal(1, await db.Books.InsertAsync(Make(1)));
    }

    // A commit of pages finds the disk full; the database goes on.
    [Fact]
    public void A_full_disk_takes_one_write_and_nothing_else()
    {
        SimulatedBlockStorage storage = new();
        using VaultDatabase db = VaultDatabase.Open(storage);
        db.Books.Insert(Make(1));
        storage.Inject(new SimulatedFaults { FailAt = 1, IsDiskFull = true });
        Exception? error = Record.Exception(() => db.Books.Insert(Make(2)));
        Assert.Contains("disk is full", Assert.IsAssignableFrom<IOException>(error).Message, StringComparison.Ordinal);
        db.Books.Insert(Make(3));
        Assert.Equal([1, 3], db.Books.ToList().Select(b => b.Id));
    }

    private static long Behind(VaultDatabase db) => db.Statistics is var now ? now.CommitId - now.DurableCommitId : 0;

    private static Book Make(long id) => new() { Id = id, Title = $"Title {id}", Author = $"Author {id % 5}", Year = 2000 + ((int)id % 7), Isbn = id % 2 == 0 ? null : $"isbn {id}" };
}
