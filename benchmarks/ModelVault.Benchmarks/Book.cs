namespace ModelVault.Benchmarks;

/// <summary>What both contenders store: a key, two indexed fields and three others.</summary>
[VaultCollection]
public partial class Book
{
    [PrimaryKey]
    public long Id { get; set; }

    public required string Title { get; set; }

    [Index]
    public required string Author { get; set; }

    [Index]
    public int Year { get; set; }

    public string? Isbn { get; set; }

    public double Rating { get; set; }
}
