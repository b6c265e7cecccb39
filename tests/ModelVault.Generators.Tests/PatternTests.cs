using System.Text.RegularExpressions;
using ModelVault.Generators.Parsing;

namespace ModelVault.Generators.Tests;

/// <summary>On compiler hosts without a non-backtracking engine the pattern's text says whether it needs backtracking.</summary>
public class PatternTests
{
    [Theory]
    [InlineData("a+[b-d]{2,3}(?:x|y)(z)(?<name>w)(?'other'v)")]
    [InlineData("(?i)a(?-i)b(?#comment)")]
    [InlineData(@"\d\w\s\p{L}\x41\u0041\(\?=")]
    [InlineData(@"[(?=][\1][]a(?!]")]
    [InlineData(@"[^](?=]\\")]
    [InlineData("(?=a)b")]
    [InlineData("(?!a)b")]
    [InlineData("(?<=a)b")]
    [InlineData("(?<!a)b")]
    [InlineData("(?>a)b")]
    [InlineData(@"(a)\1")]
    [InlineData(@"(?<n>a)\k<n>")]
    [InlineData("(?(a)b|c)")]
    [InlineData("(?<open>a)(?<close-open>b)")]
    [InlineData("(?'open'a)(?'-open'b)")]
    [InlineData(@"\Ga")]
    public void The_text_says_what_the_engine_says(string pattern) => Assert.Equal(NeedsBacktracking(pattern), PatternParser.HasBacktracking(pattern));

    private static bool NeedsBacktracking(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking);
            return false;
        }
        catch (NotSupportedException)
        {
            return true;
        }
    }
}
