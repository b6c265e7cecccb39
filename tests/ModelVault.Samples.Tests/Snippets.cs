using System.Reflection;
using System.Text.RegularExpressions;

namespace ModelVault.Samples.Tests;

/// <summary>The C# snippets of the README and the documents.</summary>
internal static partial class Snippets
{
    public static string Root { get; } = typeof(Snippets).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    /// <summary>Every Markdown file that shows C#, by its path below the root. The rules' pages show what does not compile well on purpose; the rules' own tests check those.</summary>
    public static IEnumerable<string> Documents() =>
        Directory.EnumerateFiles(Root, "*.md").Concat(Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
            .Where(f => !f.StartsWith("docs/rules/", StringComparison.Ordinal) && Read(f).Count > 0)
            .Order(StringComparer.Ordinal);

    /// <summary>A document's snippets, in order.</summary>
    public static IReadOnlyList<string> Read(string document) =>
        [.. Fence().Matches(File.ReadAllText(Path.Combine(Root, document))).Select(m => m.Groups["code"].Value)];

    [GeneratedRegex(@"^```csharp\r?\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
