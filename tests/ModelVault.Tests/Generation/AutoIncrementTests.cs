using ModelVault.Tests.Database;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Generation;

public sealed class AutoIncrementTests : IDisposable
{
    private readonly VaultDatabase _db = VaultDatabase.OpenInMemory();

    public void Dispose() => _db.Dispose();

    [Theory]
    [MemberData(nameof(WriteForms.All), MemberType = typeof(WriteForms))]
    public async Task An_insert_sets_the_next_number_on_the_instance(WriteForm form)
    {
        Note first = New(), second = New();
        await _db.InsertBy<Note, long>(form, first);
        await _db.InsertBy<Note, long>(form, second);

        Assert.Equal((1, 2), (first.Id, second.Id));
        Assert.Equal([1, 2], _db.Notes.ToList().Select(n => n.Id));
    }

    [Theory]
    [MemberData(nameof(WriteForms.All), MemberType = typeof(WriteForms))]
    public async Task An_upsert_of_a_new_record_does_too_and_records_are_set_like_classes(WriteForm form)
    {
        Ticket first = new(default, "a"), second = new(default, "b");
        await _db.UpsertBy<Ticket, TicketId>(form, first);
        await _db.UpsertBy<Ticket, TicketId>(form, second);

        Assert.Equal((1, 2), (first.Id.Value, second.Id.Value));
        Assert.Equal(second, _db.Tickets.Get(second.Id));
    }

    [Fact]
    public async Task The_number_is_returned_even_where_the_instance_can_not_be_set()
    {
        Receipt receipt = new(0);
        Assert.Equal(1, _db.Receipts.Insert(receipt));
        Assert.Equal(2, await _db.Receipts.InsertAsync(receipt));
        Assert.Equal(3, _db.Receipts.Upsert(receipt));
        Assert.Equal(0, receipt.Id);
        Assert.Equal([1, 2, 3], _db.Receipts.ToList().Select(r => r.Id));
    }

    [Fact]
    public void A_given_number_is_taken_as_it_is_and_the_next_one_follows_the_greatest()
    {
        _db.Notes.Insert(New(10));
        _db.Notes.Insert(New(5));
        Assert.Equal(11, _db.Notes.Insert(New()));
        Assert.Throws<DuplicateKeyException>(() => { _db.Notes.Insert(New(11)); });

        Assert.Equal([5, 10, 11], _db.Notes.ToList().Select(n => n.Id));
    }

    [Fact]
    public void Numbers_begin_at_1_even_behind_negative_ones()
    {
        _db.Notes.Insert(New(-5));
        Assert.Equal(1, _db.Notes.Insert(New()));
    }

    [Theory]
    [MemberData(nameof(WriteForms.Single), MemberType = typeof(WriteForms))]
    public async Task An_update_without_a_key_finds_nothing(WriteForm form)
    {
        _db.Notes.Insert(New());
        Note note = New();
        Assert.False(await _db.UpdateBy<Note, long>(form, note));

        Assert.Equal((0, 0), (note.Id, note.Version));
        Assert.Equal(1, _db.Notes.Count());
    }

    [Fact]
    public void A_deleted_number_never_comes_again()
    {
        for (int i = 0; i < 3; i++) _db.Notes.Insert(New());
        Assert.True(_db.Notes.Delete(3));
        Assert.Equal(4, _db.Notes.Insert(New()));
        _db.Notes.DeleteMany([1, 2, 3, 4]);
        Assert.Empty(_db.Notes.ToList());
        Assert.Equal(5, _db.Notes.Insert(New()));

        _db.Notes.Insert(New(100));
        _db.Notes.Delete(100);
        Assert.Equal(101, _db.Notes.Insert(New()));
    }

    [Fact]
    public void Inserts_and_deletes_of_one_transaction_count_together()
    {
        _db.Write(tx =>
        {
            tx.Notes.InsertMany(Enumerable.Range(0, 5).Select(_ => New()));
            tx.Notes.Delete(5);
            Assert.Equal(6, tx.Notes.Insert(New()));
            tx.Notes.Upsert(New(3).With(n => n.Version = 1));
            tx.Notes.Delete(6);
            tx.Collection("notes").Insert(new VaultRecord { ["text"] = "by name" });
            Assert.Equal(8, tx.Notes.Insert(New()));
            tx.Collection("notes").Delete(8L);
            Assert.Equal(9, tx.Notes.Insert(New()));
        });

        Assert.Equal([1, 2, 3, 4, 7, 9], _db.Notes.ToList().Select(n => n.Id));
    }

    [Fact]
    public void A_rollback_takes_numbers_back_and_a_savepoint_only_those_behind_it()
    {
        using (VaultTransaction tx = _db.BeginTransaction()) Assert.Equal(1, tx.Notes.Insert(New()));
        using (VaultTransaction tx = _db.BeginTransaction())
        {
            Assert.Equal(1, tx.Notes.Insert(New()));
            Savepoint savepoint = tx.Savepoint();
            Assert.Equal(2, tx.Notes.Insert(New()));
            Assert.Equal(3, tx.Notes.Insert(New()));
            tx.Notes.Delete(3);
            tx.RollbackTo(savepoint);
            Assert.Equal(2, tx.Notes.Insert(New()));
            tx.Commit();
        }

        Assert.Equal(3, _db.Notes.Insert(New()));
    }

    [Fact]
    public void A_refused_insert_takes_no_number_and_sets_nothing()
    {
        _db.Notes.Insert(New().With(n => n.Slug = "taken"));
        Note refused = New().With(n => n.Slug = "taken");
        Assert.Throws<UniqueConstraintException>(() => { _db.Notes.Insert(refused); });
        Assert.Equal((0, default, default, 0), (refused.Id, refused.CreatedAt, refused.UpdatedAt, refused.Version));

        Note invalid = New().With(n => n.Text = new string('x', 21));
        Assert.Throws<VaultValidationException>(() => { _db.Notes.Insert(invalid); });
        Assert.Equal((0, default, 0), (invalid.Id, invalid.CreatedAt, invalid.Version));

        Assert.Equal(2, _db.Notes.Insert(New()));
    }

    [Fact]
    public void Of_many_that_are_refused_together_none_is_set()
    {
        List<Note> notes = [New().With(n => n.Slug = "a"), New().With(n => n.Slug = "b"), New().With(n => n.Slug = "a")];
        Assert.Throws<UniqueConstraintException>(() => { _db.Notes.InsertMany(notes); });
        Assert.All(notes, n => Assert.Equal((0, default, 0), (n.Id, n.CreatedAt, n.Version)));

        notes[2].Slug = "c";
        Assert.Equal(3, _db.Notes.InsertMany(notes));
        Assert.Equal([1, 2, 3], notes.Select(n => n.Id));
        Assert.Equal(notes.Select(n => (n.Id, n.Slug, n.CreatedAt, n.UpdatedAt, n.Version)), _db.Notes.ToList().Select(n => (n.Id, n.Slug, n.CreatedAt, n.UpdatedAt, n.Version)));
    }

    [Fact]
    public void A_sequence_that_makes_its_models_sees_them_set_one_by_one()
    {
        List<long> seen = [];
        IEnumerable<Note> Make()
        {
            for (int i = 0; i < 3; i++)
            {
                Note note = New();
                yield return note;
                seen.Add(note.Id);
            }
        }

        _db.Notes.InsertMany(Make());
        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public void Numbers_end_where_the_type_or_its_range_ends_and_nothing_is_changed()
    {
        Assert.Equal(100, _db.Parcels.Insert(new Parcel()));
        Assert.Equal(101, _db.Parcels.Insert(new Parcel()));
        Assert.Equal(102, _db.Parcels.Insert(new Parcel()));
        _db.Parcels.Delete(102);
        Assert.Equal("No number is left for a new record of 'parcels': 'id' holds or has held 102, and can hold no more than 102.", Exhausted(() => _db.Parcels.Insert(new Parcel())));
        Assert.Equal(2, _db.Parcels.Count());

        _db.Notes.Insert(New(long.MaxValue));
        Exhausted(() => _db.Notes.Insert(New()));
        _db.Counters.Insert(new Counter { Id = ulong.MaxValue - 1 });
        Assert.Equal(ulong.MaxValue, _db.Counters.Insert(new Counter()));
        Exhausted(() => _db.Counters.Insert(new Counter()));
        _db.Receipts.Insert(new Receipt(int.MaxValue));
        Exhausted(() => _db.Receipts.Upsert(new Receipt(0)));
        _db.Tickets.Insert(new Ticket(new(int.MaxValue), "last"));
        Exhausted(() => _db.Tickets.Insert(new Ticket(default, "one more")));
        Assert.Equal((1, 2, 1, 1), (_db.Notes.Count(), _db.Counters.Count(), _db.Receipts.Count(), _db.Tickets.Count()));
    }

    [Fact]
    public void A_number_that_is_given_is_held_to_its_constraints()
    {
        VaultValidationException error = Assert.Throws<VaultValidationException>(() => { _db.Parcels.Insert(new Parcel { Id = 99 }); });
        Assert.Equal(("id", "Range"), (error.Violations.Single().Path, error.Violations.Single().Rule));
    }

    [Fact]
    public async Task Concurrent_inserts_and_deletions_get_numbers_of_their_own()
    {
        using TemporaryFile file = new();
        using VaultDatabase db = VaultDatabase.Open(file.Path, new VaultOptions { LockTimeout = TimeSpan.FromMinutes(1) });
        long[][] keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            long[] mine = new long[50];
            for (int i = 0; i < mine.Length; i++)
            {
                Note note = New().With(n => n.Slug = i % 10 == 9 ? "refused" : null);
                try
                {
                    mine[i] = worker % 2 == 0 ? db.Notes.Insert(note) : await db.Notes.InsertAsync(note);
                    Assert.Equal(mine[i], note.Id);
                    if (i % 7 == 0 && db.Notes.Delete(mine[i])) mine[i] = -mine[i];
                }
                catch (UniqueConstraintException)
                {
                    Assert.Equal(0, note.Id);
                }
            }

            return mine;
        })));

        List<long> given = [.. keys.SelectMany(k => k).Where(k => k != 0)];
        Assert.Equal(given.Count, given.Select(Math.Abs).Distinct().Count());
        Assert.Equal(given.Where(k => k > 0).Order(), db.Notes.ToList().Select(n => n.Id));
    }

    [Fact]
    public void Only_a_deletion_of_the_greatest_record_writes_to_the_sequences()
    {
        _db.Notes.InsertMany(Enumerable.Range(0, 10).Select(_ => New()));
        Assert.False(HasSequences());
        _db.Notes.Delete(3);
        Assert.False(HasSequences());
        _db.Notes.Delete(10);
        Assert.True(HasSequences());
    }

    [Fact]
    public void Composite_keys_have_up_to_seven_parts()
    {
        DateOnly day = new(2020, 1, 1);
        Door door = new() { Country = "NO", City = "Oslo", Street = "Karl Johans gate", House = 1, Floor = 2, Flat = 'ø', Entrance = "B", Box = day };
        Assert.Equal(("NO", "Oslo", "Karl Johans gate", 1, 'ø', "B", day), _db.Doors.Insert(door));
        Assert.Equal(2, _db.Doors.Get("NO", "Oslo", "Karl Johans gate", 1, 'ø', "B", day)!.Floor);
        Assert.Null(_db.Doors.Get(("NO", "Oslo", "Karl Johans gate", 1, 'o', "B", day)));
        Assert.Throws<DuplicateKeyException>(() => { _db.Doors.Insert(door); });
        Assert.True(_db.Doors.Delete("NO", "Oslo", "Karl Johans gate", 1, 'ø', "B", day));
    }

    private bool HasSequences() => _db.Write(tx => tx.Write(null, 0, static (t, unused) => t.TryGetTree(KeySequence.TreeName, out _)));

    private static string Exhausted(Action insert)
    {
        VaultException error = Assert.Throws<VaultException>(insert);
        Assert.Equal(VaultErrorCode.KeysExhausted, error.Code);
        return error.Message;
    }

    private static string Exhausted<T>(Func<T> insert) => Exhausted(() => { insert(); });

    private static Note New(long id = 0) => new() { Id = id, Text = "text" };
}
