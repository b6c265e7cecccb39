using System.Globalization;

namespace ModelVault.Tests.Queries.Differential;

/// <summary>How many random queries there are, and which: <c>MODELVAULT_TEST_SCALE</c> and <c>MODELVAULT_QUERY_SEED</c>.</summary>
internal static class DifferentialScale
{
    private const int QueriesOfModelAtOne = 8000;

    /// <summary>The seed of the first round; each further round has the next one.</summary>
    public static int Seed { get; } = Environment.GetEnvironmentVariable("MODELVAULT_QUERY_SEED") is { } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : 1;

    public static int QueriesOfModel => (int)(QueriesOfModelAtOne * TestScale.Or(0.1));
}
