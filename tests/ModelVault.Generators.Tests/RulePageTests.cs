using System.Runtime.CompilerServices;
using ModelVault.Generators.Tests.Harness;

namespace ModelVault.Generators.Tests;

/// <summary>The samples of the rules' pages: the bad one breaks the page's rule and no other, the good one none.</summary>
public class RulePageTests
{
    public static TheoryData<string> Pages => new(Rules.All.Select(static r => r.Id).Where(static id => id is not ("MV0303" or "MV0999")));

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_bad_sample_breaks_the_rule(string id) =>
        Assert.Equal([id], GeneratorHarness.RunWithDiagnostics(GeneratorHarness.CSharp13, null, Sample(id, "Bad")).Diagnostics.Select(static d => d.Id).Distinct());

    [Theory]
    [MemberData(nameof(Pages))]
    public void The_good_sample_breaks_none(string id) => GeneratorHarness.Run(Sample(id, "Good"));

    // The first code block under the heading. The usings that every sample would repeat are there already.
    private static string Sample(string id, string heading, [CallerFilePath] string file = "")
    {
        string page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "docs", "rules", $"{id}.md"));
        string section = page.Split($"## {heading}\n")[1];
        return section.Split("```csharp\n")[1].Split("```")[0].Replace("using System.ComponentModel.DataAnnotations;\n", "", StringComparison.Ordinal);
    }
}
