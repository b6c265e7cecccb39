using ModelVault.Storage.Simulation;
using ModelVault.Storage.Tests.Schedules;

namespace ModelVault.Storage.Tests.Failures;

/// <summary>An exception that nobody foresees, for want of memory for instance, at each step of a commit that other threads can see.</summary>
public class StepFailureTests
{
    [DebugTheory]
    [InlineData(Durability.Full, 3)]
    [InlineData(Durability.None, 3)]
    [InlineData(Durability.Full, 600)]
    public void A_commit_that_fails_at_any_step_is_there_whole_or_not_at_all_and_is_never_written_over(Durability durability, int rows)
    {
        var (stopped, visible) = (0, 0);
        for (var step = 1; ; step++)
        {
            var storage = new SimulatedBlockStorage();
            using var engine = StorageEngine.Open(storage);
            Put(engine, 1, rows, Durability.Full);
            var error = OnThread(() => Put(engine, 2, rows, durability, failAt: step));
            var seen = State(engine, rows);
            Assert.InRange(seen, 1, 2);
            // What comes after a commit whose outcome is not known would be written over it.
            var next = Record.Exception(() => Put(engine, 3, rows, durability));
            if (next is not null)
            {
                Assert.Equal(VaultErrorCode.WriterPoisoned, Assert.IsType<VaultTransactionException>(next).Code);
                Assert.Equal(seen, State(engine, rows));
                stopped++;
                visible += seen - 1;
            }

            using var again = StorageEngine.Open(new SimulatedBlockStorage(storage.Snapshot()));
            Assert.InRange(State(again, rows), next is null ? 3 : seen, next is null ? 3 : 2);
            Assert.Null(again.Read(SpaceAudit.Run));
            if (error is null && next is null) break;
        }

        Assert.True(stopped > 4 && visible > 0 && visible < stopped, $"{stopped} stopped the writer, {visible} of them after the commit could be seen");
    }

    private static void Put(StorageEngine engine, byte value, int rows, Durability durability, int failAt = 0)
    {
        using var transaction = engine.BeginWrite(Bytes.Timeout, durability);
        for (var row = 0; row < rows; row++) transaction.GetOrCreateTree("t").Put(Bytes.Key(row), [value]);
        if (failAt > 0) Interleaving.Schedule = new FailingStep(failAt);
        transaction.Commit();
    }

    // What it throws. On a thread of its own: one that fails in the middle of entering or leaving a scope is in it until it ends.
    private static Exception? OnThread(Action action)
    {
        Exception? error = null;
        var thread = new Thread(() => error = Record.Exception(action));
        thread.Start();
        Assert.True(thread.Join(Bytes.Timeout));
        return error;
    }

    // The value that all rows have.
    private static int State(StorageEngine engine, int rows)
    {
        var values = Enumerable.Range(0, rows).Select(row => engine.Get("t", Bytes.Key(row))![0]).Distinct().ToList();
        return Assert.Single(values);
    }

    private sealed class FailingStep(int failAt) : ISchedule
    {
        private int _steps;

        public void Point()
        {
            if (++_steps == failAt) throw new InsufficientMemoryException("A step fails.");
        }

        public void BeforeLock(Lock gate) => Point();

        public void WorkPosted(FlushThread worker)
        {
        }

        public void WorkBegins(FlushThread worker)
        {
        }

        public void WorkEnds(FlushThread worker)
        {
        }
    }
}
