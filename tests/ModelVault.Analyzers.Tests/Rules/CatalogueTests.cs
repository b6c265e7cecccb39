using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using ModelVault.Analyzers.Tests.Harness;
using ModelVault.CodeFixes.Editing;

namespace ModelVault.Analyzers.Tests.Rules;

/// <summary>The catalogue of all rules, the generator's and the analyzers': identifiers, pages, links, release notes, fixes.</summary>
public sealed class CatalogueTests
{
    private static readonly string[] WithFix = ["MV0001", "MV0002", "MV0004", "MV0007", "MV0008", "MV0013", "MV0101"];

    private static readonly IReadOnlyList<DiagnosticDescriptor> All = [.. Generators.Rules.All, .. QueryRules.All];

    public static TheoryData<string> Ids => new(All.Select(static r => r.Id));

    [Fact]
    public void Identifiers_are_unique() => Assert.Equal(All.Count, All.Select(static r => r.Id).Distinct().Count());

    [Fact]
    public void The_catalogue_has_every_rule_that_an_analyzer_reports() =>
        Assert.Equal(Analysis.Analyzers.SelectMany(static a => a.SupportedDiagnostics).Distinct(), QueryRules.All);

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_a_page_that_its_link_leads_to_and_the_index_lists(string id)
    {
        DiagnosticDescriptor rule = All.Single(r => r.Id == id);
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "rules", $"{id}.md"));
        Assert.Equal($"https://github.com/modelvault-gen/modelvault-gen/blob/main/docs/rules/{id}.md", rule.HelpLinkUri);
        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains($"| Severity | {rule.DefaultSeverity} |", page, StringComparison.Ordinal);
        Assert.All(["## What it says", "## Why", "## Bad", "## Good", "## Suppressing it"], heading => Assert.Contains(heading, page, StringComparison.Ordinal));
        Assert.Contains($"| [{id}]({id}.md) | {rule.Title} | {rule.DefaultSeverity} |", File.ReadAllText(Path.Combine(Root(), "docs", "rules", "README.md")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_is_in_the_release_notes(string id)
    {
        DiagnosticDescriptor rule = All.Single(r => r.Id == id);
        string[] notes =
        [
            .. File.ReadAllLines(Path.Combine(Root(), "generators", "ModelVault.Generators", "AnalyzerReleases.Unshipped.md")),
            .. File.ReadAllLines(Path.Combine(Root(), "analyzers", "ModelVault.Analyzers", "AnalyzerReleases.Unshipped.md")),
        ];
        Assert.Single(notes, line => line.StartsWith($"{id} | {rule.Category} | {rule.DefaultSeverity} | ", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_fix_is_exported_and_fixes_all()
    {
        List<CodeFixProvider> fixes = [.. typeof(SourceFixProvider).Assembly.GetTypes()
            .Where(static t => t.IsDefined(typeof(ExportCodeFixProviderAttribute), false)).Select(static t => (CodeFixProvider)Activator.CreateInstance(t)!)];
        Assert.Equal(WithFix, fixes.SelectMany(static f => f.FixableDiagnosticIds).Distinct().Order());
        Assert.All(fixes, static f => Assert.Equal(
            [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution], f.GetFixAllProvider()!.GetSupportedFixAllScopes()));
    }

    [Fact]
    public void The_analyzers_do_without_workspaces() =>
        Assert.DoesNotContain(typeof(UnservedQueryAnalyzer).Assembly.GetReferencedAssemblies(), static a => a.Name!.Contains("Workspaces", StringComparison.Ordinal));

    [Theory]
    [InlineData("Bad", "MV0101")]
    [InlineData("Good")]
    public async Task The_page_shows_what_the_rule_does(string heading, params string[] expected)
    {
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "rules", "MV0101.md"));
        string sample = page.Split($"## {heading}\n")[1].Split("```csharp\n")[1].Split("```")[0];
        ImmutableArray<Diagnostic> found = await Analysis.RunAsync(Compilations.Of(("Sample.cs", $"using System.Collections.Generic;\nusing ModelVault;\n{sample}")));
        Assert.Equal(expected, found.Select(static d => d.Id));
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}
