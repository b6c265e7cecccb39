using System.Globalization;
using Microsoft.VisualBasic.FileIO;

namespace Quickstart;

/// <summary>Reads the books of goodbooks-10k (CC BY-SA 4.0, Zygmunt Zając; see data/README.md).</summary>
internal static class BookFile
{
    /// <summary>The file beside the program.</summary>
    public static string Path { get; } = System.IO.Path.Combine(AppContext.BaseDirectory, "data", "books.csv");

    /// <summary>Reads one book after the other.</summary>
    public static IEnumerable<Book> Read()
    {
        using TextFieldParser parser = new(Path) { TextFieldType = FieldType.Delimited, HasFieldsEnclosedInQuotes = true };
        parser.SetDelimiters(",");
        parser.ReadFields();
        while (parser.ReadFields() is { } fields) yield return Parse(fields);
    }

    private static Book Parse(string[] fields)
    {
        string[] contributors = fields[2].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return new Book
        {
            Id = long.Parse(fields[0], CultureInfo.InvariantCulture),
            Isbn = fields[1].Length == 0 ? null : fields[1].PadLeft(10, '0'),
            Author = contributors[0],
            Contributors = [.. contributors],
            Year = fields[3].Length == 0 ? null : (int)double.Parse(fields[3], CultureInfo.InvariantCulture),
            Title = fields[4],
            Language = fields[5].Length == 0 ? null : fields[5],
            Rating = double.Parse(fields[6], CultureInfo.InvariantCulture),
            Ratings = int.Parse(fields[7], CultureInfo.InvariantCulture),
        };
    }
}
