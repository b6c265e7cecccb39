using System.Collections.Concurrent;

namespace ModelVault.Benchmarks;

/// <summary>Threads that insert at the same time, each row in a commit of its own.</summary>
internal sealed class Crowd<TContender, TRow> : IDisposable
    where TContender : class, IDisposable
{
    private readonly TContender[] _contenders;
    private readonly Action<TContender, TRow> _insert;
    private readonly Lock? _lock;
    private readonly bool _areOwned;

    private Crowd(TContender[] contenders, Action<TContender, TRow> insert, Lock? turn, bool areOwned)
    {
        _contenders = contenders;
        _insert = insert;
        _lock = turn;
        _areOwned = areOwned;
    }

    /// <summary>All threads use one contender, one after the other where it is not thread-safe.</summary>
    public static Crowd<TContender, TRow> Sharing(int threads, TContender contender, Action<TContender, TRow> insert, bool isLocked) =>
        new([.. Enumerable.Repeat(contender, threads)], insert, isLocked ? new Lock() : null, areOwned: false);

    /// <summary>Each thread has a contender of its own.</summary>
    public static Crowd<TContender, TRow> Each(int threads, Func<TContender> open, Action<TContender, TRow> insert) =>
        new([.. Enumerable.Range(0, threads).Select(_ => open())], insert, null, areOwned: true);

    public void InsertAll(IEnumerable<TRow> rows)
    {
        ConcurrentQueue<TRow> queue = new(rows);
        Thread[] threads = [.. _contenders.Select(contender => new Thread(() => Work(contender, queue)))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
    }

    public void Dispose()
    {
        if (!_areOwned) return;
        foreach (TContender contender in _contenders) contender.Dispose();
    }

    private void Work(TContender contender, ConcurrentQueue<TRow> queue)
    {
        while (queue.TryDequeue(out TRow? row))
        {
            if (_lock is null) _insert(contender, row);
            else
                lock (_lock) _insert(contender, row);
        }
    }
}
