using System.Diagnostics;

namespace ModelVault.Storage;

/// <summary>
/// Commits the operations of many callers with one flush. Whoever comes first leads: takes the writer, runs what is queued in
/// one transaction, commits, wakes all, and passes the lead on to the next in the queue. Who is alone runs and flushes on its
/// own thread, without a hand-over. There are no timers: a group is what came while the one before was being flushed.
/// </summary>
internal sealed class GroupCommit(Engine engine)
{
    [ThreadStatic]
    private static GroupCommit? t_running;

    private readonly Lock _gate = new();
    private readonly LinkedList<GroupMember> _queue = new();
    private bool _hasLeader;
    private GroupMember? _promoted;

    /// <summary>Runs an operation; returns when it is durable.</summary>
    public TResult Run<TState, TResult>(TState state, Func<WriteTransaction, TState, TResult> operation, TimeSpan timeout)
    {
        ThrowIfNested();
        var member = new WaitingMember<TState, TResult>(state, operation);
        var waited = Stopwatch.StartNew();
        if (!EnqueueAndLead(member) && !member.Wait(timeout))
        {
            if (TryWithdraw(member)) throw Engine.WriterTimeout(timeout);
            // It is being run or was just made leader: either way its turn has come.
            member.Wait(Timeout.InfiniteTimeSpan);
        }

        if (!member.IsDone) Lead(member, timeout, waited);
        return member.GetResult();
    }

    /// <summary>Queues an operation; the task ends when it is durable.</summary>
    public ValueTask<TResult> RunAsync<TState, TResult>(TState state, Func<WriteTransaction, TState, TResult> operation, CancellationToken ct)
    {
        ThrowIfNested();
        if (ct.IsCancellationRequested) return ValueTask.FromCanceled<TResult>(ct);
        var member = new AwaitedMember<TState, TResult>(state, operation);
        if (EnqueueAndLead(member)) LeadOnFlushThread();
        return ct.CanBeCanceled ? AwaitCancelable(member, ct) : new ValueTask<TResult>(member.Task);
    }

    private async ValueTask<TResult> AwaitCancelable<TState, TResult>(AwaitedMember<TState, TResult> member, CancellationToken ct)
    {
        using var registration = ct.Register(() =>
        {
            if (TryWithdraw(member)) member.Cancel(ct);
        });
        return await member.Task.ConfigureAwait(false);
    }

    private bool EnqueueAndLead(GroupMember member)
    {
        lock (_gate)
        {
            _queue.AddLast(member);
            if (_hasLeader) return false;
            return _hasLeader = true;
        }
    }

    private bool TryWithdraw(GroupMember member)
    {
        lock (_gate)
        {
            // Who is to lead has to take its turn, and to pass the lead on.
            return _promoted != member && _queue.Remove(member);
        }
    }

    private void Lead<TState, TResult>(WaitingMember<TState, TResult> member, TimeSpan timeout, Stopwatch waited)
    {
        try
        {
            var left = timeout < TimeSpan.Zero ? timeout : timeout - waited.Elapsed;
            engine.EnterWriter(timeout >= TimeSpan.Zero && left < TimeSpan.Zero ? TimeSpan.Zero : left, CancellationToken.None);
        }
        catch (Exception error)
        {
            // Only the leader's own wait ended; the others go on waiting under their own timeouts.
            lock (_gate) _queue.Remove(member);
            member.Fail(error);
            PassOn();
            return;
        }

        RunQueuedAndPassOn();
    }

    private void LeadOnFlushThread() => _ = LeadAsync();

    private async Task LeadAsync()
    {
        try
        {
            // The flush thread must not wait for the writer itself: the transaction that holds it may need the thread to commit.
            await engine.EnterWriterAsync(Timeout.InfiniteTimeSpan, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            FailQueued(error);
            PassOn();
            return;
        }

        try
        {
            engine.FlushThread.Post(RunQueuedAndPassOn);
        }
        catch (ObjectDisposedException error)
        {
            engine.ExitWriter();
            FailQueued(error);
            PassOn();
        }
    }

    private void RunQueuedAndPassOn()
    {
        try
        {
            Execute(TakeQueued());
        }
        finally
        {
            engine.ExitWriter();
            PassOn();
        }
    }

    private List<GroupMember> TakeQueued()
    {
        lock (_gate)
        {
            var members = new List<GroupMember>(_queue);
            _queue.Clear();
            _promoted = null;
            return members;
        }
    }

    private void FailQueued(Exception error)
    {
        foreach (var member in TakeQueued()) member.Fail(error);
    }

    private void PassOn()
    {
        GroupMember? next;
        lock (_gate)
        {
            next = _queue.First?.Value;
            _hasLeader = next is not null;
            _promoted = next is { CanLead: true } ? next : null;
        }

        if (next is null) return;
        if (next.CanLead) next.Promote();
        else LeadOnFlushThread();
    }

    // Each round ends with a commit or with one member less.
    private void Execute(List<GroupMember> members)
    {
        while (members.Count > 0)
        {
            var transaction = engine.CreateTransaction();
            transaction.IsGroupMember = true;
            if (RunMembers(transaction, members)) Commit(transaction, members);
            else transaction.End();
        }
    }

    private static void Commit(WriteTransaction transaction, List<GroupMember> members)
    {
        try
        {
            transaction.CommitAndEnd();
            foreach (var member in members) member.Complete();
        }
        catch (Exception error)
        {
            foreach (var member in members) member.Fail(error);
        }

        members.Clear();
    }

    // False when a member failed with its work half done, so that the others have to start again without it.
    private bool RunMembers(WriteTransaction transaction, List<GroupMember> members)
    {
        t_running = this;
        try
        {
            for (var i = 0; i < members.Count; i++)
            {
                var member = members[i];
                var before = transaction.ChangeCount;
                try
                {
                    member.Run(transaction);
                }
                catch (Exception error)
                {
                    members.RemoveAt(i--);
                    member.Fail(error);
                    if (transaction.ChangeCount != before || transaction.IsBroken) return false;
                }
            }

            return true;
        }
        finally
        {
            t_running = null;
        }
    }

    private void ThrowIfNested()
    {
        if (t_running == this)
            throw new VaultTransactionException("A write operation cannot start another one on the same vault: use the transaction that it was given.");
    }
}
