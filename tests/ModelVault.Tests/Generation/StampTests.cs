using ModelVault.Tests.Models;

namespace ModelVault.Tests.Generation;

public sealed class StampTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2024, 5, 6, 7, 8, 9, TimeSpan.Zero);

    private readonly ManualTimeProvider _time = new() { Now = Start };
    private readonly VaultDatabase _db;

    public StampTests() => _db = VaultDatabase.OpenInMemory(new VaultOptions { TimeProvider = _time });

    public void Dispose() => _db.Dispose();

    [Theory]
    [MemberData(nameof(WriteForms.All), MemberType = typeof(WriteForms))]
    public async Task A_new_record_is_stamped_with_the_clock_in_UTC(WriteForm form)
    {
        _time.Now = new DateTimeOffset(2024, 5, 6, 7, 8, 9, TimeSpan.FromHours(3)).AddTicks(1);
        Note note = New();
        Ticket ticket = new(default, "a");
        await _db.InsertBy<Note, long>(form, note);
        await _db.UpsertBy<Ticket, TicketId>(form, ticket);

        Note stored = _db.Notes.Get(note.Id)!;
        Assert.Equal((_time.Now.UtcDateTime, DateTimeKind.Utc), (note.CreatedAt, note.CreatedAt.Kind));
        Assert.Equal((_time.Now, TimeSpan.Zero), (note.UpdatedAt, note.UpdatedAt.Offset));
        Assert.Equal((note.CreatedAt, note.UpdatedAt, DateTimeKind.Utc), (stored.CreatedAt, stored.UpdatedAt, stored.CreatedAt.Kind));
        Assert.Equal((_time.Now, TimeSpan.Zero, _time.Now.UtcDateTime), (ticket.OpenedAt!.Value, ticket.OpenedAt.Value.Offset, ticket.ChangedAt!.Value));
        Assert.Equal(ticket, _db.Tickets.Get(ticket.Id));
    }

    [Theory]
    [MemberData(nameof(WriteForms.All), MemberType = typeof(WriteForms))]
    public async Task An_import_keeps_when_its_records_were_created(WriteForm form)
    {
        DateTime given = new(1999, 1, 2, 3, 4, 5, DateTimeKind.Unspecified);
        DateTimeOffset opened = new(1999, 1, 2, 3, 4, 5, TimeSpan.FromHours(2));
        Note note = New().With(n => n.CreatedAt = given);
        Ticket ticket = new(default, "a", opened);
        await _db.InsertBy<Note, long>(form, note);
        await _db.InsertBy<Ticket, TicketId>(form, ticket);

        Assert.Equal((given, DateTimeKind.Unspecified), (_db.Notes.Get(note.Id)!.CreatedAt, _db.Notes.Get(note.Id)!.CreatedAt.Kind));
        Assert.Equal((opened, opened.Offset), (_db.Tickets.Get(ticket.Id)!.OpenedAt!.Value, _db.Tickets.Get(ticket.Id)!.OpenedAt!.Value.Offset));
        Assert.Equal((given, Start), (note.CreatedAt, note.UpdatedAt));
    }

    [Theory]
    [MemberData(nameof(WriteForms.Single), MemberType = typeof(WriteForms))]
    public async Task A_write_over_a_record_keeps_its_creation_and_stamps_the_change(WriteForm form)
    {
        Note note = New();
        _db.Notes.Insert(note);
        _time.Now = Start.AddHours(1);
        note.CreatedAt = default;
        Assert.True(await _db.UpdateBy<Note, long>(form, note));
        AssertStamps(note, Start, Start.AddHours(1));

        _time.Now = Start.AddHours(2);
        note.CreatedAt = new DateTime(1990, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        await _db.UpsertBy<Note, long>(form, note);
        AssertStamps(note, Start, Start.AddHours(2));

        _time.Now = Start.AddHours(3);
        Assert.True(await _db.WriteBy<Note, long, bool>(form, c => c.Update(note.Id, n => n.CreatedAt = default), c => c.UpdateAsync(note.Id, n => n.CreatedAt = default)));
        AssertStamps(null, Start, Start.AddHours(3));
    }

    [Fact]
    public void A_record_without_a_creation_time_can_be_given_one_and_gets_none_by_itself()
    {
        _db.EnsureCollection("notes", FieldsWithoutStamps, "id", """[{"name":"slug_unique","path":["slug"],"kind":"unique"},{"name":"updated_at_idx","path":["updated_at"],"kind":"index"}]""");
        _db.Collection("notes").Insert(new VaultRecord { ["id"] = 1L, ["text"] = "old", ["created_at"] = default(DateTime), ["updated_at"] = default(DateTimeOffset), ["version"] = 0L });

        _db.Notes.Update(1, n => n.Text = "new");
        Assert.Equal((default, Start, 1), (_db.Notes.Get(1)!.CreatedAt, _db.Notes.Get(1)!.UpdatedAt, _db.Notes.Get(1)!.Version));
        _db.Notes.Update(1, n => n.CreatedAt = Start.UtcDateTime.AddYears(-1));
        _db.Notes.Update(1, n => n.CreatedAt = Start.UtcDateTime.AddYears(-2));
        Assert.Equal(Start.UtcDateTime.AddYears(-1), _db.Notes.Get(1)!.CreatedAt);
    }

    [Fact]
    public void What_is_generated_can_be_added_to_a_collection_as_a_new_version_of_its_schema()
    {
        Assert.Equal((1, 1), _db.EnsureCollection("notes", FieldsWithoutStamps, "id"));
        _db.Collection("notes").Insert(new VaultRecord { ["id"] = 7L, ["text"] = "old", ["created_at"] = default(DateTime), ["updated_at"] = default(DateTimeOffset), ["version"] = 0L });

        Assert.Equal(8, _db.Notes.Insert(New()));
        Assert.Equal(Note.Schema.Json, _db.Collection("notes").Schema.Json);
        Assert.Equal(2, _db.EnsureCollection("notes", FieldsJson(Note.SchemaJson), "id", """[{"name":"slug_unique","path":["slug"],"kind":"unique"},{"name":"updated_at_idx","path":["updated_at"],"kind":"index"}]""").Version);
    }

    [Fact]
    public void A_stamped_field_is_indexed_under_what_is_stored()
    {
        _db.Notes.Insert(New());
        _time.Now = Start.AddDays(1);
        _db.Notes.Insert(New());
        Assert.Equal([2], _db.Notes.Where(n => n.UpdatedAt > Start).ToList().Select(n => n.Id));

        _time.Now = Start.AddDays(2);
        _db.Notes.Update(1, n => n.Text = "changed");
        Assert.Equal([2, 1], _db.Notes.OrderBy(n => n.UpdatedAt).ToList().Select(n => n.Id));
        Assert.Empty(_db.Notes.FindByUpdatedAt(Start).ToList());
    }

    [Fact]
    public void A_creation_time_that_is_given_is_held_to_its_constraints()
    {
        Assert.Throws<VaultValidationException>(() => { _db.Parcels.Insert(new Parcel { Sent = new DateTime(2019, 1, 1, 0, 0, 0, DateTimeKind.Utc) }); });
        Assert.Equal(Start.UtcDateTime, _db.Parcels.Get(_db.Parcels.Insert(new Parcel()))!.Sent);
    }

    [Fact]
    public void Records_without_a_model_are_stamped_alike()
    {
        _db.Notes.Insert(New());
        VaultRecord record = new() { ["text"] = "by name" };
        Assert.Equal(2L, _db.Collection("notes").Insert(record));

        Assert.Equal((2L, Start.UtcDateTime, Start, 1L), (record["id"], record["created_at"], record["updated_at"], record["version"]));
        Assert.Equal((Start.UtcDateTime, 1), (_db.Notes.Get(2)!.CreatedAt, _db.Notes.Get(2)!.Version));
        _time.Now = Start.AddHours(1);
        _db.Collection("notes").Update(2L, r => r["text"] = "changed");
        Assert.Equal((Start.UtcDateTime, Start.AddHours(1), 2), (_db.Notes.Get(2)!.CreatedAt, _db.Notes.Get(2)!.UpdatedAt, _db.Notes.Get(2)!.Version));
        Assert.Throws<VaultConflictException>(() => { _db.Collection("notes").Update(record); });
    }

    [Fact]
    public void Without_a_model_too_constraints_hold_for_what_is_given_alone()
    {
        _db.Parcels.Insert(new Parcel());
        Assert.Equal(101L, _db.Collection("parcels").Insert(new VaultRecord()));
        VaultValidationException error = Assert.Throws<VaultValidationException>(() => { _db.Collection("parcels").Insert(new VaultRecord { ["id"] = 99, ["sent"] = new DateTime(2019, 1, 1) }); });
        Assert.Equal(["id", "sent"], error.Violations.Select(v => v.Path));
    }

    [Fact]
    public void A_collection_without_a_model_can_ask_for_generated_values()
    {
        _db.RegisterCollection("rows", """[{"path":["id"],"type":"uint64","generated":"auto_increment"},{"path":["at"],"type":{"optional":"datetime"},"generated":"updated_at"}]""", "id");
        _db.RegisterCollection("keys", """[{"path":["id"],"type":"uuid","generated":"guid_v7"}]""", "id");

        Assert.Equal([1UL, 2UL], [_db.Collection("rows").Insert(new VaultRecord()), _db.Collection("rows").Upsert(new VaultRecord { ["at"] = null })]);
        Assert.Equal(Start.UtcDateTime, _db.Collection("rows").Get(2)!["at"]);
        Assert.Equal(7, ((Guid)_db.Collection("keys").Insert(new VaultRecord())).Version);
    }

    [Theory]
    [InlineData("""{"path":["id"],"type":"string","generated":"auto_increment"}""", "The field 'id' of 'rows' cannot be generated as AutoIncrement.")]
    [InlineData("""{"path":["id"],"type":"int64","generated":"guid_v7"}""", "The field 'id' of 'rows' cannot be generated as GuidV7.")]
    [InlineData("""{"path":["id"],"type":"datetime","generated":"created_at"}""", "The field 'id' of 'rows' cannot be generated as CreatedAt.")]
    [InlineData("""{"path":["id"],"type":"int64"},{"path":["n"],"type":"int64","generated":"auto_increment"}""", "The field 'n' of 'rows' cannot be generated as AutoIncrement.")]
    [InlineData("""{"path":["id"],"type":"int64"},{"path":["n"],"type":"date","generated":"updated_at"}""", "The field 'n' of 'rows' cannot be generated as UpdatedAt.")]
    [InlineData("""{"path":["id"],"type":"int64"},{"path":["n"],"type":{"optional":"int64"},"generated":"concurrency_token"}""", "The field 'n' of 'rows' cannot be generated as ConcurrencyToken.")]
    [InlineData("""{"path":["id"],"type":"int64"},{"path":["a"],"type":"datetime","generated":"created_at"},{"path":["b"],"type":"datetime","generated":"created_at"}""", "Two fields of 'rows' are generated as CreatedAt.")]
    [InlineData("""{"path":["id"],"type":"int64"},{"path":["p"],"type":{"list":{"object":[{"path":["at"],"type":"datetime","generated":"updated_at"}]}}}""", "The field 'at' inside 'p' of 'rows' cannot be generated: only a record's own fields can.")]
    [InlineData("""{"path":["id"],"type":"int64"},{"path":["u"],"type":{"union":[{"case":"a","object":[{"path":["n"],"type":"int64","generated":"concurrency_token"}]}]}}""", "The field 'n' inside 'u' of 'rows' cannot be generated: only a record's own fields can.")]
    [InlineData("""{"path":["id"],"type":"int64","generated":"random"}""", "Unknown generated value 'random'.")]
    public void A_schema_that_asks_for_what_its_field_can_not_hold_is_refused(string fields, string why)
    {
        Assert.Equal(why, Assert.Throws<VaultSchemaException>(() => { _db.RegisterCollection("rows", $"[{fields}]", "id"); }).Message);
        Assert.Empty(_db.CollectionNames);
    }

    [Fact]
    public void A_model_without_generated_values_takes_none_of_their_ways()
    {
        Assert.Null(new CollectionLayout(Book.Schema).Generated);
        Assert.True(_db.Write(tx => tx.Write(null, 0, static (t, unused) => new CollectionStore(new CollectionLayout(Book.Schema)).BindForWrite(t).Sequence is null)));
    }

    private void AssertStamps(Note? note, DateTimeOffset created, DateTimeOffset updated)
    {
        Note stored = _db.Notes.Get(1)!;
        Assert.Equal((created.UtcDateTime, updated), (stored.CreatedAt, stored.UpdatedAt));
        if (note is not null) Assert.Equal((created.UtcDateTime, updated), (note.CreatedAt, note.UpdatedAt));
    }

    private static Note New() => new() { Text = "text" };

    private static string FieldsWithoutStamps => System.Text.RegularExpressions.Regex.Replace(FieldsJson(Note.SchemaJson), "\"generated\":\"[a-z0-9_]+\",", "");

    private static string FieldsJson(string schemaJson) => System.Text.Json.JsonDocument.Parse(schemaJson).RootElement.GetProperty("fields").GetRawText();
}
