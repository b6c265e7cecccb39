namespace ModelVault.Storage.Tests.Schedules;

/// <summary>Commits, alone and in groups, under all modes of durability; goes back to savepoints; rolls back.</summary>
internal sealed class ScheduledWriter(ScheduleRun run, int seed, int most)
{
    private readonly Random _random = new(seed);

    public void Run()
    {
        for (var i = _random.Next(2, most); i > 0; i--)
        {
            var durability = (Durability)_random.Next(3);
            if (_random.Next(3) == 0) WriteInGroup(durability);
            else WriteAlone(durability);
        }
    }

    private void WriteAlone(Durability durability)
    {
        long commitId;
        using (var transaction = Begin(durability))
        {
            var state = run.States.Begin(transaction);
            Change(transaction, state, _random.Next(1, 8));
            if (_random.Next(4) == 0) GoBack(transaction, state);
            if (_random.Next(5) == 0 || transaction.ChangeCount == 0) return;
            run.States.Attempt(transaction, state);
            commitId = transaction.Pages.CommitId;
            transaction.Commit();
        }

        run.States.Acknowledge(commitId, durability == Durability.Full);
    }

    // Two operations that wait next to each other; now and then one of them fails.
    private void WriteInGroup(Durability durability)
    {
        var fails = _random.Next(4) == 0;
        var first = Operation(fails: false).AsTask();
        var second = Operation(fails).AsTask();
        while (!first.IsCompleted || !second.IsCompleted) run.Wait(20);
        run.States.Acknowledge(first.GetAwaiter().GetResult(), durability == Durability.Full);
        if (fails) Assert.Throws<NotSupportedException>(() => second.GetAwaiter().GetResult());
        else run.States.Acknowledge(second.GetAwaiter().GetResult(), durability == Durability.Full);

        ValueTask<long> Operation(bool fails) => run.Engine.WriteAsync(
            fails,
            (transaction, fails) =>
            {
                var state = run.States.Begin(transaction);
                Change(transaction, state, _random.Next(1, 6));
                if (fails) throw new NotSupportedException();
                run.States.Attempt(transaction, state);
                return transaction.Pages.CommitId;
            },
            Timeout.InfiniteTimeSpan,
            durability);
    }

    // Nobody may wait for a thread that is not running, so the wait is a loop.
    private WriteTransaction Begin(Durability durability)
    {
        while (true)
        {
            try
            {
                return run.Engine.BeginWrite(TimeSpan.Zero, durability);
            }
            catch (VaultTransactionException error) when (error.Code == VaultErrorCode.LockTimeout)
            {
                run.Wait(20);
            }
        }
    }

    private void Change(WriteTransaction transaction, int[] state, int count)
    {
        var tree = transaction.GetOrCreateTree(ScheduledRows.Tree);
        for (; count > 0; count--)
        {
            var row = _random.Next(ScheduledRows.Count);
            state[row] = _random.Next(4) == 0 && state[row] != 0 ? 0 : run.States.NextVersion();
            ScheduledRows.Put(tree, row, state[row]);
        }
    }

    private void GoBack(WriteTransaction transaction, int[] state)
    {
        var savepoint = transaction.Savepoint();
        Change(transaction, (int[])state.Clone(), _random.Next(1, 12));
        transaction.RollbackTo(savepoint);
        if (_random.Next(2) == 0) transaction.Release(savepoint);
    }
}
