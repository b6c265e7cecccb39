using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace ModelVault.Generators.Tests;

/// <summary>The catalogue of rules: each has its page, its line in the release notes, and tests.</summary>
public class CatalogueTests
{
    public static TheoryData<string> Ids => new(Rules.All.Select(static r => r.Id));

    [Fact]
    public void Identifiers_are_unique() => Assert.Equal(Rules.All.Count, Rules.All.Select(static r => r.Id).Distinct().Count());

    [Fact]
    public void Every_field_is_in_the_list() => Assert.Equal(
        typeof(Rules).GetFields().Where(static f => f.FieldType == typeof(DiagnosticDescriptor)).Select(static f => ((DiagnosticDescriptor)f.GetValue(null)!).Id), Rules.All.Select(static r => r.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_has_a_page_that_its_link_leads_to(string id)
    {
        DiagnosticDescriptor rule = Rules.All.Single(r => r.Id == id);
        string page = File.ReadAllText(Path.Combine(Root(), "docs", "rules", $"{id}.md"));
        Assert.Equal($"https://github.com/modelvault-gen/modelvault-gen/blob/main/docs/rules/{id}.md", rule.HelpLinkUri);
        Assert.StartsWith($"# {id}: {rule.Title}\n", page, StringComparison.Ordinal);
        Assert.Contains($"| Severity | {rule.DefaultSeverity} |", page, StringComparison.Ordinal);
        Assert.All(["## What it says", "## Why", "## Bad", "## Good", "## Suppressing it"], heading => Assert.Contains(heading, page, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_is_in_the_release_notes(string id)
    {
        DiagnosticDescriptor rule = Rules.All.Single(r => r.Id == id);
        string[] notes = File.ReadAllLines(Path.Combine(Root(), "generators", "ModelVault.Generators", "AnalyzerReleases.Unshipped.md"));
        Assert.Contains(notes, line => line.StartsWith($"{id} | {rule.Category} | {rule.DefaultSeverity} | ", StringComparison.Ordinal));
    }

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", ".."));
}
