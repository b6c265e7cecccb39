using ModelVault.Tests.Models;

namespace ModelVault.Tests.Database;

public sealed class PersistenceTests : IDisposable
{
    private readonly TemporaryFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Everything_is_there_after_closing_and_opening_again()
    {
        Everything full = Samples.Full();
        using (VaultDatabase db = VaultDatabase.Open(_file.Path))
        {
            db.Everything.Insert(full);
            db.Books.InsertMany(Enumerable.Range(1, 1000).Select(Make));
            db.Books.Delete(500);
        }

        using VaultDatabase again = VaultDatabase.Open(_file.Path);
        Samples.AssertEqual(full, again.Everything.Get(full.Id)!);
        Assert.Equal(999, again.Books.Count());
        Assert.Null(again.Books.Get(500));
        Assert.Equal(777, again.Books.FindByIsbn("isbn 777")!.Id);
        Assert.Equal(["books", "everything"], again.CollectionNames);
        Assert.Equal(_file.Path, again.Path);
    }

    [Fact]
    public void Two_handles_on_one_file_share_the_engine()
    {
        using VaultDatabase first = VaultDatabase.Open(_file.Path);
        using VaultDatabase second = VaultDatabase.Open(_file.Path);
        first.Books.Insert(Make(1));
        Assert.Equal("Title 1", second.Books.Get(1)!.Title);
        second.Books.Insert(Make(2));
        first.Dispose();

        Assert.Equal(2, second.Books.Count());
        Assert.Throws<ObjectDisposedException>(() => first.Books.Count());
    }

    [Fact]
    public void A_read_only_handle_reads_and_refuses_writes()
    {
        using (VaultDatabase db = VaultDatabase.Open(_file.Path)) db.Books.Insert(Make(1));

        using VaultDatabase archive = VaultDatabase.Open(_file.Path, new VaultOptions { ReadOnly = true });
        Assert.Equal("Title 1", archive.Books.Get(1)!.Title);
        Assert.Throws<VaultReadOnlyException>(() => archive.Books.Insert(Make(2)));
        Assert.Throws<VaultReadOnlyException>(() => archive.BeginTransaction());
    }

    [Fact]
    public void What_cannot_be_opened_says_why()
    {
        File.WriteAllText(_file.Path, "This is a text file, and not a short one either." + new string('.', 500_000));

        Assert.Throws<VaultCorruptionException>(() => VaultDatabase.Open(_file.Path));
        Assert.Throws<DirectoryNotFoundException>(() => VaultDatabase.Open(Path.Combine(_file.Folder, "missing", "x.modelvault")));
        Assert.ThrowsAny<IOException>(() => VaultDatabase.Open(_file.Folder));
        Assert.Throws<FileNotFoundException>(() => VaultDatabase.Open(Path.Combine(_file.Folder, "none.modelvault"), new VaultOptions { ReadOnly = true }));
        Assert.ThrowsAny<ArgumentException>(() => VaultDatabase.Open(" "));
        Assert.ThrowsAny<ArgumentException>(() => VaultDatabase.OpenInMemory(new VaultOptions { CacheSize = -1 }));
    }

    [Fact]
    public void A_database_in_memory_says_so()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();

        Assert.Equal(":memory:", db.Path);
    }

    [Fact]
    public void A_closed_database_refuses_everything()
    {
        VaultDatabase db = VaultDatabase.Open(_file.Path);
        db.Dispose();
        db.Dispose();

        Assert.Throws<ObjectDisposedException>(() => db.Books.Count());
        Assert.Throws<ObjectDisposedException>(() => { db.Books.Insert(Make(1)); });
        Assert.Throws<ObjectDisposedException>(() => db.BeginSnapshot());
    }

    [Fact]
    public async Task OpenAsync_opens()
    {
        await using VaultDatabase db = await VaultDatabase.OpenAsync(_file.Path);
        await db.Books.InsertAsync(Make(1));

        Assert.Equal(1, await db.Books.CountAsync());
    }

    [Fact]
    public void The_generic_form_gives_the_same_collection()
    {
        using VaultDatabase db = VaultDatabase.Open(_file.Path);
        VaultCollection<Book, long> books = db.Collection<Book, long>();
        books.Insert(Make(1));

        Assert.Equal(1, db.Books.Get(1)!.Id);
        Assert.Equal(1, books.Where(Book.Fields.Year >= 2000).Count());
        Assert.Throws<ArgumentException>(() => db.Collection<Book, int>());
    }

    private static Book Make(int id) => new() { Id = id, Title = $"Title {id}", Author = $"Author {id % 10}", Year = 2000 + id % 20, Isbn = $"isbn {id}" };
}
