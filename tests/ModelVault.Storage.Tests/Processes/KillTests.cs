using System.Globalization;

namespace ModelVault.Storage.Tests.Processes;

/// <summary>A process that writes is killed at random moments, again and again, on one vault.</summary>
public sealed class KillTests : IDisposable
{
    private const int Threads = 4;

    private readonly string _directory = Directory.CreateTempSubdirectory("modelvault-kill-").FullName;
    private readonly int[] _acknowledged = new int[Threads];

    private string VaultPath => Path.Combine(_directory, "a.modelvault");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Killing_the_writer_loses_nothing_acknowledged_and_leaves_no_half_batch()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var kills = TestScale.Of(10);
        for (var round = 0; round < kills; round++)
        {
            // Mostly in full swing; now and then while it opens, or creates, the vault. The last time something has been acknowledged, however slow the machine is.
            var isLast = round == kills - 1;
            WriteAndKill(untilReady: random.Next(4) != 0 || isLast, untilAcknowledged: isLast, TimeSpan.FromMilliseconds(random.Next(250)));
            if (!File.Exists(VaultPath)) continue;
            // Every other time nothing is healed here, so that the next process does it, and may be killed doing so.
            using var engine = StorageEngine.Open(VaultPath, new StorageOptions { ReadOnly = random.Next(2) == 0, LockTimeout = Bytes.Timeout });
            var problem = engine.Read(snapshot => BatchWriter.Check(snapshot, _acknowledged));
            Assert.True(problem is null, $"seed {seed}, kill {round}: {problem}");
            TakeOver(engine);
        }

        TestScale.Report("kills", kills);
        TestScale.Report("batches acknowledged before kills", _acknowledged.Sum());
        Assert.True(_acknowledged.Sum() > 0, $"seed {seed}: nothing was ever acknowledged");
    }

    private void WriteAndKill(bool untilReady, bool untilAcknowledged, TimeSpan pause)
    {
        using var child = ChildProcess.Start(new Dictionary<string, string>(), nameof(BatchWriter), VaultPath, Threads.ToString(CultureInfo.InvariantCulture));
        var errors = child.StandardError.ReadToEndAsync();
        if (untilReady) Assert.True(child.StandardOutput.ReadLine() == "ready", "The process did not start: " + (child.HasExited ? errors.Result : ""));
        var first = untilAcknowledged ? child.StandardOutput.ReadLine() + "\n" : "";
        var killer = Task.Run(async () =>
        {
            await Task.Delay(pause);
            child.Kill();
        });
        // Whatever was written before the kill can be read after it; a line without its end was not written whole.
        var lines = (first + child.StandardOutput.ReadToEnd()).Split('\n')[..^1];
        killer.Wait();
        child.WaitForExit();
        Assert.True(errors.Result.Length == 0, errors.Result);
        foreach (var line in lines.Where(static line => line != "ready")) Acknowledge(line);
    }

    private void Acknowledge(string line)
    {
        var parts = line.Split(' ');
        var (thread, batch) = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        Assert.Equal(_acknowledged[thread] + 1, batch);
        _acknowledged[thread] = batch;
    }

    // A batch that was committed when its acknowledgement was cut off counts from here on.
    private void TakeOver(StorageEngine engine)
    {
        for (var thread = 0; thread < Threads; thread++)
            _acknowledged[thread] = engine.Get("last", Bytes.Key(thread)) is { } stored ? (int)BitConverter.ToInt64(stored) : 0;
    }
}
