using System.Globalization;

namespace ModelVault.Tests;

/// <summary>How much is tested of what is random: <c>MODELVAULT_TEST_SCALE</c>.</summary>
internal static class TestScale
{
    /// <summary>The scale, or another where none is set.</summary>
    public static double Or(double otherwise) =>
        Environment.GetEnvironmentVariable("MODELVAULT_TEST_SCALE") is { } scale ? double.Parse(scale, CultureInfo.InvariantCulture) : otherwise;
}
