using ModelVault.Tests.Generation;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Patches;

public sealed class PatchTests
{
    [Fact]
    public void What_is_set_changes_and_everything_else_stays()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(Sample());
        Volume before = db.Volumes.Get(id)!;

        Assert.True(db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.Rating, 5).Set(Volume.Fields.Tags, ["a", "b"]).Set(Volume.Fields.Lent, true).Set(Volume.Fields.Condition, Condition.Worn)));

        Volume after = db.Volumes.Get(id)!;
        Assert.Equal((5.0, true, Condition.Worn), (after.Rating, after.Lent, after.Condition));
        Assert.Equal(["a", "b"], after.Tags);
        Assert.Equal((before.Title, before.Year, before.Publisher, before.CreatedAt), (after.Title, after.Year, after.Publisher, after.CreatedAt));
        Assert.Equal([3, 1], after.Pages.Select(static b => (int)b));
        Assert.Equal(Text(before.House!), Text(after.House!));
    }

    [Fact]
    public void Null_is_a_value_like_any_other()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(Sample());

        db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.Rating, null).Set(Volume.Fields.House, null));

        Assert.Equal((null, null), (db.Volumes.Get(id)!.Rating, db.Volumes.Get(id)!.House));
    }

    [Fact]
    public void A_member_of_a_nested_object_is_set_by_itself()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(Sample());

        db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.House.City, "Bergen").Set(Volume.Fields.House.Address.Code, "5003"));

        Assert.Equal("Ace Bergen NO 5003 7", Text(db.Volumes.Get(id)!.House!));
    }

    [Fact]
    public void An_object_that_is_null_is_made_where_its_other_members_need_no_value()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(Sample(v => v.House = null));

        db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.House.Name, "Gyldendal").Set(Volume.Fields.House.Address.Number, 1));

        Assert.Equal("Gyldendal  NO  1", Text(db.Volumes.Get(id)!.House!));
    }

    [Fact]
    public void Where_they_do_the_patch_is_refused_with_their_paths()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(Sample(v => v.House = null));

        VaultValidationException e = Assert.Throws<VaultValidationException>(
            () => db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.House.Address.Code, "123456").Set(Volume.Fields.Year, 9999)));

        Assert.Equal(["house.address.number Required", "house.name Required", "house.address.code MaxLength", "year Range"], e.Violations.Select(static v => $"{v.Path} {v.Rule}").Order(StringComparer.Ordinal).OrderBy(static v => v.EndsWith("Required", StringComparison.Ordinal) ? 0 : 1));
        Assert.Null(db.Volumes.Get(id)!.House);
    }

    [Fact]
    public void What_is_set_last_counts()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(Sample());
        House house = new("New", "Oslo");

        db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.House.City, "gone").Set(Volume.Fields.House, house).Set(Volume.Fields.House.City, "Moss").Set(Volume.Fields.Year, 1).Set(Volume.Fields.Year, 2));

        Assert.Equal((house with { City = "Moss" }, 2), (db.Volumes.Get(id)!.House, db.Volumes.Get(id)!.Year));
    }

    [Fact]
    public void What_is_removed_becomes_null_or_what_the_type_gives_it()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(Sample());

        db.Volumes.Patch(id, new VaultPatch<Volume>().Remove(Volume.Fields.Rating).Remove(Volume.Fields.Year).Remove(Volume.Fields.Tags).Remove(Volume.Fields.House.Address.Country));

        Volume after = db.Volumes.Get(id)!;
        Assert.Equal((null, 1999, "NO"), (after.Rating, after.Year, after.House!.Address!.Country));
        Assert.Equal(["new"], after.Tags);
        VaultValidationException e = Assert.Throws<VaultValidationException>(() => db.Volumes.Patch(id, new VaultPatch<Volume>().Remove(Volume.Fields.Title)));
        Assert.Equal("title Required", $"{e.Violations.Single().Path} {e.Violations.Single().Rule}");
    }

    [Fact]
    public void Every_violation_is_reported_and_nothing_is_changed()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(Sample());

        VaultValidationException e = Assert.Throws<VaultValidationException>(
            () => db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.Title, "longer than ten").Set(Volume.Fields.Year, 3001).Set(Volume.Fields.House.Address.Code, "123456").Set(Volume.Fields.Lent, true)));

        Assert.Equal(["house.address.code", "title", "year"], e.Violations.Select(static v => v.Path).Order(StringComparer.Ordinal));
        Assert.False(db.Volumes.Get(id)!.Lent);
    }

    [Fact]
    public void A_null_where_none_may_be_is_refused_with_its_path()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(Sample());

        VaultValidationException nested = Assert.Throws<VaultValidationException>(() => db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.House.Name, null)));
        VaultValidationException item = Assert.Throws<VaultValidationException>(() => new VaultPatch<Volume>().Set(Volume.Fields.Tags, [null!]));

        Assert.Equal(("house.name", "tags"), (nested.Violations.Single().Path, item.Violations.Single().Path));
    }

    [Fact]
    public void The_key_stays()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(Sample());

        VaultValidationException e = Assert.Throws<VaultValidationException>(() => db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.Id, id + 1)));

        Assert.Equal("id PrimaryKey", $"{e.Violations.Single().Path} {e.Violations.Single().Rule}");
        Assert.True(db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.Id, id)));
    }

    [Fact]
    public void A_key_that_is_not_there_gives_false()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();

        Assert.False(db.Volumes.Patch(1, new VaultPatch<Volume>().Set(Volume.Fields.Lent, true)));
        Assert.Equal(0, db.Volumes.Count());
    }

    [Fact]
    public async Task A_patch_is_applied_asynchronously_and_in_transactions()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(Sample());
        VaultPatch<Volume> patch = new VaultPatch<Volume>().Set(Volume.Fields.Year, 7);

        Assert.True(await db.Volumes.PatchAsync(id, patch));
        Assert.False(await db.Volumes.PatchAsync(id + 1, patch));
        Assert.Equal(7, db.Volumes.Get(id)!.Year);
        using (VaultTransaction tx = db.BeginTransaction())
        {
            tx.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.Year, 8));
            Assert.Equal(8, tx.Volumes.Get(id)!.Year);
        }

        Assert.Equal(7, db.Volumes.Get(id)!.Year);
    }

    [Fact]
    public async Task Patches_of_one_record_from_many_threads_are_all_there()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(Sample());

        await Task.WhenAll(
            Task.Run(() => Parallel.For(0, 100, i => db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.Year, i)))),
            Task.Run(() => db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.House.City, "Moss"))),
            Task.Run(() => db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.Lent, true))));

        Volume after = db.Volumes.Get(id)!;
        Assert.Equal((true, "Moss", 103L), (after.Lent, after.House!.City, after.Version));
    }

    [Fact]
    public void Indexes_follow_and_unique_values_are_kept()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(Sample(static v => v.Isbn = "1"));
        db.Volumes.Insert(Sample(static v => v.Isbn = "2"));

        Assert.Throws<UniqueConstraintException>(() => db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.Isbn, "2")));
        db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.Isbn, "3"));

        Assert.Equal(id, db.Volumes.FindByIsbn("3")!.Id);
        Assert.Null(db.Volumes.FindByIsbn("1"));
    }

    [Fact]
    public void A_stamp_says_when_and_a_token_refuses_what_came_too_late()
    {
        ManualTimeProvider time = new();
        using VaultDatabase db = VaultDatabase.OpenInMemory(new VaultOptions { TimeProvider = time });
        long id = db.Volumes.Insert(Sample());
        Volume before = db.Volumes.Get(id)!;
        time.Now = time.Now.AddHours(1);

        db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.Year, 1).Set(Volume.Fields.Version, before.Version));

        Volume after = db.Volumes.Get(id)!;
        Assert.Equal(time.Now, after.UpdatedAt);
        Assert.NotEqual(before.UpdatedAt, after.UpdatedAt);
        Assert.Equal(before.Version + 1, after.Version);
        Assert.Throws<VaultConflictException>(() => db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.Year, 2).Set(Volume.Fields.Version, before.Version)));
        Assert.Equal(1, db.Volumes.Get(id)!.Year);
    }

    [Fact]
    public void A_field_inside_a_map_is_refused()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => new VaultPatch<Volume>().Set(Volume.Fields.Scores["a"], 1));

        Assert.Contains("'scores.a' is inside a list or a map", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_patch_without_changes_is_a_write_like_any_other()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(Sample());
        Volume before = db.Volumes.Get(id)!;

        Assert.True(new VaultPatch<Volume>().IsEmpty);
        Assert.True(db.Volumes.Patch(id, new VaultPatch<Volume>()));
        Assert.Equal((before.Title, before.Year, before.Publisher, before.Version + 1), (db.Volumes.Get(id)!.Title, db.Volumes.Get(id)!.Year, db.Volumes.Get(id)!.Publisher, db.Volumes.Get(id)!.Version));
        Assert.False(db.Volumes.Patch(id + 1, new VaultPatch<Volume>()));
    }

    [Fact]
    public void Values_of_every_kind_can_be_set()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        Everything full = Samples.Full();
        db.Everything.Insert(new Everything { Id = full.Id });
        var f = Everything.Fields;
        VaultPatch<Everything> patch = new VaultPatch<Everything>()
            .Set(f.Bool, full.Bool).Set(f.Byte, full.Byte).Set(f.SByte, full.SByte).Set(f.Int16, full.Int16).Set(f.UInt16, full.UInt16).Set(f.Int32, full.Int32).Set(f.UInt32, full.UInt32)
            .Set(f.Int64, full.Int64).Set(f.UInt64, full.UInt64).Set(f.Single, full.Single).Set(f.Double, full.Double).Set(f.Decimal, full.Decimal).Set(f.Char, full.Char).Set(f.String, full.String)
            .Set(f.Guid, full.Guid).Set(f.DateTime, full.DateTime).Set(f.DateTimeOffset, full.DateTimeOffset).Set(f.DateOnly, full.DateOnly).Set(f.TimeOnly, full.TimeOnly).Set(f.TimeSpan, full.TimeSpan)
            .Set(f.Color, full.Color).Set(f.Access, full.Access).Set(f.ColorNumber, full.ColorNumber).Set(f.Bytes, full.Bytes).Set(f.MaybeBool, full.MaybeBool).Set(f.MaybeInt32, full.MaybeInt32)
            .Set(f.MaybeDecimal, full.MaybeDecimal).Set(f.MaybeString, full.MaybeString).Set(f.MaybeGuid, full.MaybeGuid).Set(f.MaybeDateTime, full.MaybeDateTime).Set(f.MaybeColor, full.MaybeColor)
            .Set(f.MaybeBytes, full.MaybeBytes).Set(f.List, full.List).Set(f.Array, full.Array).Set(f.MaybeList, full.MaybeList).Set(f.ReadOnlyList, full.ReadOnlyList).Set(f.Map, full.Map)
            .Set(f.IntMap, full.IntMap).Set(f.MaybeMap, full.MaybeMap).Set(f.Publisher, full.Publisher).Set(f.MaybePublisher, full.MaybePublisher).Set(f.Point, full.Point)
            .Set(f.MaybePoint, full.MaybePoint).Set(f.Publishers, full.Publishers).Set(f.AuthorId, full.AuthorId).Set(f.MaybeAuthorId, full.MaybeAuthorId);

        db.Everything.Patch(full.Id, patch);

        Samples.AssertEqual(full, db.Everything.Get(full.Id)!);
    }

    [Fact]
    public void A_record_that_does_not_fit_the_model_already_is_an_error_of_the_record()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        long id = db.Volumes.Insert(Sample());
        VaultRecord record = db.Collection("volumes").Get(id)!;
        record["small"] = new List<object?> { 300 };
        db.Collection("volumes").Upsert(record);

        Assert.Throws<VaultCorruptionException>(() => db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.Year, 1)));
        Assert.True(db.Volumes.Patch(id, new VaultPatch<Volume>().Set(Volume.Fields.Small, [1])));
    }

    internal static Volume Sample(Action<Volume>? change = null)
    {
        Volume volume = new()
        {
            Title = "Title",
            Year = 2001,
            Rating = 4,
            Tags = ["x"],
            Pages = [3, 1],
            Publisher = "P",
            House = new House("Ace", "Oslo") { Address = new Address { Number = 7 } },
        };
        change?.Invoke(volume);
        return volume;
    }

    private static string Text(House house) => $"{house.Name} {house.City} {house.Address!.Country} {house.Address.Code} {house.Address.Number}";
}
