namespace ModelVault.Tests.Patches;

public sealed class InputTests
{
    [Fact]
    public void What_is_not_set_gets_what_the_type_gives_it()
    {
        Volume volume = new VaultInput<Volume>().Set(Volume.Fields.Title, "A").Set(Volume.Fields.Publisher, "P").ToModel();

        Assert.Equal(("A", 1999, null, 0L), (volume.Title, volume.Year, volume.Rating, volume.Id));
        Assert.Equal(["new"], volume.Tags);
    }

    [Fact]
    public async Task An_input_is_inserted_and_its_key_and_stamps_are_the_database_s()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        VaultInput<Volume> input = new VaultInput<Volume>().Set(Volume.Fields.Title, "A").Set(Volume.Fields.Publisher, "P").Set(Volume.Fields.House.Name, "H");

        long id = db.Volumes.Insert(input);
        long next = await db.Volumes.InsertAsync(input);

        Assert.Equal(id + 1, next);
        Assert.Equal(("A", "H", 1L), (db.Volumes.Get(id)!.Title, db.Volumes.Get(id)!.House!.Name, db.Volumes.Get(id)!.Version));
        Assert.NotEqual(default, db.Volumes.Get(id)!.CreatedAt);
    }

    [Fact]
    public void Everything_that_is_missing_or_broken_is_said_at_once()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        VaultInput<Volume> input = new VaultInput<Volume>().Set(Volume.Fields.Year, 9999).Set(Volume.Fields.House.Address.Code, "123456");

        VaultValidationException e = Assert.Throws<VaultValidationException>(() => db.Volumes.Insert(input));

        Assert.Equal(
            ["house.address.code MaxLength", "house.address.number Required", "house.name Required", "title Required", "year Range"],
            e.Violations.Select(static v => $"{v.Path} {v.Rule}").Order(StringComparer.Ordinal));
        Assert.Equal(0, db.Volumes.Count());
    }

    [Fact]
    public void A_reference_that_nothing_sets_is_missing_too()
    {
        VaultValidationException e = Assert.Throws<VaultValidationException>(() => new VaultInput<Volume>().Set(Volume.Fields.Title, "A").ToModel());

        Assert.Equal("publisher Required", $"{e.Violations.Single().Path} {e.Violations.Single().Rule}");
    }

    [Fact]
    public void Constraints_are_checked_when_the_model_is_written()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        VaultInput<Volume> input = new VaultInput<Volume>().Set(Volume.Fields.Title, "longer than ten").Set(Volume.Fields.Publisher, "P").Set(Volume.Fields.Year, 9999);

        Volume volume = input.ToModel();
        VaultValidationException e = Assert.Throws<VaultValidationException>(() => db.Volumes.Insert(input));

        Assert.Equal("longer than ten", volume.Title);
        Assert.Equal(["title", "year"], e.Violations.Select(static v => v.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_the_database_sets_can_not_be_set()
    {
        VaultInput<Volume> input = new VaultInput<Volume>().Set(Volume.Fields.Title, "A").Set(Volume.Fields.Publisher, "P").Set(Volume.Fields.Id, 5).Set(Volume.Fields.Version, 2);

        VaultValidationException e = Assert.Throws<VaultValidationException>(() => input.ToModel());

        Assert.Equal(["id Generated", "version Generated"], e.Violations.Select(static v => $"{v.Path} {v.Rule}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void New_without_a_type_still_means_the_model()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();

        long id = db.Volumes.Insert(new() { Title = "A", Publisher = "P" });

        Assert.Equal("A", db.Volumes.Get(id)!.Title);
    }
}
