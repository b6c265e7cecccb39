namespace ModelVault.Storage;

/// <summary>
/// Commits the operations of many callers with one flush. Whose turn it is leads: it runs its own operation and those that
/// stand right behind it in the queue in one transaction, and commits. Who is alone runs and flushes on its own thread, without
/// a hand-over. There are no timers: a group is what came while the one before was being flushed.
/// </summary>
/// <remarks>
/// Each operation of a group runs once, behind a savepoint: one that throws is taken back alone. The group waits for what its
/// most careful member asks for.
/// </remarks>
internal sealed class GroupCommit(Engine engine)
{
    [ThreadStatic]
    private static GroupCommit? t_running;

    private readonly List<GroupMember> _members = []; // of who has the writer

    /// <summary>Runs an operation; returns when it is committed.</summary>
    public TResult Run<TState, TResult>(TState state, Func<WriteTransaction, TState, TResult> operation, TimeSpan timeout, Durability durability)
    {
        ThrowIfNested();
        var member = new WaitingMember<TState, TResult>(this, durability, state, operation);
        if (!engine.Writers.Enter(member)) Wait(member, timeout);
        if (!member.IsDone) Lead(member);
        return member.GetResult();
    }

    /// <summary>Queues an operation; the task ends when it is committed.</summary>
    public ValueTask<TResult> RunAsync<TState, TResult>(
        TState state, Func<WriteTransaction, TState, TResult> operation, TimeSpan timeout, Durability durability, CancellationToken ct)
    {
        ThrowIfNested();
        if (ct.IsCancellationRequested) return ValueTask.FromCanceled<TResult>(ct);
        var member = new AwaitedMember<TState, TResult>(this, durability, state, operation);
        if (engine.Writers.Enter(member)) member.Grant();
        else if (timeout != Timeout.InfiniteTimeSpan || ct.CanBeCanceled) return Wait(member, timeout, ct);
        return new ValueTask<TResult>(member.Task);
    }

    /// <summary>Throws when the calling thread is running an operation of a group.</summary>
    public void ThrowIfNested()
    {
        if (t_running == this)
            throw new VaultTransactionException("A write operation cannot start another one on the same vault: use the transaction that it was given.");
    }

    /// <summary>Leads on the engine's thread, for a member that has the writer and no thread of its own.</summary>
    public void LeadOnFlushThread(GroupMember member)
    {
        try
        {
            engine.FlushThread.Post(() => Lead(member));
        }
        catch (ObjectDisposedException error)
        {
            member.Fail(error);
            engine.Writers.Exit();
        }
    }

    private void Wait<TState, TResult>(WaitingMember<TState, TResult> member, TimeSpan timeout)
    {
        try
        {
            if (member.Wait(timeout)) return;
            if (engine.Writers.TryLeave(member)) throw Engine.WriterTimeout(timeout);
            // It is being run or was just made leader: either way its turn has come.
            member.Wait(Timeout.InfiniteTimeSpan);
        }
        catch (ThreadInterruptedException)
        {
            if (engine.Writers.TryLeave(member)) throw;
            member.WaitUninterrupted();
            // Nobody else would pass the writer on. What is done is done, and the interruption is for the thread's next wait.
            if (member.IsDone)
            {
                Thread.CurrentThread.Interrupt();
                return;
            }

            engine.Writers.Exit();
            throw;
        }
    }

    private async ValueTask<TResult> Wait<TState, TResult>(AwaitedMember<TState, TResult> member, TimeSpan timeout, CancellationToken ct)
    {
        using var limit = new WaitLimit(engine.Writers, member, timeout, ct);
        return await member.Task.ConfigureAwait(false);
    }

    private void Lead(GroupMember leader)
    {
        try
        {
            _members.Add(leader);
            engine.Writers.TakeMembers(_members);
            Execute();
        }
        finally
        {
            _members.Clear();
            engine.Writers.Exit();
        }
    }

    private void Execute()
    {
        WriteTransaction? transaction = null;
        try
        {
            engine.ThrowIfNotWritable();
            transaction = engine.CreateTransaction(_members.Min(static member => member.Durability));
            transaction.IsGroupMember = true;
            RunMembers(transaction);
            if (_members.Count > 0) transaction.CommitAndEnd();
        }
        catch (Exception error)
        {
            foreach (var member in _members) member.Fail(error);
            return;
        }
        finally
        {
            transaction?.End();
        }

        foreach (var member in _members) member.Complete();
    }

    // Leaves the members that are to be committed.
    private void RunMembers(WriteTransaction transaction)
    {
        t_running = this;
        try
        {
            for (var i = 0; i < _members.Count; i++)
            {
                var member = _members[i];
                // Who is alone has the whole transaction to take back.
                Savepoint? savepoint = _members.Count > 1 ? transaction.Savepoint() : null;
                if (TryRun(member, transaction))
                {
                    if (savepoint is { } passed) transaction.Release(passed);
                    continue;
                }

                _members.RemoveAt(i--);
                if (savepoint is not { } before) return;
                transaction.RollbackTo(before);
                transaction.Release(before);
            }
        }
        finally
        {
            t_running = null;
        }
    }

    private static bool TryRun(GroupMember member, WriteTransaction transaction)
    {
        try
        {
            member.Run(transaction);
            // An operation may have caught what failed half-way.
            transaction.ThrowIfUnusable();
            return true;
        }
        catch (Exception error)
        {
            member.Fail(error);
            return false;
        }
    }
}
