using System.Diagnostics;

namespace ModelVault.Benchmarks;

/// <summary>How long gets take one by one while a writer commits as fast as it can, and while nobody does; and for how long the garbage collector stops both.</summary>
internal static class ReaderLatency
{
    public const string Name = "get while a writer commits, 99th percentile";
    public const string PausesName = "garbage collector's pauses meanwhile, per second";

    private const int RowsPerCommit = 10;

    // Which core the reader, the writer and the disk's interrupts get lasts for seconds: so there are more rounds than of other work.
    private const int Repetitions = 5;

    public static IEnumerable<Row> Measure(EngineStore engine, RawRows rows, BenchmarkOptions options)
    {
        KeyBatch keys = new(rows, seed: 23);
        keys.Draw();
        List<double> busy = [], idle = [];
        TimeSpan paused = TimeSpan.Zero, took = TimeSpan.Zero;
        Percentile(engine, keys);
        for (int round = 0; round < Repetitions * options.Rounds; round++)
        {
            idle.Add(Percentile(engine, keys));
            (TimeSpan pausedBefore, long start) = (GC.GetTotalPauseDuration(), Stopwatch.GetTimestamp());
            busy.Add(WhileWriting(engine, rows, round, () => Percentile(engine, keys)));
            paused += GC.GetTotalPauseDuration() - pausedBefore;
            took += Stopwatch.GetElapsedTime(start);
        }

        double ours = Median(busy), theirs = Median(idle);
        double ratio = Median([.. busy.Zip(idle, static (b, i) => b / i)]);
        yield return new Row(Name, Figures.Time(ours), "the same, nobody writing", Figures.Time(theirs), ratio) { Gate = Gate.OfRatio(2, ratio) };
        yield return new Row(PausesName, Figures.Time(paused.TotalNanoseconds / took.TotalSeconds), "", "", null);
    }

    private static double WhileWriting(EngineStore engine, RawRows rows, int seed, Func<double> measure)
    {
        using CancellationTokenSource stop = new();
        Thread writer = new(() =>
        {
            Random random = new(seed);
            long[] numbers = new long[RowsPerCommit];
            while (!stop.IsCancellationRequested)
            {
                for (int i = 0; i < RowsPerCommit; i++) numbers[i] = (2L * random.Next(rows.Count)) + 1;
                engine.Insert(numbers);
            }
        });
        writer.Start();
        try
        {
            return measure();
        }
        finally
        {
            stop.Cancel();
            writer.Join();
        }
    }

    // In nanoseconds, each get from the newest commit.
    private static double Percentile(EngineStore engine, KeyBatch keys)
    {
        const int gets = 1_000_000;
        long[] ticks = new long[gets];
        for (int i = 0; i < gets; i++)
        {
            long start = Stopwatch.GetTimestamp();
            engine.GetNewest(keys.Key(i));
            ticks[i] = Stopwatch.GetTimestamp() - start;
        }

        Array.Sort(ticks);
        return ticks[gets * 99 / 100] * (1e9 / Stopwatch.Frequency);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
