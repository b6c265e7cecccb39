using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Isolation;

/// <summary>Histories of writers and readers on one vault: every state that anybody sees is that of a prefix of the commits, in the order in which they returned.</summary>
public class IsolationTests
{
    private const int Writers = 4;
    private const int Readers = 3;

    private long _compared;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_state_that_is_seen_is_that_of_a_prefix_of_the_commits_in_real_time_order(bool isAlwaysFull)
    {
        var seed = Environment.TickCount;
        var acts = 0;
        for (var round = 0; round < TestScale.Of(2); round++) acts += Run(seed + (1000 * round), isAlwaysFull);
        TestScale.Report("acts of concurrent writers", acts);
        TestScale.Report("states that concurrent readers compared", _compared);
    }

    private int Run(int seed, bool isAlwaysFull)
    {
        var storage = new SimulatedBlockStorage();
        var history = new History();
        // Three openings of one vault: one begins with an empty one, the others go on.
        for (var opening = 0; opening < 3; opening++)
        {
            using (var engine = Open(storage)) RunThreads(engine, storage, history, seed + (100 * opening), isAlwaysFull);
            using var again = Open(storage);
            again.Read(snapshot => CheckOutcome(snapshot, history, seed));
        }

        return history.Done.Count;
    }

    private void RunThreads(StorageEngine engine, SimulatedBlockStorage storage, History history, int seed, bool isAlwaysFull)
    {
        var failures = new List<Exception>();
        var writing = Writers;
        var threads = new List<Thread>();
        for (var i = 0; i < Writers; i++)
        {
            var number = i;
            threads.Add(new Thread(() => Guard(() =>
            {
                try
                {
                    new HistoryWriter(engine, history, number, seed + number, isAlwaysFull).Run(acts: 60);
                }
                finally
                {
                    Interlocked.Decrement(ref writing);
                }
            })));
        }

        for (var i = 0; i < Readers; i++)
        {
            var number = i;
            threads.Add(new Thread(() => Guard(() =>
            {
                var reader = new HistoryReader(engine, storage, history, seed + 50 + number, isAlwaysFull);
                reader.RunWhile(() => Volatile.Read(ref writing) > 0);
                Interlocked.Add(ref _compared, reader.Compared);
            })));
        }

        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.True(failures.Count == 0, failures.Count == 0 ? "" : $"seed {seed}: {failures[0]}");

        void Guard(Action action)
        {
            try
            {
                action();
            }
            catch (Exception error)
            {
                lock (failures) failures.Add(error);
            }
        }
    }

    // All that returned is there once, as whoever did it was told, and nothing else.
    private static int CheckOutcome(Snapshot snapshot, History history, int seed)
    {
        var acts = Acts.HeadOf(snapshot);
        Assert.True(acts == history.Acknowledged && acts == history.Done.Count, $"seed {seed}: {acts} acts after opening again, of {history.Done.Count} that returned, the last of them {history.Acknowledged}");
        Assert.Null(Acts.Difference(snapshot, acts));
        Assert.Null(SpaceAudit.Run(snapshot));
        Assert.True(snapshot.TryGetTree("log", out var log));
        foreach (var (act, (writer, _)) in history.Done) Assert.Equal(writer, Acts.WriterOf(log.Get(Bytes.Key(act)), act));
        return 0;
    }

    private static StorageEngine Open(SimulatedBlockStorage storage) =>
        StorageEngine.Open(storage, new StorageOptions { CacheSize = StorageOptions.MinCacheSize, RelaxedFlushDelay = TimeSpan.FromMilliseconds(2), TransactionMemory = 12 * FileLayout.PageSize });
}
