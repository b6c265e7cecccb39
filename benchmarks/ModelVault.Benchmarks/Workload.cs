namespace ModelVault.Benchmarks;

/// <summary>One contender's way of doing a workload.</summary>
/// <param name="Name">The contender.</param>
/// <param name="Run">Does so many operations; this is what is timed.</param>
internal sealed record Lane(string Name, Action<int> Run)
{
    /// <summary>What has to be done before each turn.</summary>
    public Action Prepare { get; init; } = static () => { };

    /// <summary>What has to be done after each turn.</summary>
    public Action Finish { get; init; } = static () => { };

    /// <summary>For a peer: how many times its time ModelVault may take; null where there is no gate.</summary>
    public double? MostRatio { get; init; }
}

/// <summary>A row of the table, or one for each peer: the same work done by ModelVault and by others.</summary>
internal sealed record Workload(string Name, Lane Ours, params Lane[] Theirs)
{
    /// <summary>Whether the gate on reads covers it.</summary>
    public bool IsRead { get; init; }

    /// <summary>How many operations a turn has; null lets the time decide.</summary>
    public int? Operations { get; init; }

    /// <summary>Whether a turn takes seconds: one warms up, and three count.</summary>
    public bool IsLong { get; init; }

    /// <summary>Whether the others are ways in which one peer does it, of which the fastest counts.</summary>
    public bool TakesFastest { get; init; }

    /// <summary>How long ModelVault may take; null where there is no such gate.</summary>
    public TimeSpan? MostTime { get; init; }

    /// <summary>Whether it runs on several threads, so that allocations are counted over all of them.</summary>
    public bool IsParallel { get; init; }
}
