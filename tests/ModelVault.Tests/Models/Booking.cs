using System.ComponentModel.DataAnnotations;

namespace ModelVault.Tests.Models;

/// <summary>Messages that change, as those of a resource class change with the culture.</summary>
internal static class Texts
{
    internal static string TooLong { get; set; } = "{0}: at most {1}";
}

public sealed class MultipleOfAttribute(int number) : ValidationAttribute("{0} is no multiple")
{
    public bool AllowZero { get; set; }

    public override bool IsValid(object? value) => value is int i && i % number == 0 && (i != 0 || AllowZero);
}

/// <summary>Asks the context for the instance.</summary>
public sealed class NotBeforeAttribute(string other) : ValidationAttribute
{
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        validationContext.ObjectInstance is Booking booking && value is int to && to < booking.From ? new ValidationResult($"{validationContext.MemberName} is before {other}") : ValidationResult.Success;
}

[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class NotEmptyAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is not Booking { From: 0, To: 0 } and not Slot { Hour: 100 };
}

[VaultCollection, NotEmpty(ErrorMessage = "{0} is empty")]
public partial class Booking : IValidatableObject
{
    public long Id { get; set; }
    [MultipleOf(5, AllowZero = true)] public int From { get; set; }
    [Display(Name = "The end"), MultipleOf(5, AllowZero = true), NotBefore(nameof(From))] public int To { get; set; }
    [MaxLength(3, ErrorMessageResourceType = typeof(Texts), ErrorMessageResourceName = nameof(Texts.TooLong))] public string Room { get; set; } = "";
    [Required(ErrorMessage = "Who is it?")] public string? Guest { get; set; } = "g";
    public List<Slot> Slots { get; set; } = [];

    [VaultIgnore] public int Validations { get; private set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        Validations++;
        if (To - From > 20) yield return new ValidationResult("too long", [nameof(From), nameof(To)]);
        if (Guest!.Length > 5) yield return new ValidationResult("the guest's name is too long");
        yield return ValidationResult.Success!;
    }
}

[VaultObject, NotEmpty]
public partial record struct Slot([MultipleOf(2)] int Hour) : IValidatableObject
{
    public readonly IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => Hour > 22 && Hour < 99 ? [new ValidationResult("too late", [nameof(Hour)])] : [];
}
