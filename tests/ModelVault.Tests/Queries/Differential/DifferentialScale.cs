using System.Globalization;

namespace ModelVault.Tests.Queries.Differential;

/// <summary>How many random queries there are, and which: <c>MODELVAULT_TEST_SCALE</c> and <c>MODELVAULT_QUERY_SEED</c>.</summary>
internal static class DifferentialScale
{
    private const int QueriesOfModelAtOne = 9000;

    private const int SchemasAtOne = 120;

    /// <summary>The seed of the first round; each further round has the next one.</summary>
    public static int Seed { get; } = Environment.GetEnvironmentVariable("MODELVAULT_QUERY_SEED") is { } seed ? int.Parse(seed, CultureInfo.InvariantCulture) : 1;

    /// <summary>Whether there are enough queries for every plan to be among them.</summary>
    public static bool IsCovering => QueriesOfModel >= 800;

    /// <summary>Of the dynamic API: each has a round.</summary>
    public const int QueriesOfSchema = 250;

    public static int Schemas => Math.Max(1, (int)(SchemasAtOne * TestScale.Or(0.1)));

    /// <summary>How often each way to the records and each index must have been used at least.</summary>
    public static int LeastOfAPlan => 1 + (QueriesOfModel / 4000);

    public static int QueriesOfModel => (int)(QueriesOfModelAtOne * TestScale.Or(0.1));
}
