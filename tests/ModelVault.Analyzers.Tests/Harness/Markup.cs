using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace ModelVault.Analyzers.Tests.Harness;

/// <summary>Source with marks where diagnostics are expected: <c>{|MV0101:b.Rating|}</c>.</summary>
/// <param name="Source">The source without marks.</param>
/// <param name="Expected">The marked places.</param>
internal sealed record Markup(string Source, IReadOnlyList<(string Id, TextSpan Span)> Expected)
{
    public static Markup Parse(string marked)
    {
        StringBuilder source = new();
        List<(string, TextSpan)> expected = [];
        Stack<(string Id, int Start)> open = new();
        for (int i = 0; i < marked.Length; i++)
        {
            if (marked[i] == '{' && marked.AsSpan(i).StartsWith("{|MV"))
            {
                int colon = marked.IndexOf(':', i);
                open.Push((marked[(i + 2)..colon], source.Length));
                i = colon;
            }
            else if (open.Count > 0 && marked.AsSpan(i).StartsWith("|}"))
            {
                (string id, int start) = open.Pop();
                expected.Add((id, TextSpan.FromBounds(start, source.Length)));
                i++;
            }
            else
            {
                source.Append(marked[i]);
            }
        }

        return new Markup(source.ToString(), expected);
    }
}
