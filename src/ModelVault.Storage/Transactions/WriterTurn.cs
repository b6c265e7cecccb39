namespace ModelVault.Storage;

/// <summary>A transaction's wait for the writer, on the thread that begins it.</summary>
internal sealed class WaitingTurn : WriteRequest
{
    private readonly object _turn = new();
    private bool _hasTurn;
    private bool _isCancelled;
    private Exception? _error;

    public override void Grant() => Wake(ref _hasTurn);

    public override void Fail(Exception error)
    {
        _error = error;
        Wake(ref _hasTurn);
    }

    /// <summary>Waits in a queue that it has entered. A turn that has come is taken, whatever the time.</summary>
    /// <returns>False when the time was over first.</returns>
    public bool Wait(WriterQueue queue, TimeSpan timeout, CancellationToken ct)
    {
        try
        {
            return WaitOrLeave(queue, timeout, ct);
        }
        catch (ThreadInterruptedException)
        {
            if (queue.TryLeave(this)) throw;
            // A turn that has come, or is just coming, is passed on: nobody else would.
            while (!Volatile.Read(ref _hasTurn)) Thread.Yield();
            if (_error is null) queue.Exit();
            throw;
        }
    }

    private bool WaitOrLeave(WriterQueue queue, TimeSpan timeout, CancellationToken ct)
    {
        using (ct.UnsafeRegister(static turn => ((WaitingTurn)turn!).Cancel(), this))
        {
            if (!WaitOnce(timeout) && queue.TryLeave(this)) return false;
        }

        if (_isCancelled && queue.TryLeave(this)) ct.ThrowIfCancellationRequested();
        lock (_turn)
        {
            while (!_hasTurn) Monitor.Wait(_turn);
        }

        if (_error is not null) throw _error;
        return true;
    }

    // A wake-up is never spurious, so one wait is enough.
    private bool WaitOnce(TimeSpan timeout)
    {
        lock (_turn) return _hasTurn || _isCancelled || Monitor.Wait(_turn, timeout);
    }

    private void Cancel() => Wake(ref _isCancelled);

    private void Wake(ref bool reason)
    {
        lock (_turn)
        {
            reason = true;
            Monitor.Pulse(_turn);
        }
    }
}

/// <summary>A transaction's wait for the writer, awaited.</summary>
internal sealed class AwaitedTurn : WriteRequest
{
    private readonly TaskCompletionSource _turn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => _turn.Task;

    public override void Grant() => _turn.TrySetResult();

    public override void Fail(Exception error)
    {
        if (error is OperationCanceledException cancelled) _turn.TrySetCanceled(cancelled.CancellationToken);
        else _turn.TrySetException(error);
    }
}

/// <summary>Ends an awaited wait in a queue when its time is over or it is cancelled. A turn that has come is not taken away.</summary>
internal sealed class WaitLimit : IDisposable
{
    private readonly WriterQueue _queue;
    private readonly WriteRequest _request;
    private readonly TimeSpan _timeout;
    private readonly Timer? _timer;
    private readonly CancellationTokenRegistration _cancellation;

    public WaitLimit(WriterQueue queue, WriteRequest request, TimeSpan timeout, CancellationToken ct)
    {
        _queue = queue;
        _request = request;
        _timeout = timeout;
        if (timeout != Timeout.InfiniteTimeSpan) _timer = new Timer(static state => ((WaitLimit)state!).TimeIsOver(), this, timeout, Timeout.InfiniteTimeSpan);
        _cancellation = ct.UnsafeRegister(static (state, token) => ((WaitLimit)state!).End(new OperationCanceledException(token)), this);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        _cancellation.Dispose();
    }

    private void TimeIsOver() => End(Engine.WriterTimeout(_timeout));

    private void End(Exception error)
    {
        if (_queue.TryLeave(_request)) _request.Fail(error);
    }
}
