using ModelVault.Tests.Models;

namespace ModelVault.Tests.Database;

public sealed class TransactionTests : IDisposable
{
    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();

    public void Dispose() => _db.Dispose();

    [Fact]
    public void An_update_whose_code_writes_the_same_record_leaves_no_entry_of_it_behind()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Rows.Insert(new Row { Id = 1, Number = 1 });
        using VaultTransaction transaction = db.BeginTransaction();
        transaction.Rows.Update(1, row =>
        {
            transaction.Rows.Upsert(new Row { Id = 1, Number = 2 });
            row.Number = 3;
        });

        Assert.Equal([0, 0, 1], ((int[])[1, 2, 3]).Select(number => transaction.Rows.Where(r => r.Number == number).Count()));
    }

    [Fact]
    public void A_transaction_reads_its_own_writes_and_nobody_else_does_until_it_commits()
    {
        using VaultTransaction tx = _db.BeginTransaction();
        tx.Books.Insert(Make(1));
        tx.Authors.Insert(new Author(new AuthorId(Guid.Empty), "A"));

        Assert.Equal((1, 0), (tx.Books.Count(), _db.Books.Count()));
        Assert.Equal(1, tx.Books.FindByAuthor("Author 1").Count());
        tx.Commit();
        Assert.Equal((1, 1), (_db.Books.Count(), _db.Authors.Count()));
    }

    [Fact]
    public void A_transaction_that_is_not_committed_leaves_nothing()
    {
        _db.Books.Insert(Make(1));
        using (VaultTransaction tx = _db.BeginTransaction())
        {
            tx.Books.Insert(Make(2));
            tx.Books.Delete(1);
            tx.Books.Update(Make(1));
        }

        Assert.Equal(1, Assert.Single(_db.Books.ToList()).Id);
        Assert.Single(_db.Books.FindByAuthor("Author 1").ToList());
    }

    [Fact]
    public void A_refused_write_leaves_the_transaction_usable()
    {
        using VaultTransaction tx = _db.BeginTransaction();
        tx.Books.Insert(Make(1, isbn: "111"));
        Assert.Throws<DuplicateKeyException>(() => { tx.Books.Insert(Make(1)); });
        Assert.Throws<UniqueConstraintException>(() => { tx.Books.Insert(Make(2, isbn: "111")); });
        Assert.Throws<VaultValidationException>(() => { tx.Books.Insert(Make(3).With(b => b.Year = 9999)); });
        tx.Books.Insert(Make(4));
        tx.Commit();

        Assert.Equal([1, 4], _db.Books.ToList().Select(b => b.Id));
    }

    [Fact]
    public void After_commit_or_dispose_a_transaction_is_over()
    {
        VaultTransaction tx = _db.BeginTransaction();
        tx.Commit();

        Assert.Throws<ObjectDisposedException>(() => { tx.Books.Insert(Make(1)); });
        Assert.Throws<ObjectDisposedException>(() => tx.Commit());
        tx.Dispose();
        tx.Dispose();
    }

    [Fact]
    public void Writing_through_the_database_inside_a_transaction_of_the_same_flow_is_refused_at_once()
    {
        using VaultTransaction tx = _db.BeginTransaction();

        Assert.Throws<VaultTransactionException>(() => { _db.Books.Insert(Make(1)); });
        Assert.Throws<VaultTransactionException>(() => _db.BeginTransaction());
        tx.Books.Insert(Make(1));
        tx.Commit();
        _db.Books.Insert(Make(2));
    }

    [Fact]
    public async Task The_same_holds_for_an_async_transaction()
    {
        await using VaultTransaction tx = await _db.BeginTransactionAsync();
        await Task.Yield();

        await Assert.ThrowsAsync<VaultTransactionException>(() => _db.Books.InsertAsync(Make(1)));
        await tx.CommitAsync();
        await _db.Books.InsertAsync(Make(1));
    }

    [Fact]
    public async Task Another_flow_waits_for_the_writer_and_then_writes()
    {
        VaultTransaction tx = _db.BeginTransaction();
        Task<long> waiting;
        using (ExecutionContext.SuppressFlow()) waiting = Task.Run(() => _db.Books.InsertAsync(Make(2)));
        tx.Books.Insert(Make(1));
        Assert.False(waiting.IsCompleted);
        tx.Commit();

        Assert.Equal(2, await waiting);
        Assert.Equal(2, _db.Books.Count());
    }

    [Fact]
    public async Task Waiting_for_the_writer_ends_at_the_lock_timeout()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory(new VaultOptions { LockTimeout = TimeSpan.FromMilliseconds(50) });
        using VaultTransaction tx = db.BeginTransaction();
        Task other;
        using (ExecutionContext.SuppressFlow()) other = Task.Run(() => db.Books.Insert(Make(1)));

        VaultTransactionException error = await Assert.ThrowsAsync<VaultTransactionException>(() => other);
        Assert.Equal(VaultErrorCode.LockTimeout, error.Code);
    }

    [Fact]
    public async Task WriteAsync_commits_on_success_and_rolls_back_on_error()
    {
        await _db.WriteAsync(tx => { tx.Books.Insert(Make(1)); });
        await _db.WriteAsync(async tx => { await Task.Yield(); await tx.Books.InsertAsync(Make(2)); });
        Assert.Equal(3, await _db.WriteAsync(tx => tx.Books.Insert(Make(3))));
        Assert.Equal(3, await _db.WriteAsync(async tx => { await Task.Yield(); return tx.Books.Count(); }));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _db.WriteAsync(tx =>
        {
            tx.Books.DeleteMany([1, 2, 3]);
            throw new InvalidOperationException();
        }));

        Assert.Equal(3, _db.Books.Count());
    }

    [Fact]
    public async Task An_async_transaction_crosses_awaits()
    {
        await using (VaultTransaction tx = await _db.BeginTransactionAsync())
        {
            tx.Books.Insert(Make(1));
            await Task.Yield();
            tx.Books.Insert(Make(2));
            await tx.CommitAsync();
        }

        Assert.Equal(2, _db.Books.Count());
    }

    [Fact]
    public void A_snapshot_sees_one_commit_for_ever_and_refuses_writes()
    {
        _db.Books.Insert(Make(1));
        using VaultSnapshot snapshot = _db.BeginSnapshot();
        _db.Books.Update(Make(1, isbn: "new"));
        _db.Books.Insert(Make(2));

        Assert.Null(Assert.Single(snapshot.Books.ToList()).Isbn);
        Assert.Equal((1, 2), (snapshot.Books.Count(), _db.Books.Count()));
        Assert.Throws<VaultReadOnlyException>(() => snapshot.Books.Insert(Make(3)));
    }

    [Fact]
    public void One_function_serves_database_transaction_and_snapshot()
    {
        _db.Books.Insert(Make(1));
        using VaultSnapshot snapshot = _db.BeginSnapshot();
        using VaultTransaction tx = _db.BeginTransaction();
        tx.Books.Insert(Make(2));

        Assert.Equal((1, 1, 2), (Count(_db), Count(snapshot), Count(tx)));

        static int Count(VaultContext context) => context.Books.Count();
    }

    [Fact]
    public async Task Concurrent_writers_all_succeed_and_a_refused_one_hurts_nobody()
    {
        Task[] writers = [.. Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < 50; i++)
            {
                await _db.Books.InsertAsync(Make(writer * 1000 + i, isbn: $"{writer}-{i}"));
                await Assert.ThrowsAsync<UniqueConstraintException>(() => _db.Books.InsertAsync(Make(writer * 1000 + 500 + i, isbn: $"{writer}-{i}")));
            }
        }))];
        await Task.WhenAll(writers);

        Assert.Equal(800, _db.Books.Count());
        Assert.Equal(800, _db.Books.Where(b => b.Isbn != null).Count());
        Assert.Equal(800, _db.Books.Where(b => b.Year == 2000).Count());
    }

    [Fact]
    public async Task Concurrent_updates_of_one_record_lose_nothing()
    {
        _db.Books.Insert(Make(1).With(b => b.Year = 0));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (int i = 0; i < 25; i++) _db.Books.Update(1, b => b.Year++);
        })));

        Assert.Equal(200, _db.Books.Get(1)!.Year);
    }

    [Fact]
    public void Enumerating_in_a_transaction_while_changing_it_stays_correct()
    {
        _db.Books.InsertMany(Enumerable.Range(1, 500).Select(i => Make(i)));
        using VaultTransaction tx = _db.BeginTransaction();
        List<long> seen = [];
        foreach (Book book in tx.Books)
        {
            seen.Add(book.Id);
            tx.Books.Delete(book.Id);
        }

        Assert.Equal(Enumerable.Range(1, 500).Select(i => (long)i), seen);
        Assert.Equal(0, tx.Books.Count());
    }

    private static Book Make(long id, string? isbn = null) => new() { Id = id, Title = $"Title {id}", Author = $"Author {id}", Year = 2000, Isbn = isbn };
}
