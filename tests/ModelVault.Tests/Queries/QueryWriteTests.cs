using System.Globalization;
using ModelVault.Storage.Simulation;
using ModelVault.Tests.Generation;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Queries;

/// <summary>Delete, Update and Patch of all of a query's records: exactly these, all or none.</summary>
public sealed class QueryWriteTests
{
    private static readonly double Scale = TestScale.Or(1);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_writes_by_query_change_what_linq_would(int seed)
    {
        Random random = new(seed);
        RowConditions conditions = new(random);
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        List<Row> rows = [];
        for (int i = 0; i < 150 * Scale; i++)
        {
            while (rows.Count < 60)
            {
                Row row = conditions.Row(i * 100 + rows.Count);
                rows.Add(row);
                db.Rows.Insert(row);
            }

            RowCondition condition = conditions.Next();
            VaultQuery<Row, RowFields> query = db.Rows.Where(condition.Filter);
            IEnumerable<Row> chosen = rows.Where(condition.Meaning);
            if (random.Next(3) == 0)
            {
                int skip = random.Next(4), take = random.Next(20);
                query = query.OrderByDescending(r => r.Price).Skip(skip).Take(take);
                chosen = chosen.OrderByDescending(r => r.Price).Skip(skip).Take(take);
            }

            List<Row> expected = [.. chosen];
            int number = random.Next(-3, 4);
            int count;
            switch (random.Next(3))
            {
                case 0:
                    count = query.Delete();
                    rows.RemoveAll(expected.Contains);
                    break;
                case 1:
                    // What is changed is what is asked for and sorted by.
                    count = query.Update(Change);
                    expected.ForEach(Change);
                    break;
                default:
                    count = query.Patch(new VaultPatch<Row>().Set(Row.Fields.Number, null).Set(Row.Fields.PlainNumber, null).Set(Row.Fields.Score, number).Set(Row.Fields.PlainScore, number));
                    foreach (Row row in expected) (row.Number, row.PlainNumber, row.Score, row.PlainScore) = (null, null, number, number);
                    break;
            }

            void Change(Row r) => (r.Number, r.PlainNumber, r.Price, r.PlainPrice, r.Flag) = (number, number, r.Price + 1, r.PlainPrice + 1, !r.Flag);

            Assert.Equal(expected.Count, count);
            Assert.Equal(rows.OrderBy(r => r.Id).Select(Text), db.Rows.ToList().Select(Text));
            foreach (int? value in (int?[])[null, -1, 2]) Assert.Equal(rows.Count(r => r.Number == value), db.Rows.Count(r => r.Number == value));
            Assert.Equal(rows.Count, db.Rows.OrderBy(r => r.Score).ToList().Count);
        }

        static string Text(Row r) => string.Create(CultureInfo.InvariantCulture, $"{r.Id} {r.Number} {r.Price} {r.Score} {r.Flag} {r.Text}");
    }

    [Fact]
    public async Task The_async_forms_do_the_same()
    {
        using VaultDatabase db = Library(10);

        Assert.Equal(4, await db.Books.Where(b => b.Id > 6).UpdateAsync(b => b.Year = 1000));
        Assert.Equal(4, await db.Books.Where(b => b.Year == 1000).PatchAsync(new VaultPatch<Book>().Set(Book.Fields.Lent, true)));
        Assert.Equal(4, await db.Books.Where(b => b.Lent).DeleteAsync());
        Assert.Equal(6, db.Books.Count());
        Assert.Equal(1, db.Authors.All().Update(a => a with { Born = 2 }));
        Assert.Equal(1, await db.Authors.All().UpdateAsync(a => a with { Born = a.Born + 1 }));
        Assert.Equal(3, db.Authors.All().Single().Born);
    }

    [Fact]
    public void No_record_is_changed_twice_because_it_moved()
    {
        using VaultDatabase db = Library(100);

        // Through the index of years, upwards, where every change moves the record ahead.
        Assert.Equal(100, db.Books.Where(b => b.Year >= 0).OrderBy(b => b.Year).Update(b => b.Year += 10));

        Assert.Equal(Enumerable.Range(11, 100), db.Books.ToList().Select(b => b.Year));
    }

    [Fact]
    public void A_violation_half_way_takes_everything_back()
    {
        using VaultDatabase db = Library(10);
        string before = State(db);

        VaultValidationException invalid = Assert.Throws<VaultValidationException>(() => db.Books.All().Update(b => b.Year = b.Id == 7 ? 9999 : 1));
        Assert.Throws<UniqueConstraintException>(() => db.Books.All().Patch(new VaultPatch<Book>().Set(Book.Fields.Isbn, "same")));
        Assert.Throws<InvalidOperationException>(() => db.Books.All().Update(b => b.Year = b.Id < 5 ? 1 : throw new InvalidOperationException()));
        VaultValidationException moved = Assert.Throws<VaultValidationException>(() => db.Authors.All().Update(a => a with { Id = new AuthorId(Guid.NewGuid()) }));

        Assert.Equal("year", Assert.Single(invalid.Violations).Path);
        Assert.Contains("cannot change the key", moved.Message, StringComparison.Ordinal);
        Assert.Equal(before, State(db));
    }

    [Fact]
    public void In_a_transaction_only_what_the_call_did_is_taken_back()
    {
        using VaultDatabase db = Library(10);
        string committed = State(db);
        using (VaultTransaction tx = db.BeginTransaction())
        {
            tx.Books.Insert(Make(50));
            Assert.Equal(1, tx.Books.Where(b => b.Id == 50).Update(b => b.Year = 3));
            Assert.Equal(2, tx.Books.Where(b => b.Id.In(1, 2)).Delete());
            string half = State(tx);
            Assert.Throws<UniqueConstraintException>(() => tx.Books.All().Patch(new VaultPatch<Book>().Set(Book.Fields.Isbn, "same").Set(Book.Fields.Year, 77)));
            Assert.Throws<VaultValidationException>(() => tx.Books.OrderBy(b => b.Year).Update(b => b.Year = b.Id == 7 ? 9999 : 1));
            Assert.Equal(half, State(tx));
            Assert.Equal(9, tx.Books.All().Update(b => b.Lent = true));
            Assert.Equal(committed, State(db));
            tx.Commit();
        }

        Assert.Equal(9, db.Books.Count(b => b.Lent));
        Assert.Equal(3, db.Books.Get(50)!.Year);
        Assert.False(db.Books.Contains(1));
        using VaultSnapshot snapshot = db.BeginSnapshot();
        Assert.Throws<VaultReadOnlyException>(() => snapshot.Books.All().Delete());
    }

    [Fact]
    public async Task A_failure_in_an_async_write_comes_through_the_task()
    {
        using VaultDatabase db = Library(10);
        string before = State(db);
        using CancellationTokenSource source = new();
        using VaultTransaction tx = db.BeginTransaction();

        Task<int> failed = tx.Books.All().UpdateAsync(b => b.Year = 9999);
        Task<int> cancelled = tx.Books.All().UpdateAsync(b => source.Cancel(), source.Token);

        await Assert.ThrowsAsync<VaultValidationException>(() => failed);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal(before, State(tx));
    }

    [Fact]
    public void Stamps_and_tokens_are_set_as_by_other_writes()
    {
        ManualTimeProvider clock = new();
        using VaultDatabase db = VaultDatabase.OpenInMemory(new VaultOptions { TimeProvider = clock });
        Note note = new() { Text = "a" };
        db.Notes.Insert(note);
        clock.Now += TimeSpan.FromHours(1);

        Assert.Equal(1, db.Notes.All().Update(n => n.Text = "b"));
        Assert.Equal(1, db.Notes.All().Patch(new VaultPatch<Note>().Set(Note.Fields.Text, "c")));

        Note stored = db.Notes.Get(note.Id)!;
        Assert.Equal(note.Version + 2, stored.Version);
        Assert.Equal(note.CreatedAt, stored.CreatedAt);
        Assert.Equal(note.UpdatedAt + TimeSpan.FromHours(1), stored.UpdatedAt);
        Assert.Throws<VaultConflictException>(() => db.Notes.All().Patch(new VaultPatch<Note>().Set(Note.Fields.Version, 1)));
    }

    [Fact]
    public void A_change_may_itself_write()
    {
        using VaultDatabase db = Library(4);
        using VaultTransaction tx = db.BeginTransaction();

        // It deletes what comes next: of four records two are left to be changed.
        int changed = tx.Books.All().Update(b =>
        {
            tx.Books.Delete(b.Id + 1);
            b.Lent = true;
        });

        Assert.Equal(2, changed);
        Assert.Equal([1, 3], tx.Books.Where(b => b.Lent).ToList().Select(b => b.Id));
    }

    [Fact]
    public void Records_without_a_model_are_written_by_query_too()
    {
        using VaultDatabase db = Library(6);
        VaultRecordCollection books = db.Collection("books");

        Assert.Equal(2, books.Where("id", ">", 4).Update(b => b["year"] = 5));
        Assert.Equal(2, books.Where("year", 5).AndWhere("id", ">", 4).Update(new VaultRecord { ["lent"] = true, ["title"] = "new" }));
        Assert.Equal("new", db.Books.Get(5)!.Title);
        Assert.Equal(2, books.Where("lent", true).Delete());
        Assert.Equal(4, db.Books.Count());
        Assert.Throws<VaultValidationException>(() => books.All().Update(b => b["year"] = b.GetInt32("id") == 3 ? 9999 : 0));
        Assert.Equal([1, 2, 3, 4], db.Books.ToList().Select(b => b.Year));
    }

    [Fact]
    public void A_power_failure_at_any_call_leaves_all_of_a_querys_writes_or_none()
    {
        Action<VaultDatabase>[] steps =
        [
            db => db.Books.InsertMany(Enumerable.Range(1, 40).Select(i => Make(i))),
            db => db.Books.Where(b => b.Year > 10).OrderByDescending(b => b.Year).Update(b => (b.Year, b.Author, b.Isbn) = (-b.Year, "moved", $"m{b.Id}")),
            db => db.Books.Where(b => b.Author == "moved").Patch(new VaultPatch<Book>().Set(Book.Fields.Title, new string('t', 400))),
            db => db.Books.Where(b => b.Year < 0).Take(20).Delete(),
        ];
        List<string> states = [];
        using (VaultDatabase model = VaultDatabase.OpenInMemory())
        {
            states.Add(State(model));
            foreach (Action<VaultDatabase> step in steps)
            {
                step(model);
                states.Add(State(model));
            }
        }

        Assert.Equal(steps.Length + 1, states.Distinct().Count());
        SimulatedBlockStorage whole = new();
        Run(whole, steps);
        int images = 0;
        for (long crashAt = 1; crashAt <= whole.OperationCount; crashAt++)
        {
            SimulatedBlockStorage storage = new(faults: new SimulatedFaults { CrashAt = crashAt });
            int acknowledged = Run(storage, steps);
            if (acknowledged < 0) continue;
            foreach (DiskImage image in storage.CrashImages().Enumerate(seed: (int)crashAt, samples: 2, enumerated: 3))
            {
                images++;
                using VaultDatabase db = VaultDatabase.Open(new SimulatedBlockStorage(image));
                string state = State(db);
                Assert.True(state == states[acknowledged] || (acknowledged + 1 < states.Count && state == states[acknowledged + 1]), $"power failure at call {crashAt}, image {images}");
            }
        }

        Assert.True(images > 50, $"only {images} images");
    }

    // How many steps were acknowledged; −1 where not even the opening was.
    private static int Run(SimulatedBlockStorage storage, Action<VaultDatabase>[] steps)
    {
        int acknowledged = -1;
        try
        {
            using VaultDatabase db = VaultDatabase.Open(storage);
            acknowledged = 0;
            foreach (Action<VaultDatabase> step in steps)
            {
                step(db);
                acknowledged++;
            }
        }
        catch (Exception e) when (e is IOException or VaultTransactionException)
        {
        }

        return acknowledged;
    }

    private static VaultDatabase Library(int count)
    {
        VaultDatabase db = VaultDatabase.OpenInMemory();
        db.Books.InsertMany(Enumerable.Range(1, count).Select(i => Make(i)));
        db.Authors.Insert(new Author(new AuthorId(Guid.Empty), "n"));
        return db;
    }

    private static Book Make(int id) => new() { Id = id, Title = $"t{id}", Author = $"a{id % 3}", Year = id, Isbn = $"{id}" };

    // With what the indexes say.
    private static string State(VaultContext context) => string.Join('\n', context.Collection<Book, long>().ToList().Select(Text)) + "\n\n"
        + string.Join('\n', context.Collection<Book, long>().All().OrderBy(Book.Fields.Year).ToList().Select(Text)) + "\n\n"
        + string.Join('\n', context.Collection<Book, long>().All().OrderBy(Book.Fields.Isbn).ToList().Select(Text));

    private static string Text(Book b) => $"{b.Id}|{b.Title}|{b.Author}|{b.Year}|{b.Isbn}|{b.Lent}";
}
