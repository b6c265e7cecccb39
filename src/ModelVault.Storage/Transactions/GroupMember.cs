using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace ModelVault.Storage;

/// <summary>One write operation that may be committed together with others.</summary>
internal abstract class GroupMember(GroupCommit group, Durability durability) : WriteRequest
{
    protected GroupCommit Group => group;

    /// <summary>What its caller waits for.</summary>
    public Durability Durability => durability;

    /// <summary>Runs the operation, once.</summary>
    public abstract void Run(WriteTransaction transaction);

    /// <summary>It is committed.</summary>
    public abstract void Complete();
}

/// <summary>An operation whose caller waits on its thread, which leads a group when its turn comes.</summary>
internal sealed class WaitingMember<TState, TResult>(
    GroupCommit group, Durability durability, TState state, Func<WriteTransaction, TState, TResult> operation) : GroupMember(group, durability)
{
    private readonly AutoResetEvent _wakeUp = WakeUp.OfThisThread;
    private TResult _result = default!;
    private Exception? _error;
    private volatile bool _hasTurn;
    private volatile bool _isDone;

    public bool IsDone => _isDone;

    public override void Run(WriteTransaction transaction) => _result = operation(transaction, state);

    public override void Complete()
    {
        _isDone = true;
        _wakeUp.Set();
    }

    public override void Fail(Exception error)
    {
        _error = error;
        Complete();
    }

    public override void Grant()
    {
        _hasTurn = true;
        _wakeUp.Set();
    }

    /// <summary>Waits until it is done, by another leader, or is to lead.</summary>
    public bool Wait(TimeSpan timeout)
    {
        var started = Stopwatch.GetTimestamp();
        while (!_isDone && !_hasTurn)
        {
            // What woke the thread may have been meant for its operation before.
            var left = timeout == Timeout.InfiniteTimeSpan ? timeout : TimeSpan.FromTicks(Math.Max(0, (timeout - Stopwatch.GetElapsedTime(started)).Ticks));
            if (!_wakeUp.WaitOne(left)) return _isDone || _hasTurn;
        }

        return true;
    }

    /// <summary>The same, whoever interrupts the thread.</summary>
    public void WaitUninterrupted()
    {
        while (!_isDone && !_hasTurn)
        {
            try
            {
                _wakeUp.WaitOne();
            }
            catch (ThreadInterruptedException)
            {
            }
        }
    }

    public TResult GetResult()
    {
        if (_error is not null) ExceptionDispatchInfo.Capture(_error).Throw();
        return _result;
    }
}

/// <summary>What a thread that waits for its operation is woken by: a fraction of the cost of a monitor, whose lock it would have to take again.</summary>
internal static class WakeUp
{
    [ThreadStatic]
    private static AutoResetEvent? t_event;

    public static AutoResetEvent OfThisThread => t_event ??= new AutoResetEvent(false);
}

/// <summary>An operation whose caller awaits it. A group that it leads runs on the engine's thread.</summary>
internal sealed class AwaitedMember<TState, TResult>(
    GroupCommit group, Durability durability, TState state, Func<WriteTransaction, TState, TResult> operation) : GroupMember(group, durability)
{
    private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult _result = default!;

    public Task<TResult> Task => _done.Task;

    public override void Run(WriteTransaction transaction) => _result = operation(transaction, state);

    public override void Complete() => _done.TrySetResult(_result);

    public override void Fail(Exception error)
    {
        if (error is OperationCanceledException cancelled && cancelled.CancellationToken.IsCancellationRequested) _done.TrySetCanceled(cancelled.CancellationToken);
        else _done.TrySetException(error);
    }

    public override void Grant() => Group.LeadOnFlushThread(this);
}
