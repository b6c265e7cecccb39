using System.Text;
using Microsoft.CodeAnalysis;

namespace ModelVault.Generators.Tests.Harness;

/// <summary>Source with the diagnostics that are expected of it: <c>{|MV0007:Name|}</c>.</summary>
internal static class Markup
{
    /// <summary>Runs the generator on marked-up source and compares what it finds, rule, place and squiggle. Returns the messages.</summary>
    public static IReadOnlyList<string> Verify(string markup)
    {
        (string source, List<(string Id, string Text, int Start)> expected) = Parse(markup);
        GeneratorRun run = GeneratorHarness.RunWithDiagnostics(GeneratorHarness.CSharp13, null, source);
        IEnumerable<(string, string, int)> actual = run.Diagnostics.Where(static d => d.Location.IsInSource)
            .Select(d => (d.Id, source.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length), d.Location.SourceSpan.Start));
        Assert.Equal(expected.OrderBy(static e => e.Start).ThenBy(static e => e.Id), actual.OrderBy(static a => a.Item3).ThenBy(static a => a.Item1));
        Assert.Equal(expected.Count, run.Diagnostics.Length);
        return [.. run.Diagnostics.OrderBy(static d => d.Location.SourceSpan.Start).Select(static d => d.GetMessage(System.Globalization.CultureInfo.InvariantCulture))];
    }

    private static (string Source, List<(string, string, int)> Expected) Parse(string markup)
    {
        StringBuilder source = new();
        List<(string, string, int)> expected = [];
        Stack<(string Id, int Start)> open = [];
        for (int i = 0; i < markup.Length;)
        {
            if (markup.AsSpan(i).StartsWith("{|MV"))
            {
                int colon = markup.IndexOf(':', i);
                open.Push((markup[(i + 2)..colon], source.Length));
                i = colon + 1;
            }
            else if (open.Count > 0 && markup.AsSpan(i).StartsWith("|}"))
            {
                (string id, int start) = open.Pop();
                expected.Add((id, source.ToString(start, source.Length - start), start));
                i += 2;
            }
            else
            {
                source.Append(markup[i++]);
            }
        }

        return (source.ToString(), expected);
    }
}
