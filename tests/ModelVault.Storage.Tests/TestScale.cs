using System.Globalization;

namespace ModelVault.Storage.Tests;

/// <summary>How much work the tests do: MODELVAULT_TEST_SCALE multiplies it (1 unless set).</summary>
internal static class TestScale
{
    private static readonly double Factor =
        double.TryParse(Environment.GetEnvironmentVariable("MODELVAULT_TEST_SCALE"), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor > 0 ? factor : 1;

    /// <summary>A count at scale 1, scaled.</summary>
    public static int Of(int count) => Math.Max(1, (int)Math.Min(int.MaxValue, count * Factor));
}
