using System.Diagnostics;

namespace ModelVault.Benchmarks;

/// <summary>
/// Runs a workload's lanes in turns, so that a disturbance of the machine meets all of them: first until the code is compiled
/// for good, then round by round, each round beginning with another lane.
/// </summary>
internal sealed class Interleaver(BenchmarkOptions options)
{
    private const int LeastWarmUps = 1;
    private const int MostLongRounds = 3;

    public IReadOnlyList<Row> Measure(Workload workload) => Rows(workload, Run(workload));

    /// <summary>One measurement for each lane, ModelVault's first.</summary>
    public Measurement[] Run(Workload workload)
    {
        Lane[] lanes = [workload.Ours, .. workload.Theirs];
        int[] operations = WarmUp(workload, lanes);
        Measurement[] measurements = [.. lanes.Select(static l => new Measurement(l.Name))];
        int rounds = workload.IsLong ? Math.Min(options.Rounds, MostLongRounds) : options.Rounds;
        for (int round = 0; round < rounds; round++)
        {
            for (int turn = 0; turn < lanes.Length; turn++)
            {
                int lane = (round + turn) % lanes.Length;
                Turn result = Take(lanes[lane], operations[lane], workload.IsParallel);
                measurements[lane].Add(result.Time.TotalNanoseconds / operations[lane], (double)result.Bytes / operations[lane]);
            }
        }

        return measurements;
    }

    /// <summary>The rows that measurements make.</summary>
    public static IReadOnlyList<Row> Rows(Workload workload, Measurement[] measurements)
    {
        Row[] rows = [.. workload.Theirs.Select((peer, i) => Row.OfTimes(workload, measurements[0], measurements[i + 1], peer))];
        if (!workload.TakesFastest) return rows;
        Measurement fastest = measurements[1..].MinBy(static m => m.Median)!;
        return [rows[Array.IndexOf(measurements, fastest) - 1]];
    }

    /// <summary>Does a workload for what it leaves behind.</summary>
    public static void RunOnce(Workload workload)
    {
        foreach (Lane lane in (Lane[])[workload.Ours, .. workload.Theirs]) Take(lane, workload.Operations ?? 1, workload.IsParallel);
    }

    // Compiling in the background begins 100 ms after the last new method was called, so short runs are repeated until the time is up.
    private int[] WarmUp(Workload workload, Lane[] lanes)
    {
        int[] operations = [.. lanes.Select(_ => workload.Operations ?? 1)];
        Stopwatch watch = Stopwatch.StartNew();
        for (int i = 0; i < LeastWarmUps || (watch.Elapsed < options.WarmUp && !workload.IsLong); i++)
        {
            for (int lane = 0; lane < lanes.Length; lane++)
            {
                Turn turn = Take(lanes[lane], operations[lane], workload.IsParallel);
                if (workload.Operations is null) operations[lane] = Fitting(operations[lane], turn.Time);
            }
        }

        return operations;
    }

    private int Fitting(int operations, TimeSpan time)
    {
        double fitting = operations * (options.Batch / TimeSpan.FromTicks(Math.Max(1, time.Ticks)));
        return (int)Math.Clamp(fitting, 1, Math.Min(10.0 * operations, 1_000_000));
    }

    private static Turn Take(Lane lane, int operations, bool isParallel)
    {
        lane.Prepare();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long bytes = Allocated(isParallel);
        Stopwatch watch = Stopwatch.StartNew();
        lane.Run(operations);
        TimeSpan time = watch.Elapsed;
        bytes = Allocated(isParallel) - bytes;
        lane.Finish();
        return new Turn(time, bytes);
    }

    private static long Allocated(bool isParallel) => isParallel ? GC.GetTotalAllocatedBytes(precise: true) : GC.GetAllocatedBytesForCurrentThread();

    private readonly record struct Turn(TimeSpan Time, long Bytes);
}
