using ModelVault.Storage.Simulation;

namespace ModelVault.Storage.Tests.Schedules;

/// <summary>One seed: an engine of the smallest cache, and writers, readers, a clock and a power failure that take turns on it.</summary>
internal sealed class ScheduleRun : IDisposable
{
    private readonly int _seed;
    private readonly Random _random;
    private readonly SimulatedBlockStorage _disk = new(ScheduledRows.Start.Image);
    private readonly ManualTime _time = new();
    private readonly SeededSchedule _schedule;
    private readonly StorageEngine _engine;
    private readonly List<Exception> _failures = [];

    public ScheduleRun(int seed)
    {
        _seed = seed;
        _random = new Random(seed);
        _schedule = new SeededSchedule(_random, stretch: 4 << (seed % 5));
        // Where every seed has its own share of memory, some of them write pages ahead of their commits.
        var options = new StorageOptions { CacheSize = StorageOptions.MinCacheSize, TimeProvider = _time, TransactionMemory = seed % 3 == 0 ? 4 * FileLayout.PageSize : 1 << 20 };
        _engine = StorageEngine.Open(new YieldingStorage(_disk), options);
        States = new ScheduledStates(_engine.Statistics.CommitId);
    }

    public StorageEngine Engine => _engine;

    public ScheduledStates States { get; }

    public string Where => $"seed {_seed}, step {_schedule.Steps}";

    public long Trace => _schedule.Trace;

    public int Switches => _schedule.Switches;

    /// <summary>Lets the others go on for so many points.</summary>
    public void Wait(int points) => _schedule.Wait(points);

    /// <summary>Runs it to its end; throws what went wrong first.</summary>
    public void Run()
    {
        var actors = new List<Action>();
        for (var i = 1 + (_seed % 2); i > 0; i--) actors.Add(new ScheduledWriter(this, _random.Next(), most: _seed % 4 == 1 ? 30 : 9).Run);
        for (var i = 1 + (_seed / 2 % 3); i > 0; i--) actors.Add(new ScheduledReader(this, _random.Next()).Run);
        actors.Add(RunClock);
        actors.Add(FailPowerAtTimes);
        try
        {
            _schedule.Run(actors.Select<Action, Action>(actor => () => Guard(actor)));
            if (_failures.Count == 0) CheckOutcome();
        }
        catch (Exception error) when (_failures.Count == 0)
        {
            _failures.Add(error);
        }

        if (_failures.Count > 0) throw new InvalidDataException($"{Where}: {_failures[0].Message}", _failures[0]);
    }

    public void Dispose() => _engine.Dispose();

    // Time passes, so that flushes become due; and flushes are asked for.
    private void RunClock()
    {
        var random = new Random(_random.Next());
        for (var i = random.Next(2, 7); i > 0; i--)
        {
            Wait(random.Next(400));
            var before = States.Acknowledged;
            switch (random.Next(4))
            {
                case 0:
                    _engine.Flush();
                    States.MadeDurable(before);
                    break;
                case 1:
                    var flushed = _engine.FlushAsync();
                    while (!flushed.IsCompleted) Wait(20);
                    flushed.GetAwaiter().GetResult();
                    States.MadeDurable(before);
                    break;
                default:
                    _time.Advance(TimeSpan.FromSeconds(1));
                    break;
            }

            if (random.Next(2) == 0) FailPower();
        }
    }

    private void FailPowerAtTimes()
    {
        var random = new Random(_random.Next());
        for (var i = random.Next(4); i > 0; i--)
        {
            Wait(random.Next(1000));
            FailPower();
        }
    }

    // What the disk could hold if the power failed here.
    private void FailPower()
    {
        States.MadeDurable(_engine.Statistics.DurableCommitId);
        var (images, durable) = (_disk.CrashImages(), States.Durable);
        foreach (var image in images.Enumerate(_schedule.Steps, samples: 1, enumerated: 1).Take(2))
        {
            using var recovered = Unscheduled(() => StorageEngine.Open(new SimulatedBlockStorage(image)));
            Unscheduled(() => recovered.Read(snapshot =>
            {
                var found = ScheduledRows.Read(snapshot, "After a power failure");
                if (!States.Since(durable).Any(state => state.AsSpan().SequenceEqual(found))) throw new InvalidDataException($"After a power failure no state since {durable} is there.");
                return SpaceAudit.Run(snapshot) is { } problem ? throw new InvalidDataException(problem) : 0;
            }));
        }
    }

    private void CheckOutcome()
    {
        States.Check(_engine.Read(static snapshot => (snapshot.CommitId, ScheduledRows.Read(snapshot, "At the end"))));
        if (_engine.Read(SpaceAudit.Run) is { } problem) throw new InvalidDataException(problem);
        var newest = States.Of(_engine.Statistics.CommitId);
        _engine.Dispose();
        using var again = StorageEngine.Open(_disk);
        if (!newest.AsSpan().SequenceEqual(again.Read(static snapshot => ScheduledRows.Read(snapshot, "Opened again")))) throw new InvalidDataException("Opened again, another state is there.");
    }

    // Another engine is none of the schedule's business.
    private static T Unscheduled<T>(Func<T> action)
    {
        var schedule = Interleaving.Schedule;
        Interleaving.Schedule = null;
        try
        {
            return action();
        }
        finally
        {
            Interleaving.Schedule = schedule;
        }
    }

    private void Guard(Action actor)
    {
        try
        {
            actor();
        }
        catch (Exception error)
        {
            lock (_failures) _failures.Add(error);
        }
    }
}
