using ModelVault.Tests.Database;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Generation;

public sealed class ConcurrencyTokenTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly VaultDatabase _db;

    public ConcurrencyTokenTests() => _db = VaultDatabase.OpenInMemory(new VaultOptions { TimeProvider = _time });

    public void Dispose() => _db.Dispose();

    [Theory]
    [MemberData(nameof(WriteForms.All), MemberType = typeof(WriteForms))]
    public async Task The_token_counts_the_writes_of_a_record(WriteForm form)
    {
        Note note = New().With(n => n.Version = 77);
        await _db.InsertBy<Note, long>(form, note);
        Assert.Equal(1, note.Version);
        await _db.UpsertBy<Note, long>(form, note);
        Assert.Equal(2, note.Version);
        Assert.True(await _db.UpdateBy<Note, long>(form, note));
        Assert.Equal((3, 3), (note.Version, _db.Notes.Get(note.Id)!.Version));
    }

    [Theory]
    [MemberData(nameof(WriteForms.Single), MemberType = typeof(WriteForms))]
    public async Task A_write_that_has_not_seen_the_last_one_is_a_conflict_and_changes_nothing(WriteForm form)
    {
        Ticket ticket = new(default, "first");
        _db.Tickets.Insert(ticket);
        Ticket mine = _db.Tickets.Get(ticket.Id)!, theirs = _db.Tickets.Get(ticket.Id)!;
        Assert.True(await _db.UpdateBy<Ticket, TicketId>(form, theirs with { Subject = "theirs" }));
        Ticket stored = _db.Tickets.Get(ticket.Id)!;
        _time.Now = _time.Now.AddHours(1);

        Ticket change = mine with { Subject = "mine" };
        VaultConflictException update = await Assert.ThrowsAsync<VaultConflictException>(() => _db.UpdateBy<Ticket, TicketId>(form, change));
        VaultConflictException upsert = await Assert.ThrowsAsync<VaultConflictException>(() => _db.UpsertBy<Ticket, TicketId>(form, change));

        Assert.All([update, upsert], e => Assert.Equal((VaultErrorCode.Conflict, "tickets", (object)ticket.Id, (object)1UL, (object)2UL), (e.Code, e.Collection, e.Key, e.Expected, e.Actual)));
        Assert.Equal(stored, _db.Tickets.Get(ticket.Id));
        Assert.Equal(mine with { Subject = "mine" }, change);
    }

    [Theory]
    [MemberData(nameof(WriteForms.Single), MemberType = typeof(WriteForms))]
    public async Task A_change_reads_and_writes_in_one_and_conflicts_only_over_the_token_itself(WriteForm form)
    {
        _db.Notes.Insert(New());
        Assert.True(await _db.WriteBy<Note, long, bool>(form, c => c.Update(1, n => n.Text = "a"), c => c.UpdateAsync(1, n => n.Text = "a")));
        await Assert.ThrowsAsync<VaultConflictException>(() => _db.WriteBy<Note, long, bool>(form, c => c.Update(1, n => n.Version = 5), c => c.UpdateAsync(1, n => n.Version = 5)));

        Assert.Equal(("a", 2), (_db.Notes.Get(1)!.Text, _db.Notes.Get(1)!.Version));
    }

    [Fact]
    public void An_upsert_over_nothing_begins_to_count_whatever_its_token_says()
    {
        Note note = New().With(n => { n.Id = 5; n.Version = 9; });
        _db.Notes.Upsert(note);
        Assert.Equal(1, note.Version);
        _db.Notes.Delete(5);
        Assert.False(_db.Notes.Update(note));
        Assert.Equal(1, note.Version);
    }

    [Fact]
    public void Behind_the_greatest_number_of_its_type_the_token_begins_again()
    {
        _db.Receipts.Insert(new Receipt(0));
        List<int> tokens = [];
        for (int i = 0; i < 256; i++)
        {
            Receipt stored = _db.Receipts.Get(1)!;
            tokens.Add(stored.Writes);
            Assert.True(_db.Receipts.Update(stored));
        }

        Assert.Equal([.. Enumerable.Range(1, 255), 1], tokens);
        Assert.Throws<VaultConflictException>(() => { _db.Receipts.Update(new Receipt(1)); });
    }

    [Fact]
    public void Of_two_handles_that_change_the_same_version_one_wins()
    {
        using TemporaryFile file = new();
        using VaultDatabase first = VaultDatabase.Open(file.Path), second = VaultDatabase.Open(file.Path);
        first.Notes.Insert(New());
        Note mine = first.Notes.Get(1)!, theirs = second.Notes.Get(1)!;

        Assert.True(second.Notes.Update(theirs));
        VaultConflictException error = Assert.Throws<VaultConflictException>(() => { first.Notes.Update(mine); });

        Assert.Equal(((object)1L, (object)2L), (error.Expected, error.Actual));
        Assert.Equal("The record 1 of 'notes' was changed meanwhile: its concurrency token is 2, the model's 1. Read it again and repeat the change.", error.Message);
    }

    [Fact]
    public async Task Of_many_writers_with_the_same_version_exactly_one_wins_each_round()
    {
        _db.Notes.Insert(New());
        for (int round = 1; round <= 20; round++)
        {
            bool[] won = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _db.Notes.Get(1)!).ToList().Select(note => Task.Run(() =>
            {
                try
                {
                    return _db.Notes.Update(note);
                }
                catch (VaultConflictException)
                {
                    return false;
                }
            })));

            Assert.Equal(1, won.Count(w => w));
            Assert.Equal(round + 1, _db.Notes.Get(1)!.Version);
        }
    }

    private static Note New() => new() { Text = "text" };
}
