using System.ComponentModel.DataAnnotations;

namespace ModelVault.Tests.Models;

/// <summary>A member for every constraint that a schema can hold.</summary>
[VaultCollection("checked_accounts", Accessor = "CheckedAccounts")]
public partial class Account : Ranked
{
    public long Id { get; set; }
    [Required, EmailAddress] public string? Email { get; set; } = "a@b";
    [Required] public string Name { get; set; } = "n";
    [StringLength(5, MinimumLength = 2)] public string? Short { get; set; }
    [MinLength(2), MaxLength(4)] public string Code { get; set; } = "ab";
    [Compare(nameof(Code))] public string? Again { get; set; } = "ab";
    [Length(1, 3)] public List<string> Tags { get; set; } = ["t"];
    [MaxLength(2)] public byte[]? Hash { get; set; }
    [MinLength(1)] public Dictionary<string, int> Map { get; set; } = new() { ["k"] = 1 };
    [Range(-5, 5)] public int Number { get; set; }
    [Range(1, 5)] public int? MaybeNumber { get; set; }
    [Range(0, 200)] public byte Percent { get; set; }
    [Range(-0.5, 1e15)] public long Large { get; set; }
    [Range(0.1, 0.3)] public float Share { get; set; } = 0.2f;
    [Range(0.5, 2.5, MinimumIsExclusive = true, MaximumIsExclusive = true)] public double Factor { get; set; } = 1;
    [Range(typeof(decimal), "0.01", "1000.00", ParseLimitsInInvariantCulture = true, ConvertValueInInvariantCulture = true)] public decimal Price { get; set; } = 1;
    [Range(typeof(DateOnly), "2000-01-01", "2099-12-31", ParseLimitsInInvariantCulture = true)] public DateOnly Due { get; set; } = new(2020, 1, 1);
    [Range(typeof(TimeSpan), "00:00:01", "10:00:00", ParseLimitsInInvariantCulture = true)] public TimeSpan? Duration { get; set; }
    [Range(typeof(DateTime), "2000-01-01", "2020-01-01", ParseLimitsInInvariantCulture = true)] public DateTime? At { get; set; }
    [RegularExpression("[a-z]+[0-9]")] public string? Pattern { get; set; }
    [Url] public string? Home { get; set; }
    [Phone] public string? Phone { get; set; }
    [CreditCard] public string? Card { get; set; }
    [Base64String] public string? Token { get; set; }
    [AllowedValues("a", "b", null)] public string? Kind { get; set; }
    [DeniedValues(0, 13)] public int Lucky { get; set; } = 7;
    [AllowedValues(Color.Green, Color.Red)] public Color Color { get; set; }
    [DeniedValues('x', 'y')] public char Letter { get; set; } = 'a';
    public List<Contact> Contacts { get; set; } = [];
    public Dictionary<int, Contact> ByNumber { get; set; } = [];
    public Contact? Main { get; set; }
    public List<List<Corner>> Shapes { get; set; } = [];
}

public abstract class Ranked
{
    [Range(0, 3)] public int Rank { get; set; }
}

[VaultObject]
public partial record Contact([MaxLength(3)] string Name, [property: Range(1, 9)] int Rank, Corner Place = default);

[VaultObject]
public partial record struct Corner([Range(0, 9)] int X);
