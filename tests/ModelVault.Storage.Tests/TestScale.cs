using System.Globalization;

namespace ModelVault.Storage.Tests;

/// <summary>How much work the tests do: MODELVAULT_TEST_SCALE multiplies it (1 unless set).</summary>
internal static class TestScale
{
    private static readonly Lock ReportGate = new();

    public static readonly double Factor =
        double.TryParse(Environment.GetEnvironmentVariable("MODELVAULT_TEST_SCALE"), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor > 0 ? factor : 1;

    /// <summary>A count at scale 1, scaled.</summary>
    public static int Of(int count) => Math.Max(1, (int)Math.Min(int.MaxValue, count * Factor));

    /// <summary>A number that grows by one whenever the scale doubles.</summary>
    public static int Log(int atOne, int most) => Math.Clamp(atOne + (int)Math.Log2(Factor), 1, most);

    /// <summary>Notes how much a test did, in the file that MODELVAULT_TEST_REPORT names: what docs/reliability.md counts.</summary>
    public static void Report(string what, long count)
    {
        if (Environment.GetEnvironmentVariable("MODELVAULT_TEST_REPORT") is not { Length: > 0 } path) return;
        lock (ReportGate) File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture, $"{count}\t{what}\n"));
    }
}
