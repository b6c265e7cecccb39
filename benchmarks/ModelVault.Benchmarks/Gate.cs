using System.Globalization;

namespace ModelVault.Benchmarks;

/// <summary>What a row has to reach, at a million rows.</summary>
/// <param name="Text">For reading.</param>
/// <param name="IsMet">Whether this run reached it.</param>
internal sealed record Gate(string Text, bool IsMet)
{
    /// <summary>A ratio of times that is not to be exceeded.</summary>
    public static Gate OfRatio(double most, double ratio) => new(string.Create(CultureInfo.InvariantCulture, $"≤ {most:0.00#}×"), ratio <= most);

    /// <summary>A time that is not to be exceeded.</summary>
    public static Gate OfTime(TimeSpan most, double nanoseconds) => new($"≤ {Figures.Time(most.TotalNanoseconds)}", nanoseconds <= most.TotalNanoseconds);

    /// <summary>No allocation. What is less than a byte per operation was allocated once, for all of them.</summary>
    public static Gate OfNoBytes(double bytes) => new("0 B", bytes < 1);
}
