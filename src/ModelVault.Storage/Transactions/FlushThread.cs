namespace ModelVault.Storage;

/// <summary>
/// The engine's own thread for waiting on the disk, started when first needed: asynchronous callers keep neither their thread
/// nor one of the pool's waiting.
/// </summary>
internal sealed class FlushThread(string name) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<Action> _work = new();
    private readonly SemaphoreSlim _available = new(0);
    private Thread? _thread;
    private bool _stopping;

    /// <summary>Runs an action on the thread, after those posted before. The action must not throw.</summary>
    public void Post(Action action)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _work.Enqueue(action);
            if (_thread is null)
            {
                _thread = new Thread(Run) { IsBackground = true, Name = name };
                _thread.Start();
            }
        }

        _available.Release();
        Interleaving.WorkPosted(this);
    }

    /// <summary>Runs an action on the thread; the task ends as the action does.</summary>
    public Task Run(Action action)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        return done.Task;
    }

    /// <summary>Finishes what was posted and stops.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopping) return;
            _stopping = true;
        }

        _available.Release();
        if (_thread is not null && _thread != Thread.CurrentThread) _thread.Join();
    }

    private void Run()
    {
        while (true)
        {
            _available.Wait();
            Action? action;
            lock (_gate)
            {
                if (!_work.TryDequeue(out action)) return;
            }

            Interleaving.WorkBegins(this);
            action();
            Interleaving.WorkEnds(this);
        }
    }
}
