using System.Globalization;

namespace ModelVault.Benchmarks;

/// <summary>Figures with three digits and a unit.</summary>
internal static class Figures
{
    private static readonly string[] Times = ["ns", "µs", "ms", "s"];
    private static readonly string[] Sizes = ["B", "kB", "MB", "GB"];

    public static string Time(double nanoseconds) => Scaled(nanoseconds, Times);

    public static string Bytes(double bytes) => Scaled(Math.Max(0, bytes), Sizes);

    public static string Ratio(double ratio) => ratio.ToString(ratio < 0.1 ? "0.000×" : "0.00×", CultureInfo.InvariantCulture);

    private static string Scaled(double value, string[] units)
    {
        int unit = 0;
        for (; value >= 999.5 && unit < units.Length - 1; unit++) value /= 1000;
        string format = value >= 99.5 || (unit == 0 && value < 0.05) ? "0" : value >= 9.95 ? "0.0" : "0.00";
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {units[unit]}";
    }
}
