using System.ComponentModel.DataAnnotations;
using ModelVault;

namespace Quickstart;

/// <summary>A book as it is stored. This class is the schema: compile it, and <c>db.Books</c> is there.</summary>
[VaultCollection]
[Index(nameof(Author), nameof(Year))]
public partial class Book
{
    /// <summary>The key: the rank of the book in goodbooks-10k.</summary>
    [PrimaryKey]
    public long Id { get; init; }

    /// <summary>The title, with series and volume.</summary>
    [MaxLength(500)]
    public required string Title { get; set; }

    /// <summary>The first author.</summary>
    public required string Author { get; set; }

    /// <summary>All authors, translators and illustrators.</summary>
    public List<string> Contributors { get; set; } = [];

    /// <summary>The year of first publication; negative before our era; not always known.</summary>
    [Index, Range(-5000, 3000)]
    public int? Year { get; set; }

    /// <summary>The ISBN-10, where there is one.</summary>
    [Unique, RegularExpression("[0-9]{9}[0-9X]")]
    public string? Isbn { get; set; }

    /// <summary>The average rating.</summary>
    [Range(0, 5)]
    public double Rating { get; set; }

    /// <summary>How many readers rated it.</summary>
    public int Ratings { get; set; }

    /// <summary>The language's code.</summary>
    public string? Language { get; set; }
}
