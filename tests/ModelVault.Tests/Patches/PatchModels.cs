using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace ModelVault.Tests.Patches;

public enum Condition
{
    Fine,
    Worn,
}

[VaultObject]
public partial record House(string Name, string? City)
{
    public Address? Address { get; init; }
}

[VaultObject]
public partial class Address
{
    public string Country { get; set; } = "NO";
    [MaxLength(5)] public string? Code { get; set; }
    public required int Number { get; set; }
}

[VaultUnion]
public abstract record Cover;

[VaultObject]
public partial record Paper(int Weight) : Cover;

[VaultObject]
public partial record Cloth(string Color) : Cover;

/// <summary>A model with everything that patches and inputs have to tell apart.</summary>
[VaultCollection]
public partial class Volume
{
    [PrimaryKey(AutoIncrement = true)] public long Id { get; init; }
    [MaxLength(10)] public required string Title { get; set; }
    [Range(-5000, 3000)] public int Year { get; set; } = 1999;
    public double? Rating { get; set; }
    public bool Lent { get; set; }
    public List<string> Tags { get; set; } = ["new"];
    public HashSet<int> Shelves { get; set; } = [];
    public byte[] Pages { get; set; } = [];
    public List<byte> Small { get; set; } = [];
    public Dictionary<string, int> Scores { get; set; } = [];
    public Condition Condition { get; set; }
    public House? House { get; set; }
    public List<Address> Addresses { get; set; } = [];
    public Cover? Cover { get; set; }
    [JsonPropertyName("isbn-13"), Unique] public string? Isbn { get; set; }
    [JsonIgnore] public string? Secret { get; set; }
    [VaultField("n")] public string Note { get; set; } = "";
    public string Publisher { get; set; } = null!;
    [CreatedAt] public DateTime CreatedAt { get; init; }
    [UpdatedAt] public DateTime UpdatedAt { get; init; }
    [ConcurrencyToken] public long Version { get; init; }
}

public sealed record Money(decimal Amount, string Currency);

public sealed class MoneyConverter : IVaultConverter<Money, string>
{
    public static string ToStored(Money value) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value.Amount} {value.Currency}");

    public static Money FromStored(string stored) => new(decimal.Parse(stored[..^4], System.Globalization.CultureInfo.InvariantCulture), stored[^3..]);
}

/// <summary>Members that are stored as something else.</summary>
[VaultCollection]
public partial class Sale
{
    public int Id { get; init; }
    [VaultConverter(typeof(MoneyConverter))] public Money Price { get; set; } = new(1, "NOK");
    [VaultConverter(typeof(MoneyConverter))] public Money? Rebate { get; set; }
    public Models.AuthorId Seller { get; set; }
}

[VaultView(typeof(Sale))]
public partial record SalePrice(Money? Price, Models.AuthorId Seller);
