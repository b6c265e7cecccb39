using ModelVault.Tests.Models;

namespace ModelVault.Tests.Contract;

public enum Status
{
    Draft,
    Open,
    Closed,
}

/// <summary>A model with a member of every kind that filters tell apart.</summary>
[VaultCollection]
public partial class Product
{
    public long Id { get; init; }
    public required string Title { get; set; }
    [Index] public required string Author { get; set; }
    [Index] public int Year { get; set; }
    [Unique] public string? Isbn { get; set; }
    public double? Rating { get; set; }
    public List<string> Tags { get; set; } = [];
    public Publisher? Publisher { get; set; }
    public bool Active { get; set; }
    public bool Archived { get; set; }
    public bool? Reviewed { get; set; }
    public Status Status { get; set; }
    public Status? OldStatus { get; set; }
    public decimal Price { get; set; }
    public decimal? Discount { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTime? SoldAt { get; set; }
    public DateOnly Published { get; set; }
    public Guid Token { get; set; }
    public AuthorId AuthorKey { get; set; }
    public string Subtitle { get; set; } = "";
    public int FirstYear { get; set; }
    public short Shelf { get; set; }
    public List<Publisher> Editions { get; set; } = [];
    public int[] Pages { get; set; } = [];
    public Dictionary<string, double> Scores { get; set; } = [];
    public Publisher Imprint { get; set; } = new("x", null);
    public byte[] Cover { get; set; } = [];
}
