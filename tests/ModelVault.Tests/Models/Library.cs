using System.ComponentModel.DataAnnotations;

namespace ModelVault.Tests.Models;

// The contract's example, with a few neighbours.
[VaultCollection]
[Index(nameof(Author), nameof(Year))]
public partial class Book
{
    [PrimaryKey]
    public long Id { get; init; }

    [MaxLength(500)]
    public required string Title { get; set; }

    [Index]
    public required string Author { get; set; }

    [Index, Range(-5000, 3000)]
    public int Year { get; set; }

    [Unique]
    public string? Isbn { get; set; }

    public double? Rating { get; set; }

    public bool Lent { get; set; }

    public List<string> Tags { get; set; } = [];

    public Publisher? Publisher { get; set; }
}

[VaultObject]
public partial record Publisher(string Name, string? City);

public readonly record struct AuthorId(Guid Value);

[VaultCollection]
public partial record Author([PrimaryKey] AuthorId Id, [Index, MaxLength(50)] string Name, int Born = 1900);

[VaultCollection, PrimaryKey(nameof(OrderId), nameof(Line))]
public partial class OrderLine
{
    public long OrderId { get; init; }

    public int Line { get; init; }

    [Index]
    public required string Sku { get; set; }

    public int Quantity { get; set; }
}
