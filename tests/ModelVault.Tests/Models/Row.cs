namespace ModelVault.Tests.Models;

/// <summary>Each value twice, once indexed and once not, so that one query can be asked both ways.</summary>
[VaultCollection]
[Index(nameof(Number), nameof(Text))]
[Index(nameof(Flag), nameof(Score), nameof(Number))]
[Index(nameof(Place) + "." + nameof(Address.City), Name = "city_idx")]
public partial class Row
{
    public int Id { get; init; }

    [Index]
    public int? Number { get; set; }

    public int? PlainNumber { get; set; }

    [Index]
    public string? Text { get; set; }

    public string? PlainText { get; set; }

    [Index]
    public double Score { get; set; }

    public double PlainScore { get; set; }

    [Index]
    public decimal Price { get; set; }

    public decimal PlainPrice { get; set; }

    [Index]
    public Color Color { get; set; }

    public Color PlainColor { get; set; }

    [Unique]
    public Guid? Token { get; set; }

    public Guid? PlainToken { get; set; }

    public bool Flag { get; set; }

    public List<string> Tags { get; set; } = [];

    public Address? Place { get; set; }
}

[VaultObject]
public partial class Address
{
    public required string City { get; set; }

    public int Zip { get; set; }
}
