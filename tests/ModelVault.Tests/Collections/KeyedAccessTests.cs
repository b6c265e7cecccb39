using ModelVault.Tests.Models;

namespace ModelVault.Tests.Collections;

public sealed class KeyedAccessTests : IDisposable
{
    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();

    public void Dispose() => _db.Dispose();

    [Fact]
    public void An_inserted_record_comes_back_with_all_its_values()
    {
        Book book = Make(1).With(b => { b.Tags = ["sf", "classic"]; b.Publisher = new("Ace", "New York"); b.Rating = 4.5; b.Lent = true; });

        Assert.Equal(1, _db.Books.Insert(book));
        Book stored = _db.Books.Get(1)!;

        Assert.Equal((book.Title, book.Author, book.Year, book.Isbn, book.Rating, book.Lent), (stored.Title, stored.Author, stored.Year, stored.Isbn, stored.Rating, stored.Lent));
        Assert.Equal(book.Tags, stored.Tags);
        Assert.Equal(book.Publisher, stored.Publisher);
    }

    [Fact]
    public void A_collection_that_was_never_written_is_empty()
    {
        Assert.Null(_db.Books.Get(1));
        Assert.False(_db.Books.Contains(1));
        Assert.Equal(0, _db.Books.Count());
        Assert.Empty(_db.Books.ToList());
        Assert.False(_db.Books.Delete(1));
        Assert.Empty(_db.Books.Where(b => b.Year == 1).ToList());
    }

    [Fact]
    public void Insert_refuses_a_key_that_is_taken_and_changes_nothing()
    {
        _db.Books.Insert(Make(1));

        DuplicateKeyException error = Assert.Throws<DuplicateKeyException>(() => { _db.Books.Insert(Make(1, title: "Other")); });

        Assert.Equal(("books", (object?)1L), (error.Collection, error.Key));
        Assert.Equal("Title 1", _db.Books.Get(1)!.Title);
    }

    [Fact]
    public void Upsert_adds_and_replaces()
    {
        _db.Books.Upsert(Make(1));
        _db.Books.Upsert(Make(1, title: "Replaced"));

        Assert.Equal("Replaced", Assert.Single(_db.Books.ToList()).Title);
    }

    [Fact]
    public void Update_changes_only_what_is_there()
    {
        Assert.False(_db.Books.Update(Make(1)));
        _db.Books.Insert(Make(1));
        Assert.True(_db.Books.Update(Make(1, title: "Changed")));

        Assert.Equal("Changed", _db.Books.Get(1)!.Title);
        Assert.Equal(1, _db.Books.Count());
    }

    [Fact]
    public void Update_by_key_changes_in_place_and_keeps_indexes_true()
    {
        _db.Books.Insert(Make(1));

        Assert.True(_db.Books.Update(1, b => { b.Author = "Changed"; b.Tags.Add("new"); }));
        Assert.False(_db.Books.Update(2, b => b.Author = "Changed"));

        Assert.Equal(["new"], Assert.Single(_db.Books.FindByAuthor("Changed").ToList()).Tags);
        Assert.Empty(_db.Books.FindByAuthor("Author 1").ToList());
    }

    [Fact]
    public void Records_are_updated_by_with()
    {
        AuthorId id = new(Guid.NewGuid());
        _db.Authors.Insert(new Author(id, "Ursula", 1929));

        Assert.True(_db.Authors.Update(id, a => a with { Name = "Ursula K. Le Guin" }));

        Assert.Equal(new Author(id, "Ursula K. Le Guin", 1929), _db.Authors.Get(id));
        Assert.Equal(id, Assert.Single(_db.Authors.FindByName("Ursula K. Le Guin").ToList()).Id);
    }

    [Fact]
    public void An_update_cannot_change_the_key()
    {
        _db.OrderLines.Insert(new OrderLine { OrderId = 1, Line = 1, Sku = "a" });
        AuthorId id = new(Guid.NewGuid());
        _db.Authors.Insert(new Author(id, "A"));

        Assert.Throws<VaultValidationException>(() => { _db.Authors.Update(id, a => a with { Id = new AuthorId(Guid.NewGuid()) }); });

        Assert.Equal(1, _db.Authors.Count());
    }

    [Fact]
    public void A_unique_value_is_refused_twice_with_everything_said_about_it()
    {
        _db.Books.Insert(Make(1, isbn: "111"));

        UniqueConstraintException error = Assert.Throws<UniqueConstraintException>(() => { _db.Books.Insert(Make(2, isbn: "111")); });

        Assert.Equal(("books", "isbn_unique", (object?)"\"111\"", (object?)2L, (object?)1L), (error.Collection, error.Index, error.Value, error.Key, error.ExistingKey));
        Assert.Equal(1, _db.Books.Count());
        Assert.Empty(_db.Books.FindByAuthor("Author 2").ToList());
    }

    [Fact]
    public void Any_number_of_records_may_have_null_in_a_unique_index()
    {
        _db.Books.InsertMany([Make(1), Make(2), Make(3)]);

        Assert.Equal(3, _db.Books.Where(b => b.Isbn == null).Count());
    }

    [Fact]
    public void A_unique_value_can_be_taken_over_once_it_is_free()
    {
        _db.Books.Insert(Make(1, isbn: "111"));
        _db.Books.Update(1, b => b.Isbn = "222");
        _db.Books.Insert(Make(2, isbn: "111"));
        _db.Books.Delete(1);
        _db.Books.Insert(Make(3, isbn: "222"));

        Assert.Equal((2, 3), (_db.Books.FindByIsbn("111")!.Id, _db.Books.FindByIsbn("222")!.Id));
    }

    [Fact]
    public void Delete_removes_the_record_and_its_index_entries()
    {
        _db.Books.Insert(Make(1, isbn: "111"));

        Assert.True(_db.Books.Delete(1));
        Assert.False(_db.Books.Delete(1));

        Assert.Null(_db.Books.FindByIsbn("111"));
        Assert.Empty(_db.Books.FindByAuthor("Author 1").ToList());
        _db.Books.Insert(Make(1, isbn: "111"));
    }

    [Fact]
    public void All_violations_are_reported_at_once_by_path_rule_and_value()
    {
        Book bad = new() { Id = 1, Title = new string('x', 501), Author = null!, Year = 9999 };

        VaultValidationException error = Assert.Throws<VaultValidationException>(() => { _db.Books.Insert(bad); });

        Assert.Equal([("author", "Required"), ("title", "MaxLength"), ("year", "Range")], error.Violations.Select(v => (v.Path, v.Rule)).Order());
        Assert.Equal(9999, error.Violations.Single(v => v.Rule == "Range").Value);
        Assert.Equal(0, _db.Books.Count());
    }

    [Fact]
    public void InsertMany_is_all_or_nothing()
    {
        Assert.Throws<DuplicateKeyException>(() => { _db.Books.InsertMany([Make(1), Make(2), Make(1)]); });
        Assert.Equal(0, _db.Books.Count());

        Assert.Equal(2, _db.Books.InsertMany([Make(1), Make(2)]));
        Assert.Equal(2, _db.Books.Count());
    }

    [Fact]
    public void Many_records_are_upserted_and_deleted_in_one_transaction()
    {
        _db.Books.InsertMany([Make(1), Make(2)]);

        Assert.Equal(2, _db.Books.UpsertMany([Make(2, title: "Second"), Make(3)]));
        Assert.Equal(2, _db.Books.DeleteMany([1, 3, 9]));

        Assert.Equal("Second", Assert.Single(_db.Books.ToList()).Title);
    }

    [Fact]
    public void GetMany_keeps_the_keys_order_and_leaves_out_what_is_missing()
    {
        _db.Books.InsertMany([Make(1), Make(2), Make(3)]);

        Assert.Equal([3, 1], _db.Books.GetMany([3, 7, 1]).Select(b => b.Id));
    }

    [Fact]
    public void Composite_keys_are_tuples_and_order_by_their_parts()
    {
        foreach ((long order, int line) in ((long, int)[])[(2, 1), (1, 2), (1, 1), (-1, 5)])
            _db.OrderLines.Insert(new OrderLine { OrderId = order, Line = line, Sku = $"{order}/{line}" });

        Assert.Equal("1/2", _db.OrderLines.Get((1, 2))!.Sku);
        Assert.Equal("1/2", _db.OrderLines.Get(1, 2)!.Sku);
        Assert.Equal(["-1/5", "1/1", "1/2", "2/1"], _db.OrderLines.ToList().Select(l => l.Sku));
        Assert.Equal(PlanNodeKind.KeyRange, _db.OrderLines.Where(l => l.OrderId == 1).Explain().Access.Kind);
        Assert.Equal(2, _db.OrderLines.Where(l => l.OrderId == 1).Count());
        Assert.True(_db.OrderLines.Delete(1, 2));
        Assert.False(_db.OrderLines.Contains((1, 2)));
    }

    [Fact]
    public void A_key_that_is_too_long_names_its_property()
    {
        VaultValidationException error = Assert.Throws<VaultValidationException>(() => { _db.Books.Insert(Make(1).With(b => b.Author = new string('a', 3000))); });

        Assert.Contains("author", Assert.Single(error.Violations).Path, StringComparison.Ordinal);
        Assert.Equal(0, _db.Books.Count());
    }

    [Fact]
    public async Task The_async_forms_do_the_same()
    {
        Assert.Equal(1, await _db.Books.InsertAsync(Make(1)));
        Assert.Equal(1, await _db.Books.UpsertAsync(Make(1, title: "Second")));
        Assert.Equal("Second", (await _db.Books.GetAsync(1))!.Title);
        Assert.True(await _db.Books.ContainsAsync(1));
        Assert.True(await _db.Books.UpdateAsync(Make(1, title: "Third")));
        Assert.True(await _db.Books.UpdateAsync(1, b => b.Rating = 3));
        Assert.Equal(2, await _db.Books.InsertManyAsync([Make(2), Make(3)]));
        Assert.Equal(2, await _db.Books.InsertManyAsync(Stream()));
        Assert.Equal(5, await _db.Books.CountAsync());
        Assert.True(await _db.Books.DeleteAsync(1));
        await Assert.ThrowsAsync<DuplicateKeyException>(() => _db.Books.InsertAsync(Make(2)));

        static async IAsyncEnumerable<Book> Stream()
        {
            yield return Make(4);
            await Task.Yield();
            yield return Make(5);
        }
    }

    [Fact]
    public void Every_everyday_type_keeps_its_full_value()
    {
        Everything full = Samples.Full();
        _db.Everything.Insert(full);
        _db.Everything.Insert(new Everything { Id = Guid.Empty });

        Samples.AssertEqual(full, _db.Everything.Get(full.Id)!);
        Samples.AssertEqual(new Everything { Id = Guid.Empty }, _db.Everything.Get(Guid.Empty)!);
    }

    private static Book Make(long id, string? title = null, string? isbn = null) =>
        new() { Id = id, Title = title ?? $"Title {id}", Author = $"Author {id}", Year = 2000, Isbn = isbn };
}
