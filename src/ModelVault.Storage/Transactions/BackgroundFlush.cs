namespace ModelVault.Storage;

/// <summary>Flushes a while after it was asked to, once for all who asked meanwhile, on a thread of its own.</summary>
internal sealed class BackgroundFlush(TimeProvider time, TimeSpan delay, Action flush) : IDisposable
{
    private readonly FlushThread _thread = new("ModelVault background flush");
    private ITimer? _timer;
    private int _isDue;

    /// <summary>Asks for a flush. Called by the one writer only. The action must not throw.</summary>
    public void Request()
    {
        if (Interlocked.Exchange(ref _isDue, 1) != 0) return;
        Interleaving.Point();
        try
        {
            _timer ??= time.CreateTimer(static self => ((BackgroundFlush)self!).Start(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(delay, Timeout.InfiniteTimeSpan);
        }
        catch (Exception)
        {
            // The commit is made, and a clock that cannot wait must not undo it.
            Start();
        }
    }

    /// <summary>Runs an action on the thread; the task ends as the action does.</summary>
    public Task Run(Action action) => _thread.Run(action);

    public void Dispose()
    {
        _timer?.Dispose();
        _thread.Dispose();
    }

    private void Start()
    {
        try
        {
            _thread.Post(() =>
            {
                // What is committed from here on may come too late for this flush.
                Interlocked.Exchange(ref _isDue, 0);
                Interleaving.Point();
                flush();
            });
        }
        catch (ObjectDisposedException)
        {
            // Closing flushes.
        }
    }
}
