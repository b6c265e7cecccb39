using ModelVault.Tests.Models;

namespace ModelVault.Tests.Database;

public class CompactionTests
{
    [Fact]
    public void A_database_is_used_on_while_and_after_it_is_compacted()
    {
        using TemporaryFile file = new();
        using (VaultDatabase db = VaultDatabase.Open(file.Path))
        {
            db.Books.InsertMany(Enumerable.Range(1, 2_000).Select(i => Make(i)));
            db.Books.DeleteMany(Enumerable.Range(1, 1_500).Select(i => (long)i));
            using VaultSnapshot before = db.BeginSnapshot();
            long size = new FileInfo(file.Path).Length;
            List<VaultProgress> reports = [];
            db.Compact(new Reports(report =>
            {
                reports.Add(report);
                if (reports.Count > 1) return;
                db.Books.Insert(Make(3_000));
                db.Books.Update(1_600, book => book.Author = "Moved");
                db.Books.Delete(1_700);
            }));
            Assert.InRange(new FileInfo(file.Path).Length, 1, size * 2 / 3);
            VaultProgress last = reports[^1];
            Assert.Equal(("copying", last.Total), (last.Stage, last.Done));
            Check(db);
            Assert.Equal(500, before.Books.Count());
            Assert.Equal("Author 0", before.Books.Get(1_600)!.Author);
            db.Books.Insert(Make(3_001));
            Assert.Throws<DuplicateKeyException>(() => db.Books.Insert(Make(3_001)));
            Assert.Throws<UniqueConstraintException>(() => db.Books.Update(3_001, book => book.Isbn = "isbn 3000"));
            db.Books.Delete(3_001);
        }

        using VaultDatabase reopened = VaultDatabase.Open(file.Path);
        Check(reopened);

        static void Check(VaultDatabase db)
        {
            Assert.Equal(500, db.Books.Count());
            Assert.Equal(1_600, db.Books.FindByAuthor("Moved").Single().Id);
            Assert.Equal(3_000, db.Books.FindByIsbn("isbn 3000")!.Id);
            Assert.Null(db.Books.FindByIsbn("isbn 1700"));
        }
    }

    [Fact]
    public void A_database_in_memory_can_be_compacted_and_one_for_reading_only_cannot()
    {
        using TemporaryFile file = new();
        VaultDatabase.Open(file.Path).Dispose();
        using VaultDatabase reader = VaultDatabase.Open(file.Path, new VaultOptions { ReadOnly = true });
        Assert.Throws<VaultReadOnlyException>(() => reader.Compact());
        using VaultDatabase memory = VaultDatabase.OpenInMemory();
        memory.Books.Insert(Make(1));
        memory.Compact();
        Assert.Equal(1, memory.Books.Count());
    }

    private static Book Make(long id) => new() { Id = id, Title = $"Title {id}", Author = $"Author {id % 5}", Year = 2000, Isbn = $"isbn {id}" };

    private sealed class Reports(Action<VaultProgress> report) : IProgress<VaultProgress>
    {
        public void Report(VaultProgress value) => report(value);
    }
}
