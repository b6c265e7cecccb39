namespace ModelVault.Benchmarks;

/// <summary>A row of the report.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Ours">ModelVault's figure, for reading.</param>
/// <param name="Theirs">SQLite's figure, for reading.</param>
/// <param name="Ratio">Ours to theirs; below 1 we win.</param>
/// <param name="OurBytes">What ModelVault allocates per operation, for reading.</param>
/// <param name="TheirBytes">What SQLite's client allocates per operation, for reading.</param>
/// <param name="IsRead">Whether the gate on reads covers it.</param>
internal sealed record Row(string Name, string Ours, string Theirs, double Ratio, string OurBytes, string TheirBytes, bool IsRead)
{
    public bool IsLost => Ratio > 1;

    public static Row OfTimes(Workload workload, Measurement ours, Measurement theirs) => new(
        workload.Name,
        Spread(ours),
        Spread(theirs) + (workload.Theirs.Length > 1 ? $", {theirs.Name}" : ""),
        ours.RatioTo(theirs),
        Figures.Bytes(ours.Bytes),
        Figures.Bytes(theirs.Bytes),
        workload.IsRead);

    public static Row OfSizes(string name, long ours, long theirs) => new(name, Figures.Bytes(ours), Figures.Bytes(theirs), (double)ours / theirs, "", "", false);

    private static string Spread(Measurement m) => $"{Figures.Time(m.Median)} ({Figures.Time(m.Least)}, {Figures.Time(m.LowerQuartile)})";
}
