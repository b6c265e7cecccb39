using System.Globalization;
using ModelVault.Storage.Simulation;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Database;

/// <summary>The power fails at every call to the storage while typed collections are written: records and indexes are whole afterwards.</summary>
public sealed class CrashTests
{
    // One step is one commit. Each changes records and several index entries.
    private static readonly Action<VaultDatabase>[] Steps =
    [
        db => db.Books.InsertMany(Enumerable.Range(1, 30).Select(i => Make(i))),
        db => db.Books.Insert(Make(100)),
        db => db.Books.Update(5, b => { b.Author = "Moved"; b.Year = 1; b.Isbn = "moved"; }),
        db => db.Books.Delete(7),
        db => db.Books.Upsert(Make(8).With(b => b.Isbn = "isbn 7")),
        db => db.Write(tx =>
        {
            tx.Authors.Insert(new Author(new AuthorId(Guid.Empty), "New"));
            tx.Books.DeleteMany([1, 2, 3]);
            tx.Books.Insert(Make(200));
        }),
        db => db.Books.Update(200, b => b.Title = new string('t', 400)),
    ];

    [Fact]
    public void A_power_failure_at_any_call_leaves_whole_commits_with_their_indexes()
    {
        List<string> states = [];
        using (VaultDatabase model = VaultDatabase.OpenInMemory())
        {
            states.Add(State(model));
            foreach (Action<VaultDatabase> step in Steps)
            {
                step(model);
                states.Add(State(model));
            }
        }

        Assert.Equal(Steps.Length + 1, states.Distinct().Count());
        long calls = Run(new SimulatedBlockStorage()).Storage.OperationCount;
        int images = 0;
        for (long crashAt = 1; crashAt <= calls; crashAt++)
        {
            (SimulatedBlockStorage storage, int acknowledged) = Run(new SimulatedBlockStorage(faults: new SimulatedFaults { CrashAt = crashAt }));
            foreach (DiskImage image in storage.CrashImages().Enumerate(seed: (int)crashAt, samples: 2, enumerated: 3))
            {
                // Before the first flush there is no database yet, and nothing was acknowledged.
                if (acknowledged < 0) continue;
                images++;
                string where = string.Create(CultureInfo.InvariantCulture, $"power failure at call {crashAt}, image {images}");
                using VaultDatabase db = VaultDatabase.Open(new SimulatedBlockStorage(image));
                string state = State(db);
                Assert.True(state == states[acknowledged] || (acknowledged + 1 < states.Count && state == states[acknowledged + 1]), where);
                db.Books.Upsert(Make(999));
                AssertIndexesAreTrue(db);
            }
        }

        Assert.True(images > 100, $"only {images} images");
    }

    // How many steps were acknowledged; −1 where not even the opening was.
    private static (SimulatedBlockStorage Storage, int Acknowledged) Run(SimulatedBlockStorage storage)
    {
        int acknowledged = -1;
        try
        {
            using VaultDatabase db = VaultDatabase.Open(storage);
            acknowledged = 0;
            foreach (Action<VaultDatabase> step in Steps)
            {
                step(db);
                acknowledged++;
            }
        }
        catch (Exception e) when (e is IOException or VaultTransactionException)
        {
        }

        return (storage, acknowledged);
    }

    private static string State(VaultDatabase db)
    {
        AssertIndexesAreTrue(db);
        return string.Join('\n', db.Books.ToList().Select(b => $"{b.Id}|{b.Title}|{b.Author}|{b.Year}|{b.Isbn}")) + "\n\n" + string.Join('\n', db.Authors.ToList());
    }

    private static void AssertIndexesAreTrue(VaultDatabase db)
    {
        List<Book> books = db.Books.ToList();
        Assert.Equal(books.OrderBy(b => b.Author, StringComparer.Ordinal).ThenBy(b => b.Id).Select(b => b.Id), db.Books.OrderBy(b => b.Author).ToList().Select(b => b.Id));
        Assert.Equal(books.OrderBy(b => b.Year).ThenBy(b => b.Id).Select(b => b.Id), db.Books.OrderBy(b => b.Year).ToList().Select(b => b.Id));
        Assert.All(books, b => Assert.Contains(b.Id, db.Books.FindByAuthorAndYear(b.Author, b.Year).ToList().Select(f => f.Id)));
        Assert.All(books, b => Assert.Equal(b.Id, b.Isbn is null ? b.Id : db.Books.FindByIsbn(b.Isbn)!.Id));
    }

    private static Book Make(long id) => new() { Id = id, Title = $"Title {id}", Author = $"Author {id % 5}", Year = 2000 + (int)id % 7, Isbn = id % 2 == 0 ? null : $"isbn {id}" };
}
