namespace ModelVault.Storage;

/// <summary>One write operation that waits to be committed together with others.</summary>
internal abstract class GroupMember
{
    /// <summary>Whether a thread waits for it that can lead the next group.</summary>
    public abstract bool CanLead { get; }

    /// <summary>Runs the operation. It may be run again, in another transaction, if the first one is rolled back.</summary>
    public abstract void Run(WriteTransaction transaction);

    /// <summary>It is durable.</summary>
    public abstract void Complete();

    /// <summary>It failed.</summary>
    public abstract void Fail(Exception error);

    /// <summary>Its waiting thread is to lead the next group.</summary>
    public virtual void Promote()
    {
    }
}

/// <summary>An operation whose caller waits on its thread.</summary>
internal sealed class WaitingMember<TState, TResult>(TState state, Func<WriteTransaction, TState, TResult> operation) : GroupMember
{
    private readonly object _turn = new();
    private TResult _result = default!;
    private Exception? _error;

    public override bool CanLead => true;

    public bool IsDone { get; private set; }

    public bool IsPromoted { get; private set; }

    public override void Run(WriteTransaction transaction) => _result = operation(transaction, state);

    public override void Complete() => Wake(isDone: true);

    public override void Fail(Exception error)
    {
        _error = error;
        Wake(isDone: true);
    }

    public override void Promote() => Wake(isDone: false);

    /// <summary>Waits until it is done or is to lead.</summary>
    public bool Wait(TimeSpan timeout)
    {
        lock (_turn)
        {
            // A wake-up is never spurious, so one wait is enough.
            return IsDone || IsPromoted || Monitor.Wait(_turn, timeout);
        }
    }

    private void Wake(bool isDone)
    {
        lock (_turn)
        {
            IsDone |= isDone;
            IsPromoted |= !isDone;
            Monitor.Pulse(_turn);
        }
    }

    public TResult GetResult()
    {
        if (_error is not null) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(_error).Throw();
        return _result;
    }
}

/// <summary>An operation whose caller awaits it.</summary>
internal sealed class AwaitedMember<TState, TResult>(TState state, Func<WriteTransaction, TState, TResult> operation) : GroupMember
{
    private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult _result = default!;

    public override bool CanLead => false;

    public Task<TResult> Task => _done.Task;

    public override void Run(WriteTransaction transaction) => _result = operation(transaction, state);

    public override void Complete() => _done.TrySetResult(_result);

    public override void Fail(Exception error) => _done.TrySetException(error);

    public void Cancel(CancellationToken token) => _done.TrySetCanceled(token);
}
