using System.Diagnostics;

namespace ModelVault.Storage.Tests.Schedules;

/// <summary>
/// Writers, readers, the background flush and eviction take turns at every place where one can see the other's steps, as a seed
/// decides: nothing is read that was not committed, no page changes under who looks at it, and a power failure at any step
/// loses nothing durable.
/// </summary>
public class ScheduleTests
{
    [DebugFact]
    public void No_interleaving_of_steps_shows_a_state_that_was_not_committed()
    {
        var (count, switches, clock) = (TestScale.Of(1000), 0L, Stopwatch.StartNew());
        for (var seed = 0; seed < count; seed++)
        {
            using var run = new ScheduleRun(seed);
            run.Run();
            switches += run.Switches;
        }

        TestScale.Report("schedules", count);
        TestScale.Report("switches of threads in schedules", switches);
    }

    [DebugFact]
    public void A_seed_is_one_interleaving()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            using var first = new ScheduleRun(seed);
            using var again = new ScheduleRun(seed);
            first.Run();
            again.Run();
            Assert.Equal((seed, first.Trace, first.Switches), (seed, again.Trace, again.Switches));
        }
    }
}
