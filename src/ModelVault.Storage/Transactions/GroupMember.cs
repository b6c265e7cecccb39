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
    private readonly object _turn = new();
    private TResult _result = default!;
    private Exception? _error;
    private bool _hasTurn;

    public bool IsDone { get; private set; }

    public override void Run(WriteTransaction transaction) => _result = operation(transaction, state);

    public override void Complete() => Wake(isDone: true);

    public override void Fail(Exception error)
    {
        _error = error;
        Wake(isDone: true);
    }

    public override void Grant() => Wake(isDone: false);

    /// <summary>Waits until it is done, by another leader, or is to lead.</summary>
    public bool Wait(TimeSpan timeout)
    {
        lock (_turn)
        {
            // A wake-up is never spurious, so one wait is enough.
            return IsDone || _hasTurn || Monitor.Wait(_turn, timeout);
        }
    }

    public TResult GetResult()
    {
        if (_error is not null) ExceptionDispatchInfo.Capture(_error).Throw();
        return _result;
    }

    private void Wake(bool isDone)
    {
        lock (_turn)
        {
            IsDone |= isDone;
            _hasTurn |= !isDone;
            Monitor.Pulse(_turn);
        }
    }
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
