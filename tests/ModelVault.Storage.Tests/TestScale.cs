using System.Globalization;

namespace ModelVault.Storage.Tests;

/// <summary>How much work the tests do: MODELVAULT_TEST_SCALE multiplies it. CI runs them at 1, a night at 10 to 100; unless set it is 0.3, for who is at work.</summary>
internal static class TestScale
{
    private static readonly Lock ReportGate = new();

    public static readonly double Factor =
        double.TryParse(Environment.GetEnvironmentVariable("MODELVAULT_TEST_SCALE"), NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor > 0 ? factor : 0.3;

    /// <summary>A count at scale 1, scaled.</summary>
    public static int Of(int count) => Math.Max(1, (int)Math.Min(int.MaxValue, count * Factor));

    /// <summary>By how much to go on from one call that fails to the next: 1, which is every call, from scale 1 on.</summary>
    public static int Stride { get; } = Math.Max(1, (int)Math.Round(1 / Factor));

    /// <summary>A number that grows by one whenever the scale doubles.</summary>
    public static int Log(int atOne, int most) => Math.Clamp(atOne + (int)Math.Log2(Factor), 1, most);

    /// <summary>Notes how much a test did, in the file that MODELVAULT_TEST_REPORT names: what docs/reliability.md counts.</summary>
    public static void Report(string what, long count)
    {
        if (Environment.GetEnvironmentVariable("MODELVAULT_TEST_REPORT") is not { Length: > 0 } path) return;
        lock (ReportGate) File.AppendAllText(path, string.Create(CultureInfo.InvariantCulture, $"{count}\t{what}\n"));
    }
}
