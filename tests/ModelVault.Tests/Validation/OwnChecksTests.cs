using ModelVault.Runtime;
using ModelVault.Tests.Models;

namespace ModelVault.Tests.Validation;

/// <summary>Validation attributes of one's own, IValidatableObject and messages.</summary>
public class OwnChecksTests
{
    [Fact]
    public void What_is_right_has_no_violations() => Assert.Empty(Violations(new Booking { From = 5, To = 10, Slots = [new(2)] }));

    [Fact]
    public void An_attribute_is_called_with_its_arguments() => Assert.Equal(
        ["from MultipleOf 3: From is no multiple", "to MultipleOf 4: The end is no multiple"], Violations(new Booking { From = 3, To = 4 }));

    [Fact]
    public void An_attribute_sees_the_instance() => Assert.Equal(["to NotBefore 5: To is before From"], Violations(new Booking { From = 10, To = 5 }));

    [Fact]
    public void An_attribute_on_a_parameter_of_a_struct_in_a_list_is_placed() => Assert.Equal(
        ["slots[1].hour MultipleOf 3: Hour is no multiple"], Violations(new Booking { From = 5, To = 5, Slots = [new(2), new(3)] }));

    [Fact]
    public void An_attribute_on_a_type_judges_the_whole_object() => Assert.Equal([" NotEmpty Booking: Booking is empty"], Violations(new Booking()));

    [Fact]
    public void An_attribute_on_a_nested_type_is_placed_at_the_object() => Assert.Equal(
        ["slots[0] NotEmpty Slot { Hour = 100 }: The field Slot is invalid."], Violations(new Booking { From = 5, To = 5, Slots = [new(100)] }));

    [Fact]
    public void A_validatable_object_names_members_or_itself() => Assert.Equal(
        [
            "from IValidatableObject 5: too long",
            "to IValidatableObject 50: too long",
            " IValidatableObject Booking: the guest's name is too long",
        ],
        Violations(new Booking { From = 5, To = 50, Guest = "somebody" }));

    [Fact]
    public void A_nested_validatable_object_is_placed() => Assert.Equal(
        ["slots[1].hour IValidatableObject 24: too late"], Violations(new Booking { From = 5, To = 5, Slots = [new(2), new(24)] }));

    [Fact]
    public void An_object_is_asked_only_when_its_members_are_right()
    {
        Booking booking = new() { From = 5, To = 50, Guest = null };
        Assert.Equal(["guest Required null: Who is it?"], Violations(booking));
        Assert.Equal(0, booking.Validations);
    }

    [Fact]
    public void A_message_from_a_resource_is_asked_for_at_every_violation()
    {
        Booking booking = new() { From = 5, To = 5, Room = "long" };
        Assert.Equal(["room MaxLength long: Room: at most 3"], Violations(booking));
        string before = Texts.TooLong;
        try
        {
            Texts.TooLong = "{1} is the most";
            Assert.Equal(["room MaxLength long: 3 is the most"], Violations(booking));
            Texts.TooLong = "{9}";
            Assert.Equal(["room MaxLength long: {9}"], Violations(booking));
        }
        finally
        {
            Texts.TooLong = before;
        }
    }

    [Fact]
    public void A_write_that_is_refused_says_everything_and_changes_nothing()
    {
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        VaultValidationException error = Assert.Throws<VaultValidationException>(() => db.Bookings.Insert(new Booking { Id = 1, From = 3, Room = "long", Guest = null }));
        Assert.Equal(["from", "guest", "room", "to"], error.Violations.Select(static v => v.Path));
        Assert.Equal(0, db.Bookings.All().Count());
    }

    [Fact]
    public void A_pattern_that_would_backtrack_for_ever_is_answered_at_once()
    {
        var pattern = VaultValidator.Pattern("(a+)+b");
        VaultValidator validator = default;
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        validator.RegularExpression("f", new string('a', 100_000), pattern);
        Assert.Single(validator.Violations!);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"it took {watch.Elapsed}");
    }

    private static string[] Violations(Booking booking)
    {
        VaultValidator validator = default;
        VaultObjects.Validate(in booking, ref validator);
        return [.. (validator.Violations ?? []).Select(static v => $"{v.Path} {v.Rule} {(v.Value is Booking ? "Booking" : v.Value ?? "null")}: {v.Message}")];
    }
}
