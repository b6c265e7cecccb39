using System.Reflection;
using Microsoft.CodeAnalysis;
using ModelVault.Analyzers.Tests.Harness;

namespace ModelVault.Analyzers.Tests.Queries;

/// <summary>The analyzer and the planner judge each query alike: what is reported at compile time scans at run time, and nothing else does.</summary>
public sealed class AgreementTests
{
    private static readonly string[] Queries =
    [
        "db.Books.Where(b => b.Id == 1)",
        "db.Books.Where(b => b.Id > 1 && b.Id < 9)",
        "db.Books.Where(b => b.Id.In(1, 2))",
        "db.Books.Where(b => b.Title == \"x\")",
        "db.Books.Where(b => b.Title.StartsWith(\"x\"))",
        "db.Books.Where(b => b.Title.StartsWith(\"x\", StringComparison.OrdinalIgnoreCase))",
        "db.Books.Where(b => b.Title.Equals(\"x\"))",
        "db.Books.Where(b => b.Title.Equals(\"x\", StringComparison.OrdinalIgnoreCase))",
        "db.Books.Where(b => b.Title.EndsWith(\"x\"))",
        "db.Books.Where(b => b.Title.Contains(\"x\"))",
        "db.Books.Where(b => b.Title.Length > 3)",
        "db.Books.Where(b => b.Title == b.Subtitle)",
        "db.Books.Where(b => b.Author == \"x\")",
        "db.Books.Where(b => b.Author == \"x\" && b.Year > 1)",
        "db.Books.Where(b => b.Copies == 1)",
        "db.Books.Where(b => b.Copies == 1 && b.Shelf.In(1, 2))",
        "db.Books.Where(b => b.Year.Between(1, 2))",
        "db.Books.Where(b => b.Year != 1)",
        "db.Books.Where(b => b.Year == 1 || b.Id == 2)",
        "db.Books.Where(b => new[] { 1, 2 }.Contains(b.Year))",
        "db.Books.Where(b => b.Isbn == null)",
        "db.Books.Where(b => b.Isbn != null)",
        "db.Books.Where(b => b.Isbn.IsNull)",
        "db.Books.Where(b => b.Isbn.HasValue)",
        "db.Books.Where(b => b.Discount.Value > 1)",
        "db.Books.Where(b => b.Lent)",
        "db.Books.Where(b => !b.Lent)",
        "db.Books.Where(b => b.Lent.LogicalNot())",
        "db.Books.Where(b => !!(b.Year == 1))",
        "db.Books.Where(b => !(b.Year == 1))",
        "db.Books.Where(b => !b.Active)",
        "db.Books.Where(b => b.Lent == false)",
        "db.Books.Where(b => b.Lent != true)",
        "db.Books.Where(b => b.Active && b.Price > 1)",
        "db.Books.Where(b => b.Price > 1).Where(b => b.Lent)",
        "db.Books.Where(b => b.Price > 1 & b.Year == 1)",
        "db.Books.Where(b => b.Publisher.City == \"x\")",
        "db.Books.Where(b => b.Publisher.Name == \"x\")",
        "db.Books.Where(b => b.Publisher == null)",
        "db.Books.Where(b => b.Tags.Contains(\"x\"))",
        "db.Books.Where(b => b.Tags.Count > 1)",
        "db.Books.Where(b => b.Scores[\"x\"] > 1)",
        "db.Books.Where(Book.Fields.Year, 1)",
        "db.Books.Where(Book.Fields.Active, true)",
        "db.Books.Where(Book.Fields.Price > 1 && Book.Fields.Title == \"x\")",
        "db.Books.Where(b => b.Lent.BitwiseAnd(b.Price > 1))",
        "db.OrderLines.Where(l => l.OrderId == 1)",
        "db.OrderLines.Where(l => l.OrderId == 1 && l.Line > 1)",
        "db.OrderLines.Where(l => l.OrderId > 1)",
        "db.OrderLines.Where(l => l.Line == 1)",
        "db.OrderLines.Where(l => l.Line == 1 && l.Sku == \"x\")",
        "db.Authors.Where(a => a.Name == \"x\")",
        "db.Authors.Where(a => a.Born > 1900)",
        "db.Authors.Where(a => a.Id > 1)",
        "db.Authors.Where(a => a.CreatedAt > DateTime.UnixEpoch)",
        "db.Books.Where(b => b.Year == 1 || b.Price > 2)",
        "db.Books.Where(b => b.Year == 1 || b.Title == \"x\" || b.Lent)",
        "db.Books.Where(b => b.Price > 1 && (b.Year == 1 && b.Active || b.Author == \"x\"))",
        "db.Books.Where(b => b.Copies == 1 && (b.Shelf == 1 || b.Year == 2))",
        "db.Books.Where(b => b.Shelf == 1 && (b.Copies == 1 || b.Active))",
        "db.Books.Where(b => !(b.Year == 1 || b.Id == 2))",
        "db.Books.Where(b => !b.Isbn.HasValue)",
        "db.Books.Where(b => !(b.Isbn == null))",
        "db.Items.Where(i => i.Name == \"x\")",
        "db.Items.Where(i => i.Name == null)",
        "db.Items.Where(i => i.Name != null)",
        "db.Items.Where(i => i.Name.Equals(\"x\", StringComparison.OrdinalIgnoreCase))",
        "db.Items.Where(i => i.Name.StartsWith(\"x\", StringComparison.OrdinalIgnoreCase) && i.Size > 1)",
        "db.Items.Where(i => i.Name.Contains(\"x\", StringComparison.OrdinalIgnoreCase))",
        "db.Items.Where(i => i.Down > 1)",
        "db.Items.Where(i => i.Down == 1 && i.Size < 3)",
        "db.Items.Where(i => i.Size == 1)",
        "db.Items.Where(i => i.Tags.Contains(\"x\"))",
        "db.Items.Where(i => i.Tags.Contains(\"x\") && i.Size > 1)",
        "db.Items.Where(i => !i.Tags.Contains(\"x\"))",
        "db.Items.Where(i => i.Tags.Any(t => t == \"x\"))",
        "db.Items.Where(i => i.Tags.Any(t => t > \"x\" && t.Length > 3))",
        "db.Items.Where(i => i.Tags.Any(t => t == \"x\" || t == \"y\"))",
        "db.Items.Where(i => i.Tags.Any(t => t.EndsWith(\"x\")))",
        "db.Items.Where(i => i.Tags.All(t => t == \"x\"))",
        "db.Items.Where(i => i.Tags.Any())",
        "db.Items.Where(i => i.Tags.Any(t => i.Down == 1))",
        "db.Items.Where(i => i.Parts.Any(p => p.Code == \"x\"))",
        "db.Items.Where(i => i.Parts.Any(p => p.Code == \"x\" && p.Count > 1))",
        "db.Items.Where(i => i.Parts.Any(p => p.Count == 1))",
        "db.Items.Where(i => i.Parts.Any(p => p.Count == 1) && i.Parts.Any(p => p.Code == \"x\"))",
        "db.Items.Where(i => i.Kind == \"x\")",
        "db.Items.Where(i => i.Kind == \"x\" && i.Size > 3)",
        "db.Items.Where(i => i.Kind == \"x\" && i.Size > 3 && !i.Old)",
        "db.Items.Where(i => i.Size > 3 && !i.Old)",
        "db.Items.Where(i => i.Size == 3 && i.Old == false && i.Kind.EndsWith(\"x\"))",
        "from b in db.Books where b.Price > 1 orderby b.Copies select b",
    ];

    private const string MoreModels = """
        using System;
        using ModelVault;
        namespace Shop;
        [VaultCollection, PrimaryKey(nameof(OrderId), nameof(Line))]
        public partial class OrderLine { public long OrderId { get; init; } public int Line { get; init; } [Index] public required string Sku { get; set; } }
        public abstract record Entity { [Index] public DateTime CreatedAt { get; init; } }
        [VaultCollection]
        [Index(nameof(Name), IgnoreCase = true)]
        [Index(nameof(Down), nameof(Size), IsDescending = [true, false])]
        [Index(nameof(Kind), Where = "Size >= 3 && !Old")]
        [Index("Parts[].Code", "Parts[].Count")]
        public partial class Item
        {
            public int Id { get; set; }
            public string? Name { get; set; }
            public string Kind { get; set; } = "";
            public int Down { get; set; }
            public int Size { get; set; }
            public bool Old { get; set; }
            [Index] public System.Collections.Generic.List<string> Tags { get; set; } = [];
            public System.Collections.Generic.List<Part> Parts { get; set; } = [];
        }
        [VaultObject] public partial record Part(string Code, int Count);
        [VaultCollection] public partial record Author([PrimaryKey] long Id, [Index] string Name, int Born) : Entity;
        """;

    [Fact]
    public async Task What_is_reported_scans_and_nothing_else_does()
    {
        string methods = string.Join("\n", Queries.Select(static (q, i) => $"public static QueryPlan Plan{i}(VaultDatabase db) => ({q}).Explain();\npublic static object Run{i}(VaultDatabase db) => ({q}).ToList();"));
        string source = $"using System; using System.Collections.Generic; using System.Linq; using ModelVault; using Shop;\npublic static class Queries\n{{\n{methods}\n}}\n";
        Compilation compilation = Compilations.Of(("Test.cs", source), ("Other0.cs", Shop.Models), ("More.cs", MoreModels));
        HashSet<int> reportedLines = [.. (await Analysis.RunAsync(compilation)).Select(static d => d.Location.GetLineSpan().StartLinePosition.Line)];

        Type compiled = Load(Generation.Complete(compilation)).GetType("Queries")!;
        using VaultDatabase db = VaultDatabase.OpenInMemory();
        for (int i = 0; i < Queries.Length; i++)
        {
            QueryPlan plan = (QueryPlan)compiled.GetMethod($"Plan{i}")!.Invoke(null, [db])!;
            bool isReported = reportedLines.Contains(3 + (2 * i) + 1);
            Assert.True(plan.IsScan == isReported, $"{Queries[i]} is {(isReported ? "" : "not ")}reported, and its plan is\n{plan}");
        }
    }

    private static Assembly Load(Compilation compilation)
    {
        using MemoryStream image = new();
        Assert.Empty(compilation.Emit(image).Diagnostics.Where(static d => d.Severity == DiagnosticSeverity.Error));
        return Assembly.Load(image.ToArray());
    }
}
