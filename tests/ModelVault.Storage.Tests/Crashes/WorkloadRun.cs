using System.Diagnostics;
using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Crashes;

/// <summary>One transaction of a workload.</summary>
internal readonly record struct WorkloadStep(Action<WriteTransaction> Run, bool IsCommit);

/// <summary>Runs a workload once on a storage on which something goes wrong.</summary>
internal sealed class WorkloadRun(SimulatedBlockStorage storage, DurabilityPlan plan, StorageOptions? options)
{
    private readonly ManualTime _time = new();
    private readonly List<long> _acknowledged = []; // the commits' numbers
    private int _durable;
    private bool _attempted;

    /// <summary>Whether a step that finds the disk full is taken once more.</summary>
    public bool TriesAgain { get; init; }

    public Outcome Run(IReadOnlyList<WorkloadStep> steps)
    {
        StorageEngine? engine = null;
        try
        {
            engine = Open();
            for (var i = 0; i < steps.Count; i++)
            {
                if (i == steps.Count / 2)
                {
                    engine.Dispose();
                    engine = Open();
                    // Closing has flushed, or opening has healed.
                    _durable = _acknowledged.Count;
                }

                try
                {
                    Take(engine, steps[i]);
                }
                catch (IOException error) when (TriesAgain && error.Message.Contains("disk is full", StringComparison.Ordinal))
                {
                    Take(engine, steps[i]);
                }
            }

            return Outcome(null);
        }
        catch (Exception error) when (error is IOException or VaultException)
        {
            return Outcome(error);
        }
        finally
        {
            engine?.Dispose();
        }
    }

    private StorageEngine Open() => StorageEngine.Open(storage, (options ?? new StorageOptions()) with { TimeProvider = _time });

    private void Take(StorageEngine engine, WorkloadStep step)
    {
        var durability = plan.Of(_acknowledged.Count);
        using (var transaction = engine.BeginWrite(Bytes.Timeout, durability))
        {
            step.Run(transaction);
            if (!step.IsCommit) return;
            _attempted = true;
            transaction.Commit();
            _attempted = false;
        }

        _acknowledged.Add(engine.Statistics.CommitId);
        if (durability == Durability.Full) _durable = _acknowledged.Count;
        CountDurable(engine);
        if (plan.FlushEvery == 0 || _acknowledged.Count % plan.FlushEvery != 0) return;
        if (plan.InBackground) FlushInBackground(engine);
        else engine.Flush();
        CountDurable(engine);
    }

    private void FlushInBackground(StorageEngine engine)
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        var waited = Stopwatch.StartNew();
        while (engine.Statistics is { IsWriterPoisoned: false } now && now.DurableCommitId < now.CommitId)
        {
            Assert.True(waited.Elapsed < Bytes.Timeout, "The flush did not come.");
            Thread.Yield();
        }
    }

    private void CountDurable(StorageEngine engine)
    {
        var durable = engine.Statistics.DurableCommitId;
        _durable = Math.Max(_durable, _acknowledged.Count(id => id <= durable));
    }

    private Outcome Outcome(Exception? error) => new(_acknowledged.Count, _durable, _attempted, error);
}

/// <summary>How far a workload came.</summary>
internal readonly record struct Outcome(int Acknowledged, int Durable, bool Attempted, Exception? Error)
{
    /// <summary>The states that a vault may be in after a power failure, the newest first.</summary>
    public IEnumerable<int> Allowed => Enumerable.Range(Durable, Acknowledged - Durable + (Attempted ? 2 : 1)).Reverse();

    /// <summary>The states that it may be in as long as the operating system lives.</summary>
    public IEnumerable<int> AllowedAfterKill => Attempted ? [Acknowledged, Acknowledged + 1] : [Acknowledged];

    /// <summary>The states that it may be in when the disk has lied: any but one that never was.</summary>
    public IEnumerable<int> AllowedAfterLies => Enumerable.Range(0, Acknowledged + (Attempted ? 2 : 1)).Reverse();
}
