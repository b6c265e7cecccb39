namespace ModelVault.Analyzers.Tests.Harness;

/// <summary>The models that the tests query.</summary>
internal static class Shop
{
    public const string Models = """
        using System;
        using System.Collections.Generic;
        using ModelVault;
        namespace Shop;

        [VaultCollection]
        [Index(nameof(Author), nameof(Year))]
        [Index(nameof(Shelf), nameof(Copies))]
        [Index("Publisher.City")]
        public partial class Book
        {
            [PrimaryKey] public long Id { get; init; }
            [Index] public required string Title { get; set; }
            public required string Author { get; set; }
            [Index] public int Year { get; set; }
            [Unique] public string? Isbn { get; set; }
            public double? Rating { get; set; }
            [Index] public decimal? Discount { get; set; }
            public decimal Price { get; set; }
            [Index] public bool Lent { get; set; }
            public bool Active { get; set; }
            public int Shelf { get; set; }
            public int Copies { get; set; }
            public string Subtitle { get; set; } = "";
            public List<string> Tags { get; set; } = [];
            public Dictionary<string, double> Scores { get; set; } = new();
            public Publisher? Publisher { get; set; }
        }

        [VaultObject] public partial record Publisher(string Name, string? City);
        """;

    /// <summary>A method body with a database of books, as a source file.</summary>
    public static string Body(string body) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using ModelVault;
        using Shop;

        internal static class Program
        {
            private static async Task Run(VaultDatabase db, int year, string who, StringComparison comparison, bool flag)
            {
                await Task.Yield();
        {{body}}
            }
        }
        """;

    /// <summary>Demands exactly the marked diagnostics in a method body.</summary>
    public static Task VerifyBodyAsync(string body) => Analysis.VerifyAsync(Body(body), Models);
}
