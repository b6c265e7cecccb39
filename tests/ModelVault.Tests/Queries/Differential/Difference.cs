using ModelVault.Tests.Types;

namespace ModelVault.Tests.Queries.Differential;

/// <summary>Where a result differs from what it should be, as text; null where it does not.</summary>
internal static class Difference
{
    public static string? Of<T, TFound>(IEnumerable<T> expected, IReadOnlyList<TFound> found, Func<T, TFound, bool> areSame)
    {
        int at = 0;
        foreach (T value in expected)
        {
            if (at == found.Count) return $"{at} results, and {Text(value)} is missing";
            if (!areSame(value, found[at])) return $"result {at} is {Text(found[at])} instead of {Text(value)}";
            at++;
        }

        return at == found.Count ? null : $"result {at} is {Text(found[at])}, one too many";
    }

    public static string? OfOne<T>(T expected, T found, Func<T, T, bool> areSame) => areSame(expected, found) ? null : $"{Text(found)} instead of {Text(expected)}";

    public static string? OfThrowing<TException>(Func<object?> read)
        where TException : Exception
    {
        try
        {
            return $"{Text(read())} instead of a {typeof(TException).Name}";
        }
        catch (TException)
        {
            return null;
        }
    }

    private static string Text(object? value)
    {
        try
        {
            return Exact.Text(value);
        }
        catch (ArgumentException)
        {
            return value!.ToString() ?? "";
        }
    }
}
