using System.Globalization;

namespace ModelVault.Benchmarks;

/// <summary>Makes books: the same ones for the same number of rows.</summary>
internal sealed class BookData(int rows)
{
    public const int FirstYear = 1900;
    public const int LastYear = 2025;

    private const int BooksPerAuthor = 20;

    private static readonly string[] Adjectives = ["Silent", "Forgotten", "Crimson", "Distant", "Hollow", "Golden", "Winter", "Burning", "Lost", "Invisible"];
    private static readonly string[] Nouns = ["Garden", "Harbour", "Orchard", "Machine", "Cathedral", "River", "Library", "Mountain", "Station", "Archive"];
    private static readonly string[] Surnames = ["Andersen", "Borges", "Calvino", "Dickens", "Eliot", "Flaubert", "Goethe", "Hamsun", "Ibsen", "Jansson"];

    /// <summary>How many rows the collection starts with; their keys are 1 to this.</summary>
    public int Rows => rows;

    public int Authors => Math.Max(1, rows / BooksPerAuthor);

    public static string Author(int number) => string.Create(CultureInfo.InvariantCulture, $"{Surnames[number % Surnames.Length]} {number:D6}");

    /// <summary>The rows by ascending key.</summary>
    public Book[] Ascending()
    {
        Random random = new(42);
        Book[] books = new Book[rows];
        for (int i = 0; i < rows; i++) books[i] = Make(i + 1, random);
        return books;
    }

    /// <summary>The book with a key, drawn from a sequence of random numbers.</summary>
    public Book Make(long id, Random random) => new()
    {
        Id = id,
        Title = string.Create(CultureInfo.InvariantCulture, $"The {Pick(Adjectives, random)} {Pick(Nouns, random)}, volume {id}"),
        Author = Author(random.Next(Authors)),
        Year = random.Next(FirstYear, LastYear + 1),
        Isbn = random.Next(10) == 0 ? null : random.NextInt64(1_000_000_000, 9_999_999_999).ToString(CultureInfo.InvariantCulture),
        Rating = random.Next(100, 501) / 100.0,
    };

    private static string Pick(string[] words, Random random) => words[random.Next(words.Length)];
}
