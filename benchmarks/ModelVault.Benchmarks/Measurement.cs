namespace ModelVault.Benchmarks;

/// <summary>One lane's turns: nanoseconds and allocated bytes per operation, in the order of the rounds.</summary>
internal sealed class Measurement(string name)
{
    private readonly List<double> _nanoseconds = [];
    private readonly List<double> _bytes = [];

    public string Name => name;

    public double Least => _nanoseconds.Min();

    public double LowerQuartile => Quantile(_nanoseconds, 0.25);

    public double Median => Quantile(_nanoseconds, 0.5);

    public double Bytes => Quantile(_bytes, 0.5);

    public void Add(double nanoseconds, double bytes)
    {
        _nanoseconds.Add(nanoseconds);
        _bytes.Add(bytes);
    }

    /// <summary>The median of the rounds' ratios: what slows the machine down for a while slows both contenders of a round.</summary>
    public double RatioTo(Measurement other) => Quantile([.. _nanoseconds.Zip(other._nanoseconds, static (ours, theirs) => ours / theirs)], 0.5);

    private static double Quantile(List<double> values, double quantile)
    {
        double[] sorted = [.. values.Order()];
        double place = quantile * (sorted.Length - 1);
        int low = (int)place;
        int high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + (sorted[high] - sorted[low]) * (place - low);
    }
}
