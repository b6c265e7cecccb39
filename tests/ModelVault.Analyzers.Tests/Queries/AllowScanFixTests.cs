using Microsoft.CodeAnalysis.CodeFixes;
using ModelVault.Analyzers.Tests.Harness;
using ModelVault.CodeFixes.Queries;

namespace ModelVault.Analyzers.Tests.Queries;

/// <summary>MV0101's fix that says the scan is meant.</summary>
public sealed class AllowScanFixTests
{
    private const string Call = ".AllowScan(\"why this may read everything\")";

    // § marks where the call goes.
    [Theory]
    [InlineData("_ = db.Books.Where(b => b.Price > 3)§.ToList();")]
    [InlineData("_ = await db.Books.Where(b => b.Price > 3)§.ToListAsync();")]
    [InlineData("_ = db.Books§.Any(b => b.Price > 3);")]
    [InlineData("_ = db.Books.Where(b => b.Price > 3).OrderBy(b => b.Id)§.First();")]
    [InlineData("_ = db.Books.Where(b => b.Price > 3)§.Select(b => b.Title).ToList();")]
    [InlineData("foreach (var book in db.Books.Where(b => b.Price > 3)§) { }")]
    [InlineData("var q = db.Books.Where(b => b.Price > 3); _ = q§.ToList();")]
    [InlineData("var p = db.Books.Where(b => b.Price > 3)§.Select(b => b.Title); _ = p.ToList();")]
    [InlineData("_ = (from b in db.Books§ where b.Price > 3 select b).ToList();")]
    [InlineData("_ = (from b in db.Books§ where b.Price > 3 select b.Title).ToList();")]
    public async Task It_goes_to_the_end_of_the_query(string body)
    {
        string source = Shop.Body(body);
        using FixWorkspace workspace = new(("Test.cs", source.Replace("§", "")), ("Shop.cs", Shop.Models));
        await workspace.ApplyAsync(new AllowScanFix());
        Assert.Equal(source.Replace("§", Call), await workspace.TextAsync("Test.cs"));
        Assert.Empty(await workspace.DiagnosticsAsync(new AllowScanFix()));
    }

    [Theory]
    [InlineData(FixAllScope.Document)]
    [InlineData(FixAllScope.Project)]
    [InlineData(FixAllScope.Solution)]
    public async Task All_queries_of_a_scope_are_fixed_together(FixAllScope scope)
    {
        string source = Shop.Body("_ = db.Books.Where(b => b.Price > 3)§.ToList(); _ = db.Books§.Count(b => b.Active);");
        using FixWorkspace workspace = new(("Test.cs", source.Replace("§", "")), ("Shop.cs", Shop.Models));
        await workspace.FixAllAsync(new AllowScanFix(), scope, AllowScanFix.EquivalenceKey);
        Assert.Equal(source.Replace("§", Call), await workspace.TextAsync("Test.cs"));
    }
}
