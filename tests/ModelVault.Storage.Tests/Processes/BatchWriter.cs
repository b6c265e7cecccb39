using System.Globalization;

namespace ModelVault.Storage.Tests.Processes;

/// <summary>
/// Several threads that commit numbered batches for as long as they live, under all modes of durability, and acknowledge each on
/// the standard output once it is committed: a kill takes nothing under any mode. A batch puts its rows, takes out those of an
/// older batch, and notes its number: so it shows when only half of it is there, and freed pages are used again. Another thread
/// compacts the vault again and again.
/// </summary>
internal static class BatchWriter
{
    /// <summary>How many batches of a thread are in the vault at most.</summary>
    private const int Kept = 40;

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);

    public static int Run(string path, int threads)
    {
        // Nobody is left to kill it when the tests are gone.
        new Thread(static () =>
        {
            Thread.Sleep(Lifetime);
            Environment.Exit(3);
        }) { IsBackground = true }.Start();
        using var output = Console.OpenStandardOutput();
        using var engine = StorageEngine.Open(path, new StorageOptions { LockTimeout = TimeSpan.FromSeconds(30) });
        Say(output, "ready");
        var writers = Enumerable.Range(0, threads).Select(thread => new Thread(() => Commit(engine, output, thread))).ToList();
        writers.ForEach(static writer => writer.Start());
        new Thread(() => Compact(engine)) { IsBackground = true }.Start();
        writers.ForEach(static writer => writer.Join());
        return 0;
    }

    /// <summary>What is wrong with a vault in which each thread had this many batches acknowledged; null when nothing is.</summary>
    public static string? Check(Snapshot snapshot, IReadOnlyList<int> acknowledged)
    {
        if (!snapshot.TryGetTree("last", out var last)) return acknowledged.All(static batch => batch == 0) ? null : "nothing is there";
        var expected = new Oracle();
        for (var thread = 0; thread < acknowledged.Count; thread++)
        {
            var batch = last.Get(Bytes.Key(thread)) is { } stored ? (int)BitConverter.ToInt64(stored) : 0;
            if (batch < acknowledged[thread] || batch > acknowledged[thread] + 1)
                return $"thread {thread} is at batch {batch} after {acknowledged[thread]} were acknowledged";
            for (var number = Math.Max(1, batch - Kept + 1); number <= batch; number++)
            {
                foreach (var (key, value) in Rows(thread, number)) expected.Rows.Add(key, value);
            }
        }

        snapshot.TryGetTree("rows", out var rows);
        return expected.Difference(rows) ?? SpaceAudit.Run(snapshot);
    }

    private static void Commit(StorageEngine engine, Stream output, int thread)
    {
        var from = engine.Get("last", Bytes.Key(thread)) is { } stored ? (int)BitConverter.ToInt64(stored) : 0;
        for (var batch = from + 1; ; batch++)
        {
            engine.Write((thread, batch), static (transaction, state) =>
            {
                var rows = transaction.GetOrCreateTree("rows");
                foreach (var (key, value) in Rows(state.thread, state.batch)) rows.Insert(key, value);
                foreach (var (key, _) in Rows(state.thread, state.batch - Kept)) rows.Delete(key);
                transaction.GetOrCreateTree("last").Put(Bytes.Key(state.thread), BitConverter.GetBytes((long)state.batch));
                return 0;
            }, Bytes.Timeout, (batch % 4) switch { 0 => Durability.Full, 2 => Durability.Relaxed, _ => Durability.None });
            Say(output, string.Create(CultureInfo.InvariantCulture, $"{thread} {batch}"));
        }
    }

    private static void Compact(StorageEngine engine)
    {
        while (true)
        {
            Thread.Sleep(Random.Shared.Next(100));
            engine.Compact();
        }
    }

    // One to seven rows, scattered over the tree; now and then a long one.
    private static IEnumerable<(byte[] Key, byte[] Value)> Rows(int thread, int batch)
    {
        if (batch <= 0) yield break;
        var random = new Random((thread * 1_000_003) + batch);
        for (var i = 0; i <= batch % 7; i++)
        {
            byte[] key = [(byte)random.Next(256), (byte)thread, .. Bytes.Key((batch * 8) + i)];
            yield return (key, Bytes.Random(batch % 50 == 0 ? 20_000 : random.Next(300), batch + i));
        }
    }

    // One write of one line: a line that is read was written whole.
    private static void Say(Stream output, string line)
    {
        var bytes = Bytes.Text(line + "\n");
        lock (output)
        {
            output.Write(bytes);
            output.Flush();
        }
    }
}
