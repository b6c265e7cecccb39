using System.Text.RegularExpressions;

namespace ModelVault.Generators.Parsing;

/// <summary>Checks that a pattern can be matched as a whole string in linear time.</summary>
internal static class PatternParser
{
    // RegexOptions.NonBacktracking, which the compiler's host may lack.
    private const RegexOptions NonBacktracking = (RegexOptions)1024;

    private const string NeedsBacktracking = "the pattern needs backtracking, whose time has no bound; write it without look-arounds, back-references and atomic groups";

    /// <summary>The pattern as the schema says it: the whole string matches, or is empty, as <c>RegularExpressionAttribute</c> has it.</summary>
    public static string Anchored(string pattern) => $@"^(?:{pattern})?\z";

    /// <summary>Why the pattern can't be checked; null where it can.</summary>
    public static string? Check(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
        }
        catch (ArgumentException e)
        {
            return $"the pattern is not valid: {e.Message}";
        }

        return HasBacktracking(pattern) ? NeedsBacktracking : CheckAnchored(Anchored(pattern));
    }

    private static string? CheckAnchored(string anchored)
    {
        try
        {
            _ = new Regex(anchored, NonBacktracking | RegexOptions.CultureInvariant);
            return null;
        }
        catch (ArgumentOutOfRangeException e) when (e.ParamName == "options")
        {
            return null; // an older host: what it can't tell is told when the model is first used
        }
        catch (ArgumentException)
        {
            return "the pattern can't be anchored: it ends in a comment";
        }
        catch (NotSupportedException)
        {
            return "the pattern is too large to be matched without backtracking; its quantifiers multiply";
        }
    }

    /// <summary>Whether a valid pattern has a construct that only a backtracking engine can match.</summary>
    public static bool HasBacktracking(string pattern)
    {
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\' when i + 1 < pattern.Length:
                    if (!inClass && pattern[i + 1] is (>= '1' and <= '9') or 'k' or 'G') return true;
                    i++;
                    break;
                case '[' when !inClass:
                    inClass = true;
                    if (i + 1 < pattern.Length && pattern[i + 1] == '^') i++;
                    if (i + 1 < pattern.Length && pattern[i + 1] == ']') i++; // first in a class, a bracket is itself
                    break;
                case ']':
                    inClass = false;
                    break;
                case '(' when !inClass && IsBacktrackingGroup(pattern, i + 1):
                    return true;
            }
        }

        return false;
    }

    private static bool IsBacktrackingGroup(string pattern, int start)
    {
        if (start + 1 >= pattern.Length || pattern[start] != '?') return false;
        return pattern[start + 1] switch
        {
            '=' or '!' or '>' or '(' => true,
            '<' or '\'' => IsLookBehindOrBalancing(pattern, start + 2),
            _ => false,
        };
    }

    private static bool IsLookBehindOrBalancing(string pattern, int start)
    {
        if (start < pattern.Length && pattern[start] is '=' or '!') return true;
        int end = pattern.IndexOfAny(['>', '\''], start);
        return end > start && pattern.IndexOf('-', start, end - start) >= 0;
    }
}
