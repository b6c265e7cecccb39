namespace ModelVault.Benchmarks;

/// <summary>A row of the report.</summary>
/// <param name="Name">What was done.</param>
/// <param name="Ours">ModelVault's figure, for reading.</param>
/// <param name="Peer">Who it is compared with.</param>
/// <param name="Theirs">The peer's figure, for reading.</param>
/// <param name="Ratio">Ours to theirs; below 1 we win. Null where there is no peer.</param>
internal sealed record Row(string Name, string Ours, string Peer, string Theirs, double? Ratio)
{
    /// <summary>What the row has to reach; null for nothing.</summary>
    public Gate? Gate { get; init; }

    /// <summary>What ModelVault allocates per operation, for reading.</summary>
    public string OurBytes { get; init; } = "";

    /// <summary>What the peer's client allocates per operation, for reading.</summary>
    public string TheirBytes { get; init; } = "";

    /// <summary>Whether the gate on reads covers it.</summary>
    public bool IsRead { get; init; }

    public bool IsLost => Ratio > 1;

    public bool IsMissed => Gate is { IsMet: false };

    public static Row OfTimes(Workload workload, Measurement ours, Measurement theirs, Lane peer)
    {
        double ratio = ours.RatioTo(theirs);
        return new Row(workload.Name, Spread(ours), peer.Name, Spread(theirs), ratio)
        {
            Gate = workload.MostTime is { } time ? Gate.OfTime(time, ours.Median) : peer.MostRatio is { } most ? Gate.OfRatio(most, ratio) : null,
            OurBytes = Figures.Bytes(ours.Bytes),
            TheirBytes = Figures.Bytes(theirs.Bytes),
            IsRead = workload.IsRead,
        };
    }

    public static Row OfSizes(string name, long ours, long theirs, double? mostRatio = null)
    {
        double ratio = (double)ours / theirs;
        return new Row(name, Figures.Bytes(ours), "SQLite", Figures.Bytes(theirs), ratio) { Gate = mostRatio is { } most ? Gate.OfRatio(most, ratio) : null };
    }

    /// <summary>A row that says that an operation allocates nothing.</summary>
    public static Row OfAllocation(string name, double bytes) => new(name, Figures.Bytes(bytes), "", "", null) { Gate = Gate.OfNoBytes(bytes) };

    /// <summary>The row as the console shows it while it runs.</summary>
    public override string ToString() =>
        $"  {Name,-48} {Ours,-38} {Theirs,-38} {(Ratio is { } ratio ? Figures.Ratio(ratio) : ""),8}  {OurBytes,8} {TheirBytes,8}  {Gate?.Text}{(IsMissed ? " missed" : "")} {Peer}";

    private static string Spread(Measurement m) => $"{Figures.Time(m.Median)} ({Figures.Time(m.Least)}, {Figures.Time(m.LowerQuartile)})";
}
